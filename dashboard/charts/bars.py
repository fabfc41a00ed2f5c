"""Bars of the first page: tension by dyad."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.charts import palette
from dashboard.charts.figure import Figure, bar, figure_of
from dashboard.charts.layout import LEGEND_ABOVE, layout_of
from dashboard.charts.plain_text import plain
from dashboard.translation import t


def tension_figure(dyads: pd.DataFrame) -> Figure:
    """Gives horizontal bars of tension, the highest on top; clicking a bar yields its `pair`.

    Args:
        dyads: one row a dyad: `label`, `pair`, `tension` and `deescalation` in weight points.
    """
    rows = dyads.sort_values("tension", kind="stable")
    shared: dict[str, Any] = {
        "orientation": "h",
        "y": [plain(str(label)) for label in rows["label"]],
        "customdata": list(rows["pair"]),
        "hovertemplate": "%{y}<br>%{x:.1f} " + t("weight points") + "<extra>%{fullData.name}</extra>",
    }
    return figure_of(
        [
            bar(
                **shared,
                x=list(rows["deescalation"]),
                name=t("De-escalation"),
                marker={"color": palette.DE_ESCALATION, "pattern": {"shape": "/", "fgopacity": 0.5}},
            ),
            bar(**shared, x=list(rows["tension"]), name=t("Tension"), marker={"color": palette.TENSION}),
        ],
        _layout(len(rows)),
    )


def _layout(row_count: int) -> dict[str, Any]:
    return layout_of(
        96 + 40 * max(row_count, 1),
        "tension",
        barmode="group",
        bargap=0.3,
        margin={"l": 8, "r": 8, "t": 8, "b": 48},
        legend={**LEGEND_ABOVE, "y": 1.0, "traceorder": "reversed"},
        xaxis={"title": {"text": t("weight points"), "font": {"size": 12}}, "rangemode": "tozero", "fixedrange": True},
        yaxis={"automargin": True, "fixedrange": True},
    )
