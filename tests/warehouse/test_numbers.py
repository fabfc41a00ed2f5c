"""Rows have the numbers of what they belong to, whichever way they came: written, from an older file, from a backup."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet
from pandas.testing import assert_frame_equal

from tests.warehouse import world
from warehouse.backup import back_up, restore
from warehouse.checks import check_warehouse
from warehouse.connect import Warehouse, open_warehouse
from warehouse.endpoint import DATABASE_NAME
from warehouse.migrate import SCHEMA
from warehouse.read import read_event_evidence, read_newest_events
from warehouse.records import EventMention, Label
from warehouse.tables import tables
from warehouse.write import write_events, write_labels

NUMBERED = {name: table.number_names for name, table in tables().items()}


def columns_before(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The columns of records that each table of an older file has; tables that came later are left out."""
    rows = connection.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").fetchall()
    kept = {name: [column for column in table.columns if (name, column) in rows] for name, table in tables().items()}
    return {name: columns for name, columns in kept.items() if columns}


def test_a_file_of_before_gets_numbers_and_its_events_are_found(filled: Warehouse, tmp_path: Path) -> None:
    known = read_event_evidence(filled, "e1").drop(columns=["mention_number", "arrival_number"])
    copy = back_up(filled, tmp_path / "backups", now=world.NOW, keep=1)
    home = tmp_path / "older"
    home.mkdir()
    with duckdb.connect(str(home / DATABASE_NAME)) as connection:
        connection.execute(
            "CREATE TABLE migrations (number INTEGER PRIMARY KEY, name VARCHAR, applied_at_utc TIMESTAMPTZ)"
        )
        for path in sorted(SCHEMA.glob("0[0-6]*.sql")):
            connection.execute(path.read_text("utf-8"))
            connection.execute("INSERT INTO migrations VALUES (?, ?, now())", [int(path.name[:3]), path.stem])
        for name, columns in columns_before(connection).items():
            source = f"read_parquet('{copy / name}.parquet')"
            connection.execute(f"INSERT INTO {name} BY NAME SELECT {', '.join(columns)} FROM {source}")
    with open_warehouse(home) as wh:
        assert check_warehouse(wh) == []
        found = read_event_evidence(wh, "e1").drop(columns=["mention_number", "arrival_number"])
        assert_frame_equal(found, known)
        assert list(read_newest_events(wh, 9)["event_id"]) == list(read_newest_events(filled, 9)["event_id"])


def test_a_backup_of_before_is_restored_with_numbers(filled: Warehouse, tmp_path: Path) -> None:
    copy = back_up(filled, tmp_path / "backups", now=world.NOW, keep=1)
    for name in tables():
        path = copy / f"{name}.parquet"
        table = pyarrow.parquet.read_table(path)  # type: ignore[no-untyped-call]
        late = [one for one in NUMBERED[name] if one in table.column_names]
        pyarrow.parquet.write_table(table.drop_columns(late), path)  # type: ignore[no-untyped-call]
    restore(tmp_path / "second", copy)
    with open_warehouse(tmp_path / "second") as wh:
        assert check_warehouse(wh) == []
        assert len(read_event_evidence(wh, "e1")) == len(read_event_evidence(filled, "e1"))


def test_what_comes_after_a_restore_gets_numbers_that_nobody_has(filled: Warehouse, tmp_path: Path) -> None:
    restore(tmp_path / "second", back_up(filled, tmp_path / "backups", now=world.NOW, keep=1))
    new = world.event("e9", "Arlan met Belmora.", ("ARL", "BEL"), world.NOW.date(), world.NOW)
    with open_warehouse(tmp_path / "second") as wh:
        write_events(wh, "later", [new], [EventMention(event_id="e9", mention_id="m1", reason="told")], [])
        assert check_warehouse(wh) == [] or {one.promise for one in check_warehouse(wh)} == {
            "every event that is not withdrawn has a mention"
        }, "the mention was taken from another event"
        counts = wh.query("SELECT count(*) AS n, count(DISTINCT event_number) AS different FROM events")[0]
        assert counts["n"] == counts["different"]


def test_an_event_keeps_its_number_when_it_is_written_again(filled: Warehouse) -> None:
    numbers = "SELECT event_id, event_number FROM events ORDER BY ALL"
    before = filled.query(numbers)
    assert write_events(filled, "again", world.EVENTS, world.LINKS, [])
    assert filled.query(numbers) == before
    assert check_warehouse(filled) == []


def test_a_label_has_the_number_of_its_mention_also_when_a_reader_gives_it(filled: Warehouse, tmp_path: Path) -> None:
    label = Label(
        label_id="l9", mention_id="m1", event_id=None, verdict="right", field=None, value=None, note=None,
        labelled_by="ada", labelled_at_utc=world.NOW,
    )  # fmt: skip
    filled.close()
    with open_warehouse(tmp_path / "filled", role="read") as reader:
        assert write_labels(reader, "label", [label])
        assert check_warehouse(reader) == []
        (row,) = reader.query("SELECT mention_number FROM labels WHERE label_id = 'l9'")
        assert row["mention_number"] is not None


def test_a_warehouse_that_is_killed_before_it_is_written_back_is_read_again(tmp_path: Path) -> None:
    home = tmp_path / "killed"
    home.mkdir()
    script = (
        "import os, pathlib\nfrom tests.warehouse.world import write_world\n"
        "from warehouse.connect import open_warehouse\n"
        f"write_world(open_warehouse(pathlib.Path({str(home)!r})))\nos._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 9
    with open_warehouse(home) as wh:
        assert check_warehouse(wh) == []
        assert len(read_event_evidence(wh, "e1")) == 2
