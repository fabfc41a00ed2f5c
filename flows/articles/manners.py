"""How we behave towards the sites we read: one request at a time, seconds apart, and only where robots.txt allows.

Spacing counts per registrable domain, since the hosts of one outlet usually share a server. The clock and the pause
are parameters, so that tests need not wait. One object serves all requests of one event loop; it keeps robots.txt in
memory for a day (RFC 9309 section 2.4).
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego

from flows.articles.address import registrable_domain

ROBOTS_LIFE_S = 24 * 3600.0
ROBOTS_RETRY_S = 900.0
# RFC 9309 section 2.5: a parser must take at least 500 KiB; what lies beyond is ignored.
ROBOTS_BYTES = 512 * 1024
ROBOTS_REDIRECTS = 5
ROBOTS_TIME_LIMIT_S = 15.0
# A crawl-delay of minutes would hold up a whole round for one site; such a site is asked once in this time.
CRAWL_DELAY_LIMIT_S = 30.0


@dataclass(frozen=True, slots=True)
class Permission:
    """What robots.txt says of one address; `is_final` is False while it could not be read."""

    is_allowed: bool
    reason: str
    is_final: bool = True
    crawl_delay_s: float = 0.0


@dataclass(frozen=True, slots=True)
class _Robots:
    rules: Protego | None  # None: everything allowed, or nothing known
    refusal: str | None
    expires_at_s: float


class Manners:
    """Spacing, concurrency and robots.txt for every site; shared by all fetches of a round."""

    def __init__(
        self,
        *,
        robot_name: str = "mereda",
        spacing_s: float = 2.0,
        concurrency_per_site: int = 1,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._robot_name = robot_name
        self._spacing_s = spacing_s
        self._clock = clock
        self._pause = pause
        self._gates: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(concurrency_per_site))
        self._next_start_s: dict[str, float] = {}
        self._robots: dict[str, _Robots] = {}
        self._robots_locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def turn(self, url: str, *, crawl_delay_s: float = 0.0) -> AsyncIterator[None]:
        """Wait for our turn at the site of `url`, and hold it while inside."""
        site = registrable_domain(urlsplit(url).hostname or "")
        async with self._gates[site]:
            now = self._clock()
            start = max(now, self._next_start_s.get(site, now))
            self._next_start_s[site] = start + max(self._spacing_s, crawl_delay_s)
            if start > now:
                await self._pause(start - now)
            yield

    async def ask(self, client: httpx.AsyncClient, url: str) -> Permission:
        """Whether robots.txt lets us fetch `url`; asks the host once a day.

        A host that answers 4xx has no rules (RFC 9309 section 2.3.1.3). One that can't be reached, answers 429 or 5xx
        is left alone for now (2.3.1.4) and asked again after a quarter of an hour.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._robots_locks[origin]:
            robots = self._robots.get(origin)
            if robots is None or robots.expires_at_s <= self._clock():
                robots = await self._fetch_robots(client, origin)
                self._robots[origin] = robots
        if robots.refusal is not None:
            return Permission(False, robots.refusal, is_final=False)
        if robots.rules is None:
            return Permission(True, "no robots.txt")
        if not robots.rules.can_fetch(url, self._robot_name):
            return Permission(False, "robots.txt forbids this address")
        delay = float(robots.rules.crawl_delay(self._robot_name) or 0.0)
        return Permission(True, "robots.txt allows it", crawl_delay_s=min(delay, CRAWL_DELAY_LIMIT_S))

    async def _fetch_robots(self, client: httpx.AsyncClient, origin: str) -> _Robots:
        try:
            async with asyncio.timeout(ROBOTS_TIME_LIMIT_S):
                status, body = await _read_robots(client, urljoin(origin, "/robots.txt"))
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, TimeoutError, OSError) as error:
            return self._refuse(f"robots.txt can't be reached ({type(error).__name__})")
        if status == 429 or status >= 500:
            return self._refuse(f"robots.txt answers {status}")
        if status >= 300:
            return _Robots(None, None, self._clock() + ROBOTS_LIFE_S)
        rules = Protego.parse(body.decode("utf-8", "replace"))
        return _Robots(rules, None, self._clock() + ROBOTS_LIFE_S)

    def _refuse(self, reason: str) -> _Robots:
        return _Robots(None, reason, self._clock() + ROBOTS_RETRY_S)


async def _read_robots(client: httpx.AsyncClient, url: str) -> tuple[int, bytes]:
    """Status and the first half MiB; more than five redirects count as no rules (RFC 9309 section 2.3.1.2)."""
    for _ in range(ROBOTS_REDIRECTS + 1):
        async with client.stream("GET", url, follow_redirects=False) as response:
            if response.is_redirect and "location" in response.headers:
                url = urljoin(url, response.headers["location"])
                continue
            body = b""
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) >= ROBOTS_BYTES:
                    break
            return response.status_code, body[:ROBOTS_BYTES]
    return 404, b""
