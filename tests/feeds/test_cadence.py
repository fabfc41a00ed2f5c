"""When a feed is asked again."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.feeds.cadence import CEILING_S, FLOOR_S, NextPoll, decide_next_poll, spread_first_polls
from flows.feeds.fetch import Failed, FailureClass, Fetched, Outcome, Unchanged
from tests.feeds.world import NOW, build_feed
from warehouse.records import Feed

FETCHED = Fetched(
    url="https://news.example/", body=b"", body_hash="", content_type=None, etag=None, last_modified=None,
    http_status=200, duration_s=0.1,
)  # fmt: skip
UNCHANGED = Unchanged(
    reason="not modified", etag=None, last_modified=None, body_hash=None, http_status=304, byte_count=0, duration_s=0.1
)


def decide(feed: Feed, outcome: Fetched | Unchanged | Failed, new_count: int = 0, ttl_s: int | None = None) -> NextPoll:
    return decide_next_poll(feed, outcome, new_count=new_count, now=NOW, rng=random.Random(7), ttl_s=ttl_s)


def failed(failure_class: FailureClass, retry_after_s: float | None = None) -> Failed:
    return Failed(failure_class=failure_class, reason="x", retry_after_s=retry_after_s)


def wait_of(decision: NextPoll) -> float:
    return (decision.next_poll_at_utc - NOW).total_seconds()


def test_a_busy_feed_is_asked_sooner_and_a_quiet_one_later() -> None:
    feed = build_feed(poll_interval_s=1000)
    assert decide(feed, FETCHED, 12).poll_interval_s == 500
    assert decide(feed, FETCHED, 2).poll_interval_s == 750
    assert decide(feed, FETCHED, 0).poll_interval_s == 1300
    assert decide(feed, UNCHANGED).poll_interval_s == 1300


def test_a_busy_feed_reaches_the_floor_and_a_dead_one_the_ceiling() -> None:
    busy = silent = build_feed()
    for _ in range(40):
        busy = build_feed(poll_interval_s=decide(busy, FETCHED, 3).poll_interval_s)
        silent = build_feed(poll_interval_s=decide(silent, UNCHANGED).poll_interval_s)
    assert (busy.poll_interval_s, silent.poll_interval_s) == (FLOOR_S, CEILING_S)


def test_a_ttl_lifts_the_interval_but_not_for_ever() -> None:
    feed = build_feed(poll_interval_s=200)
    assert decide(feed, FETCHED, 3, ttl_s=600).poll_interval_s == 600
    assert decide(feed, FETCHED, 3, ttl_s=86_400).poll_interval_s == 1800


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


@pytest.mark.parametrize("failure_class", list(FailureClass))
def test_retry_after_is_honoured(failure_class: FailureClass) -> None:
    assert wait_of(decide(build_feed(), failed(failure_class, 2 * 86_400))) >= 2 * 86_400
    assert wait_of(decide(build_feed(), failed(failure_class, 1e9))) <= 8 * 86_400


def test_a_hopeless_feed_is_paused_and_says_so() -> None:
    decision = decide(build_feed(failure_count=11), failed(FailureClass.HARD))
    assert decision.status == "paused"
    assert "paused" in decision.reason
    assert decide(build_feed(failure_count=500), failed(FailureClass.TEMPORARY)).status == "active"


@given(
    st.integers(0, 10**7),
    st.integers(0, 10_000),
    st.integers(0, 200),
    st.integers(0, 10**6),
    st.sampled_from(["ok", "no", "bad"]),
)
def test_the_interval_stays_between_floor_and_ceiling(
    interval: int, failures: int, new: int, seed: int, kind: str
) -> None:
    feed = build_feed(poll_interval_s=interval, failure_count=failures)
    outcomes: dict[str, Outcome] = {"ok": FETCHED, "no": UNCHANGED, "bad": failed(FailureClass.SOFT)}
    decision = decide_next_poll(feed, outcomes[kind], new_count=new, now=NOW, rng=random.Random(seed))
    assert FLOOR_S <= decision.poll_interval_s <= CEILING_S
    assert FLOOR_S <= wait_of(decision) <= CEILING_S


def test_a_thousand_new_feeds_are_spread_evenly() -> None:
    feeds = [build_feed(feed_id=f"f{n}") for n in range(1000)]
    times = sorted(spread_first_polls(feeds, now=NOW, rng=random.Random(1)).values())
    assert (times[0], len(times)) == (NOW, 1000)
    per_minute = [
        sum(1 for each in times if NOW + timedelta(minutes=m) <= each < NOW + timedelta(minutes=m + 1))
        for m in range(15)
    ]
    assert max(per_minute) - min(per_minute) <= 1
    assert spread_first_polls([], now=NOW, rng=random.Random(1)) == {}
