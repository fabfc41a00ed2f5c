"""One page over HTTP, politely and within limits: fetched, refused or failed.

Expected outcomes are values. The client comes from outside and brings the check against private addresses at dial
time, bounded decompression, time limits of each phase and its user agent; this module adds robots.txt, turns, size,
total time, content type, and follows redirects itself, so that each hop is asked for anew.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime

import httpx

from flows.articles.manners import Manners
from warehouse.records import FailureClass

# The largest honest article pages are near 3 MiB; beyond 5 it is a download or an attack. Counted after decompression.
PAGE_BYTES = 5 * 1024 * 1024
TIME_LIMIT_S = 30.0
REDIRECT_LIMIT = 5
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
HARD_STATUSES = frozenset({400, 401, 402, 403, 404, 405, 406, 410, 451})
_HOST = re.compile(r"[a-z0-9_-][a-z0-9._-]*|[0-9a-f:][0-9a-f:.]*(?:%[a-z0-9._%-]+)?", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|!--)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFetched:
    """The page as it came."""

    url: str  # as asked for
    final_url: str  # after redirects, without credentials
    html: bytes  # decompressed
    charset: str | None  # of the Content-Type header
    fetched_at_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRefused:
    """We did not ask: robots.txt forbids it, the site wants to be left alone, or the address is none for a page."""

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


@dataclass(slots=True)
class _Trip:
    """One page on its way through redirects, and the seconds it may still spend on the wire."""

    client: httpx.AsyncClient
    url: str
    manners: Manners
    now: datetime
    time_left_s: float
    size_limit: int

    def refuse(self, reason: str, *, is_retryable: bool) -> PageRefused:
        return PageRefused(url=self.url, reason=reason, is_retryable=is_retryable)

    def fail(self, reason: str, failure_class: FailureClass, http_status: int | None = None) -> PageFailed:
        return PageFailed(url=self.url, reason=reason, failure_class=failure_class, http_status=http_status)


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
        client: sends the requests, unpacks the answers; never asked to follow redirects.
        url: an absolute http(s) address.
        manners: turns and robots.txt, shared by all fetches of a round.
        now: the instant written into the outcome, and what Retry-After dates are counted from.
        time_limit_s: for all transfers of this page together; waiting for our turn is not counted.
        size_limit: bytes after decompression.

    Never raises on what a server does.
    """
    trip = _Trip(client, url, manners, now, time_limit_s, size_limit)
    cookies = httpx.Cookies()
    try:
        request = client.build_request("GET", url.strip(), headers={"accept": "text/html"})
        for _ in range(REDIRECT_LIMIT + 1):
            cookies.set_cookie_header(request)
            step = await _take_turn(trip, request)
            if not isinstance(step, httpx.Response):
                return step
            cookies.extract_cookies(step)
            if step.next_request is None:
                break
            request = step.next_request
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, ValueError):
        return trip.refuse("not an http(s) address", is_retryable=False)
    return trip.fail(f"more than {REDIRECT_LIMIT} redirects", FailureClass.HARD)


async def _take_turn(trip: _Trip, request: httpx.Request) -> PageOutcome | httpx.Response:
    """What one hop brought; a response where it leads on."""
    request.url = _checked(request.url)
    address = str(request.url.copy_with(username=None, password=None))
    resting = _rest(trip, address)
    if resting:
        return resting
    permission = await trip.manners.ask(trip.client, address, now=trip.now)
    if not permission.is_allowed:
        return trip.refuse(permission.reason, is_retryable=not permission.is_final)
    async with trip.manners.turn(address, crawl_delay_s=permission.crawl_delay_s):
        # Asked again inside the turn, since another page may have been turned away while we waited.
        return _rest(trip, address) or await _ask(trip, request)


def _checked(url: httpx.URL) -> httpx.URL:
    host = url.raw_host.decode("ascii", "replace")
    if url.scheme not in ("http", "https") or not _HOST.fullmatch(host) or not 0 <= (url.port or 0) <= 65535:
        raise httpx.InvalidURL("not an http(s) address")
    return url.copy_with(host=url.host.rstrip("."), fragment=None)


def _rest(trip: _Trip, address: str) -> PageRefused | None:
    wait_s = trip.manners.rest_s(address)
    return (
        trip.refuse(f"the site asked to be left alone for {wait_s:.0f} s more", is_retryable=True) if wait_s else None
    )


async def _ask(trip: _Trip, request: httpx.Request) -> PageOutcome | httpx.Response:
    loop = asyncio.get_running_loop()
    started = loop.time()
    try:
        async with asyncio.timeout(max(0.0, trip.time_left_s)):
            response = await trip.client.send(request, stream=True, follow_redirects=False)
            try:
                return await _read(trip, response)
            finally:
                await response.aclose()
    except (TimeoutError, httpx.TimeoutException):
        return trip.fail("took too long", FailureClass.TEMPORARY)
    except httpx.DecodingError as error:
        return trip.fail(str(error), FailureClass.SOFT)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
        return trip.fail("the address can't be requested", FailureClass.HARD)
    except (httpx.HTTPError, httpx.StreamError, OSError) as error:
        return trip.fail(f"no connection ({type(error).__name__})", FailureClass.TEMPORARY)
    finally:
        trip.time_left_s -= loop.time() - started


async def _read(trip: _Trip, response: httpx.Response) -> PageOutcome | httpx.Response:
    status = response.status_code
    if response.next_request is not None:
        return response
    if status != 200:
        return PageFailed(
            url=trip.url,
            reason=f"answered {status}",
            failure_class=FailureClass.HARD if status in HARD_STATUSES else FailureClass.SOFT,
            http_status=status,
            retry_after_s=trip.manners.heed(response, trip.now),
        )
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type and content_type not in HTML_TYPES:
        return trip.fail(f"not a web page but {content_type[:80]}", FailureClass.HARD, status)
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > trip.size_limit:
            return trip.fail(f"larger than {trip.size_limit} bytes", FailureClass.HARD, status)
    if not content_type and not _LOOKS_LIKE_HTML.match(body):
        return trip.fail("not a web page but of no stated type", FailureClass.HARD, status)
    return PageFetched(
        url=trip.url,
        final_url=str(response.url.copy_with(username=None, password=None)),
        html=bytes(body),
        charset=response.charset_encoding,
        fetched_at_utc=trip.now,
    )
