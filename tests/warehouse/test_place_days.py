"""Events counted by day and place are those that are there, whatever was written, corrected or withdrawn before."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.records import make_event
from tests.warehouse import world
from warehouse.backup import back_up, restore
from warehouse.checks import check_warehouse
from warehouse.connect import Warehouse, open_warehouse
from warehouse.endpoint import DATABASE_NAME
from warehouse.place_days import count_places
from warehouse.questions import sql
from warehouse.records import Event
from warehouse.write import write_events

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 4)
# What maps and lists said before events were counted as they are written.
COUNTRIES = """
    SELECT place_country_code AS country_code, count(*) AS event_count,
        count(*) FILTER (direction = 'escalation') AS escalation_count,
        count(*) FILTER (direction = 'de-escalation') AS deescalation_count
    FROM events
    WHERE withdrawn_at_utc IS NULL AND place_country_code IS NOT NULL AND status IN ('occurred', 'alleged')
        AND starts_on >= $since AND starts_on <= $until
    GROUP BY place_country_code ORDER BY event_count DESC, country_code
    """
PLACES = """
    SELECT place_name AS name, place_country_code AS country_code, avg(latitude) AS latitude,
        avg(longitude) AS longitude, count(*) AS event_count
    FROM events
    WHERE withdrawn_at_utc IS NULL AND latitude IS NOT NULL AND longitude IS NOT NULL AND place_name IS NOT NULL
        AND status IN ('occurred', 'alleged') AND starts_on >= $since AND starts_on <= $until
    GROUP BY place_name, place_country_code ORDER BY event_count DESC, name, country_code
    """
ALL_COUNTRIES = """
    SELECT place_country_code AS country_code, count(*) AS event_count FROM events
    WHERE place_country_code IS NOT NULL AND withdrawn_at_utc IS NULL
    GROUP BY place_country_code ORDER BY event_count DESC, country_code
    """
# (name, country, latitude, longitude): two of one name, one without coordinates, a country alone, nothing known.
PLACED = [
    ("Port", "ARL", 1.5, 2.25),
    ("Port", "BEL", -3.0, 40.125),
    ("Port", "ARL", 1.75, 2.25),
    ("Plain", None, 7.0, 7.5),
    ("Fen", "BEL", None, None),
    (None, "CAL", None, None),
    (None, None, None, None),
]
EVENTS = st.builds(
    dict[str, Any],
    event_id=st.sampled_from(["x1", "x2", "x3", "x4", "x5"]),
    day=st.integers(0, 3),
    place=st.sampled_from(PLACED),
    status=st.sampled_from(["occurred", "alleged", "planned", "denied"]),
    direction=st.sampled_from(["escalation", "de-escalation", "neutral"]),
    is_withdrawn=st.booleans(),
)


def placed(event_id: str, day: int, place: Any, status: str, direction: str, is_withdrawn: bool) -> Event:
    name, country, latitude, longitude = place
    on = FIRST + timedelta(days=day)
    return make_event(
        event_id,
        starts_on=on,
        ends_on=on + timedelta(days=1),
        place_name=name,
        place_country_code=country,
        latitude=latitude,
        longitude=longitude,
        status=status,
        direction=direction,
        first_reported_at_utc=world.NOW,
        last_reported_at_utc=world.NOW,
        updated_at_utc=world.NOW,
        headline="Arlan struck Belmora.",
        withdrawn_at_utc=world.NOW if is_withdrawn else None,
    )


def assert_counted(wh: Warehouse) -> None:
    assert [one for one in check_warehouse(wh) if "places" in one.promise] == []
    for since, until in ((FIRST, LAST), (FIRST + timedelta(days=1), FIRST + timedelta(days=2))):
        asked = {"since": since, "until": until}
        assert wh.query(sql("events_by_country"), **asked) == wh.query(COUNTRIES, **asked)
        assert wh.query(sql("event_places"), **asked, limit=100) == wh.query(PLACES, **asked)
    assert wh.query(sql("place_countries")) == wh.query(ALL_COUNTRIES)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with open_warehouse(tmp_path_factory.mktemp("places")) as wh:
        yield wh


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.lists(EVENTS, min_size=1, max_size=6), min_size=1, max_size=4))
def test_after_any_writes_corrections_and_withdrawals_days_count_the_events_that_are_there(
    kept: Warehouse, batches: list[list[dict[str, Any]]]
) -> None:
    start = kept.query("SELECT count(*) AS n FROM batches")[0]["n"]
    for number, batch in enumerate(batches):
        write_events(kept, f"b{start} {number}", [placed(**given) for given in batch], [], [])
        assert_counted(kept)


def test_a_batch_that_is_sent_again_counts_nothing_twice(filled: Warehouse) -> None:
    event = placed("x1", 0, PLACED[0], "occurred", "escalation", False)
    assert write_events(filled, "one", [event], [], [])
    assert not write_events(filled, "one", [event], [], [])
    assert write_events(filled, "another", [event], [], [])
    assert_counted(filled)
    assert filled.query("SELECT event_count FROM place_days WHERE place_name = 'Port'") == [{"event_count": 1}]


def test_what_is_no_more_leaves_no_row_behind(filled: Warehouse) -> None:
    event = placed("x1", 0, PLACED[0], "occurred", "escalation", False)
    write_events(filled, "one", [event], [], [])
    write_events(filled, "gone", [replace(event, withdrawn_at_utc=world.NOW)], [], [])
    assert filled.query("SELECT * FROM place_days WHERE place_name = 'Port'") == []


def test_writers_at_once_lose_no_count(filled: Warehouse) -> None:
    def write(number: int) -> None:
        for turn in range(6):
            event = placed(f"x{number} {turn}", turn % 2, PLACED[turn % 3], "occurred", "escalation", False)
            write_events(filled, f"w{number} {turn}", [event], [], [])

    threads = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert filled.query("SELECT count(*) AS n FROM events WHERE event_id LIKE 'x%'") == [{"n": 18}]
    assert_counted(filled)


def test_a_restored_copy_and_an_older_file_are_counted(filled: Warehouse, tmp_path: Path) -> None:
    rows = [placed(f"x{n}", n % 4, random.Random(n).choice(PLACED), "occurred", "neutral", n == 3) for n in range(20)]
    write_events(filled, "many", rows, [], [])
    copy = back_up(filled, tmp_path / "backups", now=world.NOW, keep=1)
    restore(tmp_path / "second", copy)
    with open_warehouse(tmp_path / "second") as wh:
        assert_counted(wh)
        assert wh.query("SELECT sum(event_count) > 5 AS is_filled FROM place_days") == [{"is_filled": True}]
    with duckdb.connect(str(tmp_path / "second" / DATABASE_NAME)) as connection:
        connection.execute("DROP TABLE place_days")
        connection.execute("DELETE FROM migrations WHERE number = 81")
    with open_warehouse(tmp_path / "second") as wh:
        assert_counted(wh)
        counted = wh.query("SELECT * FROM place_days ORDER BY ALL")
    with duckdb.connect(str(tmp_path / "second" / DATABASE_NAME)) as connection:
        count_places(connection)
    with open_warehouse(tmp_path / "second") as wh:
        assert wh.query("SELECT * FROM place_days ORDER BY ALL") == counted
