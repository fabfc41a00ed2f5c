"""What a feed's own past says of its future: how often something new comes, at which hours, and how long it is silent.

Learned from the dates of entries, so a first answer teaches at once what its items span, and from when we saw them
where they carry none. Older knowledge fades. Nothing here decides; `cadence` does. A refused option (November 2026):
days of the week; seven times as much to learn, and hours with a share spread evenly over the day lose little.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from warehouse.records import Entry, Feed

HALF_LIFE_DAYS = 7.0  # of what was learned; a newsroom that changes its hours is known anew within two weeks
GAP_HALF_LIFE_DAYS = 14.0  # long enough that one weekend's silence is remembered until the next
OBSERVED_LIMIT_DAYS = 28.0  # items of a first answer that are older say nothing of today's rhythm
# What is believed of a feed before it has shown anything: one entry in half an hour, given up within the first day.
PRIOR_NEW, PRIOR_DAYS = 4.8, 0.1
EVEN_SHARE = 0.2  # of the rate that stays spread over all hours: news breaks at night too
PROFILE_TRUST = 5.0  # entries after which the hours are believed half
SILENCE_TOLERANCE = 3.0  # expected entries that may fail to come before the rate itself is doubted
STALE_FACTOR = 2.0
STALE_FLOOR = timedelta(days=1)  # nobody is called stale for one quiet night
STALE_UNKNOWN = timedelta(days=14)  # silence allowed where no gap was ever seen
DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Habit:
    """What is known of a feed's rhythm; the fields are those of `feeds` of the same name."""

    new_by_hour: tuple[float, ...] = ()
    observed_days: float = 0.0
    longest_gap_s: float | None = None
    newest_entry_at_utc: datetime | None = None


def habit_of(feed: Feed) -> Habit:
    """What is known of this feed so far."""
    return Habit(feed.new_by_hour, feed.observed_days or 0.0, feed.longest_gap_s, feed.newest_entry_at_utc)


def learn_habit(habit: Habit, new: Sequence[Entry], *, since: datetime | None, now: datetime) -> Habit:
    """The habit after an answer that brought these new entries.

    Args:
        since: the answer before this one; None for a first answer, whose items are taken as a sample of the past.
        now: of this answer.
    """
    dated = sorted(
        entry.published_at_utc
        for entry in new
        if entry.published_at_utc is not None and entry.published_source == "feed" and entry.published_at_utc <= now
    )
    if since is None:
        counts, observed_days = _sample(dated, now)
        is_undated = len(dated) < len(new)
        longest_gap_s = 0.0
    else:
        elapsed_days = max(0.0, (now - since).total_seconds() / DAY_S)
        fading = 0.5 ** (elapsed_days / HALF_LIFE_DAYS)
        observed_days = habit.observed_days * fading + (1 - fading) * HALF_LIFE_DAYS / math.log(2)
        counts = [count * fading for count in habit.new_by_hour or [0.0] * 24]
        # An old date on a new entry tells that the feed speaks now, not when it spoke.
        dated = [instant for instant in dated if instant > since - timedelta(days=1)]
        is_undated = len(dated) < len(new)
        for instant in dated:
            counts[instant.hour] += 1.0
        _spread(counts, len(new) - len(dated), since, now)
        longest_gap_s = (habit.longest_gap_s or 0.0) * 0.5 ** (elapsed_days / GAP_HALF_LIFE_DAYS)
    known = [habit.newest_entry_at_utc] if habit.newest_entry_at_utc else []
    instants = sorted([*known, *dated, *([now] if is_undated else [])])
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(instants)]
    return Habit(
        new_by_hour=tuple(round(count, 4) for count in counts),
        observed_days=round(observed_days, 5),
        longest_gap_s=round(max([longest_gap_s, *gaps]), 1) or None,
        newest_entry_at_utc=max(instants, default=None),
    )


def _sample(dated: Sequence[datetime], now: datetime) -> tuple[list[float], float]:
    """Faded counts by hour, and the faded days they stand for, of the items of a first answer."""
    counts = [0.0] * 24
    recent = [instant for instant in dated if now - instant <= timedelta(days=OBSERVED_LIMIT_DAYS)]
    for instant in recent:
        counts[instant.hour] += 0.5 ** ((now - instant).total_seconds() / DAY_S / HALF_LIFE_DAYS)
    if not dated:
        return counts, 0.0
    is_whole = len(recent) < len(dated)  # what is shown reaches back further than we look
    span_days = OBSERVED_LIMIT_DAYS if is_whole else (now - recent[0]).total_seconds() / DAY_S
    return counts, (1 - 0.5 ** (span_days / HALF_LIFE_DAYS)) * HALF_LIFE_DAYS / math.log(2)


def _spread(counts: list[float], number: int, since: datetime, now: datetime) -> None:
    """Adds entries that came at some time since the last answer, evenly over its hours (the last day's, at most)."""
    hours = max(1, min(24, math.ceil((now - since).total_seconds() / 3600)))
    for back in range(hours if number else 0):
        counts[(now.hour - back) % 24] += number / hours


def hourly_rates(habit: Habit) -> list[float]:
    """New entries an hour to be expected in each UTC hour of the day."""
    seen = sum(habit.new_by_hour)
    believed = PRIOR_NEW * PRIOR_DAYS / (habit.observed_days + PRIOR_DAYS)
    per_day = (seen + believed) / (habit.observed_days + PRIOR_DAYS)
    trust = (1 - EVEN_SHARE) * seen / (seen + PROFILE_TRUST)
    if not trust:
        return [per_day / 24] * 24
    by_hour = habit.new_by_hour
    smooth = [(by_hour[hour - 1] + 2 * by_hour[hour] + by_hour[(hour + 1) % 24]) / 4 for hour in range(24)]
    return [per_day * ((1 - trust) / 24 + trust * share / seen) for share in smooth]


def expect_new(rates: Sequence[float], start: datetime, end: datetime) -> float:
    """New entries to be expected from `start` to `end`, 0 where it lies before."""
    seconds = max(0.0, (end - start).total_seconds())
    days, rest_s = divmod(seconds, DAY_S)
    expected = days * sum(rates)
    hour, step_s = start.hour, _rest_of_hour(start)
    while rest_s > 0:
        step_s = min(rest_s, step_s)
        expected += rates[hour] * step_s / 3600
        hour, rest_s, step_s = (hour + 1) % 24, rest_s - step_s, 3600.0
    return expected


def _rest_of_hour(at: datetime) -> float:
    return 3600.0 - (at.minute * 60 + at.second + at.microsecond / 1e6)


def wait_for(habit: Habit, wanted: float, *, now: datetime, limit_s: float) -> float:
    """Seconds until `wanted` new entries are to be expected, `limit_s` at most.

    A feed that stays silent beyond what its rate allows is believed less and less, so the wait grows with the silence.
    """
    rates = hourly_rates(habit)
    if habit.newest_entry_at_utc is not None:
        missed = expect_new(rates, habit.newest_entry_at_utc, now)
        if missed > SILENCE_TOLERANCE:
            rates = [rate * SILENCE_TOLERANCE / missed for rate in rates]
    wait_s, expected = 0.0, 0.0
    hour, step_s = now.hour, _rest_of_hour(now)
    while wait_s < limit_s:
        coming = rates[hour] * step_s / 3600
        if expected + coming >= wanted:
            return min(limit_s, wait_s + step_s * (wanted - expected) / coming)
        wait_s, expected = wait_s + step_s, expected + coming
        hour, step_s = (hour + 1) % 24, 3600.0
    return limit_s


def stale_after(habit: Habit) -> datetime | None:
    """When the feed's silence goes beyond its own habit; None for a feed that never showed an entry."""
    if habit.newest_entry_at_utc is None:
        return None
    if not habit.longest_gap_s:
        return habit.newest_entry_at_utc + STALE_UNKNOWN
    return habit.newest_entry_at_utc + max(STALE_FLOOR, timedelta(seconds=STALE_FACTOR * habit.longest_gap_s))


def with_habit(feed: Feed, habit: Habit) -> Feed:
    """The feed with what was learned of it."""
    return replace(
        feed,
        new_by_hour=habit.new_by_hour,
        observed_days=habit.observed_days,
        longest_gap_s=habit.longest_gap_s,
        newest_entry_at_utc=habit.newest_entry_at_utc,
        # The demo's newsroom tells of the year 2024 on purpose.
        stale_after_utc=None if feed.origin == "demo" else stale_after(habit),
    )
