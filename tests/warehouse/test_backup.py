"""A backup is whole: plain DuckDB restores every table from it, row for row."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import duckdb

from tests.warehouse import world
from warehouse.backup import back_up
from warehouse.checks import check_warehouse
from warehouse.connect import Warehouse, open_warehouse
from warehouse.endpoint import DATABASE_NAME
from warehouse.migrate import migrate
from warehouse.read import read_event_evidence
from warehouse.tables import tables


def test_a_restored_backup_is_the_same_warehouse(filled: Warehouse, tmp_path: Path) -> None:
    copy = back_up(filled, tmp_path / "backups", now=world.NOW, keep=2)
    before = {name: filled.query(f"SELECT * FROM {name} ORDER BY ALL") for name in tables()}
    migrate(tmp_path / "second")
    with duckdb.connect(str(tmp_path / "second" / DATABASE_NAME)) as plain:
        for name in tables():
            plain.execute(f"INSERT INTO {name} SELECT * FROM '{copy / name}.parquet'")
    with open_warehouse(tmp_path / "second") as wh:
        assert {name: wh.query(f"SELECT * FROM {name} ORDER BY ALL") for name in tables()} == before
        assert len(before["mentions"]) == len(world.MENTIONS)
        assert check_warehouse(wh) == []
        assert len(read_event_evidence(wh, "e1")) == 2


def test_only_the_newest_backups_are_kept_and_no_draft_is_left(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "home") as wh:
        made = [back_up(wh, tmp_path / "backups", now=world.NOW + timedelta(hours=n), keep=2) for n in range(3)]
    assert sorted((tmp_path / "backups").iterdir()) == made[1:]
