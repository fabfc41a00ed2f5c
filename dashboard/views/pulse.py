"""A beat every few seconds while a page is seen; Streamlit's own goes on in tabs that nobody looks at."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_SCRIPT = Path(__file__).with_suffix(".js")


@cache
def _registered_component() -> Any:
    return st.components.v2.component("mereda_pulse", js=_SCRIPT.read_text(encoding="utf-8"))


def draw_pulse(*, key: str, every_s: float) -> None:
    """Draws nothing, and makes the fragment it stands in run again every so many seconds while the page is seen."""
    _registered_component()(key=key, data={"every_ms": round(1000 * every_s)}, on_beat_change=lambda: None)
