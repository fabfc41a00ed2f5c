"""One conditional request for a feed, and what came of it as a value: Fetched, Unchanged, Failed or Postponed.

Trouble of the network is never an exception. Redirects are followed by hand, so that each hop waits for its turn at
its own host and is checked: scheme here, address at dial time in `transport`. What a failure means for the next poll
is for `cadence` to decide, and what a redirect means for the address for `moves`.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol, overload

import httpx

from flows.feeds.credentials import hide_credentials, part_credentials
from flows.feeds.dialling import AddressRefusedError
from flows.feeds.outcomes import Failed, Fetched, Outcome, Postponed, Unchanged
from flows.feeds.transport import open_client
from flows.feeds.waits import read_fresh_for, read_retry_after
from warehouse.records import FailureClass, Feed

__all__ = [
    "Failed", "FailureClass", "FetchLimits", "Fetched", "Outcome", "Postponed", "Turns", "Unchanged", "fetch_feed",
    "open_client",
]  # fmt: skip

ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
PERMANENT_STATUSES = frozenset({301, 308})
KEPT_HEADERS = ("Accept", "Accept-Encoding", "Authorization")  # of a request that is sent on to another address
HARD_STATUSES = frozenset({400, 401, 402, 403, 405, 410, 451})
# A name, or an IPv6 address; httpx lets more through.
_HOST = re.compile(r"[a-z0-9_-][a-z0-9._-]*|[0-9a-f:][0-9a-f:.]*(?:%[a-z0-9._%-]+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """How long and how large one request may be; a feed of 15 MiB is beyond any honest one."""

    total_s: float = 60.0
    max_bytes: int = 15 * 1024 * 1024
    max_redirects: int = 8


Now = datetime | Callable[[], datetime]


class Turns(Protocol):
    """Who says when a site may be asked; `hosts.HostLimiter` is one."""

    def turn(self, url: str) -> AbstractAsyncContextManager[None]:
        """Waits for a turn at the site of `url` and holds it."""

    def rest_s(self, url: str) -> float:
        """For how many more seconds the site wants to be left alone; 0 where it does not."""

    def heed(self, url: str, http_status: int, retry_after_s: float | None) -> None:
        """Takes note of what the site answered."""


@dataclass(slots=True)
class _Trip:
    """One request on its way through redirects, and the seconds it has spent on the wire."""

    client: httpx.AsyncClient
    feed: Feed
    read_clock: Callable[[], datetime]
    limits: FetchLimits
    turns: Turns | None
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)
    asked_url: str = ""  # of the first request, without credentials
    _spent_s: float = 0.0
    _asking_since_s: float | None = None

    @property
    def spent_s(self) -> float:
        running_s = time.perf_counter() - self._asking_since_s if self._asking_since_s is not None else 0.0
        return self._spent_s + running_s

    @contextmanager
    def clock(self) -> Iterator[None]:
        self._asking_since_s = time.perf_counter()
        try:
            yield
        finally:
            self._spent_s, self._asking_since_s = self.spent_s, None


@dataclass(frozen=True, slots=True)
class _Redirect:
    request: httpx.Request
    is_permanent: bool


@overload
async def fetch_feed(
    client: httpx.AsyncClient, feed: Feed, *, now: Now, limits: FetchLimits | None = None
) -> Outcome: ...
@overload
async def fetch_feed(
    client: httpx.AsyncClient, feed: Feed, *, now: Now, limits: FetchLimits | None = None, turns: Turns
) -> Outcome | Postponed: ...
async def fetch_feed(
    client: httpx.AsyncClient,
    feed: Feed,
    *,
    now: Now,
    limits: FetchLimits | None = None,
    turns: Turns | None = None,
) -> Outcome | Postponed:
    """What one request of the feed brought; never raises for trouble of network, server or address.

    Args:
        client: from `open_client`.
        feed: its `etag` and `last_modified` make the request conditional at the address that gave them, and a body of
            its `body_hash` is Unchanged.
        now: to read headers that give a date; an instant, or a clock that is read when the answer is there.
        limits: total seconds over all hops, waits for turns not counted; bytes after decompression; redirects.
        turns: spaces requests to one site; None asks at once.
    """
    read_clock = now if callable(now) else lambda: now
    trip = _Trip(client, feed, read_clock, limits or FetchLimits(), turns)
    try:
        return await _follow(trip)
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError, ValueError) as error:
        failure_class, reason = _failure_of(error, trip.limits)
        # Some messages of the libraries quote the address.
        return Failed(failure_class=failure_class, reason=hide_credentials(reason)[:300], duration_s=trip.spent_s)


def _failure_of(error: Exception, limits: FetchLimits) -> tuple[FailureClass, str]:
    if isinstance(error, httpx.ConnectTimeout):
        return FailureClass.TEMPORARY, "the connection took too long"
    if isinstance(error, httpx.ReadTimeout):
        return FailureClass.TEMPORARY, f"the wait for bytes took too long: {error}".removesuffix(": ")
    if isinstance(error, httpx.TimeoutException):
        return FailureClass.TEMPORARY, "the request took too long"
    if isinstance(error, TimeoutError):
        return FailureClass.TEMPORARY, f"no full answer within {limits.total_s:g} s"
    if isinstance(error, httpx.ConnectError) and isinstance(error.__cause__, AddressRefusedError):
        return FailureClass.HARD, str(error)
    if isinstance(error, httpx.ConnectError):
        return FailureClass.TEMPORARY, f"no connection: {error}"
    if isinstance(error, httpx.RemoteProtocolError) and "location header" in str(error):
        return FailureClass.HARD, "a redirect leads to what is no address"
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | ValueError):
        return FailureClass.HARD, f"address cannot be used: {error}"
    if isinstance(error, httpx.DecodingError):
        return FailureClass.SOFT, str(error)
    return FailureClass.TEMPORARY, f"connection broke: {error or type(error).__name__}"


async def _follow(trip: _Trip) -> Outcome | Postponed:
    request, is_permanent = _first_request(trip), True
    for _ in range(trip.limits.max_redirects + 1):
        step = await _take_turn(trip, request)
        if isinstance(step, Fetched | Unchanged) and is_permanent and step.url != trip.asked_url:
            return replace(step, moved_to_url=_address_to_keep(trip, request))
        if not isinstance(step, _Redirect):
            return step
        request, is_permanent = step.request, is_permanent and step.is_permanent
    last_url = hide_credentials(str(request.url))[:200]
    reason = f"more than {trip.limits.max_redirects} redirects, the last to {last_url}"
    return Failed(failure_class=FailureClass.SOFT, reason=reason, duration_s=trip.spent_s)


def _first_request(trip: _Trip) -> httpx.Request:
    url, headers = part_credentials(httpx.URL(trip.feed.url.strip()))
    trip.asked_url = str(url := _checked(url))
    return trip.client.build_request("GET", url, headers={"Accept": ACCEPT, **headers})


def _checked(url: httpx.URL) -> httpx.URL:
    """The URL in the spelling it is asked in: no fragment, and no dot behind the host, which TLS would not know."""
    host = url.raw_host.decode("ascii", "replace")
    if url.scheme not in ("http", "https") or not _HOST.fullmatch(host) or not 0 <= (url.port or 0) <= 65535:
        raise httpx.UnsupportedProtocol(f"{hide_credentials(str(url))[:200]!r} is not an http or https address")
    if "#" in str(url) or host.endswith("."):
        return url.copy_with(host=url.host.rstrip("."), fragment=None)
    return url


def _address_to_keep(trip: _Trip, request: httpx.Request) -> str:
    """The address to store: a subscriber's name and password stay with it where they were sent to it."""
    if "Authorization" not in request.headers:
        return str(request.url)
    known = httpx.URL(trip.feed.url.strip())
    return str(request.url.copy_with(username=known.username, password=known.password))


async def _take_turn(trip: _Trip, request: httpx.Request) -> Outcome | Postponed | _Redirect:
    url, turns = str(request.url), trip.turns
    async with turns.turn(url) if turns else nullcontext():
        # Asked inside the turn, since another feed may have been turned away while we waited.
        wait_s = turns.rest_s(url) if turns else 0.0
        if wait_s > 0:
            return Postponed(reason=f"the site asked to be left alone for {wait_s:.0f} s more", wait_s=wait_s)
        try:
            return await _ask(trip, request)
        except httpx.DecodingError:
            # Servers that pack badly mostly serve well what is not packed.
            request.headers["Accept-Encoding"] = "identity"
            return await _ask(trip, request)


async def _ask(trip: _Trip, request: httpx.Request) -> Outcome | _Redirect:
    validators = _validators_for(trip, request)
    request.headers.update(validators)
    if trip.cookies:
        trip.cookies.set_cookie_header(request)
    with trip.clock():
        async with asyncio.timeout(max(0.0, trip.limits.total_s - trip.spent_s)):
            response = await trip.client.send(request, stream=True, follow_redirects=False)
            try:
                return await _read(trip, response, was_conditional=bool(validators))
            finally:
                await response.aclose()


def _validators_for(trip: _Trip, request: httpx.Request) -> dict[str, str]:
    feed = trip.feed
    if str(request.url) != (feed.answered_url or trip.asked_url):
        return {}
    known = {"If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified}
    # What a server once sent may hold signs that a request must not.
    return {name: value for name, value in known.items() if value and value.isascii() and value.isprintable()}


async def _read(trip: _Trip, response: httpx.Response, *, was_conditional: bool) -> Outcome | _Redirect:
    status, feed = response.status_code, trip.feed
    if response.next_request is not None:
        return _redirect(trip, response, response.next_request)
    if status == 304 and was_conditional:
        return _unchanged(trip, response, "not modified", feed.body_hash, 0)
    if status != 200:
        return _refusal(trip, response)
    body = await _read_body(response, trip.limits.max_bytes)
    if body is None:
        reason = f"body is larger than {trip.limits.max_bytes} bytes"
        return Failed(failure_class=FailureClass.SOFT, reason=reason, http_status=status, duration_s=trip.spent_s)
    body_hash = hashlib.blake2b(body, digest_size=16).hexdigest()
    if body_hash == feed.body_hash:
        return _unchanged(trip, response, "same body", body_hash, len(body))
    return Fetched(
        url=str(response.url),
        body=body,
        body_hash=body_hash,
        content_type=response.headers.get("Content-Type"),
        etag=response.headers.get("ETag"),
        last_modified=response.headers.get("Last-Modified"),
        http_status=status,
        duration_s=trip.spent_s,
        fresh_for_s=read_fresh_for(response.headers, trip.read_clock()),
    )


def _redirect(trip: _Trip, response: httpx.Response, following: httpx.Request) -> _Redirect:
    trip.cookies.extract_cookies(response)
    url, secret = part_credentials(following.url)
    headers = {name: following.headers[name] for name in KEPT_HEADERS if name in following.headers}
    request = trip.client.build_request("GET", _checked(url), headers={**headers, **secret})
    return _Redirect(request, response.status_code in PERMANENT_STATUSES)


def _unchanged(trip: _Trip, response: httpx.Response, reason: str, body_hash: str | None, byte_count: int) -> Unchanged:
    # A 304 need not repeat the validators; a 200 without them has none any more.
    stored = trip.feed if response.status_code == 304 else None
    return Unchanged(
        url=str(response.url),
        reason=reason,
        etag=response.headers.get("ETag") or (stored.etag if stored else None),
        last_modified=response.headers.get("Last-Modified") or (stored.last_modified if stored else None),
        body_hash=body_hash,
        http_status=response.status_code,
        byte_count=byte_count,
        duration_s=trip.spent_s,
        fresh_for_s=read_fresh_for(response.headers, trip.read_clock()),
    )


def _refusal(trip: _Trip, response: httpx.Response) -> Failed:
    status = response.status_code
    retry_after_s = read_retry_after(response.headers.get("Retry-After"), trip.read_clock())
    if trip.turns:
        trip.turns.heed(str(response.url), status, retry_after_s)
    return Failed(
        failure_class=FailureClass.HARD if status in HARD_STATUSES else FailureClass.SOFT,
        reason=f"the server answered {status} {response.reason_phrase}".strip()[:200],
        http_status=status,
        retry_after_s=retry_after_s,
        duration_s=trip.spent_s,
    )


async def _read_body(response: httpx.Response, max_bytes: int) -> bytes | None:
    """The body, or None where it is larger than the limit."""
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > max_bytes:
            return None
    return bytes(body)
