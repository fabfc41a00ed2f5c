"""The steps of `replay`: stored articles marked to be coded again, archives read."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from prefect import task
from prefect.artifacts import acreate_progress_artifact, aupdate_progress_artifact
from prefect.cache_policies import NO_CACHE

from flows.rounds import history
from flows.rounds.report import StageCount
from flows.settings import Settings
from flows.steps.shared import in_thread
from warehouse.backlog import forget_coding as forget_stored_coding

SECONDS_BETWEEN_UPDATES = 2.0


@task(name="forget coding", cache_policy=NO_CACHE, retries=1)
async def forget_coding(settings: Settings, since: datetime | None) -> StageCount:
    """Marks stored articles to be coded again."""

    count = await in_thread(settings, lambda wh: forget_stored_coding(wh, since))
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

    count = await in_thread(settings, lambda wh: history.read_archive(wh, source, paths, now, show))
    await aupdate_progress_artifact(artifact_id, 100.0)
    return count
