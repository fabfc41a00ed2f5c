"""One conditional request for a feed, and what came of it as a value: Fetched, Unchanged or Failed.

Trouble of the network is never an exception. Redirects are followed by hand, so that each hop is checked: scheme here,
address at dial time in `transport`. What a failure means for the next poll is for `cadence` to decide.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from dataclasses import dataclass, replace
from datetime import datetime

import httpx

from flows.feeds.bodies import BodyRefusedError, read_body
from flows.feeds.transport import AddressRefusedError, open_client
from flows.feeds.waits import read_fresh_for, read_retry_after
from warehouse.records import FailureClass, Feed

__all__ = ["Failed", "FailureClass", "FetchLimits", "Fetched", "Outcome", "Unchanged", "fetch_feed", "open_client"]

ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})
PERMANENT_STATUSES = frozenset({301, 308})
HARD_STATUSES = frozenset({400, 401, 402, 403, 405, 410, 451})


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """How long and how large one request may be; a feed of 15 MiB is beyond any honest one."""

    total_s: float = 60.0
    max_bytes: int = 15 * 1024 * 1024
    max_redirects: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A body that differs from the one before.

    `moved_to_url` is set where every redirect was a permanent one; `fresh_for_s` is for how long the server calls its
    answer fresh (Cache-Control, Expires), None where it does not say.
    """

    url: str
    body: bytes
    body_hash: str
    content_type: str | None
    etag: str | None
    last_modified: str | None
    http_status: int
    duration_s: float
    moved_to_url: str | None = None
    fresh_for_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """Nothing new: the server said so (304), or sent the same bytes again (200); the rest as in Fetched."""

    reason: str
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    http_status: int
    byte_count: int
    duration_s: float
    moved_to_url: str | None = None
    fresh_for_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """No usable body, with the class of the failure; `retry_after_s` is what the server asked for."""

    failure_class: FailureClass
    reason: str
    http_status: int | None = None
    retry_after_s: float | None = None
    duration_s: float = 0.0


Outcome = Fetched | Unchanged | Failed


@dataclass(frozen=True, slots=True)
class _Redirect:
    url: str
    is_permanent: bool


async def fetch_feed(
    client: httpx.AsyncClient, feed: Feed, *, now: datetime, limits: FetchLimits | None = None
) -> Outcome:
    """What one request of the feed brought; never raises for trouble of network, server or address.

    Args:
        client: from `open_client`.
        feed: its `etag`, `last_modified` and `body_hash` make the request conditional.
        now: to read a Retry-After that is given as a date.
        limits: total seconds over all hops, bytes after decompression, redirects.
    """
    limits = limits or FetchLimits()
    started = time.perf_counter()

    def fail(failure_class: FailureClass, reason: str) -> Failed:
        return Failed(failure_class=failure_class, reason=reason, duration_s=time.perf_counter() - started)

    try:
        async with asyncio.timeout(limits.total_s):
            return await _follow(client, feed, now, limits, started)
    except TimeoutError:
        return fail(FailureClass.TEMPORARY, f"no full answer within {limits.total_s:g} s")
    except httpx.TimeoutException as error:
        return fail(FailureClass.TEMPORARY, f"{_phase_of(error)} took too long")
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
        return fail(FailureClass.HARD, f"address cannot be used: {error}")
    except httpx.ConnectError as error:
        if isinstance(error.__cause__, AddressRefusedError):
            return fail(FailureClass.HARD, str(error))
        return fail(FailureClass.TEMPORARY, f"no connection: {error}")
    except BodyRefusedError as error:
        return fail(FailureClass.SOFT, str(error))
    except (httpx.HTTPError, OSError) as error:
        return fail(FailureClass.TEMPORARY, f"connection broke: {error or type(error).__name__}")


async def _follow(client: httpx.AsyncClient, feed: Feed, now: datetime, limits: FetchLimits, started: float) -> Outcome:
    url, is_permanent = feed.url, True
    for _ in range(limits.max_redirects + 1):
        if httpx.URL(url).scheme not in ("http", "https") or not httpx.URL(url).host:
            raise httpx.UnsupportedProtocol(f"{url[:200]!r} is not an http or https address")
        step = await _request(client, feed, url, now, limits, started)
        if not isinstance(step, _Redirect):
            if isinstance(step, Fetched | Unchanged) and is_permanent and url != feed.url:
                return replace(step, moved_to_url=url)
            return step
        url, is_permanent = step.url, is_permanent and step.is_permanent
    return Failed(
        failure_class=FailureClass.SOFT,
        reason=f"more than {limits.max_redirects} redirects, the last to {url[:200]}",
        duration_s=time.perf_counter() - started,
    )


async def _request(
    client: httpx.AsyncClient, feed: Feed, url: str, now: datetime, limits: FetchLimits, started: float
) -> Outcome | _Redirect:
    async with client.stream("GET", url, headers=_conditional_headers(feed), follow_redirects=False) as response:
        status = response.status_code
        if status in REDIRECT_STATUSES and response.headers.get("Location"):
            target = str(response.url.join(response.headers["Location"].strip()))
            return _Redirect(target, status in PERMANENT_STATUSES)
        if status == 304 and (feed.etag or feed.last_modified):
            return _unchanged(response, feed, "not modified", feed.body_hash, 0, now, started)
        if status != 200:
            return Failed(
                failure_class=FailureClass.HARD if status in HARD_STATUSES else FailureClass.SOFT,
                reason=f"the server answered {status} {response.reason_phrase}".strip(),
                http_status=status,
                retry_after_s=read_retry_after(response.headers.get("Retry-After"), now),
                duration_s=time.perf_counter() - started,
            )
        body = await read_body(response, max_bytes=limits.max_bytes)
        body_hash = hashlib.blake2b(body, digest_size=16).hexdigest()
        if body_hash == feed.body_hash:
            return _unchanged(response, feed, "same body", body_hash, len(body), now, started)
        return Fetched(
            url=url,
            body=body,
            body_hash=body_hash,
            content_type=response.headers.get("Content-Type"),
            etag=response.headers.get("ETag"),
            last_modified=response.headers.get("Last-Modified"),
            http_status=status,
            duration_s=time.perf_counter() - started,
            fresh_for_s=read_fresh_for(response.headers, now),
        )


def _unchanged(
    response: httpx.Response,
    feed: Feed,
    reason: str,
    body_hash: str | None,
    byte_count: int,
    now: datetime,
    started: float,
) -> Unchanged:
    return Unchanged(
        reason=reason,
        etag=response.headers.get("ETag") or (feed.etag if response.status_code == 304 else None),
        last_modified=response.headers.get("Last-Modified")
        or (feed.last_modified if response.status_code == 304 else None),
        body_hash=body_hash,
        http_status=response.status_code,
        byte_count=byte_count,
        duration_s=time.perf_counter() - started,
        fresh_for_s=read_fresh_for(response.headers, now),
    )


def _conditional_headers(feed: Feed) -> dict[str, str]:
    known = {"If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified}
    # What a server once sent may hold signs that a request must not.
    usable = {name: value for name, value in known.items() if value and value.isascii() and value.isprintable()}
    return {"Accept": ACCEPT, **usable}


def _phase_of(error: httpx.TimeoutException) -> str:
    if isinstance(error, httpx.ConnectTimeout):
        return "the connection"
    if isinstance(error, httpx.ReadTimeout):
        return "the wait for bytes"
    return "the request"
