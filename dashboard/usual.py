"""What is usual between two sides: the middle of their days in the year before a range. Reads and draws nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pandas as pd

from dashboard.charts.days import HALF_LIFE_DAYS, fill_days

YEAR_DAYS: Final = 365
# A quarter of a year: what is usual is not told from a few weeks.
FEWEST_DAYS: Final = 90
LEVELS: Final = ("tension", "deescalation", "net")


@dataclass(frozen=True, slots=True)
class Level:
    """The median of some days and the ends of their middle half, weight points."""

    lower: float
    median: float
    upper: float


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual level of each of `LEVELS`, from so many days that end the day before `until`."""

    levels: dict[str, Level]
    day_count: int
    until: date


def usual_of(series: pd.DataFrame, *, until: date, half_life_days: float = HALF_LIFE_DAYS) -> Usual | int:
    """Gives what is usual; the number of days where fewer than `FEWEST_DAYS` are known of before `until`.

    Days without news count as they are drawn: decayed. Days before the first known one are not known of.

    Args:
        series: all days known before `until`, as `fill_days` takes them.
        until: the first day that does not count.
        half_life_days: see `fill_days`.
    """
    before = series[pd.to_datetime(series["on_date"]) < pd.Timestamp(until)]
    if before.empty:
        return 0
    first_known = pd.Timestamp(before["on_date"].min()).date()
    since = max(first_known, until - timedelta(days=YEAR_DAYS))
    days = fill_days(before, since=since, until=until - timedelta(days=1), half_life_days=half_life_days)
    if len(days) < FEWEST_DAYS:
        return len(days)
    levels = {}
    for name in LEVELS:
        lower, median, upper = (float(value) for value in days[name].quantile([0.25, 0.5, 0.75]))
        levels[name] = Level(lower, median, upper)
    return Usual(levels, len(days), until)
