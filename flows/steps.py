"""The only tasks: batches with a name in the run view, retries, time limits and tags, each around a plain function.

A task run costs the server about 21 ms of its processor, so a task is never one feed or one article. Time limits of
requests live in httpx: Prefect's do not stop code that blocks.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from prefect import get_run_logger, task
from prefect.artifacts import (
    acreate_markdown_artifact,
    acreate_progress_artifact,
    acreate_table_artifact,
    aupdate_progress_artifact,
)
from prefect.blocks.abstract import NotificationBlock
from prefect.blocks.core import Block
from prefect.blocks.notifications import AbstractAppriseNotificationBlock
from prefect.cache_policies import NO_CACHE

from flows.events.code import CODER_VERSION
from flows.feeds.cadence import FLOOR_S
from flows.rounds import (
    alerting,
    assessing,
    briefing,
    care,
    fetching,
    history,
    indexing,
    merging,
    ordering,
    polling,
    search_words,
    second_readings,
    telling,
)
from flows.rounds.report import StageCount
from flows.settings import Settings
from warehouse.backlog import forget_coding as forget_stored_coding
from warehouse.connect import Warehouse, open_warehouse
from warehouse.errors import HealthError, SettingsError, WarehouseError
from warehouse.read import read_entries_without_article, read_uncoded_articles
from warehouse.records import Article, Entry, Feed

T = TypeVar("T")

FEEDS_A_TASK = 2000
PAGES_A_TASK = 50
# Fewer feeds than this all failing is bad luck; more is our own network.
FEEDS_TO_JUDGE = 20
SECONDS_BETWEEN_UPDATES = 2.0
# A person who ordered something watches the page.
ORDERS_EVERY_S = 10.0
RETRY_DELAYS_S = [2.0, 10.0]


async def _in_thread(settings: Settings, work: Callable[[Warehouse], T]) -> T:
    """What `work` makes of this home's warehouse, done beside the event loop."""

    def do() -> T:
        with open_warehouse(settings.home) as wh:
            return work(wh)

    return await asyncio.to_thread(do)


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
        get_run_logger().info("%d orders, %d carried out, %d refused, %d failed", *_numbers(count))
        counts.append(count)


@task(name="plan polls", task_run_name="which feeds are due", cache_policy=NO_CACHE, retries=2, retry_delay_seconds=2)
async def plan_polls(
    settings: Settings, feed_ids: Sequence[str], is_forced: bool, limit: int, now: datetime
) -> list[list[Feed]]:
    """Due feeds in batches, the longest waiting first; each is claimed, so that no other run asks it too."""

    def plan(wh: Warehouse) -> list[Feed]:
        return polling.plan_round(wh, now, limit=limit, feed_ids=feed_ids, is_forced=is_forced)

    feeds = await _in_thread(settings, plan)
    return [feeds[start : start + FEEDS_A_TASK] for start in range(0, len(feeds), FEEDS_A_TASK)]


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
    get_run_logger().info("%d read, %d kept, %d unchanged, %d failed", *_numbers(count))
    return count


@task(name="plan pages", task_run_name="which entries have no article", cache_policy=NO_CACHE, retries=2)
async def plan_pages(settings: Settings, limit: int) -> list[list[Entry]]:
    """Entries without an article in batches, oldest first."""

    entries = await _in_thread(settings, lambda wh: read_entries_without_article(wh, limit)) if limit else []
    return [entries[start : start + PAGES_A_TASK] for start in range(0, len(entries), PAGES_A_TASK)]


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
    get_run_logger().info("%d read, %d kept, %d refused, %d failed", *_numbers(count))
    return count


@task(name="plan coding", task_run_name="which articles are not coded", cache_policy=NO_CACHE, retries=2)
async def plan_coding(settings: Settings, limit: int) -> list[list[Article]]:
    """Uncoded articles in batches."""

    articles = await _in_thread(settings, lambda wh: read_uncoded_articles(wh, CODER_VERSION, limit))
    size = assessing.ARTICLES_A_BATCH
    return [articles[start : start + size] for start in range(0, len(articles), size)]


@task(name="code articles", task_run_name="code a batch of articles", cache_policy=NO_CACHE, retries=1, tags=["coder"])
async def code_articles(settings: Settings, articles: Sequence[Article], now: datetime) -> StageCount:
    """One batch of articles, read by the coder."""

    return await _in_thread(settings, lambda wh: assessing.code_articles(wh, articles, now))


@task(name="group stories", cache_policy=NO_CACHE, retries=1)
async def group_stories(settings: Settings, now: datetime) -> StageCount:
    """Articles into stories."""

    return await _in_thread(settings, lambda wh: telling.group_stories(wh, now))


@task(name="merge events", cache_policy=NO_CACHE, retries=1)
async def merge_events(settings: Settings, now: datetime) -> StageCount:
    """Mentions into events."""

    return await _in_thread(settings, lambda wh: merging.merge_events(wh, now))


@task(name="compute indices", cache_policy=NO_CACHE, retries=1)
async def compute_indices(settings: Settings, now: datetime) -> StageCount:
    """Events into daily indices."""

    return await _in_thread(settings, lambda wh: indexing.compute_indices(wh, settings, now))


@task(name="raise alerts", cache_policy=NO_CACHE, retries=1)
async def raise_alerts(settings: Settings, now: datetime) -> StageCount:
    """What the rules find worth a look."""

    return await _in_thread(settings, lambda wh: alerting.raise_alerts(wh, settings, now))


@task(name="tell alerts", task_run_name="tell {settings.alert_block} of alerts", cache_policy=NO_CACHE)
async def tell_alerts(settings: Settings, now: datetime) -> StageCount:
    """Alerts to the notification block that is set; one that cannot be reached is tried again with the next run."""
    try:
        block = await Block.aload(settings.alert_block)
        if not isinstance(block, NotificationBlock):
            raise SettingsError(f"alert_block '{settings.alert_block}' is no notification block; choose another")
        with open_warehouse(settings.home) as wh, block.raise_on_failure():  # type: ignore[attr-defined]  # untyped
            return await alerting.tell_alerts(wh, lambda text, subject: _notify(block, text, subject), now)
    except Exception as error:  # noqa: BLE001 - the edge to somebody else's service: alerts stand in their table already
        # Its kind alone: the text may hold the address of the webhook, which is a secret.
        said = str(error) if isinstance(error, SettingsError) else f"stopped by a {type(error).__name__}"
        get_run_logger().warning("alerts were not told: %s", said)
        return StageCount("tell alerts", failed=1, note=said)


async def _notify(block: NotificationBlock, text: str, subject: str) -> None:
    # Apprise blocks have their own coroutine; of others `notify` is the only one, and it may wait on the network.
    if isinstance(block, AbstractAppriseNotificationBlock):
        await block.anotify(text, subject)
    else:
        sent = block.notify(text, subject)
        if inspect.isawaitable(sent):
            await sent


@task(name="write briefs", cache_policy=NO_CACHE, retries=1)
async def write_briefs(settings: Settings, now: datetime) -> StageCount:
    """Briefs as files."""

    return await _in_thread(settings, lambda wh: briefing.write_briefs(wh, settings, now))


@task(name="publish briefs", cache_policy=NO_CACHE, retries=1)
async def publish_briefs(settings: Settings, now: datetime) -> StageCount:
    """The day's briefs as Markdown artifacts, one a dyad."""

    def gather(wh: Warehouse) -> list[briefing.Brief]:
        dyads = briefing.briefed_dyads(wh, now.date(), settings.brief_count)
        return [briefing.gather_brief(wh, a, b, now.date()) for a, b in dyads]

    briefs = await _in_thread(settings, gather)
    for brief in briefs:
        # A key of an artifact may hold nothing but small letters, digits and dashes.
        key = f"brief-{brief.name.lower()}"
        description = f"{brief.side_a} and {brief.side_b}: where they stand, and what moved them within a week."
        await acreate_markdown_artifact(briefing.render_brief(brief, "markdown"), key=key, description=description)
    return StageCount("publish briefs", read=len(briefs), kept=len(briefs))


@task(name="keep words", task_run_name="keep words for the search", cache_policy=NO_CACHE, retries=1)
async def keep_words(settings: Settings) -> StageCount:
    """Words of new and edited articles, for the search page."""

    return await _in_thread(settings, search_words.keep_words)


@task(name="second readings", task_run_name="ask a model about doubtful mentions", cache_policy=NO_CACHE, tags=["llm"])
async def read_again(settings: Settings, now: datetime) -> StageCount:
    """A language model's reading of what the rules are unsure of, kept beside theirs; fails no run."""
    try:
        with open_warehouse(settings.home) as wh:
            count = await second_readings.read_again(wh, settings, now)
    except Exception as error:  # noqa: BLE001 - the edge of an optional batch: the rules' results stand already
        # Its kind alone: the text of an error made elsewhere might repeat the key.
        count = StageCount(second_readings.STAGE, failed=1, note=f"stopped by a {type(error).__name__}")
    get_run_logger().log(logging.WARNING if count.failed else logging.INFO, "%s", count.note or "nothing to ask")
    return count


@task(name="forget coding", cache_policy=NO_CACHE, retries=1)
async def forget_coding(settings: Settings, since: datetime | None) -> StageCount:
    """Marks stored articles to be coded again."""

    count = await _in_thread(settings, lambda wh: forget_stored_coding(wh, since))
    return StageCount("replay stored articles", read=count, kept=count)


@task(name="read archive", task_run_name="read {source}", cache_policy=NO_CACHE)
async def read_archive(settings: Settings, source: str, paths: Sequence[Path], now: datetime) -> StageCount:
    """Reads archives of captures, articles, GDELT events or web pages, with a progress artifact under the run."""
    artifact_id = await acreate_progress_artifact(0.0, key="archive-progress", description=f"Reading {source}, %.")
    loop, last_s = asyncio.get_running_loop(), 0.0

    def show(done: int, total: int) -> None:
        nonlocal last_s
        # Each update is a request, and an archive may have thousands of batches.
        if time.monotonic() - last_s > SECONDS_BETWEEN_UPDATES:
            last_s = time.monotonic()
            share_pct = 100.0 * done / max(total, 1)
            update = aupdate_progress_artifact(artifact_id, share_pct)
            asyncio.run_coroutine_threadsafe(update, loop).result()

    count = await _in_thread(settings, lambda wh: history.read_archive(wh, source, paths, now, show))
    await aupdate_progress_artifact(artifact_id, 100.0)
    return count


@task(name="drop old polls", cache_policy=NO_CACHE, retries=1)
async def drop_old_polls(settings: Settings, keep_days: int, now: datetime) -> StageCount:
    """Retention."""

    return await _in_thread(settings, lambda wh: care.drop_old_polls(wh, keep_days, now))


@task(name="check the warehouse", cache_policy=NO_CACHE, retries=1)
async def check_warehouse(settings: Settings) -> StageCount:
    """Every promise of the warehouse."""

    return await _in_thread(settings, lambda wh: care.check_promises(wh))


@task(name="back up", cache_policy=NO_CACHE, retries=1)
async def back_up(settings: Settings, now: datetime) -> StageCount:
    """A copy of every table."""

    return await _in_thread(settings, lambda wh: care.store_backup(wh, settings, now))


@task(name="feed health", cache_policy=NO_CACHE, retries=1)
async def publish_feed_health(settings: Settings, now: datetime) -> StageCount:
    """Each feed's state as a table artifact."""

    count, rows = await _in_thread(settings, lambda wh: care.read_health(wh, now))
    await acreate_table_artifact(rows, key="feed-health", description="The state of every feed, troubled ones first.")
    return count


@task(name="publish report", cache_policy=NO_CACHE, retries=1)
async def publish_report(flow_name: str, counts: Sequence[StageCount]) -> None:
    """What the run read, kept, refused and failed, as table artifacts under the run.

    Raises:
        HealthError: every one of many feeds failed, which says more of our own network than of the feeds.
    """
    await acreate_table_artifact(
        [count.as_row() for count in counts],
        key=f"{flow_name}-report",
        description=f"What this run of {flow_name} read, kept, refused and failed.",
    )
    failures = [
        {"stage": count.stage, "what": subject, "why": reason} for count in counts for subject, reason in count.failures
    ]
    if failures:
        await acreate_table_artifact(
            failures, key=f"{flow_name}-failures", description="What failed or was refused, and why (200 at most)."
        )
    for count in counts:
        if count.stage == "poll feeds" and count.read >= FEEDS_TO_JUDGE and count.failed == count.read:
            raise HealthError(
                f"all {count.read} feeds failed; look at this machine's network before the feeds", subject_id=flow_name
            )


def _numbers(count: StageCount) -> tuple[int, int, int, int]:
    return count.read, count.kept, count.refused, count.failed
