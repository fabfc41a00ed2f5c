"""The steps of `upkeep`: retention, promises checked, a backup, the health of feeds."""

from __future__ import annotations

from datetime import datetime

from prefect import task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE

from flows.rounds import care
from flows.rounds.report import StageCount
from flows.settings import Settings
from flows.steps.shared import in_thread


@task(name="drop old polls", cache_policy=NO_CACHE, retries=1)
async def drop_old_polls(settings: Settings, keep_days: int, now: datetime) -> StageCount:
    """Retention."""

    return await in_thread(settings, lambda wh: care.drop_old_polls(wh, keep_days, now))


@task(name="check the warehouse", cache_policy=NO_CACHE, retries=1)
async def check_warehouse(settings: Settings) -> StageCount:
    """Every promise of the warehouse."""

    return await in_thread(settings, lambda wh: care.check_promises(wh))


@task(name="back up", cache_policy=NO_CACHE, retries=1)
async def back_up(settings: Settings, now: datetime) -> StageCount:
    """A copy of every table."""

    return await in_thread(settings, lambda wh: care.store_backup(wh, settings, now))


@task(name="feed health", cache_policy=NO_CACHE, retries=1)
async def publish_feed_health(settings: Settings, now: datetime) -> StageCount:
    """Each feed's state as a table artifact."""

    count, rows = await in_thread(settings, lambda wh: care.read_health(wh, now))
    await acreate_table_artifact(rows, key="feed-health", description="The state of every feed, troubled ones first.")
    return count
