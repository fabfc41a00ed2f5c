"""When a feed is asked again."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.feeds.cadence import CEILING_S, FLOOR_S, NextPoll, Shown, decide_next_poll, spread_first_polls
from flows.feeds.fetch import Failed, FailureClass, Fetched, Outcome, Unchanged
from flows.feeds.habits import Habit, habit_of
from tests.feeds.world import NOW, build_feed
from warehouse.records import Feed

FETCHED = Fetched(
    url="https://news.example/", body=b"", body_hash="", content_type=None, etag=None, last_modified=None,
    http_status=200, duration_s=0.1,
)  # fmt: skip
UNCHANGED = Unchanged(
    reason="not modified", etag=None, last_modified=None, body_hash=None, http_status=304, byte_count=0, duration_s=0.1
)
EVEN = tuple([1.0] * 24)


def speaking(per_day: float, **changes: object) -> Feed:
    """A feed known for a week that has just been asked, and spoke a moment ago, at all hours alike."""
    known: dict[str, object] = {
        "new_by_hour": tuple([per_day * 7 / 24] * 24),
        "observed_days": 7.0,
        "newest_entry_at_utc": NOW,
        "last_success_at_utc": NOW - timedelta(hours=1),
        "poll_interval_s": CEILING_S,
    }
    return replace(build_feed(), **{**known, **changes})  # type: ignore[arg-type]  # the test names real fields


def decide(feed: Feed, outcome: Outcome, new: int = 0, entries: int = 30, *, seed: int = 7) -> NextPoll:
    return decide_next_poll(
        feed,
        outcome,
        habit=habit_of(feed),
        shown=Shown(new_count=new, entry_count=entries),
        now=NOW,
        rng=random.Random(seed),
    )


def failed(failure_class: FailureClass, retry_after_s: float | None = None) -> Failed:
    return Failed(failure_class=failure_class, reason="x", retry_after_s=retry_after_s)


def wait_of(decision: NextPoll) -> float:
    return (decision.next_poll_at_utc - NOW).total_seconds()


@pytest.mark.parametrize(("per_day", "low_s", "high_s"), [(24, 1500, 1900), (96, 400, 480), (4, 8000, 11_000)])
def test_a_feed_is_asked_about_twice_an_entry(per_day: float, low_s: int, high_s: int) -> None:
    assert low_s <= decide(speaking(per_day), UNCHANGED).poll_interval_s <= high_s


def test_the_busiest_feed_is_asked_at_the_floor_and_the_rarest_at_the_ceiling() -> None:
    assert decide(speaking(2000), FETCHED, 20).poll_interval_s == FLOOR_S
    assert decide(speaking(0.1), UNCHANGED).poll_interval_s == CEILING_S


def test_a_feed_of_which_nothing_is_known_is_asked_after_a_quarter_of_an_hour() -> None:
    decision = decide(build_feed(), FETCHED, 0, 0)
    assert decision.poll_interval_s == 900
    assert "not known" in decision.reason


def test_an_interval_grows_only_so_fast() -> None:
    intervals = []
    feed = speaking(0.01, newest_entry_at_utc=NOW - timedelta(days=700), poll_interval_s=None)
    for _ in range(6):
        intervals.append(decide(feed, UNCHANGED).poll_interval_s)
        feed = replace(feed, poll_interval_s=intervals[-1])
    assert intervals == [2700, 8100, 24_300, 72_900, CEILING_S, CEILING_S]


def test_a_feed_that_speaks_in_the_morning_is_asked_more_often_then() -> None:
    hour = NOW.hour
    at_noon = tuple(70.0 if each in (hour, hour + 1) else 0.0 for each in range(24))
    at_midnight = at_noon[12:] + at_noon[:12]
    now, later = (decide(speaking(1, new_by_hour=hours), UNCHANGED) for hours in (at_noon, at_midnight))
    assert now.poll_interval_s * 4 < later.poll_interval_s


def test_a_burst_is_followed_at_once() -> None:
    calm, burst = decide(speaking(24), FETCHED, 1), decide(speaking(24), FETCHED, 9)
    assert burst.poll_interval_s < calm.poll_interval_s / 2
    assert "9 at once" in burst.reason


def test_repeats_tell_whether_entries_may_be_missed() -> None:
    feed = speaking(24, last_success_at_utc=NOW - timedelta(minutes=30))
    mostly_new, all_new = decide(feed, FETCHED, 6, 10), decide(feed, FETCHED, 10, 10)
    assert mostly_new.poll_interval_s <= 900
    assert all_new.poll_interval_s <= 600
    assert "missed" in all_new.reason


def test_a_feed_that_fell_silent_is_asked_ever_more_rarely() -> None:
    intervals = [
        decide(speaking(24, newest_entry_at_utc=NOW - timedelta(days=days)), UNCHANGED).poll_interval_s
        for days in (0, 1, 4, 30)
    ]
    assert intervals == sorted(set(intervals))
    assert intervals[-1] == CEILING_S


def test_a_publishers_interval_is_honoured_up_to_half_an_hour() -> None:
    feed = speaking(200)
    assert decide(replace(feed, hint_interval_s=600), FETCHED, 3).poll_interval_s == 600
    assert decide(replace(feed, hint_interval_s=86_400), FETCHED, 3).poll_interval_s == 1800
    fresh = decide(feed, replace(UNCHANGED, fresh_for_s=700.0))
    assert fresh.poll_interval_s == 700
    assert "publisher" in fresh.reason


@given(st.integers(0, 10**6))
def test_a_copy_that_is_still_fresh_is_not_asked_for(seed: int) -> None:
    assert wait_of(decide(speaking(500), replace(FETCHED, fresh_for_s=900.0), 2, seed=seed)) >= 900


def test_hours_and_days_to_skip_are_skipped_unless_the_feed_speaks_in_them() -> None:
    hours = tuple((NOW.hour + step) % 24 for step in range(5))
    quiet = tuple(0.0 if hour in hours else 10.0 for hour in range(24))
    feed = speaking(24, new_by_hour=quiet, skip_hours=hours)
    assert decide(feed, UNCHANGED).next_poll_at_utc.hour == (NOW.hour + 5) % 24
    assert decide(replace(feed, new_by_hour=EVEN), UNCHANGED).next_poll_at_utc < NOW + timedelta(hours=4)
    tomorrow = decide(replace(feed, skip_hours=(), skip_weekdays=(NOW.weekday(),)), UNCHANGED)
    assert tomorrow.next_poll_at_utc.weekday() == (NOW.weekday() + 1) % 7
    never = decide(replace(feed, skip_hours=(), skip_weekdays=tuple(range(7))), UNCHANGED)
    assert wait_of(never) <= CEILING_S


@pytest.mark.parametrize(
    ("failure_class", "low", "high"), [("temporary", 120, 200), ("soft", 800, 1000), ("hard", 19_000, 24_000)]
)
def test_the_first_pause_depends_on_the_class(failure_class: str, low: int, high: int) -> None:
    decision = decide(build_feed(), failed(FailureClass(failure_class)))
    assert low <= wait_of(decision) <= high
    assert (decision.failure_count, decision.status) == (1, "active")


def test_pauses_grow_with_each_failure_and_end_with_success() -> None:
    waits = [wait_of(decide(build_feed(failure_count=n), failed(FailureClass.SOFT))) for n in range(5)]
    assert waits == sorted(waits)
    assert waits[4] > 10 * waits[0]
    assert decide(build_feed(failure_count=5), UNCHANGED).failure_count == 0


def test_what_fails_for_a_week_is_asked_once_a_day() -> None:
    feed = build_feed(failure_count=90, failing_since_utc=NOW - timedelta(days=8))
    assert wait_of(decide(feed, failed(FailureClass.TEMPORARY))) > 0.8 * CEILING_S


@pytest.mark.parametrize("failure_class", list(FailureClass))
def test_retry_after_is_honoured(failure_class: FailureClass) -> None:
    assert wait_of(decide(build_feed(), failed(failure_class, 2 * 86_400))) >= 2 * 86_400
    assert wait_of(decide(build_feed(), failed(failure_class, 1e9))) <= 8 * 86_400


def test_a_hopeless_feed_is_paused_and_says_so() -> None:
    decision = decide(build_feed(failure_count=11), failed(FailureClass.HARD))
    assert decision.status == "paused"
    assert "paused" in decision.reason
    assert decide(build_feed(failure_count=500), failed(FailureClass.TEMPORARY)).status == "active"


HABITS = st.builds(
    Habit,
    st.just(()) | st.lists(st.floats(0, 1e4), min_size=24, max_size=24).map(tuple),
    st.floats(0, 11),
    st.none() | st.floats(1, 1e8),
    st.none() | st.integers(0, 10**8).map(lambda seconds: NOW - timedelta(seconds=seconds)),
)


@given(
    HABITS,
    st.integers(0, 10_000),
    st.integers(0, 200),
    st.none() | st.integers(0, 10**7).map(lambda seconds: NOW - timedelta(seconds=seconds)),
    st.sets(st.integers(0, 23)),
    st.integers(0, 10**6),
    st.sampled_from([FETCHED, UNCHANGED, failed(FailureClass.SOFT), replace(UNCHANGED, fresh_for_s=1e6)]),
)
def test_the_wait_stays_between_floor_and_ceiling(
    habit: Habit, failures: int, new: int, since: datetime | None, skipped: set[int], seed: int, outcome: Outcome
) -> None:
    feed = build_feed(
        failure_count=failures, last_success_at_utc=since, skip_hours=tuple(sorted(skipped)), hint_interval_s=seed
    )
    decision = decide_next_poll(
        feed, outcome, habit=habit, shown=Shown(new_count=new, entry_count=200), now=NOW, rng=random.Random(seed)
    )
    assert FLOOR_S <= decision.poll_interval_s <= CEILING_S
    assert FLOOR_S <= wait_of(decision) <= CEILING_S
    assert decision.reason


def test_a_thousand_new_feeds_are_spread_evenly() -> None:
    feeds = [build_feed(feed_id=f"f{n}") for n in range(1000)]
    times = sorted(spread_first_polls(feeds, now=NOW, rng=random.Random(1)).values())
    assert (times[0], len(times)) == (NOW, 1000)
    per_minute = [
        sum(1 for each in times if NOW + timedelta(minutes=m) <= each < NOW + timedelta(minutes=m + 1))
        for m in range(16)
    ]
    assert max(per_minute) == 60
    assert spread_first_polls([], now=NOW, rng=random.Random(1)) == {}
