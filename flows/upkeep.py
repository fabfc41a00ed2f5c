"""The flow `upkeep`: retention, compaction, backup, checks and the health of feeds."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow
from pydantic import BaseModel, Field

from flows.rounds.report import StageCount, sum_stages
from flows.settings import load_settings
from flows.steps.briefing import publish_briefs, write_briefs
from flows.steps.caring import back_up, check_warehouse, drop_old_polls, publish_feed_health
from flows.steps.shared import publish_report


class UpkeepParameters(BaseModel, extra="forbid"):
    """What one upkeep does."""

    keep_polls_days: int | None = Field(
        None, ge=1, le=3650, title="Keep polls, days", description="Empty: as set in the settings (90)."
    )
    makes_backup: bool = Field(True, title="Back up", description="A copy of the warehouse under backups/.")


@flow(name="upkeep", flow_run_name="upkeep", timeout_seconds=3600)
async def upkeep(parameters: UpkeepParameters = UpkeepParameters()) -> list[StageCount]:  # noqa: B008 - the form's defaults
    """Drops old poll records, checks every promise of the warehouse, backs it up, reports each feed's health, and
    publishes the day's briefs.

    Entries, articles, mentions, events and labels are never dropped.
    """
    now = datetime.now(UTC)
    settings = load_settings()
    counts = [await drop_old_polls(settings, parameters.keep_polls_days or settings.keep_polls_days, now)]
    counts.append(await check_warehouse(settings))
    if parameters.makes_backup:
        counts.append(await back_up(settings, now))
    counts.append(await publish_feed_health(settings, now))
    counts.append(await write_briefs(settings, now))
    counts.append(await publish_briefs(settings, now))
    await publish_report("upkeep", sum_stages(counts))
    return sum_stages(counts)
