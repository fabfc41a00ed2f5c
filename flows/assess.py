"""The flow `assess`: articles -> mentions -> stories -> events -> indices -> alerts, briefs; words for the search."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow
from pydantic import BaseModel, Field

from flows.rounds.llm import is_wanted
from flows.rounds.report import StageCount, sum_stages
from flows.settings import load_settings
from flows.steps.assessing import (
    code_articles,
    compute_indices,
    group_stories,
    keep_words,
    merge_events,
    plan_coding,
    raise_alerts,
    read_again,
    tell_alerts,
)
from flows.steps.briefing import write_briefs
from flows.steps.shared import publish_report


class AssessParameters(BaseModel, extra="forbid"):
    """What one assessment may do."""

    max_articles: int = Field(
        5000, ge=1, le=1_000_000, title="Articles at most", description="The rest is left for later runs."
    )


@flow(name="assess", flow_run_name="assess {parameters.max_articles} articles at most", timeout_seconds=3600)
async def assess(parameters: AssessParameters = AssessParameters()) -> list[StageCount]:  # noqa: B008 - the form's defaults
    """Reads every article that the present coder has not read, and brings events and indices up to date.

    Safe to run at any time: an article is coded once for each version of the coder and of its text, and events and
    indices are made anew only for the pairs of sides that something new was said about. What the rules of alerts find
    is raised once, and told to a notification block where the settings name one; briefs are written as files. Where a
    language model is set up, what is doubtful and weighty is then read a second time; that changes none of it.
    """
    now = datetime.now(UTC)
    settings = load_settings()
    waiting = await plan_coding(settings, parameters.max_articles)
    counts = [await code_articles(settings, articles, now) for articles in waiting]
    counts.append(await group_stories(settings, now))
    counts.append(await merge_events(settings, now))
    counts.append(await compute_indices(settings, now))
    counts.append(await raise_alerts(settings, now))
    if settings.alert_block:
        counts.append(await tell_alerts(settings, now))
    counts.append(await write_briefs(settings, now))
    counts.append(await keep_words(settings))
    if is_wanted(settings):
        counts.append(await read_again(settings, now))
    await publish_report("assess", sum_stages(counts))
    return sum_stages(counts)
