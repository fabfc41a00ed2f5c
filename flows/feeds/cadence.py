"""Decides when a feed is asked again: a learned interval where it speaks, a growing pause where it fails.

Pure decisions: feed, outcome, clock and random source come in, a frozen answer with its reason goes out. A refused
option (November 2026): predicting the next entry from the hours of past ones; outlets change their hours with the news,
and halving and stretching follows within a few polls.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.feeds.fetch import Failed, Fetched, Outcome
from warehouse.records import FailureClass, Feed

FLOOR_S = 120
CEILING_S = 24 * 3600
INITIAL_S = 900
JITTER_SHARE = 0.1  # so that feeds that once met do not meet for ever
QUIET_FACTOR = 1.3  # nothing new: ask a little later
BUSY_FACTOR = 0.75  # something new: ask sooner
FLOOD_FACTOR = 0.5  # so much new that entries may already be falling off the end
FLOOD_COUNT = 10
TTL_LIMIT_S = 1800  # a publisher's ttl is a wish; software defaults of an hour and more are not honoured in full
RETRY_AFTER_LIMIT_S = 7 * 24 * 3600
# First pause and longest pause by class of failure, in seconds; each further failure doubles.
BACKOFF_S = {
    FailureClass.TEMPORARY: (180, 2 * 3600),
    FailureClass.SOFT: (900, 12 * 3600),
    FailureClass.HARD: (6 * 3600, CEILING_S),
}
PAUSE_AFTER_HARD_COUNT = 12  # hard failures in a row, about ten days
SPREAD_S = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPoll:
    """When to ask again and why. `poll_interval_s` is what was learned, without jitter; `status` as in `feeds`."""

    next_poll_at_utc: datetime
    poll_interval_s: int
    reason: str
    status: str
    failure_count: int


def decide_next_poll(
    feed: Feed,
    outcome: Outcome,
    *,
    new_count: int,
    now: datetime,
    rng: random.Random,
    ttl_s: int | None = None,
    floor_s: int = FLOOR_S,
    ceiling_s: int = CEILING_S,
) -> NextPoll:
    """The next poll of a feed after one outcome.

    Args:
        feed: its `poll_interval_s` is what was learned so far, `failure_count` the failures in a row before this one.
        outcome: of `fetch_feed`; a body that is no feed counts as `Failed` of class hard.
        new_count: entries not seen before.
        now: when the poll ended.
        rng: for jitter of up to a tenth, earlier or later.
        ttl_s: what the feed says of itself; lifts the interval, but by no more than half an hour.
        floor_s: never sooner than this.
        ceiling_s: never later than this, unless Retry-After asks for it.
    """
    learned = min(max(feed.poll_interval_s or INITIAL_S, floor_s), ceiling_s)
    if isinstance(outcome, Failed):
        return _after_failure(feed, outcome, learned, now, rng, floor_s, ceiling_s)
    factor, reason = _factor_of(outcome, new_count)
    interval = learned * factor if feed.poll_interval_s or new_count else learned
    if ttl_s:
        interval = max(interval, min(ttl_s, TTL_LIMIT_S))
    interval_s = round(min(max(interval, floor_s), ceiling_s))
    wait_s = max(floor_s, min(ceiling_s, _jittered(interval_s, rng)))
    return NextPoll(
        next_poll_at_utc=now + timedelta(seconds=wait_s),
        poll_interval_s=interval_s,
        reason=reason,
        status=feed.status,
        failure_count=0,
    )


def _factor_of(outcome: Outcome, new_count: int) -> tuple[float, str]:
    if not isinstance(outcome, Fetched) or new_count == 0:
        return QUIET_FACTOR, "nothing new: asked later"
    if new_count >= FLOOD_COUNT:
        return FLOOD_FACTOR, f"{new_count} new entries at once: asked much sooner"
    return BUSY_FACTOR, f"{new_count} new entries: asked sooner"


def _after_failure(
    feed: Feed, failed: Failed, learned_s: int, now: datetime, rng: random.Random, floor_s: int, ceiling_s: int
) -> NextPoll:
    first_s, longest_s = BACKOFF_S[failed.failure_class]
    failure_count = feed.failure_count + 1
    pause = min(first_s * 2.0 ** min(feed.failure_count, 20), longest_s)
    wait_s = max(floor_s, min(ceiling_s, _jittered(pause, rng)))
    reason = f"{failed.failure_class.value} failure {failure_count} in a row"
    if failed.retry_after_s is not None:
        # Jitter only ever later: the server named the earliest moment.
        asked_s = min(failed.retry_after_s, RETRY_AFTER_LIMIT_S) * (1 + rng.random() * JITTER_SHARE)
        if asked_s > wait_s:
            wait_s, reason = asked_s, f"{reason}; the server asked to wait {failed.retry_after_s:.0f} s"
    is_hopeless = failed.failure_class is FailureClass.HARD and failure_count >= PAUSE_AFTER_HARD_COUNT
    return NextPoll(
        next_poll_at_utc=now + timedelta(seconds=wait_s),
        poll_interval_s=learned_s,
        reason=f"{reason}; paused until a person looks at it" if is_hopeless else reason,
        status="paused" if is_hopeless else feed.status,
        failure_count=failure_count,
    )


def _jittered(seconds: float, rng: random.Random) -> float:
    return seconds * (1 + (rng.random() * 2 - 1) * JITTER_SHARE)


def spread_first_polls(
    feeds: Iterable[Feed], *, now: datetime, rng: random.Random, over_s: int = SPREAD_S
) -> dict[str, datetime]:
    """A first poll time for each feed, evenly over `over_s` seconds, shuffled so that no outlet gets a burst."""
    feed_ids = [feed.feed_id for feed in feeds]
    rng.shuffle(feed_ids)
    step_s = over_s / max(1, len(feed_ids))
    return {feed_id: now + timedelta(seconds=place * step_s) for place, feed_id in enumerate(feed_ids)}
