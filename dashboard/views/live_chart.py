"""A Plotly chart that keeps the reader's zoom and selection when its data changes.

`st.plotly_chart` forgets the zoom whenever the figure changes, so this mounts our own few lines around `Plotly.react`.
The library is that of the package plotly, of which our charts need but a part: that in static/plotly is a third of it
and is taken where it is of the package's version. Either is served by this Streamlit process: no other host is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import plotly
import streamlit as st
from streamlit.runtime import get_instance

from dashboard.translation import t
from dashboard.translation.catalogue import language
from dashboard.translation.written import chart_words

_SCRIPT = Path(__file__).with_suffix(".js")
_STYLE = """.mereda-chart { width: 100%; }
.mereda-save { display: flex; gap: .5rem; justify-content: flex-end; }
.mereda-save button { font: inherit; font-size: .8rem; color: inherit; background: none; cursor: pointer;
  border: 1px solid rgba(128,136,148,.5); border-radius: .3rem; padding: .1rem .6rem; }"""
PART_VERSION = "4.1.1"
# Beside the page's own path, which is one deep; with the version, so that no browser keeps another one.
_PART = f"app/static/plotly/plotly.min.js?{PART_VERSION}"
_WHOLE = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
_VERSION = re.compile(rb"plotly\.js v([\d.]+)")
_HEAD_BYTES = 300  # in which the package's file says its version


@cache
def packaged_version() -> str | None:
    """The version of plotly.js in the package plotly, None where its file does not say."""
    with _WHOLE.open("rb") as file:
        found = _VERSION.search(file.read(_HEAD_BYTES))
    return found.group(1).decode() if found else None


@cache
def _whole() -> bytes:
    return _WHOLE.read_bytes()


def library_url() -> str:
    """The address of plotly.js on this server; of all of it asked anew in each run, which keeps it for the session."""
    if packaged_version() == PART_VERSION:
        return _PART
    address = get_instance().media_file_mgr.add(_whole(), "text/javascript", "mereda-plotly")
    prefix = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{prefix}{address}" if prefix else address


@cache
def _registered_component() -> Any:
    # Registered once a process: a second registration under the same name would redraw every mounted chart.
    return st.components.v2.component(
        "mereda_live_chart",
        html='<div class="mereda-chart"></div><div class="mereda-save"></div>',
        css=_STYLE,
        js=_SCRIPT.read_text(encoding="utf-8"),
        isolate_styles=False,  # Plotly puts its own style sheet into the page's head
    )


@dataclass(frozen=True, slots=True)
class Image:
    """What an image of the chart is called, and the lines written under it: source, formula version, address."""

    name: str
    note: str


def draw_chart(
    figure: str,
    *,
    key: str,
    description: str,
    on_event: Callable[[], None] | None = None,
    on_zoom: Callable[[], None] | None = None,
    image: Image | None = None,
) -> str | None:
    """Draws the figure and gives back the `customdata` of what was clicked just now, None in every other run.

    Args:
        figure: as `cached.figure` gives it; its `layout.uirevision` says when a zoom is forgotten.
        key: the chart's name in the session; the same key is the same chart.
        description: what a screen reader says of the chart.
        on_event: called before the page runs again after a click; `clicked_in(key)` says what was clicked.
        on_zoom: called before the page runs again after a zoom along the first axis; `zoomed_in(key)` says whereto. The
            page is not run again for a zoom without it.
        image: offers what is seen as PNG and SVG, drawn by the browser.
    """
    result = _registered_component()(
        key=key,
        data={
            "figure": figure,
            "description": description,
            "plotly_url": library_url(),
            "topojson_url": "app/static/topojson/",
            "exported": asdict(image) if image else None,
            "is_zoom_told": on_zoom is not None,
            "language": _language_of_charts(),
            "words": {
                "save": t("Save the chart as {format}"),
                "undrawn": t("The chart could not be drawn. Reload the page to try again."),
            },
        },
        on_clicked_change=on_event or (lambda: None),
        on_zoomed_change=on_zoom or (lambda: None),
    )
    return _text(result.get("clicked"))


def _language_of_charts() -> dict[str, Any] | None:
    """How Plotly is to write days, numbers and its own buttons; None: as it does by itself."""
    if not (form := chart_words()):
        return None
    buttons = {
        "Zoom": t("Zoom"),
        "Pan": t("Pan"),
        "Zoom in": t("Zoom in"),
        "Zoom out": t("Zoom out"),
        "Autoscale": t("Show all"),
        "Reset": t("Back to the beginning"),
        "Double-click to zoom back out": t("Double-click to zoom back out"),
    }
    return {"name": language(), "dictionary": buttons, "format": form}


def clicked_in(key: str) -> str | None:
    """What was clicked in the chart of this key; for its `on_event`."""
    return _text(st.session_state[key].get("clicked"))


def zoomed_in(key: str) -> tuple[str, str] | None:
    """The ends of what the chart of this key was zoomed to, as Plotly writes them; None: all. For its `on_zoom`."""
    first, _, last = (_text(st.session_state[key].get("zoomed")) or "").partition("/")
    return (first, last) if last else None


def _text(clicked: Any) -> str | None:
    return str(clicked) if clicked else None
