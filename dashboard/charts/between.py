"""Two sides and those who act with both: a small network, the third sides in a column between the two."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dashboard.charts import palette
from dashboard.charts.figure import Figure, figure_of, scatter
from dashboard.charts.layout import LEGEND_ABOVE, layout_of
from dashboard.charts.plain_text import plain
from dashboard.translation import t, tn
from dashboard.translation.written import signed, whole_number

ROW_PX: Final = 56
WIDEST_PX: Final = 9.0
OUTWARD: Final = 0.16
"""How far the drawing reaches beyond the two, as a share of their distance."""

FAINT: Final = 0.05
"""Weight points that are nothing to readers: so little net is neutral."""

DASHES: Final = {"escalation": "solid", "de-escalation": "dash", "neutral": "dot"}
SIGNS: Final = {"escalation": "▲", "de-escalation": "▼", "neutral": "●"}


@dataclass(frozen=True, slots=True)
class Edge:
    """What a third side does with one of the two: net impact in weight points, de-escalation minus escalation."""

    side: int  # 0: the first of the two, 1: the second
    event_count: int
    net: float
    mediation_count: int = 0

    @property
    def direction(self) -> str:
        """Which way it pulls, all events together."""
        if abs(self.net) < FAINT:
            return "neutral"
        return "de-escalation" if self.net > 0 else "escalation"


@dataclass(frozen=True, slots=True)
class ThirdSide:
    """A side that acts with both of the two."""

    code: str
    name: str
    edges: tuple[Edge, Edge]


def between_figure(first: str, second: str, thirds: Sequence[ThirdSide], *, revision: str = "") -> Figure:
    """Gives the network; clicking a third side or one of its lines yields `side code`, side 0 or 1 of the two.

    Args:
        first: name of the side on the left.
        second: name of the side on the right.
        thirds: from top to bottom, at least one.
        revision: as `layout_of` takes it.
    """
    most = max(edge.event_count for third in thirds for edge in third.edges)
    middle = (len(thirds) - 1) / 2
    lines, signs = [], []
    seen: set[str] = set()
    for place, third in enumerate(thirds):
        for edge in third.edges:
            lines.append(_line(edge, -middle, -place, most, is_named=edge.direction not in seen))
            signs.append((edge, third, *_sign_place(edge, -middle, -place)))
            seen.add(edge.direction)
    return figure_of(
        [*lines, _signs(signs, (first, second)), _thirds(thirds), _two(-middle)],
        {
            **_layout(len(thirds), revision),
            "annotations": [_side_name(first, "left", -middle), _side_name(second, "right", -middle)],
        },
    )


def width_px(event_count: int, most: int) -> float:
    """Gives a line's width: it grows with the root of its events, so that few are seen beside many."""
    return 1.5 + (WIDEST_PX - 1.5) * math.sqrt(event_count / max(most, 1))


def _line(edge: Edge, side_y: float, third_y: float, most: int, *, is_named: bool) -> Any:
    look = {
        "color": palette.BY_DIRECTION[edge.direction],
        "dash": DASHES[edge.direction],
        "width": width_px(edge.event_count, most),
    }
    direction = t(f"net {edge.direction}")
    return scatter(
        x=[edge.side, 0.5],
        y=[side_y, third_y],
        mode="lines",
        line=look,
        opacity=0.75,
        hoverinfo="skip",
        name=f"{SIGNS[edge.direction]} {direction}",
        legendgroup=edge.direction,
        showlegend=is_named,
    )


def _sign_place(edge: Edge, side_y: float, third_y: float) -> tuple[float, float]:
    """Three fifths of the way to the third side, where the lines have parted."""
    return edge.side + (0.5 - edge.side) * 0.6, side_y + (third_y - side_y) * 0.6


def _signs(signs: Sequence[tuple[Edge, ThirdSide, float, float]], two: tuple[str, str]) -> Any:
    """A sign on each line that says its direction, and its numbers when it is pointed at."""
    return scatter(
        x=[x for _, _, x, _ in signs],
        y=[y for _, _, _, y in signs],
        mode="markers",
        name="what they do",
        showlegend=False,
        customdata=[f"{edge.side} {third.code}" for edge, third, _, _ in signs],
        text=[_told(edge, third, two[edge.side]) for edge, third, _, _ in signs],
        hovertemplate="%{text}<extra></extra>",
        marker={
            "symbol": [palette.SYMBOL_BY_DIRECTION[edge.direction] for edge, _, _, _ in signs],
            "color": [palette.BY_DIRECTION[edge.direction] for edge, _, _, _ in signs],
            "size": 14,
            "opacity": 1,
            "line": {"width": 1, "color": "#ffffff"},
        },
    )


def _told(edge: Edge, third: ThirdSide, side: str) -> str:
    mediated = t("mediates or hosts: {count}", count=whole_number(edge.mediation_count)) if edge.mediation_count else ""
    events = tn("{count} event", "{count} events", edge.event_count)
    net = t("net {value} weight points", value=signed(edge.net))
    return f"{plain(third.name)} - {plain(side)}<br>{events}, {net}" + (f"<br>{mediated}" if mediated else "")


def _thirds(thirds: Sequence[ThirdSide]) -> Any:
    return scatter(
        x=[0.5] * len(thirds),
        y=[-place for place in range(len(thirds))],
        mode="markers+text",
        name="third sides",
        showlegend=False,
        customdata=[f"0 {third.code}" for third in thirds],
        text=[plain(third.name) for third in thirds],
        textposition="top center",
        hovertemplate="%{text}<extra></extra>",
        marker={"size": 15, "color": palette.NEUTRAL, "opacity": 1, "line": {"width": 1, "color": "#ffffff"}},
    )


def _two(y: float) -> Any:
    return scatter(
        x=[0, 1],
        y=[y, y],
        mode="markers",
        name="the two sides",
        showlegend=False,
        hoverinfo="skip",
        marker={"size": 20, "color": palette.SELECTED, "opacity": 1, "line": {"width": 1, "color": "#ffffff"}},
    )


def _side_name(name: str, anchor: str, y: float) -> dict[str, Any]:
    """The name of one of the two, above its dot and outward, where no line crosses it."""
    return {
        "text": f"<b>{plain(name)}</b>",
        "x": -OUTWARD if anchor == "left" else 1 + OUTWARD,
        "y": y,
        "xanchor": anchor,
        "yanchor": "bottom",
        "yshift": 16,
        "showarrow": False,
    }


def _layout(third_count: int, revision: str) -> dict[str, Any]:
    unseen = {"visible": False, "fixedrange": True}
    return layout_of(
        120 + ROW_PX * max(third_count, 2),
        revision,
        hovermode="closest",
        hoverlabel={"align": "left"},
        margin={"l": 8, "r": 8, "t": 48, "b": 16},
        legend={**LEGEND_ABOVE, "y": 1.0, "traceorder": "normal"},
        showlegend=True,
        xaxis={**unseen, "range": [-OUTWARD, 1 + OUTWARD]},
        yaxis={**unseen, "range": [-max(third_count, 2) + 0.4, 0.9]},
    )
