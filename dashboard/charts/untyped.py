"""Plotly publishes no types: its graph objects are taken as they come, in this one place."""

from importlib import import_module
from typing import Any, TypeAlias

go: Any = import_module("plotly.graph_objects")
Figure: TypeAlias = Any
