"""The usual level behind the curves of a pair: a faint band from quartile to quartile with its median."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboard.charts import palette
from dashboard.charts.figure import scatter
from dashboard.translation import later, t
from dashboard.translation.written import decimal

# Of tension and of net only: a third band would hide what it is meant to be behind.
BANDS = (("tension", "y", palette.TENSION, "rgba(213, 94, 0, 0.14)"), ("net", "y3", palette.NEUTRAL, None))


USUAL = {
    "tension": (later("Usual tension"), later("usual tension: {median}, middle half {lower} to {upper}")),
    "net": (later("Usual net"), later("usual net: {median}, middle half {lower} to {upper}")),
}


def usual_traces(levels: Mapping[str, tuple[float, float, float]], since: date, until: date) -> list[Any]:
    """Gives the traces of a level's band and its median, under the curves.

    Args:
        levels: `tension` and `net` as lower quartile, median, upper quartile, weight points.
        since: the first day they are drawn over.
        until: the last.
    """
    traces = []
    for name, axis, colour, ground in BANDS:
        lower, median, upper = levels[name]
        told = t(
            USUAL[name][1],
            median=decimal(median),
            lower=decimal(lower),
            upper=decimal(upper),
        )
        traces.append(_band(name, axis, ground, [since, until, until, since], [lower, lower, upper, upper]))
        traces.append(
            scatter(
                x=[since, until],
                y=[median, median],
                yaxis=axis,
                mode="lines",
                line={"color": colour, "width": 1.5, "dash": "dot"},
                name=t(USUAL[name][0]),
                showlegend=name == "tension",
                hovertemplate=f"{told}<extra></extra>",
            )
        )
    return traces


def _band(name: str, axis: str, ground: str | None, x: list[date], y: list[float]) -> Any:
    return scatter(
        x=x,
        y=y,
        yaxis=axis,
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=ground or palette.neutral_seen_through(0.25),
        hoverinfo="skip",
        name=f"usual {name}, middle half of days",
        showlegend=False,
    )
