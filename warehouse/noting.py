"""People's notes on days of a dyad: put, removed and read; errors as in `warehouse.write` and `warehouse.read`.

A reader may put and remove notes too. Both are one statement with nothing but literals in it, which is all that
`rights` lets through.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from unicodedata import category

from warehouse.connect import Warehouse
from warehouse.errors import WarehouseError
from warehouse.questions import sql
from warehouse.records import NOTE_LENGTH, DyadNote

if TYPE_CHECKING:
    import pandas as pd

# Controls, ends of lines and paragraphs, halves of signs; not what joins letters, which Persian is written with.
_UNWRITTEN = frozenset({"Cc", "Zl", "Zp", "Cs"})


def write_dyad_note(wh: Warehouse, note: DyadNote) -> bool:
    """Put a note; whether it is new: the same one put again changes nothing.

    Control characters become spaces, and spaces at the ends are dropped.

    Raises:
        WarehouseError: the text is empty or too long, or the sides are in the wrong order; a retry cannot help.
    """
    text = plain_line(note.text)
    if not 1 <= len(text) <= NOTE_LENGTH:
        message = f"A note has 1 to {NOTE_LENGTH} characters, and this one {len(text)}; write another."
        raise WarehouseError(message, subject_id=note.note_id)
    if not note.side_a_code < note.side_b_code:
        raise WarehouseError("The sides of a note stand in the order of the alphabet.", subject_id=note.note_id)
    added = wh.execute(
        "INSERT INTO dyad_notes (note_id, side_a_code, side_b_code, on_date, text, noted_by, noted_at_utc) "
        "VALUES ($note_id, $a, $b, $on_date, $text, $who, $at) ON CONFLICT DO NOTHING",
        note_id=note.note_id,
        a=note.side_a_code,
        b=note.side_b_code,
        on_date=note.on_date,
        text=text,
        who=plain_line(note.noted_by),
        at=note.noted_at_utc,
    )
    return added > 0


def remove_dyad_note(wh: Warehouse, note_id: str, removed_by: str, at: datetime) -> bool:
    """Whether the note is removed now by this person; False where it was before, or is not there.

    It stays as history.
    """
    return (
        wh.execute(
            "UPDATE dyad_notes SET removed_at_utc = $at, removed_by = $who "
            "WHERE note_id = $note_id AND removed_at_utc IS NULL",
            at=at,
            who=plain_line(removed_by),
            note_id=note_id,
        )
        > 0
    )


def read_dyad_notes(wh: Warehouse, a: str, b: str, since: date, until: date) -> pd.DataFrame:
    """The notes on a dyad's days with both ends included, by day, removed ones too; columns as `dyad_notes`."""
    first, second = sorted((a, b))
    return wh.frame(sql("dyad_notes"), a=first, b=second, since=since, until=until)


def plain_line(text: str) -> str:
    """Gives the text on one line: control characters and ends of lines become spaces, and none is left at its ends."""
    return "".join(" " if category(sign) in _UNWRITTEN else sign for sign in text).strip()
