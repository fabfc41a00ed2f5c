"""The limit of the serving process follows what it holds, and a large batch finds room before it is written."""

from __future__ import annotations

import threading
from pathlib import Path

import duckdb
import pytest

from warehouse.memory import MIB, WRITING_MIB, MemoryKeeper

SHARE_MIB = 64


@pytest.fixture
def kept(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(tmp_path / "kept.duckdb"))
    connection.execute("CREATE TABLE told AS SELECT i, md5(i::VARCHAR) AS word FROM range(900000) AS r(i)")
    connection.execute("CREATE INDEX told_by_word ON told (word)")
    connection.execute("CHECKPOINT")
    connection.execute("SET allowed_configs = ['memory_limit']")
    connection.execute("SET lock_configuration = true")
    return connection


def held_mib(connection: duckdb.DuckDBPyConnection, tag: str) -> float:
    (row,) = connection.execute("SELECT sum(memory_usage_bytes) FROM duckdb_memory() WHERE tag = ?", [tag]).fetchall()
    return float(row[0]) / MIB


def test_pages_beyond_the_share_are_let_go_and_questions_are_answered(kept: duckdb.DuckDBPyConnection) -> None:
    keeper = MemoryKeeper(kept, share_mib=SHARE_MIB)
    index = held_mib(kept, "ART_INDEX")
    assert keeper.adjust() / MIB == pytest.approx(SHARE_MIB + index, abs=24)
    assert kept.execute("SELECT count(DISTINCT word) FROM told").fetchall() == [(900000,)]
    assert held_mib(kept, "BASE_TABLE") <= SHARE_MIB + 1


def test_a_large_batch_finds_room_and_later_gives_it_back(
    kept: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper, stop = MemoryKeeper(kept, share_mib=SHARE_MIB), threading.Event()
    before = keeper.adjust()
    thread = threading.Thread(target=keeper.keep, args=[stop])
    thread.start()
    try:
        keeper.expect_write("x" * 100_000)
        assert keeper.adjust() > before + 300 * MIB
        keeper.expect_write("x" * 100_000_000)
        assert keeper.adjust() < before + (WRITING_MIB + 64) * MIB, "not more than can be needed"
    finally:
        stop.set()
        thread.join()
    monkeypatch.setattr("warehouse.memory.WRITING_S", 0.0)
    assert keeper.adjust() == pytest.approx(before, abs=24 * MIB)
