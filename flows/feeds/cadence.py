"""Decides when a feed is asked again: by its own habit where it speaks, after a growing pause where it fails.

Pure decisions: feed, outcome, what came, clock and random source come in, a frozen answer with its reason goes out.
Between a floor and a ceiling a feed is asked when half an entry is to be expected (`habits`), sooner while news come
thick, later while it stays silent. Publishers' wishes are honoured as far as they are meant: half an hour of what they
ask for at most, since many are the defaults of software; hours and days to skip unless the feed itself speaks in them.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.feeds.fetch import Failed, Outcome
from flows.feeds.habits import Habit, hourly_rates, wait_for
from warehouse.records import FailureClass, Feed

FLOOR_S = 120
CEILING_S = 24 * 3600
INITIAL_S = 900
JITTER_SHARE = 0.1  # so that feeds that once met do not meet for ever
# Two polls an entry: asked so, a feed's news is known after half its usual gap, and most polls cost a 304.
WANTED_NEW = 0.5
# Dates may be wrong, and a feed may wake: an interval grows to its threefold at most from one poll to the next.
GROWTH_LIMIT = 3
HINT_LIMIT_S = 1800  # a publisher's interval is a wish; software defaults of an hour and more are not honoured in full
SKIP_SPREAD_S = 600  # feeds that skip the same hours do not all wake at the same second
SPOKEN_SHARE = 0.05  # of a feed's entries that come in "skipped" hours before we stop believing them
RETRY_AFTER_LIMIT_S = 7 * 24 * 3600
# First pause and longest pause by class of failure, in seconds; each further failure doubles.
BACKOFF_S = {
    FailureClass.TEMPORARY: (180, 2 * 3600),
    FailureClass.SOFT: (900, 12 * 3600),
    FailureClass.HARD: (6 * 3600, CEILING_S),
}
LONG_FAILURE = timedelta(days=7)  # after it, whatever the class, once in a ceiling is enough
PAUSE_AFTER_HARD_COUNT = 12  # hard failures in a row, about ten days
SPREAD_LIMIT_S = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What an answer showed: entries not seen before, and all of them; both 0 where it was unchanged or failed."""

    new_count: int = 0
    entry_count: int = 0


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
    habit: Habit,
    shown: Shown,
    now: datetime,
    rng: random.Random,
    floor_s: int = FLOOR_S,
    ceiling_s: int = CEILING_S,
) -> NextPoll:
    """The next poll of a feed after one outcome.

    Args:
        feed: as it was before this poll, but for `hint_interval_s`, `skip_hours` and `skip_weekdays`, which are what
            the publisher says now.
        outcome: of `fetch_feed`; a body that is no feed counts as `Failed` of class hard.
        habit: with this answer learned already.
        shown: what the answer showed.
        now: when the poll ended.
        rng: for jitter of up to a tenth, earlier or later.
        floor_s: never sooner than this.
        ceiling_s: never later than this, unless Retry-After asks for it.
    """
    if isinstance(outcome, Failed):
        return _after_failure(feed, outcome, now, rng, floor_s, ceiling_s)
    interval, reason = _interval_of(feed, habit, shown, now, ceiling_s)
    wished_s = min(max(feed.hint_interval_s or 0, outcome.fresh_for_s or 0), HINT_LIMIT_S)
    if wished_s > interval:
        interval, reason = wished_s, f"{reason}; its publisher asks for {_written(wished_s)} between polls"
    interval_s = round(min(max(interval, floor_s), ceiling_s))
    # Jitter only ever later than the publisher's wish: sooner would bring the same copy again.
    wait_s = max(floor_s, min(ceiling_s, max(_jittered(interval_s, rng), wished_s)))
    skipped_s = _skipped(feed, habit, now + timedelta(seconds=wait_s))
    if skipped_s:
        wait_s = max(wait_s, min(ceiling_s, wait_s + skipped_s + rng.random() * SKIP_SPREAD_S))
        reason += "; its publisher asks for a pause until then"
    return NextPoll(
        next_poll_at_utc=now + timedelta(seconds=wait_s),
        poll_interval_s=interval_s,
        reason=reason,
        status=feed.status,
        failure_count=0,
    )


def _interval_of(feed: Feed, habit: Habit, shown: Shown, now: datetime, ceiling_s: int) -> tuple[float, str]:
    """Seconds to wait by the feed's habit and by what has just come, and why."""
    limit_s = min(ceiling_s, GROWTH_LIMIT * (feed.poll_interval_s or INITIAL_S))
    interval = wait_for(habit, WANTED_NEW, now=now, limit_s=limit_s)
    per_day = sum(hourly_rates(habit))
    reason = f"about {per_day:.3g} new entries a day" if habit.observed_days else "its habit is not known yet"
    if feed.last_success_at_utc is None or not shown.new_count:
        return interval, reason
    elapsed_s = max(1.0, (now - feed.last_success_at_utc).total_seconds())
    usual, present = WANTED_NEW / interval, shown.new_count / elapsed_s
    if present > 2 * usual:
        # Between what is usual and what one poll says: a burst is followed at once, and forgotten as fast.
        interval, reason = (
            WANTED_NEW / (usual * present) ** 0.5,
            f"{reason}; {shown.new_count} at once, more than usual",
        )
    if shown.new_count == shown.entry_count > 1:
        return min(interval, elapsed_s / 3), "nothing it shows was known, so some may have been missed: asked sooner"
    if 2 * shown.new_count > shown.entry_count > 4:
        return min(interval, elapsed_s / 2), "more than half of what it shows was new: asked sooner, to miss none"
    return interval, reason


def _skipped(feed: Feed, habit: Habit, at: datetime) -> float:
    """Seconds from `at` to the first hour that the publisher does not ask to skip; 0 where there is nothing to skip."""
    hours, weekdays = set(feed.skip_hours), set(feed.skip_weekdays)
    spoken = sum(habit.new_by_hour)
    if habit.new_by_hour and spoken and sum(habit.new_by_hour[hour % 24] for hour in hours) > SPOKEN_SHARE * spoken:
        hours = set()
    end = at
    for _ in range(7 * 24):
        if end.hour not in hours and end.weekday() not in weekdays:
            return (end - at).total_seconds()
        end = end.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return 0.0


def _after_failure(
    feed: Feed, failed: Failed, now: datetime, rng: random.Random, floor_s: int, ceiling_s: int
) -> NextPoll:
    first_s, longest_s = BACKOFF_S[failed.failure_class]
    failure_count = feed.failure_count + 1
    pause = min(first_s * 2.0 ** min(feed.failure_count, 20), longest_s)
    reason = f"{failed.failure_class.value} failure {failure_count} in a row"
    if feed.failing_since_utc is not None and now - feed.failing_since_utc > LONG_FAILURE:
        pause, reason = ceiling_s, f"{reason}, for more than a week"
    wait_s = max(floor_s, min(ceiling_s, _jittered(pause, rng)))
    if failed.retry_after_s is not None:
        # Jitter only ever later: the server named the earliest moment.
        asked_s = min(failed.retry_after_s, RETRY_AFTER_LIMIT_S) * (1 + rng.random() * JITTER_SHARE)
        if asked_s > wait_s:
            wait_s, reason = asked_s, f"{reason}; the server asked to wait {failed.retry_after_s:.0f} s"
    is_hopeless = failed.failure_class is FailureClass.HARD and failure_count >= PAUSE_AFTER_HARD_COUNT
    return NextPoll(
        next_poll_at_utc=now + timedelta(seconds=wait_s),
        poll_interval_s=min(max(feed.poll_interval_s or INITIAL_S, floor_s), ceiling_s),
        reason=f"{reason}; paused until a person looks at it" if is_hopeless else reason,
        status="paused" if is_hopeless else feed.status,
        failure_count=failure_count,
    )


def _jittered(seconds: float, rng: random.Random) -> float:
    return seconds * (1 + (rng.random() * 2 - 1) * JITTER_SHARE)


def _written(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} s"


def spread_first_polls(
    feeds: Iterable[Feed], *, now: datetime, rng: random.Random, over_s: int | None = None
) -> dict[str, datetime]:
    """A first poll time for each feed, shuffled so that no outlet gets a burst.

    Args:
        over_s: seconds to spread them over, evenly; None takes a second a feed, an hour at most.
    """
    feed_ids = [feed.feed_id for feed in feeds]
    rng.shuffle(feed_ids)
    span_s = min(len(feed_ids), SPREAD_LIMIT_S) if over_s is None else over_s
    step_s = span_s / max(1, len(feed_ids))
    return {feed_id: now + timedelta(seconds=place * step_s) for place, feed_id in enumerate(feed_ids)}
