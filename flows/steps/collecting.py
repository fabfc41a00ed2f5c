"""The steps of `collect`: orders of the Feeds page, feeds polled, pages fetched."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from flows.feeds.cadence import FLOOR_S
from flows.rounds import fetching, ordering, polling
from flows.rounds.report import StageCount
from flows.settings import Settings
from flows.steps.shared import batches_of, in_thread, numbers_of
from warehouse.connect import Warehouse, open_warehouse
from warehouse.errors import WarehouseError
from warehouse.read import read_entries_without_article
from warehouse.records import Entry, Feed

FEEDS_A_TASK = 2000
PAGES_A_TASK = 50
# A person who ordered something watches the page.
ORDERS_EVERY_S = 10.0
RETRY_DELAYS_S = [2.0, 10.0]


@asynccontextmanager
async def carrying_out_orders(settings: Settings) -> AsyncIterator[list[StageCount]]:
    """Carries out what people ordered on the Feeds page, before the block and every few seconds while it lasts.

    Not a task: most rounds find nothing, and one that takes minutes must not keep people waiting. Gives the counts of
    those that found something. An order broken off by the end of the block waits for the next run.
    """
    counts: list[StageCount] = []
    await _carry_out_orders(settings, counts)
    watching = asyncio.create_task(_watch_orders(settings, counts))
    try:
        yield counts
    finally:
        watching.cancel()
        await asyncio.wait([watching])


async def _watch_orders(settings: Settings, counts: list[StageCount]) -> None:
    while True:
        await asyncio.sleep(ORDERS_EVERY_S)
        await _carry_out_orders(settings, counts)


async def _carry_out_orders(settings: Settings, counts: list[StageCount]) -> None:
    try:
        with open_warehouse(settings.home) as wh:
            count = await ordering.carry_out_orders(wh, settings, datetime.now(UTC))
    except WarehouseError as error:
        get_run_logger().warning("orders wait: %s", error)
        return
    if count.read:
        get_run_logger().info("%d orders, %d carried out, %d refused, %d failed", *numbers_of(count))
        counts.append(count)


@task(name="plan polls", task_run_name="which feeds are due", cache_policy=NO_CACHE, retries=2, retry_delay_seconds=2)
async def plan_polls(
    settings: Settings, feed_ids: Sequence[str], is_forced: bool, limit: int, now: datetime
) -> list[list[Feed]]:
    """Due feeds in batches, the longest waiting first; each is claimed, so that no other run asks it too."""

    def plan(wh: Warehouse) -> list[Feed]:
        return polling.plan_round(wh, now, limit=limit, feed_ids=feed_ids, is_forced=is_forced)

    return batches_of(await in_thread(settings, plan), FEEDS_A_TASK)


@task(
    name="poll feeds",
    task_run_name="poll the feeds that are due",
    cache_policy=NO_CACHE,
    retries=1,
    # Servers that were asked and not written down are asked again only after the shortest time between two polls.
    retry_delay_seconds=FLOOR_S,
    tags=["network"],
)
async def poll_feeds(settings: Settings, feeds: Sequence[Feed], now: datetime) -> StageCount:
    """Feeds asked side by side, committed as they answer."""
    with open_warehouse(settings.home) as wh:
        count = await polling.poll_feeds(wh, settings, feeds, now, clock=lambda: datetime.now(UTC))
    get_run_logger().info("%d read, %d kept, %d unchanged, %d failed", *numbers_of(count))
    return count


@task(name="plan pages", task_run_name="which entries have no article", cache_policy=NO_CACHE, retries=2)
async def plan_pages(settings: Settings, limit: int) -> list[list[Entry]]:
    """Entries without an article in batches, oldest first."""

    entries = await in_thread(settings, lambda wh: read_entries_without_article(wh, limit)) if limit else []
    return batches_of(entries, PAGES_A_TASK)


@task(
    name="fetch articles",
    task_run_name="fetch a batch of articles",
    cache_policy=NO_CACHE,
    retries=2,
    retry_delay_seconds=RETRY_DELAYS_S,
    retry_jitter_factor=0.5,
    tags=["network"],
)
async def fetch_articles(
    settings: Settings, entries: Sequence[Entry], fetches_pages: bool, now: datetime
) -> StageCount:
    """One batch of entries, their pages fetched side by side."""
    with open_warehouse(settings.home) as wh:
        count = await fetching.fetch_articles(wh, settings, entries, fetches_pages=fetches_pages, now=now)
    get_run_logger().info("%d read, %d kept, %d refused, %d failed", *numbers_of(count))
    return count
