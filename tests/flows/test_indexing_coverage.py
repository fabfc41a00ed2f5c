"""Days that could be read only in part are corrected, and a day read late is made anew as from scratch."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flows.rounds.indexing import compute_indices
from flows.settings import Settings
from tests.feeds.world import build_feed
from tests.flows.test_indexing_marks import FIRST, events_of, rows_of, tell
from warehouse.connect import Warehouse, open_warehouse
from warehouse.records import FamilyDay, Poll
from warehouse.write import write_feeds, write_poll_round

DAYS = 40
FAMILIES = [f"f{number}" for number in range(10)]
OUTAGE = range(20, 24)
# Of these days answers came later, and still showed them.
LATE = (22, 23)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def noon(number: int, minute: int = 0) -> datetime:
    return datetime.combine(day(number), datetime.min.time(), UTC) + timedelta(hours=12, minutes=minute)


def answer(wh: Warehouse, numbers: range | tuple[int, ...], key: str, *, families: list[str] = FAMILIES) -> None:
    days = [FamilyDay(family_id=family, on_date=day(number)) for number in numbers for family in families]
    write_poll_round(wh, key, [], [], [], [], family_days=days)


def answer_normally(wh: Warehouse, until: int, since: int = 0, key: str = "all") -> None:
    for number in range(since, until):
        answer(wh, (number,), f"{key} {number}", families=FAMILIES[:3] if number in OUTAGE else FAMILIES)


def settings_of(home: Path, *older: str) -> Settings:
    return Settings(home=home, older_formulas=older)


def compute_whole(home: Path, *older: str) -> dict[str, list[dict[str, object]]]:
    with open_warehouse(home) as wh:
        tell(wh, events_of(DAYS), "all")
        answer_normally(wh, DAYS)
        answer(wh, LATE, "late")
        compute_indices(wh, settings_of(home, *older), noon(DAYS))
        return rows_of(wh) | {"daily_coverage": wh.query("SELECT * FROM daily_coverage ORDER BY on_date")}


def compute_stepwise(home: Path, *older: str) -> dict[str, list[dict[str, object]]]:
    events, settings = events_of(DAYS), settings_of(home, *older)
    with open_warehouse(home) as wh:
        before = 0
        for until in (18, 21, 23, 30, DAYS):
            told = events[2 * before : 2 * until]
            tell(wh, [replace(event, updated_at_utc=noon(until)) for event in told], f"until {until}")
            answer_normally(wh, until, before, f"until {until}")
            if until == 30:
                answer(wh, LATE, "late")
            compute_indices(wh, settings, noon(until))
            compute_indices(wh, settings, noon(until, minute=5))
            before = until
        compute_indices(wh, settings, noon(DAYS, minute=10))
        return rows_of(wh) | {"daily_coverage": wh.query("SELECT * FROM daily_coverage ORDER BY on_date")}


def test_days_read_late_come_out_as_from_scratch(tmp_path: Path) -> None:
    whole = compute_whole(tmp_path / "whole")
    assert compute_stepwise(tmp_path / "stepwise") == whole
    lost = {row["on_date"] for row in whole["daily_coverage"] if row["share"] == 0.3}
    assert lost == {day(20), day(21)}


def test_older_formulas_beside_come_out_as_from_scratch_and_know_no_coverage(tmp_path: Path) -> None:
    whole = compute_whole(tmp_path / "whole", "1", "2")
    assert compute_stepwise(tmp_path / "stepwise", "1", "2") == whole
    of_day = {
        row["formula_version"]: row
        for row in whole["daily_dyads"]
        if (row["side_a_code"], row["side_b_code"], row["on_date"]) == ("IRN", "PAK", day(21))
    }
    assert set(of_day) == {"1", "2", "3"}
    corrected, plain = of_day["3"], of_day["2"]
    sums = [float(str(row["conflict"])) + float(str(row["cooperation"])) for row in (corrected, plain)]
    assert sums[0] > sums[1]
    assert (corrected["is_thin"], plain["is_thin"]) == (True, False)


def test_feeds_that_fail_today_are_a_loss_at_once(tmp_path: Path) -> None:
    failing = FAMILIES[4:]
    with open_warehouse(tmp_path) as wh:
        feeds = [build_feed(f"https://{name}.example/feed", feed_id=name, family_id=name) for name in failing]
        write_feeds(wh, "feeds", feeds)
        tell(wh, events_of(DAYS), "all")
        answer_normally(wh, DAYS - 1)
        answer(wh, (DAYS - 1,), "today", families=FAMILIES[:4])
        polls = [
            Poll(poll_id=name, feed_id=name, polled_at_utc=noon(DAYS - 1), outcome="failed", failure_class="temporary")
            for name in failing
        ]
        write_poll_round(wh, "failed", polls, [], [], [])
        compute_indices(wh, settings_of(tmp_path), noon(DAYS - 1, minute=30))
        thin = wh.query("SELECT DISTINCT is_thin FROM daily_dyads WHERE on_date = $day", day=day(DAYS - 1))
        assert thin == [{"is_thin": True}]
        assert wh.query("SELECT share FROM daily_coverage WHERE on_date = $day", day=day(DAYS - 1)) == [{"share": 0.4}]


def test_a_change_of_coverage_leaves_earlier_days_alone(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as wh:
        tell(wh, events_of(DAYS), "all")
        answer_normally(wh, DAYS)
        settings = settings_of(tmp_path)
        compute_indices(wh, settings, noon(DAYS))
        wh.execute("UPDATE events SET updated_at_utc = $then", then=noon(0))
        wh.execute("UPDATE daily_dyads SET net = -999 WHERE on_date < $day", day=day(22))
        answer(wh, LATE, "late")
        compute_indices(wh, settings, noon(DAYS, minute=5))
        marked = wh.query("SELECT max(on_date) AS last FROM daily_dyads WHERE net = -999")
        assert marked == [{"last": day(21)}]
        written = "SELECT count(*) AS n FROM batches WHERE contains(table_names, 'daily_coverage')"
        before = wh.query(written)
        compute_indices(wh, settings, noon(DAYS, minute=10))
        assert wh.query(written) == before
