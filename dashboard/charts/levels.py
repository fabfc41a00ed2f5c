"""Tension and de-escalation over days: their two curves, and a dot for each day that something is known of."""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.charts import palette
from dashboard.charts.figure import Trace, scatter
from dashboard.translation import later, t

LOOKS: Final = (
    ("tension", later("Tension"), palette.TENSION, "solid"),
    ("deescalation", later("De-escalation"), palette.DE_ESCALATION, "dash"),
)


def level_traces(days: pd.DataFrame) -> list[Trace]:
    """Gives the two curves, and over them dots on the known days, hollow and amber where too few outlets speak.

    Args:
        days: as `days.fill_days` gives them.
    """
    known = days[days["is_known"].astype(bool)]
    lines = [_line(days, column, name, colour, dash) for column, name, colour, dash in LOOKS]
    return lines + [_dots(known, column, name, colour) for column, name, colour, _ in LOOKS]


def _hover(name: str) -> str:
    return "%{x|%-d %b %Y}<br>%{y:.1f} " + t("weight points") + "%{text}<extra>" + t(name) + "</extra>"


def _line(days: pd.DataFrame, column: str, name: str, colour: str, dash: str) -> Trace:
    return scatter(
        x=days["on_date"],
        y=days[column],
        name=t(name),
        mode="lines",
        line={"color": colour, "width": 2.5, "dash": dash},
        text="",
        hovertemplate=_hover(name),
    )


def _dots(known: pd.DataFrame, column: str, name: str, colour: str) -> Trace:
    thin = list(known["is_thin"].astype(bool))
    return scatter(
        x=known["on_date"],
        y=known[column],
        name=f"{column}, known days",
        mode="markers",
        showlegend=False,
        marker={
            "size": [7 if is_thin else 6 for is_thin in thin],
            "color": [palette.THIN if is_thin else colour for is_thin in thin],
            "symbol": ["circle-open" if is_thin else "circle" for is_thin in thin],
            "line": {"width": [1.5 if is_thin else 0 for is_thin in thin]},
        },
        text=["<br>" + t("few outlets speak of this day") if is_thin else "" for is_thin in thin],
        hovertemplate=_hover(name),
    )
