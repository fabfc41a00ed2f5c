"""Notes on days of a dyad: put and removed by readers, who may change nothing else; nothing is erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.warehouse.serving import serving
from warehouse.connect import open_warehouse
from warehouse.errors import WarehouseError
from warehouse.noting import read_dyad_notes, remove_dyad_note, write_dyad_note
from warehouse.read import read_data_version
from warehouse.records import DyadNote
from warehouse.rights import Rights

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
NOTE = DyadNote(
    note_id="n1", side_a_code="ARL", side_b_code="BEL", on_date=date(2026, 3, 8), text="elections",
    noted_by="desk", noted_at_utc=NOW,
)  # fmt: skip
PUT = (
    "INSERT INTO dyad_notes (note_id, side_a_code, side_b_code, on_date, text, noted_by, noted_at_utc) VALUES "
    "('n1', 'ARL', 'BEL', DATE '2026-03-08', 'it''s', 'x', TIMESTAMPTZ '2026-03-09T12:00:00+00:00') "
    "ON CONFLICT DO NOTHING"
)
REMOVE = (
    "UPDATE dyad_notes SET removed_at_utc = TIMESTAMPTZ '2026-03-09T12:00:00+00:00', removed_by = 'x' "
    "WHERE note_id = 'n1' AND removed_at_utc IS NULL"
)


@pytest.mark.parametrize("is_served", [False, True])
def test_reader_puts_and_removes_a_note_that_stays_as_history(tmp_path: Path, is_served: bool) -> None:
    odd = "O'Neill \x00\n'); DROP TABLE dyad_notes; -- $text <b>中\U0001f600"

    def check() -> None:
        with open_warehouse(tmp_path, role="read") as wh:
            before = read_data_version(wh)
            assert write_dyad_note(wh, replace(NOTE, text=odd))
            assert not write_dyad_note(wh, NOTE)
            [row] = read_dyad_notes(wh, "BEL", "ARL", date(2026, 3, 8), date(2026, 3, 8)).to_dict("records")
            assert row["text"] == "O'Neill   '); DROP TABLE dyad_notes; -- $text <b>中\U0001f600"
            assert read_data_version(wh) == before + 1
            assert remove_dyad_note(wh, "n1", "O'Neill \x00", NOW)
            assert not remove_dyad_note(wh, "n1", "later", NOW)
            assert read_data_version(wh) == before + 2
            [row] = read_dyad_notes(wh, "ARL", "BEL", date.min, date.max).to_dict("records")
            assert (row["removed_by"], row["noted_by"]) == ("O'Neill", "desk")
            for sql in (
                "DELETE FROM dyad_notes",
                "UPDATE dyad_notes SET text = 'x'",
                PUT.replace("dyad_notes", "events"),
            ):
                with pytest.raises(WarehouseError):
                    wh.query(sql)

    if is_served:
        with serving(tmp_path):
            check()
    else:
        check()


@pytest.mark.parametrize("text", ["", " \n ", "x" * 201])
def test_note_that_says_nothing_or_too_much_is_refused(tmp_path: Path, text: str) -> None:
    with open_warehouse(tmp_path) as wh:
        with pytest.raises(WarehouseError, match="1 to 200 characters"):
            write_dyad_note(wh, replace(NOTE, text=text))
        with pytest.raises(WarehouseError, match="order of the alphabet"):
            write_dyad_note(wh, replace(NOTE, side_a_code="XXX"))
        assert write_dyad_note(wh, replace(NOTE, text="'" * 200))


@pytest.mark.parametrize(
    "sql",
    [
        PUT.replace("'x'", "(SELECT 1)"),
        PUT.replace("'x'", "'x' || getenv('HOME')"),
        PUT.replace("'it''s'", "'" + "x" * 201 + "'"),
        PUT.replace("'it''s'", "''"),
        PUT.replace("DO NOTHING", "DO UPDATE SET text = 'y'"),
        PUT.replace("dyad_notes", "labels"),
        PUT + "; DELETE FROM dyad_notes",
        REMOVE.replace("'n1'", "'n1' OR true"),
        REMOVE.replace("'x'", "'x', text = 'y'"),
        REMOVE.replace(" AND removed_at_utc IS NULL", ""),
        REMOVE + "; DELETE FROM dyad_notes",
    ],
)
def test_nothing_hides_in_a_note_or_its_removal(sql: str) -> None:
    rights = Rights()
    assert rights.is_reader_allowed(PUT)
    assert rights.is_reader_allowed(REMOVE)
    assert not rights.is_reader_allowed(sql)
