"""When outlets told of the events of one story."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.charts import palette
from dashboard.charts.figure import Figure, figure_of, scatter
from dashboard.charts.layout import LEGEND_ABOVE, layout_of
from dashboard.charts.plain_text import plain
from dashboard.translation import t, type_word

ROW_PX = 34


def story_figure(mentions: pd.DataFrame) -> Figure:
    """Gives one row an outlet, the first to tell on top, and one marker a mention.

    Args:
        mentions: one row a mention: `published_at` (the reader's clock; rows without it are left out), `outlet_name`,
            `direction`, `type`, `evidence_text`.
    """
    told = mentions.dropna(subset=["published_at"]).sort_values("published_at", kind="stable")
    outlets = list(dict.fromkeys(told["outlet_name"]))
    traces = []
    for direction, symbol in palette.SYMBOL_BY_DIRECTION.items():
        rows = told[told["direction"] == direction]
        if rows.empty:
            continue
        traces.append(
            scatter(
                x=list(rows["published_at"]),
                y=[plain(str(name)) for name in rows["outlet_name"]],
                mode="markers",
                name=t(direction),
                text=[_hover(row) for row in rows.to_dict("records")],
                hovertemplate="%{text}<extra></extra>",
                marker={"symbol": symbol, "color": palette.BY_DIRECTION[direction], "size": 11, "opacity": 0.85},
            )
        )
    return figure_of(traces, _layout([plain(str(name)) for name in outlets]))


def _layout(outlets: list[str]) -> dict[str, Any]:
    return layout_of(
        96 + ROW_PX * max(len(outlets), 1),
        "story",
        hovermode="closest",
        hoverlabel={"align": "left"},
        margin={"l": 8, "r": 8, "t": 28, "b": 44},
        legend={**LEGEND_ABOVE, "y": 1.0},
        showlegend=True,
        xaxis={"type": "date"},
        yaxis={"automargin": True, "fixedrange": True, "categoryorder": "array", "categoryarray": outlets[::-1]},
    )


def _hover(mention: dict[Any, Any]) -> str:
    sentence = str(mention["evidence_text"])
    shortened = sentence if len(sentence) <= 90 else sentence[:89] + "…"
    return f"<b>{plain(type_word(str(mention['type'])))}</b><br>{plain(shortened)}"
