"""The flow `collect`: due feeds -> entries -> articles. It reads like its summary and does no data work."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow
from pydantic import BaseModel, Field

from flows.rounds.report import StageCount, sum_stages
from flows.settings import load_settings
from flows.steps.collecting import carrying_out_orders, fetch_articles, plan_pages, plan_polls, poll_feeds
from flows.steps.shared import publish_report


class CollectParameters(BaseModel, extra="forbid"):
    """What one collection may do."""

    feeds: list[str] = Field(
        default_factory=list, title="Only these feeds", description="Feed ids; leave empty for every feed that is due."
    )
    is_forced: bool = Field(False, title="Also feeds not due yet", description="Poll now, whatever the learned rhythm.")
    max_feeds: int = Field(2000, ge=1, le=20_000, title="Feeds at most")
    fetches_pages: bool = Field(
        True, title="Fetch the pages", description="Off: entries are coded from the feed's own text."
    )
    max_pages: int = Field(500, ge=0, le=20_000, title="Pages at most", description="The rest is left for later runs.")


@flow(name="collect", flow_run_name="collect {parameters.max_feeds} feeds at most", retries=0, timeout_seconds=3600)
async def collect(parameters: CollectParameters = CollectParameters()) -> list[StageCount]:  # noqa: B008 - the form's defaults
    """Carries out orders of the Feeds page, polls every feed that is due, fetches the pages behind its new entries.

    Safe to run at any time and as often as you like: nothing is asked of a server more often than its feed's rhythm
    allows, unless you force it, and nothing is stored twice. The run's artifact says what was read, kept, refused and
    failed, feed by feed where something failed.
    """
    now = datetime.now(UTC)
    settings = load_settings()
    async with carrying_out_orders(settings) as orders:
        due = await plan_polls(settings, parameters.feeds, parameters.is_forced, parameters.max_feeds, now)
        counts = [await poll_feeds(settings, feeds, now) for feeds in due]
        waiting = await plan_pages(settings, parameters.max_pages)
        counts += [await fetch_articles(settings, entries, parameters.fetches_pages, now) for entries in waiting]
    counts = [*orders, *counts]
    await publish_report("collect", sum_stages(counts))
    return sum_stages(counts)
