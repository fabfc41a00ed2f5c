"""How rows come to be kept: committed batches, and the inputs that could not be used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A committed batch; the same key is never applied twice."""

    batch_key: str
    table_names: str
    row_count: int
    committed_at_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """An input that could not be used, kept whole with the reason."""

    quarantine_id: str
    stage: str  # poll, parse, fetch, extract, code, merge, backfill
    subject_id: str | None
    reason: str
    input: str
    quarantined_at_utc: datetime
