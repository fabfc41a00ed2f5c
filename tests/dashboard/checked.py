"""Figures as Plotly itself reads them: every property and value checked, which the pages leave out for speed."""

from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as untyped_graph_objects
import plotly.offline as untyped_offline

from dashboard.charts.figure import Figure, written_figure

graph_objects: Any = untyped_graph_objects
offline: Any = untyped_offline


def library_version() -> str:
    """The version of plotly.js that figures are checked for."""
    return str(offline.get_plotlyjs_version())


def checked(figure: Figure) -> Any:
    """Gives the figure as Plotly's object; ValueError where Plotly knows a property or value otherwise."""
    assert json.loads(written_figure(figure)).keys() == {"data", "layout"}
    return graph_objects.Figure(figure)
