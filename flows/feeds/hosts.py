"""Politeness: how many requests at once, how far apart, and when none at all, for all hosts of one registrable domain.

Outlets are fetched by many feeds and pages at once; their servers see one visitor, so one limiter serves all of a
process. The public suffix list is the one shipped with tldextract, private suffixes included (two blogs of one hosting
service are two sites), so nothing is asked of the network.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from tldextract import TLDExtract

RESTING_STATUSES = frozenset({429, 503})
# Where a server says "too many" and not for how long.
UNSTATED_REST_S = 300.0


@cache
def _suffix_list() -> TLDExtract:
    import tldextract  # brings a client for the network, a quarter of what the command takes to start

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@lru_cache(maxsize=20_000)
def registrable_domain(url: str) -> str:
    """The domain that one owner registered (`news.bbc.co.uk` -> `bbc.co.uk`), in ASCII.

    Host and port where there is none, as of an IP address; empty where the text is no URL with a host.
    """
    try:
        parts = httpx.URL(url.strip())
        host = parts.raw_host.decode("ascii").strip("[]").rstrip(".").lower()
    except (httpx.InvalidURL, ValueError, TypeError):
        return ""
    domain = _suffix_list()(host).top_domain_under_public_suffix
    if domain:
        return domain
    return f"{host}:{parts.port}" if parts.port and host else host


@dataclass(slots=True)
class _Site:
    slots: asyncio.Semaphore
    next_start_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A site wants to be left alone for `wait_s` more seconds; `http_status` is what it said so with."""

    domain: str
    wait_s: float
    http_status: int


class HostLimiter:
    """Hands out turns: `concurrency` at once and `spacing_s` between starts per registrable domain.

    Belongs to one event loop. `clock` (seconds, rising) and `sleep` are parameters so that a test needs no waiting.
    """

    def __init__(
        self,
        *,
        spacing_s: float = 1.0,
        concurrency: int = 2,
        total_concurrency: int = 64,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._spacing_s = spacing_s
        self._concurrency = concurrency
        self._total = asyncio.Semaphore(total_concurrency)
        self._clock = clock
        self._sleep = sleep
        self._sites: dict[str, _Site] = {}
        self._rests: dict[str, tuple[float, int]] = {}

    @asynccontextmanager
    async def turn(self, url: str, *, spacing_s: float | None = None) -> AsyncIterator[None]:
        """Waits for a turn at the URL's domain and holds it; the overall limit is taken last, so no host blocks it.

        Args:
            url: what is going to be asked.
            spacing_s: seconds until the next start at this domain, where they are not the usual ones.
        """
        site = self._sites.setdefault(registrable_domain(url), _Site(asyncio.Semaphore(self._concurrency)))
        async with site.slots:
            now = self._clock()
            start = max(now, site.next_start_s)
            site.next_start_s = start + (self._spacing_s if spacing_s is None else spacing_s)
            if start > now:
                await self._sleep(start - now)
            async with self._total:
                yield

    def heed(self, url: str, http_status: int, retry_after_s: float | None) -> None:
        """Lets the whole domain rest where its answer asks for it: 429, or 503 with a Retry-After.

        A longer rest that was asked for before stays; any other answer changes nothing.
        """
        if http_status == 429 and retry_after_s is None:
            retry_after_s = UNSTATED_REST_S
        if http_status in RESTING_STATUSES and retry_after_s:
            self.recall(Rest(domain=registrable_domain(url), wait_s=retry_after_s, http_status=http_status))

    def recall(self, rest: Rest) -> None:
        """Takes note of a rest that was asked for in another round."""
        until_s = self._clock() + rest.wait_s
        if until_s > self._rests.get(rest.domain, (0.0, 0))[0]:
            self._rests[rest.domain] = (until_s, rest.http_status)

    def rest_s(self, url: str) -> float:
        """For how many more seconds the URL's domain wants to be left alone; 0 where it does not."""
        until_s, _ = self._rests.get(registrable_domain(url), (0.0, 0))
        return max(0.0, until_s - self._clock())

    def rests(self) -> list[Rest]:
        """All rests that are not over."""
        now = self._clock()
        return [
            Rest(domain=domain, wait_s=until_s - now, http_status=status)
            for domain, (until_s, status) in self._rests.items()
            if until_s > now
        ]
