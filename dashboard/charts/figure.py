"""Figures as Plotly's own JSON says them: plain dictionaries, by Plotly's names.

Plotly's graph objects check every value of every property, which takes twenty to a hundred milliseconds a figure and a
third of a second to import; the tests have them check every chart instead.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import orjson
import pandas as pd

Trace: TypeAlias = dict[str, Any]
Figure: TypeAlias = dict[str, Any]


def scatter(**named: Any) -> Trace:
    """Gives a trace of points or lines."""
    return {"type": "scatter", **named}


def bar(**named: Any) -> Trace:
    """Gives a trace of bars."""
    return {"type": "bar", **named}


def choropleth(**named: Any) -> Trace:
    """Gives a trace of countries in colours."""
    return {"type": "choropleth", **named}


def scattergeo(**named: Any) -> Trace:
    """Gives a trace of points on a map."""
    return {"type": "scattergeo", **named}


def figure_of(traces: list[Trace], layout: dict[str, Any]) -> Figure:
    """Gives a figure, the first trace undermost."""
    return {"data": traces, "layout": layout}


def written_figure(figure: Figure) -> str:
    """Gives the figure as JSON; columns of frames as lists, what is missing as null."""
    return orjson.dumps(figure, default=_plain, option=orjson.OPT_SERIALIZE_NUMPY).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Series):
        return value.tolist()
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    if value is pd.NA or value is pd.NaT:
        return None
    raise TypeError(f"A figure holds a {type(value).__name__}, which has no place in one.")
