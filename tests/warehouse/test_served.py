"""The warehouse as others meet it: a real file, a real serving process, two tokens, and kill -9."""

from __future__ import annotations

import stat
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.waiting import PATIENCE_S
from tests.warehouse.serving import serving, start
from warehouse.connect import Warehouse, open_warehouse
from warehouse.endpoint import ENDPOINT_NAME, TOKEN_NAMES
from warehouse.errors import QuestionError, WarehouseError
from warehouse.read import read_data_version, read_feeds
from warehouse.records import Feed, Label
from warehouse.tables import tables
from warehouse.write import write_feeds, write_labels

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


def feed(name: str, title: str = "T") -> Feed:
    return Feed(
        feed_id=name, url="https://a.example/f", title=title, outlet_id="o", outlet_name="O", family_id="f",
        tags=("a'b", "c"), next_poll_at_utc=NOW,
    )  # fmt: skip


def label(name: str) -> Label:
    return Label(
        label_id=name, event_id="e", mention_id=None, verdict="wrong", field=None, value=None, note="it's",
        labelled_by="me", labelled_at_utc=NOW,
    )  # fmt: skip


@pytest.fixture(params=["direct", "served"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Warehouse]]:
    if request.param == "direct":
        yield lambda **options: open_warehouse(tmp_path, **options)
    else:
        with serving(tmp_path):
            yield lambda **options: open_warehouse(tmp_path, **options)


def test_what_is_written_is_read_back_and_a_key_counts_once(opened: Callable[..., Warehouse]) -> None:
    odd = "it's \x00 $name -- ; 中 \U0001f600 \\ \" \n"
    with opened() as wh:
        before = read_data_version(wh)
        assert write_feeds(wh, "k", [feed("1", odd)])
        assert not write_feeds(wh, "k", [feed("2")])
        assert read_feeds(wh) == [feed("1", odd)]
        assert wh.query("SELECT feed_id FROM feeds WHERE title = $title", title=odd) == [{"feed_id": "1"}]
        assert read_data_version(wh) == before + 1


def test_a_wrong_question_is_told_from_a_warehouse_that_is_not_there(opened: Callable[..., Warehouse]) -> None:
    with opened() as wh:
        with pytest.raises(QuestionError, match="nowhere") as told:
            wh.query("SELECT * FROM nowhere")
        assert not told.value.is_retryable
        with pytest.raises(QuestionError):
            wh.query("SELECT $unbound")


def test_a_batch_that_breaks_a_rule_leaves_nothing(opened: Callable[..., Warehouse]) -> None:
    from warehouse.changes import Rows, Statement

    with opened() as wh:
        with pytest.raises(WarehouseError):
            wh.apply("k", [Rows([feed("1")]), Statement("INSERT INTO nowhere VALUES (1)", None)])
        assert read_feeds(wh) == []
        assert write_feeds(wh, "k", [feed("1")])


def test_a_reader_reads_and_labels_and_nothing_else(opened: Callable[..., Warehouse]) -> None:
    with opened(role="read") as wh:
        assert write_labels(wh, "x", [label("1")])
        assert not write_labels(wh, "x", [label("1")])
        assert wh.query("SELECT count(*) AS n FROM labels") == [{"n": 1}]
        for sql in ("DELETE FROM labels", "SELECT * FROM quack_server_list()", "SELECT 1; SELECT 2", "SET threads = 1"):
            with pytest.raises(WarehouseError):
                wh.query(sql)
        with pytest.raises(WarehouseError):
            write_feeds(wh, "k", [feed("1")])


def test_the_server_itself_refuses_the_readers_token_and_any_way_out(tmp_path: Path) -> None:
    with serving(tmp_path):
        for name in TOKEN_NAMES.values():
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
        with open_warehouse(tmp_path) as wh:
            outside = tmp_path / "outside.csv"
            outside.write_text("secret")
            for sql in (
                f"SELECT * FROM read_text('{outside}')",
                f"SELECT * FROM '{outside}'",
                f"COPY feeds TO '{tmp_path / 'out.csv'}'",
                f"ATTACH '{tmp_path / 'other.duckdb'}' AS other",
                "SET threads = 1",
                "SET enable_external_access = true",
                "INSTALL spatial",
            ):
                with pytest.raises(WarehouseError) as refused:
                    wh.query(sql)
                assert not refused.value.is_retryable
            assert not (tmp_path / "out.csv").exists()
            assert not (tmp_path / "other.duckdb").exists()
            # A writer's client that shows the reader's token: only the server can stop it.
            (tmp_path / TOKEN_NAMES["write"]).write_text((tmp_path / TOKEN_NAMES["read"]).read_text())
            assert wh.query("SELECT 1 AS one") == [{"one": 1}]
            for sql in ("DELETE FROM feeds", "INSERT INTO feeds (feed_id) VALUES ('x')", "FROM quack_server_list()"):
                with pytest.raises(WarehouseError, match="Authorization"):
                    wh.query(sql)


def test_killed_server_loses_and_doubles_nothing(tmp_path: Path) -> None:
    server = start(tmp_path)
    acknowledged: list[str] = []
    try:
        with open_warehouse(tmp_path) as wh:
            for turn in range(2):
                wh_thread = threading.Thread(target=_commit, args=(wh, turn, acknowledged))
                wh_thread.start()
                while len(acknowledged) < 20 * turn + 5:
                    threading.Event().wait(0.01)
                server.kill()
                server.wait()
                server = start(tmp_path)
                wh_thread.join()
            kept = {one.feed_id for one in read_feeds(wh)}
            assert kept == set(acknowledged)
            assert len(acknowledged) == 40
            assert wh.query("SELECT count(*) AS n FROM batches") == [{"n": 40}]
    finally:
        server.terminate()
        server.wait(20)


def test_a_server_told_to_stop_while_it_answers_ends_cleanly_and_the_next_one_answers(tmp_path: Path) -> None:
    long = "SELECT count(*) AS n FROM range(1000000) a, range(105) b WHERE (a.range + b.range) % 7 = 0"
    answers: list[object] = []
    server = start(tmp_path)
    try:
        with open_warehouse(tmp_path) as wh:
            asking = threading.Thread(target=lambda: answers.append(wh.query(long)))
            asking.start()
            threading.Event().wait(0.5)  # long enough to be asked, mostly too short to be answered
            server.terminate()
            assert server.wait(PATIENCE_S) == 0
            server = start(tmp_path)
            asking.join(PATIENCE_S)
            assert answers == [[{"n": 15000000}]]
    finally:
        server.kill()
        server.wait()


def _commit(wh: Warehouse, turn: int, acknowledged: list[str]) -> None:
    for number in range(20):
        name = f"{turn}-{number}"
        assert write_feeds(wh, name, [feed(name)])
        acknowledged.append(name)


def test_endpoint_of_a_dead_server_is_ignored(tmp_path: Path) -> None:
    server = start(tmp_path)
    server.kill()
    server.wait()
    assert (tmp_path / ENDPOINT_NAME).exists()
    with open_warehouse(tmp_path) as wh:
        assert not wh.is_served


def test_every_table_is_as_its_record_and_every_column_says_what_it_means(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as wh:
        rows = wh.query("SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal")
        assert [row for row in rows if not row["comment"]] == []
        assert wh.query("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL") == []
        for name, table in tables().items():
            found = {row["column_name"]: row["data_type"] for row in rows if row["table_name"] == name}
            numbers = {column: found.pop(column) for column in table.number_names}
            assert set(numbers.values()) <= {"BIGINT"}
            assert list(found.items()) == list(table.columns.items())
