"""The net of several pairs over one axis of days, each line with its own colour, dash and name at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.charts import palette
from dashboard.charts.days import HALF_LIFE_DAYS, day_axis, fill_days, whole_range
from dashboard.charts.figure import Figure, figure_of, scatter
from dashboard.charts.layout import LEGEND_ABOVE, layout_of
from dashboard.charts.plain_text import plain
from dashboard.translation import t

HEIGHT_PX: Final = 360
LABEL_PX: Final = 16
CHARACTER_PX: Final = 8


@dataclass(frozen=True, slots=True)
class ComparedPair:
    """A pair as it is drawn: its days as `fill_days` takes them, its name, and the short one at the end of its line."""

    codes: tuple[str, str]
    name: str
    short_name: str
    series: pd.DataFrame


def compared_figure(
    pairs: Sequence[ComparedPair],
    *,
    since: date,
    until: date,
    half_life_days: float = HALF_LIFE_DAYS,
    zoom: tuple[date, date] | None = None,
    revision: str = "",
) -> Figure:
    """Gives the net of each pair; clicking a line yields its two codes with a space between.

    Args:
        pairs: at most as many as `palette.BESIDE` has looks; one of which nothing is known has no line.
        since: the day the axis begins with.
        until: the last day drawn.
        half_life_days: see `fill_days`.
        zoom: the days to show of the range, both included; None: all.
        revision: what must change for a reader's zoom to be forgotten.
    """
    last = zoom[1] if zoom else until
    traces, ends, heights = [whole_range(since, until)], [], [0.0]
    for pair, (colour, dash) in zip(pairs, palette.BESIDE, strict=False):
        days = fill_days(pair.series, since=since, until=until, half_life_days=half_life_days)
        if days.empty:
            continue
        traces.append(_line(days, pair, colour, dash))
        heights += [float(days["net"].min()), float(days["net"].max())]
        seen = days[[day <= last for day in days["on_date"]]]
        if not seen.empty:
            ends.append((float(seen["net"].iloc[-1]), pair.short_name, colour))
    layout = _layout(revision, zoom, room_px=CHARACTER_PX * max((len(name) for _, name, _ in ends), default=0))
    gap = (max(heights) - min(heights)) * LABEL_PX / HEIGHT_PX * 1.4
    layout["annotations"] = [_label(*end) for end in spread_out(ends, gap)]
    return figure_of(traces, layout)


def spread_out(ends: Sequence[tuple[float, str, str]], gap: float) -> list[tuple[float, str, str]]:
    """Gives labels (height, text, colour) from low to high, raised where two would be closer than the gap."""
    placed: list[tuple[float, str, str]] = []
    for height, text, colour in sorted(ends):
        lowest = placed[-1][0] + gap if placed else height
        placed.append((max(height, lowest), text, colour))
    return placed


def _line(days: pd.DataFrame, pair: ComparedPair, colour: str, dash: str) -> Any:
    return scatter(
        x=days["on_date"],
        y=days["net"],
        name=plain(pair.name),
        mode="lines",
        line={"color": colour, "width": 2.5, "dash": dash},
        customdata=[" ".join(pair.codes)] * len(days),
        hovertemplate="%{x|%-d %b %Y}<br>" + t("net {value}", value="%{y:+.1f}") + "<extra>%{fullData.name}</extra>",
    )


def _label(height: float, text: str, colour: str) -> dict[str, Any]:
    return {
        "text": plain(text),
        "xref": "paper",
        "x": 1,
        "xanchor": "left",
        "xshift": 6,
        "yref": "y",
        "y": height,
        "yanchor": "middle",
        "showarrow": False,
        "font": {"color": colour, "size": 12},
    }


def _layout(revision: str, zoom: tuple[date, date] | None, *, room_px: int) -> dict[str, Any]:
    return layout_of(
        HEIGHT_PX,
        revision,
        hovermode="closest",
        hoverlabel={"align": "left"},
        margin={"l": 8, "r": 12 + room_px, "t": 56, "b": 44},
        legend={**LEGEND_ABOVE, "y": 1.02, "traceorder": "normal"},
        showlegend=True,
        xaxis=day_axis(zoom),
        yaxis={"zeroline": True, "fixedrange": True, "automargin": True, "nticks": 6},
    )
