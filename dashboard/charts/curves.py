"""The curves of a pair: tension and de-escalation, their events, and the net beside them.

Three lanes share one time axis: the two curves with their band, the events as markers that can be clicked, the net.
Source of the curves: `daily_dyads`, which has a row only for days that something is known of; between two rows the
exponentially decayed sums are drawn decaying, and those days carry no dot.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from textwrap import wrap
from typing import Any, Final

import pandas as pd

from dashboard.charts import palette
from dashboard.charts.days import HALF_LIFE_DAYS, day_axis, fill_days, whole_range
from dashboard.charts.figure import Figure, figure_of, scatter
from dashboard.charts.layout import LEGEND_ABOVE, layout_of
from dashboard.charts.levels import level_traces
from dashboard.charts.plain_text import plain
from dashboard.translation import t, type_word
from dashboard.translation.written import written_date

HEIGHT_PX: Final = 620


def pair_figure(
    series: pd.DataFrame,
    events: pd.DataFrame,
    *,
    since: date,
    until: date,
    selected_event_id: str | None = None,
    half_life_days: float = HALF_LIFE_DAYS,
    zoom: tuple[date, date] | None = None,
    behind: Sequence[Any] = (),
    before: Sequence[Any] = (),
    phases: Sequence[Any] = (),
    revision: str = "",
) -> Figure:
    """Gives the figure of a pair; clicking a marker yields its `customdata`, the event's id.

    Args:
        series: as `fill_days` takes it.
        events: one row an event: `event_id`, `starts_on`, `direction`, `type`, `headline`, `family_count`.
        since: the day the axis begins with, whatever is known of it.
        until: the last day drawn.
        selected_event_id: the event whose marker is ringed.
        half_life_days: see `fill_days`.
        zoom: the days to show of the range, both included; None: all.
        behind: traces that stand behind the curves (`usual_traces`).
        before: traces that stand before all else (`flag_traces`).
        phases: shapes that stand behind all (`phase_shapes`).
        revision: what must change for a reader's zoom to be forgotten (the pair and the range, not the data).
    """
    traces = [whole_range(since, until), *behind]
    days = fill_days(series, since=since, until=until, half_life_days=half_life_days)
    if not days.empty:
        traces += [*_band(days), *level_traces(days), *_net(days)]
    traces += [*_markers(events, selected_event_id), *before]
    return figure_of(traces, {**_layout(revision, zoom), "shapes": list(phases)})


def _layout(revision: str, zoom: tuple[date, date] | None) -> dict[str, Any]:
    lane = {"zeroline": True, "fixedrange": True, "automargin": True, "nticks": 5}
    return layout_of(
        HEIGHT_PX,
        revision,
        hovermode="closest",
        hoverlabel={"align": "left"},
        margin={"l": 8, "r": 8, "t": 56, "b": 44},  # the year stands under the first day
        legend={**LEGEND_ABOVE, "y": 1.02, "traceorder": "normal"},
        xaxis={**day_axis(zoom), "anchor": "y3"},
        yaxis={**lane, "domain": [0.50, 0.97], "rangemode": "tozero"},
        yaxis2={**lane, "domain": [0.25, 0.43], "showticklabels": False, "showgrid": False, "range": [-3.6, 3.6]},
        yaxis3={**lane, "domain": [0.0, 0.18], "nticks": 3},
        yaxis4={"overlaying": "y", "visible": False, "fixedrange": True, "range": [0, 1]},
        annotations=[
            _caption(t("Tension and de-escalation, weight points"), 0.97),
            _caption(t("Events: ▲ escalation, ▼ de-escalation; larger: more outlets"), 0.43),
            _caption(t("Net: de-escalation minus tension, with its 90 % band"), 0.18),
        ],
    )


def _caption(text: str, y: float) -> dict[str, Any]:
    return {
        "text": text,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": y,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12},
    }


def _band(days: pd.DataFrame) -> list[Any]:
    """The interval of the net, under its line."""
    shared: dict[str, Any] = {"x": days["on_date"], "yaxis": "y3", "mode": "lines", "line": {"width": 0}}
    quiet: dict[str, Any] = {"hoverinfo": "skip", "showlegend": False}
    return [
        scatter(**shared, **quiet, y=days["lower"], name="lower"),
        scatter(
            **shared,
            **quiet,
            y=days["upper"],
            name="upper",
            fill="tonexty",
            fillcolor=palette.neutral_seen_through(0.22),
        ),
    ]


def _net(days: pd.DataFrame) -> list[Any]:
    return [
        scatter(
            x=days["on_date"],
            y=days["net"],
            yaxis="y3",
            name=t("Net"),
            mode="lines",
            line={"color": palette.NEUTRAL, "width": 2},
            hovertemplate="%{x|%-d %b %Y}<br>" + t("net {value}", value="%{y:.1f}") + "<extra></extra>",
        )
    ]


def _markers(events: pd.DataFrame, selected_event_id: str | None) -> list[Any]:
    """One trace a direction; events of one day are stacked outward from the middle of their lane, closer if many."""
    traces = []
    for direction, outward in (("escalation", 1), ("de-escalation", -1), ("neutral", 0)):
        rows = events[events["direction"] == direction] if not events.empty else events
        if rows.empty:
            continue
        rows = rows.sort_values(["starts_on", "event_id"])
        places = rows.groupby("starts_on").cumcount().tolist()
        last_place = max(places)
        traces.append(
            scatter(
                x=rows["starts_on"],
                y=[_height(outward, place, last_place) for place in places],
                yaxis="y2",
                mode="markers",
                name=f"{direction} events",
                showlegend=False,
                customdata=list(rows["event_id"]),
                text=list(map(_hover, rows["type"], pd.to_datetime(rows["starts_on"]).dt.date, rows["headline"])),
                hovertemplate="%{text}<extra></extra>",
                marker={
                    "symbol": palette.SYMBOL_BY_DIRECTION[direction],
                    "color": palette.BY_DIRECTION[direction],
                    "opacity": 1,
                    "size": [marker_size_px(int(count)) for count in rows["family_count"]],
                    "line": _rims(rows["event_id"], selected_event_id, palette.BY_DIRECTION[direction]),
                },
            )
        )
    return traces


def _rims(event_ids: pd.Series[Any], selected_event_id: str | None, color: str) -> dict[str, Any]:
    """The rims of markers, of which only the selected one has one; none at all are drawn faster than each its own."""
    if selected_event_id is None:
        return {"width": 0}
    is_selected = [event_id == selected_event_id for event_id in event_ids]
    return {
        "width": [3 if chosen else 0 for chosen in is_selected],
        "color": [palette.SELECTED if chosen else color for chosen in is_selected],
    }


def _height(outward: int, place: int, last_place: int) -> float:
    """Where the event of this place (0 is the first of its day) stands in the lane from -3.6 to 3.6."""
    if outward == 0:  # around the middle, in turn above and below
        return (-1.0) ** place * ((place + 1) // 2) * min(0.4, 1.2 / max(last_place, 1))
    return outward * (0.8 + place * min(0.7, 2.5 / max(last_place, 1)))


def marker_size_px(family_count: int) -> float:
    """Gives a marker's width in pixels: its area grows with the number of independent outlet families, up to 25."""
    return 9.0 + 4.0 * math.sqrt(min(max(family_count, 1), 25) - 1)


def _hover(event_type: str, day: date, headline: Any) -> str:
    """The hover text; Plotly reads a few tags in it, so text from the web has its angle brackets replaced."""
    sentence = headline if isinstance(headline, str) else ""
    shortened = sentence if len(sentence) <= 160 else sentence[:159] + "…"
    safe = "<br>".join(plain(line) for line in wrap(shortened, 56))
    return f"<b>{plain(type_word(event_type))}</b> {written_date(day)}<br>{safe}"
