"""Which tables a question reads, and how it is known that they changed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from tests.warehouse import world
from warehouse.connect import Warehouse, open_warehouse
from warehouse.questions import sql
from warehouse.read import read_events, read_feed_health, read_overview
from warehouse.records import Label
from warehouse.versions import known_tables, read_table_versions, tables_in
from warehouse.write import set_meta, write_feeds, write_labels

LABEL = Label(
    label_id="l1",
    event_id="e1",
    mention_id=None,
    field=None,
    value=None,
    note=None,
    verdict="wrong",
    labelled_by="reader",
    labelled_at_utc=world.NOW,
)


def grown(before: dict[str, int], after: dict[str, int]) -> set[str]:
    assert before.keys() == after.keys() == known_tables()
    return {name for name, version in after.items() if version > before[name]}


def test_tables_are_those_that_the_question_names() -> None:
    assert tables_in("SELECT * FROM events JOIN event_mentions USING (event_id)") == {"events", "event_mentions"}
    assert tables_in("-- Not of polls.\nSELECT 1 FROM feeds") == {"feeds"}
    assert tables_in("SELECT 1") == set()
    assert tables_in(sql("data_version")) >= {"batches", "labels", "dyad_notes"}


def test_what_stands_behind_a_view_is_known() -> None:
    assert tables_in(sql("feed_health")) == {"feed_health"} & known_tables() | {"feeds", "polls", "entries"}


def test_every_table_view_and_macro_of_the_warehouse_is_known(filled: Warehouse) -> None:
    stored = {row["table_name"] for row in filled.query("SELECT table_name FROM duckdb_tables()")}
    assert stored - known_tables() == {"migrations"}
    assert known_tables() <= stored
    behind = filled.query(
        "SELECT view_name AS name, sql AS text FROM duckdb_views() WHERE NOT internal UNION ALL "
        "SELECT function_name, macro_definition FROM duckdb_functions() WHERE macro_definition IS NOT NULL "
        "AND NOT internal"
    )
    assert {row["name"] for row in behind} >= {"feed_health", "feed_health_at"}
    for row in behind:
        assert tables_in(row["text"]) <= tables_in(f"SELECT * FROM {row['name']}"), row["name"]


def test_only_what_was_touched_has_another_version(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as wh, open_warehouse(tmp_path, role="read") as reader:
        seen = [read_table_versions(wh)]
        write_feeds(wh, "f", [world.feed("feed1")])
        seen.append(read_table_versions(wh))
        write_labels(reader, "l", [LABEL])
        seen.append(read_table_versions(wh))
        set_meta(wh, "is_demo", "true")
        seen.append(read_table_versions(wh))
        wh.execute("INSERT INTO batches SELECT 'b', NULL, 0, $at", at=world.NOW)
        seen.append(read_table_versions(wh))
    steps = [grown(before, after) for before, after in pairwise(seen)]
    assert steps == [{"feeds"}, {"labels"}, {"meta"}, set(known_tables())]


def test_who_listens_hears_every_question_that_is_asked(filled: Warehouse) -> None:
    heard: list[str] = []
    listening = filled.heard_by(heard.append)
    assert read_overview(listening, world.NOW)["event_count"] == len(read_events(listening))
    assert len(read_feed_health(listening, world.NOW)) > 0
    assert frozenset().union(*map(tables_in, heard)) >= {"articles", "events", "feeds", "polls", "entries"}
    read_events(filled)
    assert len(heard) == 3
