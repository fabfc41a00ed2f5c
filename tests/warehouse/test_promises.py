"""Each promise of the warehouse, broken on purpose, is found and named."""

from __future__ import annotations

import pytest

from warehouse.checks import PROMISES, check_warehouse
from warehouse.connect import Warehouse

# Promise -> what breaks it, and a row that must be named.
BREAKAGES = {
    "every current mention's evidence is in its article's text": (
        "UPDATE mentions SET evidence_start = evidence_start + 1, evidence_end = evidence_end + 1 "
        "WHERE mention_id = 'm2'",
        "m2",
    ),
    "every quote of a second reading is in its article's text": (
        "INSERT INTO second_readings (reading_id, mention_id, evidence_start, evidence_end, evidence_text) "
        "VALUES ('s1', 'm1', 0, 9, 'invented!')",
        "s1",
    ),
    "every mention has the revision it was read from": ("DELETE FROM article_revisions WHERE article_id = 'a1'", "m1"),
    "every entry with an article has one that is there": ("UPDATE entries SET article_id = 'gone'", "n1"),
    "every link of an event has both its ends": (
        "INSERT INTO event_mentions (event_id, mention_id, event_number) "
        "SELECT event_id, 'nobody', event_number FROM events WHERE event_id = 'e1'",
        "e1 nobody",
    ),
    "a mention reports one event": (
        "INSERT INTO event_mentions (event_id, mention_id, event_number, mention_number) "
        "SELECT event_id, mention_id, event_number, mention_number FROM events, mentions "
        "WHERE event_id = 'e2' AND mention_id = 'm1'",
        "m1",
    ),
    "every row has the numbers of what it belongs to": (
        "UPDATE event_mentions SET event_number = 77 WHERE event_id = 'e3'",
        "event_mentions e3",
    ),
    "every event that is not withdrawn has a mention": ("DELETE FROM event_mentions WHERE event_id = 'e3'", "e3"),
    "the sides of a dyad are two, in order": (
        "INSERT INTO event_dyads VALUES ('e4', 'BEL', 'ARL', DATE '2026-01-01', 'neutral', 1, 1, 'broken', 0, "
        "(SELECT event_number FROM events WHERE event_id = 'e4'))",
        "BEL ARL",
    ),
    "every point of a curve leads to its events": (
        "DELETE FROM event_dyads WHERE event_id = 'e3'",
        "ARL CAL 2026-02-22",
    ),
    "days of places count the events that are there": (
        "INSERT INTO place_days VALUES (DATE '2026-03-01', 'ARL', 'Port', 1, 2, 1, 1, 0, 0)",
        "2026-03-01 ARL Port 1.0 2.0",
    ),
    "what there is of a dyad is what its days say": (
        "UPDATE dyad_spans SET last_on = DATE '2026-03-09' WHERE side_a_code = 'BEL'",
        "BEL CAL 10",
    ),
    "net lies within its band": (
        "UPDATE daily_dyads SET upper = net - 1 WHERE side_a_code = 'BEL'",
        "BEL CAL 2026-03-08",
    ),
}


def test_a_sound_world_breaks_nothing_and_every_promise_is_tried(filled: Warehouse) -> None:
    assert check_warehouse(filled) == []
    assert set(BREAKAGES) == set(PROMISES)


@pytest.mark.parametrize("promise", sorted(BREAKAGES))
def test_a_broken_promise_is_found_with_its_row(filled: Warehouse, promise: str) -> None:
    breakage, row_id = BREAKAGES[promise]
    assert filled.execute(breakage) >= 1
    broken = {one.promise: one for one in check_warehouse(filled)}
    assert set(broken) == {promise}
    assert row_id in broken[promise].examples
    assert str(broken[promise]).startswith(f"{promise}: {broken[promise].row_count} rows, such as ")


def test_many_broken_rows_are_counted_and_five_named(filled: Warehouse) -> None:
    filled.execute(
        "INSERT INTO event_mentions (event_id, mention_id, event_number) "
        "SELECT event_id, 'nobody ' || i, event_number FROM events, range(8) AS r(i) WHERE event_id = 'e1'"
    )
    [broken] = check_warehouse(filled)
    assert broken.row_count == 8
    assert len(broken.examples) == 5
