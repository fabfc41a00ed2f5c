"""How much of each day could be read, brought up to date with what polling left, and which days that changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flows.indices.coverage import OPEN_DAYS, USUAL_DAYS, compute_coverage
from warehouse import coverage
from warehouse.connect import Warehouse
from warehouse.records import DailyCoverage


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the indices are to be computed with, and what of it is new."""

    shares: Mapping[date, float]  # by day, 0-1; a day that is absent counts as wholly read
    changed: frozenset[date]  # days whose share is not what the indices were made with
    rows: list[DailyCoverage]  # of all days from `since` on
    since: date
    is_new: bool  # whether the rows differ from those kept


def find_coverage(wh: Warehouse, today: date) -> Coverage:
    """The coverage of every day, computed anew from the first that may have changed."""
    kept = coverage.read_daily_coverage(wh)
    # The last days are judged by failures, which come and go, until they are over.
    since = min([today, *(row.on_date for row in kept[-1:])]) - timedelta(days=OPEN_DAYS)
    uncounted = coverage.read_first_uncounted_day(wh)
    since = min(since, uncounted or since)
    rows = compute_coverage(
        coverage.read_families_read(wh, since - timedelta(days=USUAL_DAYS - 1)),
        coverage.read_families_failed(wh, today - timedelta(days=OPEN_DAYS - 1)),
        since=since,
        today=today,
    )
    before = {row.on_date: row.share for row in kept}
    after = {day: share for day, share in before.items() if day < since} | {row.on_date: row.share for row in rows}
    changed = {day for day in {*before, *after} if before.get(day, 1.0) != after.get(day, 1.0)}
    return Coverage(
        shares={day: share for day, share in after.items() if share < 1.0},
        changed=frozenset(changed),
        rows=rows,
        since=since,
        is_new=rows != [row for row in kept if row.on_date >= since],
    )
