"""The axis of days that charts over time share: days filled between those known, the range, and a reader's zoom."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final

import pandas as pd

from dashboard.charts.figure import scatter

HALF_LIFE_DAYS: Final = 7.0
"""Days in which a curve falls by half when nothing new happens: the default of the index formula."""

DECAYING: Final = ("tension", "deescalation", "net", "lower", "upper")


def fill_days(
    series: pd.DataFrame, *, until: date, since: date | None = None, half_life_days: float = HALF_LIFE_DAYS
) -> pd.DataFrame:
    """Gives one row a day from the first known day to `until`, decayed where nothing is known.

    Args:
        series: one row a known day: `on_date`, the columns of `DECAYING` in weight points, `is_thin`.
        until: the last day wanted, included.
        since: the first day wanted; days known before it only say what it begins with.
        half_life_days: how long a value takes to fall by half.

    Returns:
        Columns `on_date`, those of `DECAYING`, `is_thin`, `is_known` (False where the value is decay alone), ordered by
        day. No rows, same columns, for an empty series.
    """
    columns = ["on_date", *DECAYING, "is_thin", "is_known"]
    if series.empty:
        return pd.DataFrame(columns=columns)
    known = {pd.Timestamp(row["on_date"]).date(): row for row in series.to_dict("records")}
    factor = 0.5 ** (1.0 / half_life_days)
    day, last = min(known), max(until, max(known))
    values = dict.fromkeys(DECAYING, 0.0)
    rows: list[dict[str, Any]] = []
    while day <= last:
        row = known.get(day)
        values = {name: float(row[name]) if row else values[name] * factor for name in DECAYING}
        if since is None or day >= since:
            is_thin = bool(row and row["is_thin"])
            rows.append({"on_date": day, **values, "is_thin": is_thin, "is_known": row is not None})
        day += timedelta(days=1)
    return pd.DataFrame(rows, columns=columns)


def day_axis(zoom: tuple[date, date] | None) -> dict[str, Any]:
    """Gives the layout of an axis of days that shows the days of the zoom, both included; all where there is none.

    A range is set for a zoom alone: one that moves with the data would undo what a reader zooms to.
    """
    axis = {"type": "date", "showspikes": True, "spikethickness": 1, "spikedash": "dot"}
    if zoom is None:
        return axis
    midnight, half_a_day = time(), timedelta(hours=12)
    ends = datetime.combine(zoom[0], midnight) - half_a_day, datetime.combine(zoom[1], midnight) + half_a_day
    return {**axis, "range": [end.isoformat() for end in ends]}


def whole_range(since: date, until: date) -> Any:
    """Gives an unseen line that the axis spans: a range in the layout would undo a reader's zoom whenever it moves."""
    unseen: dict[str, Any] = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "showlegend": False}
    return scatter(x=[since, until], y=[0, 0], name="range", **unseen)
