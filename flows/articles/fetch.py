"""One page over HTTP, politely and within limits: fetched, refused or failed.

Expected outcomes are values. The client comes from outside and brings the check against private addresses at dial
time, time limits of each phase and its user agent; this module adds robots.txt, spacing, size, total time, content
type, and follows redirects itself, so that each hop is asked for anew.
"""

from __future__ import annotations

import asyncio
import email.utils
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import httpx

from flows.articles.manners import Manners
from warehouse.records import FailureClass

# The largest honest article pages are near 3 MiB; beyond 5 it is a download or an attack. Counted after decompression.
PAGE_BYTES = 5 * 1024 * 1024
TIME_LIMIT_S = 30.0
REDIRECT_LIMIT = 5
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})
HARD_STATUSES = frozenset({400, 401, 402, 403, 404, 405, 406, 410, 451})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFetched:
    """The page as it came."""

    url: str  # as asked for
    final_url: str  # after redirects
    html: bytes  # decompressed
    charset: str | None  # of the Content-Type header
    fetched_at_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRefused:
    """We did not ask: robots.txt forbids it, can't be read just now, or the address is none for a page."""

    url: str
    reason: str
    is_retryable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFailed:
    """We asked and got no page."""

    url: str
    reason: str
    failure_class: FailureClass
    http_status: int | None = None
    retry_after_s: float | None = None


PageOutcome = PageFetched | PageRefused | PageFailed


@dataclass(frozen=True, slots=True)
class _Redirected:
    location: str


async def fetch_page(
    client: httpx.AsyncClient,
    url: str,
    *,
    manners: Manners,
    now: datetime,
    time_limit_s: float = TIME_LIMIT_S,
    size_limit: int = PAGE_BYTES,
) -> PageOutcome:
    """The page at `url`, or why there is none.

    Args:
        client: sends the requests; never asked to follow redirects.
        url: an absolute http(s) address.
        manners: spacing and robots.txt, shared by all fetches of a round.
        now: the instant written into the outcome, and what Retry-After dates are counted from.
        time_limit_s: for all transfers of this page together; waiting for our turn is not counted.
        size_limit: bytes after decompression.

    Never raises on what a server does.
    """
    current, spent_s = url, 0.0
    loop = asyncio.get_running_loop()
    for _ in range(REDIRECT_LIMIT + 1):
        if not _is_web_address(current):
            return PageRefused(url=url, reason="not an http(s) address", is_retryable=False)
        permission = await manners.ask(client, current)
        if not permission.is_allowed:
            return PageRefused(url=url, reason=permission.reason, is_retryable=not permission.is_final)
        async with manners.turn(current, crawl_delay_s=permission.crawl_delay_s):
            started = loop.time()
            hop = await _request(client, url, current, now, time_limit_s - spent_s, size_limit)
            spent_s += loop.time() - started
        if not isinstance(hop, _Redirected):
            return hop
        current = urljoin(current, hop.location)
    return PageFailed(url=url, reason=f"more than {REDIRECT_LIMIT} redirects", failure_class=FailureClass.HARD)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


async def _request(
    client: httpx.AsyncClient, url: str, current: str, now: datetime, time_limit_s: float, size_limit: int
) -> PageFetched | PageFailed | _Redirected:
    try:
        async with (
            asyncio.timeout(max(0.0, time_limit_s)),
            client.stream("GET", current, follow_redirects=False, headers={"accept": "text/html"}) as response,
        ):
            return await _read(response, url, now, size_limit)
    except (TimeoutError, httpx.TimeoutException):
        return PageFailed(url=url, reason="took too long", failure_class=FailureClass.TEMPORARY)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
        return PageFailed(url=url, reason="the address can't be requested", failure_class=FailureClass.HARD)
    except httpx.DecodingError:
        return PageFailed(url=url, reason="its compression is broken", failure_class=FailureClass.SOFT)
    except (httpx.HTTPError, httpx.StreamError, OSError) as error:
        reason = f"no connection ({type(error).__name__})"
        return PageFailed(url=url, reason=reason, failure_class=FailureClass.TEMPORARY)


async def _read(
    response: httpx.Response, url: str, now: datetime, size_limit: int
) -> PageFetched | PageFailed | _Redirected:
    status = response.status_code
    if status in REDIRECT_STATUSES and "location" in response.headers:
        return _Redirected(response.headers["location"])
    if status != 200:
        return PageFailed(
            url=url,
            reason=f"answered {status}",
            failure_class=FailureClass.HARD if status in HARD_STATUSES else FailureClass.SOFT,
            http_status=status,
            retry_after_s=parse_retry_after(response.headers, now),
        )
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type not in HTML_TYPES:
        reason = f"not a web page but {content_type or 'of no stated type'}"
        return PageFailed(url=url, reason=reason, failure_class=FailureClass.HARD, http_status=status)
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > size_limit:
            reason = f"larger than {size_limit} bytes"
            return PageFailed(url=url, reason=reason, failure_class=FailureClass.HARD, http_status=status)
    return PageFetched(
        url=url,
        final_url=str(response.url),
        html=bytes(body),
        charset=response.charset_encoding,
        fetched_at_utc=now,
    )


def parse_retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds until a retry is welcome (RFC 9110 section 10.2.3), never negative; None where not stated."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        instant = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant
    return max(0.0, (instant - now).total_seconds())
