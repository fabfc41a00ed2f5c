"""The steps of `assess`: articles coded, stories, events, indices, alerts and briefs made of them."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Sequence
from datetime import datetime

from prefect import get_run_logger, task
from prefect.blocks.abstract import NotificationBlock
from prefect.blocks.core import Block
from prefect.blocks.notifications import AbstractAppriseNotificationBlock
from prefect.cache_policies import NO_CACHE

from flows.events.code import CODER_VERSION
from flows.rounds import alerting, assessing, indexing, merging, search_words, second_readings, telling
from flows.rounds.report import StageCount
from flows.settings import Settings
from flows.steps.shared import batches_of, in_thread
from warehouse.connect import open_warehouse
from warehouse.errors import SettingsError
from warehouse.read import read_uncoded_articles
from warehouse.records import Article


@task(name="plan coding", task_run_name="which articles are not coded", cache_policy=NO_CACHE, retries=2)
async def plan_coding(settings: Settings, limit: int) -> list[list[Article]]:
    """Uncoded articles in batches."""

    articles = await in_thread(settings, lambda wh: read_uncoded_articles(wh, CODER_VERSION, limit))
    return batches_of(articles, assessing.ARTICLES_A_BATCH)


@task(name="code articles", task_run_name="code a batch of articles", cache_policy=NO_CACHE, retries=1, tags=["coder"])
async def code_articles(settings: Settings, articles: Sequence[Article], now: datetime) -> StageCount:
    """One batch of articles, read by the coder."""

    return await in_thread(settings, lambda wh: assessing.code_articles(wh, articles, now))


@task(name="group stories", cache_policy=NO_CACHE, retries=1)
async def group_stories(settings: Settings, now: datetime) -> StageCount:
    """Articles into stories."""

    return await in_thread(settings, lambda wh: telling.group_stories(wh, now))


@task(name="merge events", cache_policy=NO_CACHE, retries=1)
async def merge_events(settings: Settings, now: datetime) -> StageCount:
    """Mentions into events."""

    return await in_thread(settings, lambda wh: merging.merge_events(wh, now))


@task(name="compute indices", cache_policy=NO_CACHE, retries=1)
async def compute_indices(settings: Settings, now: datetime) -> StageCount:
    """Events into daily indices."""

    return await in_thread(settings, lambda wh: indexing.compute_indices(wh, settings, now))


@task(name="raise alerts", cache_policy=NO_CACHE, retries=1)
async def raise_alerts(settings: Settings, now: datetime) -> StageCount:
    """What the rules find worth a look."""

    return await in_thread(settings, lambda wh: alerting.raise_alerts(wh, settings, now))


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


@task(name="keep words", task_run_name="keep words for the search", cache_policy=NO_CACHE, retries=1)
async def keep_words(settings: Settings) -> StageCount:
    """Words of new and edited articles, for the search page."""

    return await in_thread(settings, search_words.keep_words)


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
