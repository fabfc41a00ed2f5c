"""Politeness: how many requests at once, and how far apart, for all hosts of one registrable domain.

Outlets are fetched by many feeds at once; their servers see one visitor. The public suffix list is the one shipped with
tldextract, so nothing is asked of the network.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

import tldextract

_extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=20_000)
def registrable_domain(url: str) -> str:
    """The domain that one owner registered (`news.bbc.co.uk` -> `bbc.co.uk`); host and port where there is none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    domain = _extract(host).top_domain_under_public_suffix
    if domain:
        return domain.lower()
    return f"{host}:{port}" if port else host


@dataclass(slots=True)
class _HostState:
    slots: asyncio.Semaphore
    next_start_s: float = 0.0


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
        clock: Callable[[], float] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._spacing_s = spacing_s
        self._concurrency = concurrency
        self._total = asyncio.Semaphore(total_concurrency)
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _HostState] = {}

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Waits for a turn at the URL's domain and holds it; the overall limit is taken last, so no host blocks it."""
        state = self._hosts.setdefault(registrable_domain(url), _HostState(asyncio.Semaphore(self._concurrency)))
        async with state.slots:
            now = self._clock() if self._clock else asyncio.get_running_loop().time()
            start = max(now, state.next_start_s)
            state.next_start_s = start + self._spacing_s
            if start > now:
                await self._sleep(start - now)
            async with self._total:
                yield
