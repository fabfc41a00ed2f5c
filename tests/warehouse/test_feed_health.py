"""How feeds are, as the view `feed_health` and its question at any instant say it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.records import make_entry
from tests.warehouse import world
from tests.warehouse_stock import stock_warehouse
from warehouse.connect import Warehouse, open_warehouse
from warehouse.read import read_feed_health
from warehouse.records import Entry, Feed, Poll
from warehouse.write import claim_feeds, write_feeds, write_next_polls, write_poll_round

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def wh(tmp_path: Path) -> Iterator[Warehouse]:
    stock_warehouse(tmp_path)
    with open_warehouse(tmp_path) as opened:
        yield opened


def poll(number: int, before: timedelta, new: int, shown: int, **changes: object) -> Poll:
    values: dict[str, Any] = {
        "poll_id": f"p{number}", "feed_id": "feed1", "polled_at_utc": NOW - before, "outcome": "fetched",
        "new_count": new, "entry_count": shown,
    }  # fmt: skip
    return Poll(**{**values, **changes})


def entry(number: int, published: timedelta, seen: timedelta, source: str = "feed") -> Entry:
    return make_entry(
        f"e{number}", feed_id="feed1", outlet_id="o1",
        published_at_utc=NOW - published, published_source=source, first_seen_at_utc=NOW - seen,
    )  # fmt: skip


def health(wh: Warehouse) -> dict[str, Any]:
    return {str(name): value for name, value in read_feed_health(wh, NOW).to_dict("records")[0].items()}


def test_yield_repeats_and_lags_leave_the_first_answer_out(wh: Warehouse) -> None:
    polls = [
        poll(1, 2 * DAY, 20, 20),
        poll(2, DAY, 6, 20),
        poll(3, 12 * HOUR, 0, 0, outcome="unchanged"),
        poll(4, HOUR, 2, 20),
        poll(5, -HOUR, 50, 50),  # after the instant that is asked about
    ]
    entries = [
        entry(1, 9 * DAY, 2 * DAY),  # it was there before we came
        entry(2, DAY + 2 * HOUR, DAY),
        entry(3, DAY + 4 * HOUR, DAY),
        entry(4, HOUR, HOUR, "first_seen"),  # without a date there is no lag
    ]
    write_feeds(wh, "stock", [world.feed("feed1")])
    write_poll_round(wh, "polls", polls, [], entries, [])
    found = health(wh)
    assert (found["poll_count"], found["new_count"], found["entry_count"]) == (4, 28, 4)
    assert found["new_per_day"] == pytest.approx(8 / 2)
    assert found["new_per_poll"] == pytest.approx(8 / 3)
    assert found["repeat_share"] == pytest.approx(1 - 8 / 40)
    assert found["lag_median_s"] == pytest.approx(3 * 3600)
    assert found["lag_p90_s"] == pytest.approx(3.8 * 3600)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "waiting"),
        ({"last_polled_at_utc": NOW}, "fine"),
        ({"last_polled_at_utc": NOW, "stale_after_utc": NOW - HOUR}, "stale"),
        ({"last_polled_at_utc": NOW, "stale_after_utc": NOW + HOUR}, "fine"),
        ({"last_polled_at_utc": NOW, "empty_since_utc": NOW - 2 * DAY, "stale_after_utc": NOW - DAY}, "silently dead"),
        ({"last_polled_at_utc": NOW, "empty_since_utc": NOW - HOUR}, "fine"),
        ({"last_polled_at_utc": NOW, "failing_since_utc": NOW, "stale_after_utc": NOW - DAY}, "failing"),
        ({"status": "paused", "failing_since_utc": NOW}, "paused"),
    ],
)
def test_each_state_has_one_word(wh: Warehouse, fields: dict[str, object], state: str) -> None:
    write_feeds(wh, "stock", [world.feed("feed1", **fields)], keeps_history=False)
    found = health(wh)
    assert found["state"] == state


def test_troubled_feeds_come_first_and_archives_not_at_all(wh: Warehouse) -> None:
    feeds = [
        world.feed("fine", last_polled_at_utc=NOW),
        world.feed("stale", last_polled_at_utc=NOW, stale_after_utc=NOW - DAY),
        world.feed("failing", failing_since_utc=NOW),
        world.feed("archive", origin="backfill"),
        world.feed("retired", status="retired"),
    ]
    write_feeds(wh, "stock", feeds, keeps_history=False)
    assert list(read_feed_health(wh, NOW)["feed_id"]) == ["failing", "stale", "fine"]
    assert {row["feed_id"] for row in wh.query("SELECT feed_id FROM feed_health")} == {"failing", "stale", "fine"}


def test_a_planned_time_is_never_brought_forward(wh: Warehouse) -> None:
    write_feeds(wh, "stock", [world.feed("a", next_poll_at_utc=NOW + DAY), world.feed("b")], keeps_history=False)
    write_next_polls(wh, "later", {"a": (NOW + HOUR, "held"), "b": (NOW + HOUR, "held")})
    found = wh.query("SELECT feed_id, next_poll_at_utc FROM feeds ORDER BY feed_id")
    assert [row["next_poll_at_utc"] for row in found] == [NOW + DAY, NOW + HOUR]


def test_of_two_claims_only_one_gets_a_feed(wh: Warehouse) -> None:
    feeds: list[Feed] = [world.feed("a"), world.feed("b", status="paused"), world.feed("c", next_poll_at_utc=NOW + DAY)]
    write_feeds(wh, "stock", feeds, keeps_history=False)
    ids = ["a", "b", "c"]
    assert claim_feeds(wh, ids, now=NOW, until=NOW + HOUR) == {"a"}
    assert claim_feeds(wh, ids, now=NOW, until=NOW + HOUR) == set()
    assert claim_feeds(wh, ids, now=NOW, until=NOW + HOUR, is_forced=True) == {"a", "c"}
