"""The steps that make briefs: files for who polls them, artifacts for who looks at Prefect."""

from __future__ import annotations

from datetime import datetime

from prefect import task
from prefect.artifacts import acreate_markdown_artifact
from prefect.cache_policies import NO_CACHE

from flows.rounds import briefing
from flows.rounds.report import StageCount
from flows.settings import Settings
from flows.steps.shared import in_thread
from warehouse.connect import Warehouse


@task(name="write briefs", cache_policy=NO_CACHE, retries=1)
async def write_briefs(settings: Settings, now: datetime) -> StageCount:
    """Briefs as files."""

    return await in_thread(settings, lambda wh: briefing.write_briefs(wh, settings, now))


@task(name="publish briefs", cache_policy=NO_CACHE, retries=1)
async def publish_briefs(settings: Settings, now: datetime) -> StageCount:
    """The day's briefs as Markdown artifacts, one a dyad."""

    def gather(wh: Warehouse) -> list[briefing.Brief]:
        dyads = briefing.briefed_dyads(wh, now.date(), settings.brief_count)
        return [briefing.gather_brief(wh, a, b, now.date()) for a, b in dyads]

    briefs = await in_thread(settings, gather)
    for brief in briefs:
        # A key of an artifact may hold nothing but small letters, digits and dashes.
        key = f"brief-{brief.name.lower()}"
        description = f"{brief.side_a} and {brief.side_b}: where they stand, and what moved them within a week."
        await acreate_markdown_artifact(briefing.render_brief(brief, "markdown"), key=key, description=description)
    return StageCount("publish briefs", read=len(briefs), kept=len(briefs))
