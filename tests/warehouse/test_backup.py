"""A backup is whole and of one moment, and a warehouse is made of it again, row for row."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.warehouse import world
from warehouse.backup import back_up, restore
from warehouse.checks import check_warehouse
from warehouse.connect import Warehouse, open_warehouse
from warehouse.endpoint import DATABASE_NAME
from warehouse.errors import WarehouseError
from warehouse.read import read_event_evidence, read_meta
from warehouse.tables import tables
from warehouse.write import set_meta, write_feeds


def test_a_restored_backup_is_the_same_warehouse(filled: Warehouse, tmp_path: Path) -> None:
    set_meta(filled, "is_demo", "true")
    copy = back_up(filled, tmp_path / "backups", now=world.NOW, keep=2)
    before = {name: filled.query(f"SELECT * FROM {name} ORDER BY ALL") for name in tables()}
    counts = restore(tmp_path / "second", copy)
    assert counts["mentions"] == len(world.MENTIONS)
    with open_warehouse(tmp_path / "second") as wh:
        assert {name: wh.query(f"SELECT * FROM {name} ORDER BY ALL") for name in tables()} == before
        assert read_meta(wh, "is_demo") == "true"
        assert check_warehouse(wh) == []
        assert len(read_event_evidence(wh, "e1")) == 2
        assert not write_feeds(wh, "feeds", [world.feed("new")]), "a batch of before is known and not written again"
    assert {path.name for path in (tmp_path / "second").iterdir()} <= {DATABASE_NAME, "warehouse.lock"}


def test_a_restore_never_replaces_a_warehouse(filled: Warehouse, tmp_path: Path) -> None:
    copy = back_up(filled, tmp_path / "backups", now=world.NOW, keep=2)
    restore(tmp_path / "second", copy)
    with pytest.raises(WarehouseError, match="move it away first"):
        restore(tmp_path / "second", copy)
    with pytest.raises(WarehouseError, match="stop Mereda first"):
        restore(tmp_path / "filled", copy)


def test_a_folder_that_is_no_backup_leaves_the_home_as_it_was(filled: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="no backup"):
        restore(tmp_path / "home", tmp_path)
    copy = back_up(filled, tmp_path / "backups", now=world.NOW, keep=2)
    (copy / "events.parquet").write_bytes(b"torn")
    with pytest.raises(WarehouseError, match="cannot be read"):
        restore(tmp_path / "home", copy)
    assert not (tmp_path / "home" / DATABASE_NAME).exists()
    assert not (tmp_path / "home" / ".restoring").exists()


def test_a_copy_is_of_one_moment_though_others_write(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "home") as wh:

        def write_on() -> None:
            for number in range(40):
                write_feeds(wh, f"batch {number}", [world.feed(str(number))])

        writer = threading.Thread(target=write_on)
        writer.start()
        copy = back_up(wh, tmp_path / "backups", now=world.NOW, keep=2, pause_s=1.5)
        writer.join(60)
    counts = restore(tmp_path / "second", copy)
    assert counts["feeds"] == counts["batches"]


def test_a_warehouse_that_is_never_quiet_is_not_copied_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_warehouse(tmp_path / "home") as wh:
        real, written = wh.table, iter(range(1000))

        def table(sql: str) -> object:
            if "FROM feeds" in sql:
                write_feeds(wh, f"batch {next(written)}", [world.feed("1")])
            return real(sql)

        monkeypatch.setattr(wh, "table", table)
        with pytest.raises(WarehouseError, match="written to") as refused:
            back_up(wh, tmp_path / "backups", now=world.NOW, keep=2, pause_s=0)
    assert refused.value.is_retryable
    assert list((tmp_path / "backups").iterdir()) == []


def test_only_the_newest_backups_are_kept_and_no_draft_is_left(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "home") as wh:
        made = [back_up(wh, tmp_path / "backups", now=world.NOW + timedelta(hours=n), keep=2) for n in range(3)]
    assert sorted((tmp_path / "backups").iterdir()) == made[1:]
