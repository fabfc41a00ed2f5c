"""What is asked of the warehouse, answered on a small world whose every value is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from tests.warehouse import world
from warehouse import backlog, merging, pair_events, read
from warehouse.connect import Warehouse, open_warehouse
from warehouse.literals import LOOKED_UP
from warehouse.records import Label, Poll
from warehouse.write import (
    queue_labelled,
    set_meta,
    write_codings,
    write_events,
    write_feeds,
    write_labels,
    write_poll_round,
)

UNTIL = date(2026, 3, 8)
FRAMES: dict[str, Callable[[Warehouse], pd.DataFrame]] = {
    "moved dyads": lambda wh: read.read_moved_dyads(wh, UNTIL, 7),
    "tension by dyad": lambda wh: read.read_tension_by_dyad(wh, UNTIL, 10),
    "newest events": lambda wh: read.read_newest_events(wh, 10),
    "sides": read.read_sides,
    "pair series": lambda wh: read.read_pair_series(wh, "ARL", "BEL", date(2026, 1, 1), UNTIL),
    "pair events": lambda wh: pair_events.read_newest_pair_events(wh, "ARL", "BEL", date(2026, 1, 1), UNTIL, 9),
    "event evidence": lambda wh: read.read_event_evidence(wh, "e1"),
    "feed health": read.read_feed_health,
    "recent polls": read.read_recent_polls,
}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(tmp_path / "empty") as wh:
        yield wh


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in frame[list(columns)].itertuples(index=False)]


def poll(poll_id: str, at: datetime, **fields: Any) -> Poll:
    values: dict[str, Any] = {"poll_id": poll_id, "feed_id": "feed1", "polled_at_utc": at, "outcome": "fetched"}
    return Poll(**(values | fields))


def wrong(label_id: str, **fields: Any) -> Label:
    values: dict[str, Any] = dict.fromkeys(("event_id", "mention_id", "field", "value", "note"))
    own = {"label_id": label_id, "verdict": "wrong", "labelled_by": "reader", "labelled_at_utc": world.NOW}
    return Label(**(values | own | fields))


def test_dyads_that_moved_are_those_with_news_the_farthest_first(filled: Warehouse) -> None:
    columns = ("side_a_code", "side_b_code", "tension", "tension_change", "deescalation_change", "net_change", "net")
    moved = read.read_moved_dyads(filled, UNTIL, 7)
    assert rows(moved, *columns) == [
        ("BEL", "CAL", 0.0, 0.0, 5.0, 5.0, 5.0),
        ("ARL", "BEL", 10.0, 2.0, 0.0, -2.0, -10.0),
    ]
    assert rows(moved, "event_count", "is_thin") == [(1, False), (1, True)]
    assert read.read_moved_dyads(filled, date(2026, 3, 15), 7).empty, "fading alone is no news"


def test_tension_fades_by_half_in_a_half_life_and_the_tensest_comes_first(filled: Warehouse) -> None:
    columns = ("side_a_code", "side_b_code", "tension", "deescalation")
    later = date(2026, 3, 15)
    assert rows(read.read_tension_by_dyad(filled, later, 10), *columns) == [
        ("ARL", "BEL", 5.0, 0.0),
        ("ARL", "CAL", 0.0, 0.75),
        ("BEL", "CAL", 0.0, 2.5),
    ]
    set_meta(filled, "half_life_days", "3.5")
    assert rows(read.read_tension_by_dyad(filled, later, 1), *columns) == [("ARL", "BEL", 2.5, 0.0)]


def test_a_pairs_series_has_each_day_once_as_the_newest_formula_tells_it(filled: Warehouse) -> None:
    assert filled.query("SELECT count(*) AS n FROM daily_dyads WHERE on_date = $on", on=UNTIL) == [{"n": 3}]
    for a, b in (("ARL", "BEL"), ("BEL", "ARL")):
        series = read.read_pair_series(filled, a, b, date(2026, 3, 1), UNTIL)
        assert rows(series, "tension", "formula_version") == [(8.0, "10"), (10.0, "10")]
    assert len(read.read_pair_series(filled, "ARL", "BEL", date(2026, 3, 2), UNTIL)) == 1


def test_a_pairs_events_come_by_day_with_what_they_add(filled: Warehouse) -> None:
    newest = pair_events.read_newest_pair_events
    found = newest(filled, "BEL", "ARL", date(2026, 3, 1), UNTIL, 9)
    assert rows(found, "event_id", "impact", "weight", "dyad_reason") == [
        ("e1", 8.0, 1.0, "sides"),
        ("e2", 6.0, 1.0, "sides"),
    ]
    assert rows(newest(filled, "ARL", "BEL", date(2026, 3, 2), UNTIL, 9), "event_id") == [("e2",)]


def test_of_many_events_of_a_pair_the_newest_or_the_weightiest_are_read_and_all_are_counted(filled: Warehouse) -> None:
    asked = ("BEL", "ARL", date(2026, 3, 1), UNTIL)
    assert rows(pair_events.read_newest_pair_events(filled, *asked, 1), "event_id") == [("e2",)]
    assert rows(pair_events.read_weightiest_pair_events(filled, *asked, 1), "event_id") == [("e1",)]
    count = pair_events.read_pair_event_count(filled, *asked)
    assert count["event_count"] == 2
    assert (count["first_on"], count["last_on"]) == tuple(
        day.date() for day in pair_events.read_newest_pair_events(filled, *asked, 9)["on_date"]
    )
    assert rows(pair_events.read_pair_event(filled, "BEL", "ARL", "e1"), "event_id", "impact") == [("e1", 8.0)]
    assert pair_events.read_pair_event(filled, "BEL", "CAL", "e1").empty
    filled.execute("UPDATE events SET withdrawn_at_utc = now() WHERE event_id = 'e1'")
    assert pair_events.read_pair_event_count(filled, *asked)["event_count"] == 1
    assert rows(pair_events.read_weightiest_pair_events(filled, *asked, 9), "event_id") == [("e2",)]
    assert pair_events.read_pair_event(filled, "BEL", "ARL", "e1").empty


def test_events_that_are_looked_up_in_parts_are_all_there(filled: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("BEL", "ARL", date(2026, 3, 1), UNTIL, 9)
    whole = pair_events.read_weightiest_pair_events(filled, *asked)
    assert len(whole) == 2
    monkeypatch.setattr(pair_events, "_LOOKED_UP_ALONE", 1)
    assert_frame_equal(pair_events.read_weightiest_pair_events(filled, *asked), whole)


def test_evidence_lies_where_its_offsets_say_also_without_a_title(filled: Warehouse) -> None:
    evidence = read.read_event_evidence(filled, "e1")
    columns = (evidence[name] for name in ("text", "evidence_start", "evidence_end"))
    cut = [text[start:end] for text, start, end in zip(*columns, strict=True)]
    assert cut == [world.STRIKE, world.STRIKE_TOLD_AGAIN] == list(evidence["evidence_text"])
    assert rows(evidence, "article_title", "outlet_name", "family_id", "language", "merge_reason") == [
        ("Depot hit", "Courier", "f1", "en", "same act"),
        ("", "Observer", "f2", "fa", "same act"),
    ]
    assert list(evidence["article_url"]) == ["https://courier.example/1", "https://courier.example/2"]


def test_newest_events_leave_out_the_withdrawn_and_name_their_first_report(filled: Warehouse) -> None:
    newest = read.read_newest_events(filled, 10)
    assert rows(newest, "event_id", "outlet_name", "side_a_code", "side_b_code") == [
        ("e4", "Courier", "BEL", "CAL"),
        ("e3", "Courier", "ARL", "CAL"),
        ("e2", "Observer", "ARL", "BEL"),
        ("e1", "Courier", "ARL", "BEL"),
    ]
    assert list(read.read_newest_events(filled, 1)["event_id"]) == ["e4"]


def test_sides_come_with_their_name_the_busiest_first(filled: Warehouse) -> None:
    assert rows(read.read_sides(filled), "code", "name", "event_count") == [
        ("ARL", "Arab League", 3),  # by the English name of the code; the last has none, and is named as written
        ("BEL", "Belgium", 3),
        ("CAL", "Calden", 2),
    ]


def test_the_overview_counts_what_is_kept(filled: Warehouse) -> None:
    assert read.read_overview(filled, datetime(2026, 3, 9, 10, tzinfo=UTC)) == {
        "feed_count": 1,
        "failing_feed_count": 0,
        "entry_count": 1,
        "article_count": 3,
        "relevant_article_count": 3,
        "uncoded_article_count": 0,
        "language_count": 2,
        "story_count": 0,
        "mention_count": 5,
        "event_count": 4,
        "dyad_count": 3,
        "article_count_24h": 1,
        "last_polled_at_utc": None,
        "last_coded_at_utc": world.NOW,
        "last_event_on": UNTIL,
    }


def test_feed_health_counts_a_week_and_puts_the_failing_first(filled: Warehouse) -> None:
    now = datetime.now(UTC)
    feeds = [
        world.feed("feed1"),
        world.feed("feed2", failing_since_utc=now, failure_reason="gone", failure_count=2),
        world.feed("feed3", status="retired"),
    ]
    write_feeds(filled, "more", feeds, keeps_history=False)
    polls = [
        poll("p1", now - timedelta(days=1), new_count=3),
        poll("p2", now - timedelta(hours=1), outcome="failed"),
        poll("p3", now - timedelta(days=8), new_count=50),
    ]
    write_poll_round(filled, "week", polls, [], [], [])
    columns = ("feed_id", "poll_count", "failed_count", "new_count", "entry_count")
    assert rows(read.read_feed_health(filled), *columns) == [("feed2", 0, 0, 0, 0), ("feed1", 2, 1, 3, 1)]
    assert list(read.read_recent_polls(filled, 2)["poll_id"]) == ["p2", "p1"]


def waiting(wh: Warehouse) -> list[str]:
    return sorted(merging.read_queue(wh, 100))


def merge_all(wh: Warehouse) -> None:
    ids = merging.read_queue(wh, 100)
    write_events(wh, f"merged {len(ids)} {ids[0]}", [], [], [], merged_mention_ids=ids)


def test_mentions_wait_until_events_reflect_them(filled: Warehouse) -> None:
    assert waiting(filled) == ["m1", "m2", "m3", "m4", "m5"]
    merge_all(filled)
    assert waiting(filled) == []
    new = world.mention("m6", world.ARTICLES[0], "Nobody spoke.", ("ARL", "BEL"))
    # The article is read anew: m1 is superseded, m6 is current and linked to nothing.
    write_codings(filled, "again", [world.ARTICLES[0]], [new])
    assert waiting(filled) == ["m1", "m6"]
    assert read.read_current_mentions(filled, article_ids=["a1"]) == [new]
    assert backlog.read_tellers(filled, ["e1", "e5"]) == {"e1": (frozenset({"f2"}), frozenset({"o2"}))}
    write_events(filled, "gone", [], [], [], merged_mention_ids=["m1", "m6"], gone_mention_ids=["m1"])
    assert waiting(filled) == []
    assert filled.query("SELECT count(*) AS n FROM event_mentions WHERE mention_id = 'm1'") == [{"n": 0}]


def test_what_a_label_speaks_of_waits_once(filled: Warehouse) -> None:
    merge_all(filled)
    assert not queue_labelled(filled)
    write_labels(filled, "l", [wrong("l1", event_id="e1"), wrong("l2", mention_id="m3")])
    assert queue_labelled(filled)
    # No key says yet which mentions e1 has: those that events reflected before keys were kept wait from the migration.
    assert waiting(filled) == ["m3"]
    merge_all(filled)
    assert not queue_labelled(filled)
    assert merging.read_wrong_ids(filled) == ({"m3"}, {"e1"})
    later = world.NOW + timedelta(hours=1)
    write_labels(filled, "r", [wrong("l3", event_id="e1", verdict="right", labelled_at_utc=later)])
    assert merging.read_wrong_ids(filled) == ({"m3"}, set())


def test_a_bond_follows_its_mention_when_the_article_is_coded_anew(filled: Warehouse) -> None:
    apart = wrong("l1", mention_id="m1", verdict="separate", value="m2")
    write_labels(filled, "l", [apart, wrong("l2", mention_id="m3", verdict="same_event", value="nobody")])
    assert merging.read_bonds(filled) == [merging.BondRow("l1", "m1", "m2", is_same=False)]
    anew = replace(world.MENTIONS[0], mention_id="m9")
    write_codings(filled, "again", [world.ARTICLES[0]], [anew])
    assert merging.read_bonds(filled) == [merging.BondRow("l1", "m9", "m2", is_same=False)]
    later = world.NOW + timedelta(hours=1)
    taken_back = wrong("l3", mention_id="m1", verdict="right", value="m2", labelled_at_utc=later)
    write_labels(filled, "b", [taken_back])
    assert merging.read_bonds(filled) == []


def test_events_are_indexed_again_once_their_reading_changed(filled: Warehouse) -> None:
    assert [one.event_id for one in backlog.read_events_to_index(filled)] == ["e1", "e2", "e3", "e4", "e5"]
    later = world.NOW + timedelta(minutes=1)
    set_meta(filled, backlog.INDEXED_UNTIL, later.isoformat())
    assert backlog.read_events_to_index(filled) == []
    changed = replace(world.EVENTS[0], revision=2, updated_at_utc=later)
    write_events(filled, "changed", [changed], [], [])
    assert backlog.read_events_to_index(filled) == [changed]


def test_the_backlog_knows_dyads_tellers_and_reports(filled: Warehouse) -> None:
    assert backlog.read_dyads_of_events(filled, ["e1", "e4"]) == {("ARL", "BEL"), ("BEL", "CAL")}
    assert [one.event_id for one in backlog.read_events_of_dyads(filled, [("ARL", "BEL")])] == ["e1", "e2"]
    assert backlog.read_tellers(filled, ["e1"]) == {"e1": (frozenset({"f1", "f2"}), frozenset({"o1", "o2"}))}
    reported = merging.read_reported(filled, ["m4", "m5", "nobody"])
    assert [(row.mention, row.family_id, row.published_at_utc) for row in reported] == [
        (world.MENTIONS[3], "f1", world.ARTICLES[2].published_at_utc),
        (world.MENTIONS[4], "f1", world.ARTICLES[2].published_at_utc),
    ]


def test_where_rows_are_thought_to_lie_changes_no_answer(filled: Warehouse) -> None:
    many = ["m1", "m4", "m5", *(f"nobody{number}" for number in range(LOOKED_UP))]
    known = merging.read_reported(filled, ["m1", "m4", "m5"])
    assert len(known) == 3
    for told in ((), (world.NOW,), (world.NOW - timedelta(days=900),)):
        assert merging.read_reported(filled, many, told) == known
    tellers = backlog.read_tellers(filled, ["e1", "e2", "e3"])
    # Said to be told only later than it was.
    filled.execute("UPDATE events SET first_reported_at_utc = $late", late=world.NOW + timedelta(days=900))
    assert backlog.read_tellers(filled, ["e1", "e2", "e3"]) == tellers


@pytest.mark.parametrize("name", sorted(FRAMES))
def test_an_empty_warehouse_answers_with_no_rows_and_the_same_columns(
    empty: Warehouse, filled: Warehouse, name: str
) -> None:
    write_poll_round(filled, "one", [poll("p", world.NOW)], [], [], [])
    nothing, something = FRAMES[name](empty), FRAMES[name](filled)
    assert nothing.empty
    assert not something.empty
    assert list(nothing.columns) == list(something.columns)


def test_an_empty_warehouse_counts_nothing_and_waits_for_nothing(empty: Warehouse) -> None:
    overview = read.read_overview(empty, world.NOW)
    assert {name: value for name, value in overview.items() if value} == {}
    assert read.read_feeds(empty) == []
    assert read.read_events(empty) == []
    assert merging.read_queue(empty, 9) == []
    assert merging.read_bonds(empty) == []
    assert backlog.read_events_to_index(empty) == []
    assert read.read_data_version(empty) == 0


def test_the_data_version_grows_with_batches_labels_and_facts(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as wh, open_warehouse(tmp_path, role="read") as reader:
        seen = [read.read_data_version(wh)]
        steps: list[Callable[[], object]] = [
            lambda: write_feeds(wh, "f", [world.feed("feed1")]),
            lambda: write_labels(wh, "l", [wrong("l1", event_id="e1")]),
            lambda: write_labels(reader, "l", [wrong("l2", event_id="e1")]),
            lambda: set_meta(wh, "is_demo", "true"),
            lambda: set_meta(wh, "is_demo", "false"),
            lambda: set_meta(wh, "is_demo", None),
        ]
        for step in steps:
            step()
            seen.append(read.read_data_version(wh))
        assert seen == sorted(set(seen))
        assert len(seen) == len(steps) + 1
        assert read.read_meta(wh, "is_demo") is None
