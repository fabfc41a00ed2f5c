"""What one process owes the servers it asks: one limiter for feeds and pages, and what sites asked for before.

Rounds are processes of their own, a minute apart, so rests and robots.txt are kept in the warehouse between them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from flows.articles.manners import Manners
from flows.feeds.hosts import HostLimiter, Rest
from flows.feeds.waits import read_retry_after
from flows.settings import Settings
from warehouse.connect import Warehouse
from warehouse.politeness import read_robots_file, read_site_rests, write_robots_files, write_site_rests
from warehouse.records import RobotsFile, SiteRest, stable_id

# Feeds are small and asked seldom; pages wait for the longer spacing of the settings.
FEED_SPACING_S = 1.0
# A limiter belongs to its event loop, and all batches of a process share one.
_limiters: WeakKeyDictionary[asyncio.AbstractEventLoop, HostLimiter] = WeakKeyDictionary()


def shared_limiter(settings: Settings) -> HostLimiter:
    """The one limiter of this process's event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _limiters:
        _limiters[loop] = HostLimiter(
            spacing_s=min(FEED_SPACING_S, settings.host_spacing_s),
            total_concurrency=settings.feed_concurrency + settings.page_concurrency,
        )
    return _limiters[loop]


@asynccontextmanager
async def remembered_rests(
    wh: Warehouse, limiter: HostLimiter, clock: Callable[[], datetime]
) -> AsyncIterator[HostLimiter]:
    """The limiter, knowing who wants to be left alone; what it learns inside is kept for later rounds.

    Raises:
        WarehouseError: as `Warehouse.query` and `Warehouse.apply` do.
    """
    now = clock()
    for rest in await asyncio.to_thread(read_site_rests, wh, now):
        wait_s = (rest.until_at_utc - now).total_seconds()
        limiter.recall(Rest(domain=rest.domain, wait_s=wait_s, http_status=rest.http_status))
    before = {rest.domain: rest for rest in limiter.rests()}
    try:
        yield limiter
    finally:
        ended = clock()
        new = [_kept(rest, ended) for rest in limiter.rests() if _is_longer(rest, before.get(rest.domain))]
        if new:
            key = stable_id("rests", ended.isoformat(), *(rest.domain for rest in new))
            await asyncio.to_thread(write_site_rests, wh, key, new, now)


def _is_longer(rest: Rest, before: Rest | None) -> bool:
    return before is None or rest.wait_s > before.wait_s


def _kept(rest: Rest, now: datetime) -> SiteRest:
    return SiteRest(
        domain=rest.domain,
        until_at_utc=now + timedelta(seconds=rest.wait_s),
        http_status=rest.http_status,
        asked_at_utc=now,
    )


@asynccontextmanager
async def remembered_manners(wh: Warehouse, settings: Settings, now: datetime) -> AsyncIterator[Manners]:
    """Manners towards the sites of pages, with what robots.txt of each host said within a day; what is learned is kept.

    Raises:
        WarehouseError: as `Warehouse.query` and `Warehouse.apply` do.
    """

    async def recall(origin: str) -> RobotsFile | None:
        return await asyncio.to_thread(read_robots_file, wh, origin, now)

    started_s = time.monotonic()

    def clock() -> datetime:
        return now + timedelta(seconds=time.monotonic() - started_s)

    async with remembered_rests(wh, shared_limiter(settings), clock) as limiter:
        manners = Manners(
            limiter,
            read_retry_after=read_retry_after,
            spacing_s=settings.host_spacing_s,
            total_concurrency=settings.page_concurrency,
            recall=recall,
        )
        yield manners
        learned = manners.learned()
        if learned:
            key = stable_id("robots", now.isoformat(), *(file.origin for file in learned))
            await asyncio.to_thread(write_robots_files, wh, key, learned, now)
