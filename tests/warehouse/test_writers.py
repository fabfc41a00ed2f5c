"""Writers that meet: two processes at a server, two transactions at one row, a file that is held."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from tests.warehouse.serving import serving
from tests.warehouse.world import feed
from tests.warehouse.writing_process import COUNT_UP
from warehouse.changes import Rows
from warehouse.connect import open_warehouse
from warehouse.endpoint import DATABASE_NAME, LOCK_NAME
from warehouse.errors import WarehouseError
from warehouse.migrate import migrate
from warehouse.read import read_feeds, read_meta
from warehouse.write import set_meta

ROOT = Path(__file__).parents[2]
BATCHES = 100


def test_two_processes_write_at_once_and_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    with serving(tmp_path), open_warehouse(tmp_path) as wh:
        set_meta(wh, "count", "0")
        command = [sys.executable, "-m", "tests.warehouse.writing_process", str(tmp_path)]
        writers = [subprocess.Popen([*command, name, str(BATCHES)], cwd=ROOT) for name in ("left", "right")]
        assert [writer.wait(120) for writer in writers] == [0, 0]
        expected = [f"{name}-{number}" for name in ("left", "right") for number in range(BATCHES)]
        assert Counter(one.feed_id for one in read_feeds(wh)) == Counter(expected)
        assert read_meta(wh, "count") == str(2 * BATCHES)
        keys = wh.query("SELECT batch_key FROM batches WHERE batch_key NOT LIKE 'meta %'")
        assert sorted(row["batch_key"] for row in keys) == sorted(one.replace("-", " ") for one in expected)


def test_a_batch_that_meets_another_transaction_is_tried_again_until_it_is_through(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as wh:
        set_meta(wh, "count", "0")
        other = duckdb.connect(str(tmp_path / DATABASE_NAME))
        other.execute("BEGIN TRANSACTION")
        other.execute("UPDATE meta SET value = '10' WHERE name = 'count'")
        outcome: list[bool] = []
        writer = threading.Thread(target=lambda: outcome.append(wh.apply("k", [Rows([feed("1")]), COUNT_UP])))
        writer.start()
        writer.join(0.3)
        assert outcome == []
        other.execute("COMMIT")
        writer.join(20)
        other.close()
        assert outcome == [True]
        assert read_meta(wh, "count") == "11"
        assert not wh.apply("k", [COUNT_UP])


def test_a_conflict_that_does_not_pass_is_said_to_be_worth_a_retry(tmp_path: Path) -> None:
    with open_warehouse(tmp_path, retry_s=0.2) as wh:
        set_meta(wh, "count", "0")
        other = duckdb.connect(str(tmp_path / DATABASE_NAME))
        other.execute("BEGIN TRANSACTION")
        other.execute("UPDATE meta SET value = '10' WHERE name = 'count'")
        with pytest.raises(WarehouseError) as refused:
            wh.apply("k", [Rows([feed("1")]), COUNT_UP])
        other.execute("ROLLBACK")
        other.close()
        assert refused.value.is_retryable
        assert read_feeds(wh) == []


def test_a_held_file_is_not_migrated_and_one_line_says_so(tmp_path: Path) -> None:
    with FileLock(tmp_path / LOCK_NAME), pytest.raises(WarehouseError) as refused:
        migrate(tmp_path, wait_s=0.05)
    assert refused.value.is_retryable
    assert "Another process holds" in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
    assert migrate(tmp_path), "let go, it is migrated"
    assert migrate(tmp_path) == []


def test_a_file_that_is_no_warehouse_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / DATABASE_NAME).write_bytes(b"not a database" * 1000)
    for attempt in (migrate, open_warehouse):
        with pytest.raises(WarehouseError) as refused:
            attempt(tmp_path)
        assert not refused.value.is_retryable
        assert len(str(refused.value).splitlines()) == 1


def test_a_held_file_is_not_opened_either(tmp_path: Path) -> None:
    with FileLock(tmp_path / LOCK_NAME), pytest.raises(WarehouseError, match="Another process holds") as refused:
        open_warehouse(tmp_path, wait_s=0.05)
    assert refused.value.is_retryable
