"""What of an archive cannot be used, on its way into quarantine."""

from __future__ import annotations

from datetime import datetime

from warehouse.records import Quarantined, stable_id

# A line that could not be read may be megabytes long; this much of it shows what it was.
INPUT_LENGTH = 20_000


def set_aside(subject_id: str | None, reason: str, text: str, now: datetime) -> Quarantined:
    """The quarantine row of one bad piece of history; the same piece gets the same row each time."""
    return Quarantined(
        quarantine_id=stable_id("quarantine", "backfill", subject_id, text),
        stage="backfill",
        subject_id=subject_id,
        reason=reason,
        input=text[:INPUT_LENGTH],
        quarantined_at_utc=now,
    )
