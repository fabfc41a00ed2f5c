"""What people note beside what is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

NOTE_LENGTH: Final = 200
"""Characters of a note at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadNote:
    """A person's note on a day of a dyad; `side_a_code < side_b_code`. Removed ones are kept."""

    note_id: str
    side_a_code: str
    side_b_code: str
    on_date: date
    text: str
    noted_by: str
    noted_at_utc: datetime
    removed_by: str | None = None
    removed_at_utc: datetime | None = None
