"""Tension and de-escalation of one state towards everyone, by day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from dashboard.charts import palette
from dashboard.charts.days import fill_days
from dashboard.charts.layout import LEGEND_ABOVE, layout_of
from dashboard.charts.untyped import Figure, go
from dashboard.translation import later, t

HEIGHT_PX = 320
LOOKS = (
    ("tension", later("Tension"), palette.TENSION, "solid"),
    ("deescalation", later("De-escalation"), palette.DE_ESCALATION, "dash"),
)


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
    return go.Figure(
        data=[trace for look in LOOKS for trace in _curve(days, *look)],
        layout=layout_of(
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


def _curve(days: pd.DataFrame, column: str, name: str, colour: str, dash: str) -> list[Any]:
    known = days[days["is_known"].astype(bool)]
    thin = list(known["is_thin"].astype(bool))
    hover = "%{x|%-d %b %Y}<br>%{y:.1f} " + t("weight points") + "%{text}<extra>" + t(name) + "</extra>"
    return [
        go.Scatter(
            x=days["on_date"],
            y=days[column],
            name=t(name),
            mode="lines",
            line={"color": colour, "width": 2.5, "dash": dash},
            text=[""] * len(days),
            hovertemplate=hover,
        ),
        go.Scatter(
            x=known["on_date"],
            y=known[column],
            name=f"{name}, known days",
            mode="markers",
            showlegend=False,
            marker={"size": 6, "color": colour, "symbol": ["circle-open" if is_thin else "circle" for is_thin in thin]},
            text=["<br>" + t("few outlets speak of this day") if is_thin else "" for is_thin in thin],
            hovertemplate=hover,
        ),
    ]
