"""Which days one answer of a feed tells of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from flows.feeds.reach import REACH_DAYS, list_days_read
from tests.records import make_entry
from warehouse.records import Entry

MONDAY = datetime(2026, 3, 9, 9, tzinfo=UTC)


def shown(*hours_ago: float) -> list[Entry]:
    return [make_entry(str(ago), published_at_utc=MONDAY - timedelta(hours=ago)) for ago in hours_ago]


def days_before(count: int) -> list[date]:
    return [MONDAY.date() - timedelta(days=number) for number in range(count, -1, -1)]


def test_an_answer_holds_at_least_its_own_day() -> None:
    assert list_days_read(shown(1), at=MONDAY) == days_before(0)
    assert list_days_read(None, at=MONDAY) == days_before(0)
    assert list_days_read([make_entry()], at=MONDAY) == days_before(0)


def test_an_empty_body_holds_nothing() -> None:
    assert list_days_read([], at=MONDAY, last_answer_at=MONDAY - timedelta(days=1)) == []


def test_days_whole_after_the_oldest_entry_are_held() -> None:
    # The oldest is of Friday noon, of which only half is known.
    assert list_days_read(shown(2, 69), at=MONDAY) == days_before(2)


def test_an_answer_that_goes_on_from_the_last_one_holds_all_between() -> None:
    friday = MONDAY - timedelta(days=3)
    assert list_days_read(shown(2, 80), at=MONDAY, last_answer_at=friday) == days_before(3)
    assert list_days_read(None, at=MONDAY, last_answer_at=friday) == days_before(3)


def test_an_answer_that_shows_only_newer_entries_leaves_the_days_between_unread() -> None:
    assert list_days_read(shown(2, 30), at=MONDAY, last_answer_at=MONDAY - timedelta(days=5)) == days_before(0)


def test_a_pinned_entry_does_not_make_a_month_read() -> None:
    assert len(list_days_read(shown(1, 24 * 60), at=MONDAY)) == REACH_DAYS
