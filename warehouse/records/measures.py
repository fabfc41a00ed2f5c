"""How good the coder is: people's words on what it read, and figures measured on labelled items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A person's word on an event or mention: right, wrong, how it should read, or what it belongs with."""

    label_id: str
    event_id: str | None
    mention_id: str | None
    verdict: str  # right, wrong, corrected, separate, same_event
    field: str | None
    value: str | None
    note: str | None
    labelled_by: str
    labelled_at_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """One measured figure of the coder on one set of labelled items; shares 0-1."""

    evaluation_id: str
    source_name: str
    coder_version: str
    evaluated_at_utc: datetime
    group_kind: str  # all, language, type, status, kind
    group_name: str
    measure: str
    item_count: int
    precision: float | None
    recall: float | None
    f1: float | None
    accuracy: float | None
