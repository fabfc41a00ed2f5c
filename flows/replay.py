"""The flow `replay`: history. Codes stored articles again, or reads archives, and lets assess do the rest."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from prefect import flow
from pydantic import BaseModel, Field

from flows.assess import AssessParameters, assess
from flows.rounds.report import StageCount, sum_stages
from flows.settings import load_settings
from flows.steps.replaying import forget_coding, read_archive
from flows.steps.shared import publish_report
from warehouse.errors import ArticleError


class Source(StrEnum):
    """Where history comes from."""

    STORED = "stored"
    CAPTURES = "captures"
    ARTICLES = "articles"
    GDELT = "gdelt"
    WARC = "warc"


ARCHIVES = [Source.CAPTURES, Source.ARTICLES, Source.GDELT, Source.WARC]

# So that the form itself refuses an archive without its place, not the run a minute later.
NEEDS_PATH = {
    "if": {"properties": {"source": {"enum": ARCHIVES}}, "required": ["source"]},
    "then": {"properties": {"path": {"type": "string"}}, "required": ["path"]},
}


class ReplayParameters(BaseModel, extra="forbid", json_schema_extra=NEEDS_PATH):
    """What to replay."""

    source: Source = Field(
        Source.STORED,
        title="Source",
        description="stored: code again what is in the warehouse. captures: a folder of archived feeds, each file "
        "NAME__YYYYMMDDhhmmss__anything. articles: a JSONL file with url, title, text, published, outlet, lang. "
        "gdelt: event exports of GDELT 2.0, kept apart from our own events. warc: web archives of news.",
    )
    path: Path | None = Field(
        None,
        title="Folder or file",
        description="On the machine of the worker; not needed for stored. A folder stands for all files in it.",
    )
    since: datetime | None = Field(None, title="Published since", description="stored only; empty for everything.")


@flow(name="replay", flow_run_name="replay {parameters.source}", timeout_seconds=86_400)
async def replay(parameters: ReplayParameters = ReplayParameters()) -> list[StageCount]:  # noqa: B008 - the form's defaults
    """Codes stored articles again, or reads archives, and assesses the result.

    Resumable: what an interrupted run has committed is not read again.
    """
    now = datetime.now(UTC)
    settings = load_settings()
    if parameters.source is Source.STORED:
        counts = [await forget_coding(settings, parameters.since)]
    elif parameters.path is None:
        raise ValueError(f"'{parameters.source}' needs a folder or file on the worker's machine; none was given")
    else:
        counts = [await read_archive(settings, str(parameters.source), _files_of(parameters), now)]
    # GDELT's events are another coder's: nothing of ours follows from them.
    if parameters.source is not Source.GDELT:
        counts += await assess(AssessParameters(max_articles=1_000_000))
    await publish_report("replay", sum_stages(counts))
    unread = [f"{subject} {reason}" for count in counts for subject, reason in count.unread]
    if unread:
        raise ArticleError(f"not all was read: {'; '.join(unread[:5])}; what came before is kept")
    return counts


def _files_of(parameters: ReplayParameters) -> list[Path]:
    path = parameters.path or Path()
    if parameters.source is Source.CAPTURES or not path.is_dir():
        return [path]
    return sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith(".")) or [path]
