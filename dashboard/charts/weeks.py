"""A share by week, one line a language, with a dotted rule where another version of the coder began to read."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from dashboard.charts import palette
from dashboard.charts.days import day_axis
from dashboard.charts.figure import Figure, figure_of, scatter
from dashboard.charts.layout import LEGEND_ABOVE, layout_of
from dashboard.charts.plain_text import plain
from dashboard.translation import t

HEIGHT_PX: Final = 300
LINES: Final = len(palette.BESIDE)


def weeks_figure(shares: pd.DataFrame, names: dict[str, str], versions: dict[Any, str]) -> Figure:
    """Gives the share of each language week by week.

    Args:
        shares: rows of language, week_on (Monday) and share (0-1, NaN where too few articles stand behind it).
        names: language to what its line is called, in the order of their looks; at most `LINES` of them.
        versions: first day of a week to the version of the coder that began to read in it.
    """
    traces = []
    for (language, name), (colour, dash) in zip(names.items(), palette.BESIDE, strict=False):
        own = shares[shares["language"] == language].sort_values("week_on")
        traces.append(
            scatter(
                x=own["week_on"],
                y=(100 * own["share"]).round(1),
                name=plain(name),
                mode="lines+markers",
                connectgaps=False,
                line={"color": colour, "width": 2.5, "dash": dash},
                marker={"color": colour, "size": 6},
                hovertemplate="%{x|%-d %b %Y}<br>%{y:.0f} %<extra>%{fullData.name}</extra>",
            )
        )
    layout = layout_of(
        HEIGHT_PX,
        "weeks",
        hovermode="closest",
        margin={"l": 8, "r": 12, "t": 56, "b": 40},
        legend={**LEGEND_ABOVE, "y": 1.02, "traceorder": "normal"},
        showlegend=True,
        xaxis=day_axis(None),
        yaxis={"range": [0, 100], "ticksuffix": " %", "fixedrange": True, "automargin": True, "nticks": 6},
    )
    layout["shapes"] = [_rule(day) for day in versions]
    layout["annotations"] = [_told(day, version) for day, version in versions.items()]
    return figure_of(traces, layout)


def _rule(day: Any) -> dict[str, Any]:
    line = {"color": palette.NEUTRAL, "width": 1, "dash": "dot"}
    return {"type": "line", "xref": "x", "yref": "paper", "x0": day, "x1": day, "y0": 0, "y1": 1, "line": line}


def _told(day: Any, version: str) -> dict[str, Any]:
    place = {"xref": "x", "x": day, "xanchor": "left", "yref": "paper", "y": 1, "yanchor": "top", "showarrow": False}
    return {
        "text": plain(t("coder {version}", version=version)),
        "font": {"color": palette.NEUTRAL, "size": 11},
        **place,
    }
