"""How we behave towards the sites whose pages we read: in turn, seconds apart, and only where robots.txt allows.

Turns come from outside, since feeds and pages of one site share them. What robots.txt says is kept for a day (RFC 9309
section 2.4), in memory here, and between rounds by whoever gives `recall` and takes `learned`. The clock is a
parameter, so that tests need not wait. One object serves all requests of one event loop.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import httpx
from protego import Protego

from warehouse.records import RobotsFile

ROBOTS_LIFE = timedelta(days=1)
ROBOTS_RETRY = timedelta(minutes=15)
# RFC 9309 section 2.5: a parser must take at least 500 KiB; what lies beyond is ignored.
ROBOTS_BYTES = 500 * 1024
ROBOTS_REDIRECTS = 5
ROBOTS_TIME_LIMIT_S = 15.0
# A crawl-delay of minutes would hold up a whole round for one site; such a site is asked once in this time.
CRAWL_DELAY_LIMIT_S = 30.0

Recall = Callable[[str], Awaitable[RobotsFile | None]]


class Turns(Protocol):
    """Who says when a site may be asked, for feeds and pages together."""

    def turn(self, url: str, *, spacing_s: float | None = None) -> AbstractAsyncContextManager[None]:
        """Waits for a turn at the site of `url` and holds it; the next one starts `spacing_s` later."""

    def rest_s(self, url: str) -> float:
        """For how many more seconds the site wants to be left alone; 0 where it does not."""

    def heed(self, url: str, http_status: int, retry_after_s: float | None) -> None:
        """Takes note of what the site answered."""


@dataclass(frozen=True, slots=True)
class Permission:
    """What robots.txt says of one address; `is_final` is False while it could not be read."""

    is_allowed: bool
    reason: str
    is_final: bool = True
    crawl_delay_s: float = 0.0


@dataclass(frozen=True, slots=True)
class _Rules:
    file: RobotsFile
    parsed: Protego | None


async def _recall_nothing(origin: str) -> RobotsFile | None:
    return None


class Manners:
    """Spacing, concurrency and robots.txt for every site; shared by all fetches of a round."""

    def __init__(
        self,
        turns: Turns,
        *,
        read_retry_after: Callable[[str | None, datetime], float | None],
        robot_name: str = "mereda",
        spacing_s: float = 2.0,
        total_concurrency: int = 16,
        recall: Recall = _recall_nothing,
    ) -> None:
        """Manners without anything learned yet.

        Args:
            turns: the limiter that the feeds of this process use too.
            read_retry_after: reads that header, given the present instant.
            robot_name: the name that rules may call us by.
            spacing_s: seconds between two pages of one site, where robots.txt asks for no more.
            total_concurrency: pages fetched at once over all sites.
            recall: what an earlier round learned of a host's robots.txt, None where nothing that still counts.
        """
        self._turns = turns
        self._read_retry_after = read_retry_after
        self._robot_name = robot_name
        self._spacing_s = spacing_s
        self._total = asyncio.Semaphore(total_concurrency)
        self._recall = recall
        self._rules: dict[str, _Rules] = {}
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._learned: dict[str, RobotsFile] = {}

    @asynccontextmanager
    async def turn(self, url: str, *, crawl_delay_s: float = 0.0) -> AsyncIterator[None]:
        """Waits for our turn at the site of `url`, and holds it while inside."""
        # The overall limit is taken last, so that pages of a slow site do not keep others waiting.
        async with self._turns.turn(url, spacing_s=max(self._spacing_s, crawl_delay_s)), self._total:
            yield

    def rest_s(self, url: str) -> float:
        """For how many more seconds the site of `url` wants to be left alone; 0 where it does not."""
        return self._turns.rest_s(url)

    def heed(self, response: httpx.Response, now: datetime) -> float | None:
        """The seconds a refusal asks us to wait (Retry-After); the whole site then rests."""
        retry_after_s = self._read_retry_after(response.headers.get("retry-after"), now)
        self._turns.heed(str(response.url), response.status_code, retry_after_s)
        return retry_after_s

    async def ask(self, client: httpx.AsyncClient, url: str, *, now: datetime) -> Permission:
        """Whether robots.txt lets us fetch `url`; asks the host once a day.

        A host that answers 4xx has no rules (RFC 9309 section 2.3.1.3). One that can't be reached, answers 429 or 5xx
        is left alone for now (2.3.1.4) and asked again after a quarter of an hour.
        """
        origin = origin_of(url)
        async with self._locks[origin]:
            rules = self._rules.get(origin)
            if rules is None or rules.file.expires_at_utc <= now:
                rules = await self._read_rules(client, origin, now)
                self._rules[origin] = rules
        if rules.file.refusal is not None:
            return Permission(False, rules.file.refusal, is_final=False)
        if rules.parsed is None:
            return Permission(True, "no robots.txt")
        if not rules.parsed.can_fetch(url, self._robot_name):
            return Permission(False, "robots.txt forbids this address")
        delay_s = float(rules.parsed.crawl_delay(self._robot_name) or 0.0)
        return Permission(True, "robots.txt allows it", crawl_delay_s=min(max(0.0, delay_s), CRAWL_DELAY_LIMIT_S))

    def learned(self) -> list[RobotsFile]:
        """What was asked for since the last call, to be kept for later rounds."""
        learned, self._learned = list(self._learned.values()), {}
        return learned

    async def _read_rules(self, client: httpx.AsyncClient, origin: str, now: datetime) -> _Rules:
        file = await self._recall(origin)
        if file is None:
            file = self._learned[origin] = await self._ask_for_file(client, origin, now)
        return _Rules(file, Protego.parse(file.rules) if file.rules is not None else None)

    async def _ask_for_file(self, client: httpx.AsyncClient, origin: str, now: datetime) -> RobotsFile:
        def answer(rules: str | None, refusal: str | None = None) -> RobotsFile:
            life = ROBOTS_RETRY if refusal else ROBOTS_LIFE
            return RobotsFile(origin=origin, rules=rules, refusal=refusal, asked_at_utc=now, expires_at_utc=now + life)

        try:
            async with self._turns.turn(origin, spacing_s=0.0), self._total, asyncio.timeout(ROBOTS_TIME_LIMIT_S):
                response, body = await _read_robots(client, f"{origin}/robots.txt")
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, TimeoutError, OSError) as error:
            return answer(None, f"robots.txt can't be reached ({type(error).__name__})")
        if response.status_code == 429 or response.status_code >= 500:
            self.heed(response, now)
            return answer(None, f"robots.txt answers {response.status_code}")
        # A redirect that is left is the sixth (RFC 9309 section 2.3.1.2): no rules.
        return answer(body.decode("utf-8", "replace") if response.status_code < 300 else None)


def origin_of(url: str) -> str:
    """Scheme, host and port of an address, without credentials."""
    parts = httpx.URL(url)
    host = f"[{parts.host}]" if ":" in parts.host else parts.raw_host.decode("ascii")
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port else "")


async def _read_robots(client: httpx.AsyncClient, url: str) -> tuple[httpx.Response, bytes]:
    """The answer after at most five redirects, and its first 500 KiB, up to the last whole line."""
    request = client.build_request("GET", url)
    for _ in range(ROBOTS_REDIRECTS + 1):
        response = await client.send(request, stream=True, follow_redirects=False)
        try:
            if response.next_request is not None:
                request = response.next_request
                continue
            body = bytearray()
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > ROBOTS_BYTES:
                    return response, bytes(body[:ROBOTS_BYTES]).rpartition(b"\n")[0]
            return response, bytes(body)
        finally:
            await response.aclose()
    return response, b""
