"""Tension and de-escalation of one state towards everyone, by day."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.charts.days import fill_days
from dashboard.charts.figure import Figure, figure_of
from dashboard.charts.layout import LEGEND_ABOVE, layout_of
from dashboard.charts.levels import level_traces
from dashboard.translation import t

HEIGHT_PX = 320


def state_figure(series: pd.DataFrame, *, since: date, until: date, half_life_days: float, revision: str) -> Figure:
    """Gives the two curves of a state, a dot a known day, hollow where too few outlets speak.

    Args:
        series: as `days.fill_days` takes it.
        since: the first day drawn; days before it only say what it begins with.
        until: the last day drawn.
        half_life_days: see `days.fill_days`.
        revision: what must change for a reader's zoom to be forgotten.
    """
    days = fill_days(series, since=since, until=until, half_life_days=half_life_days)
    return figure_of(
        level_traces(days),
        layout_of(
            HEIGHT_PX,
            revision,
            hovermode="closest",
            margin={"l": 8, "r": 8, "t": 40, "b": 44},
            legend={**LEGEND_ABOVE, "y": 1.02},
            xaxis={"type": "date"},
            yaxis={
                "rangemode": "tozero",
                "fixedrange": True,
                "automargin": True,
                "title": {"text": t("weight points")},
            },
        ),
    )
