"""What is learned of a feed from what it has shown."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from flows.feeds.habits import Habit, expect_new, hourly_rates, learn_habit, stale_after, wait_for
from tests.feeds.world import NOW
from tests.records import make_entry
from warehouse.records import Entry

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def entry(published: datetime | None) -> Entry:
    return make_entry(published_at_utc=published or NOW, published_source="feed" if published else "first_seen")


def watch(days: int, hours: tuple[int, ...], *, is_dated: bool = True, every_h: int = 1) -> Habit:
    """What is learned of a feed that publishes once in each of these hours, asked `every_h` hours for so many days."""
    habit, since = Habit(), None
    start = NOW.replace(hour=0) - DAY * days
    for step in range(0, days * 24, every_h):
        now = start + HOUR * (step + every_h)
        times = [now - HOUR * back for back in range(every_h, 0, -1)]
        new = [entry(at + HOUR / 2 if is_dated else None) for at in times if at.hour in hours]
        habit, since = learn_habit(habit, new, since=since, now=now), now
    return habit


def test_a_first_answer_teaches_the_rate_its_dates_tell() -> None:
    habit = learn_habit(Habit(), [entry(NOW - HOUR * k) for k in range(48)], since=None, now=NOW)
    assert 20 <= sum(hourly_rates(habit)) <= 28


def test_a_first_answer_without_dates_teaches_only_that_it_spoke() -> None:
    habit = learn_habit(Habit(), [entry(None)] * 20, since=None, now=NOW)
    assert (habit.observed_days, habit.newest_entry_at_utc) == (0.0, NOW)
    assert round(wait_for(habit, 0.5, now=NOW, limit_s=86_400)) == 900


def test_hours_are_learned_with_and_without_dates() -> None:
    for is_dated in (True, False):
        rates = hourly_rates(watch(14, (6, 7), is_dated=is_dated))
        assert 1.5 < sum(rates) < 2.6
        assert rates[6] > 4 * rates[15] > 0


def test_what_was_learned_fades() -> None:
    habit = watch(14, tuple(range(24)))
    quiet = learn_habit(habit, [], since=NOW, now=NOW + DAY * 21)
    assert sum(hourly_rates(quiet)) < sum(hourly_rates(habit)) / 6


def test_a_silence_beyond_its_own_longest_is_stale() -> None:
    daily, hourly = watch(20, (6,)), watch(20, tuple(range(24)))
    newest = daily.newest_entry_at_utc
    assert newest is not None
    silence = stale_after(daily)
    assert silence is not None
    assert DAY * 1.9 <= silence - newest <= DAY * 2.1
    hourly_silence, hourly_newest = stale_after(hourly), hourly.newest_entry_at_utc
    assert hourly_silence is not None
    assert hourly_newest is not None
    assert hourly_silence - hourly_newest == DAY  # nobody is called stale for one quiet night
    assert stale_after(Habit()) is None


def test_a_weekend_of_silence_is_a_habit_by_the_next_one() -> None:
    habit = learn_habit(Habit(), [entry(NOW - DAY * 2.5), entry(NOW - HOUR)], since=None, now=NOW)
    for step in range(1, 5 * 24):
        at = NOW + HOUR * step
        habit = learn_habit(habit, [entry(at)], since=at - HOUR, now=at)
    silence = stale_after(habit)
    assert silence is not None
    assert silence > NOW + DAY * (5 + 2.6)


def test_an_old_date_on_a_new_entry_tells_that_the_feed_speaks_now() -> None:
    habit = learn_habit(Habit(), [entry(NOW - DAY * 900)], since=None, now=NOW)
    later = learn_habit(habit, [entry(NOW - DAY * 800)], since=NOW, now=NOW + HOUR)
    assert later.newest_entry_at_utc == NOW + HOUR


INSTANTS = st.integers(-(10**8), 10**8).map(lambda seconds: NOW + timedelta(seconds=seconds))


@given(st.lists(st.none() | INSTANTS, max_size=20), st.none() | INSTANTS)
def test_any_dates_give_a_habit_that_can_be_used(published: list[datetime | None], since: datetime | None) -> None:
    habit = learn_habit(Habit(), [entry(at) for at in published], since=since, now=NOW)
    assert len(habit.new_by_hour) == 24
    assert all(count >= 0 for count in habit.new_by_hour)
    assert 0 <= wait_for(habit, 0.5, now=NOW, limit_s=86_400) <= 86_400
    assert habit.newest_entry_at_utc is None or habit.newest_entry_at_utc <= NOW
    assert abs(expect_new(hourly_rates(habit), NOW, NOW + DAY) - sum(hourly_rates(habit))) < 1e-6
