"""Brings what a click has opened into view: on a small screen it stands below what was clicked."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_SCRIPT = Path(__file__).with_suffix(".js")


@cache
def _registered_component() -> Any:
    return st.components.v2.component(
        "mereda_reveal", html='<div class="mereda-anchor"></div>', js=_SCRIPT.read_text(encoding="utf-8")
    )


def draw_anchor(*, turn: int) -> None:
    """Draws an unseen mark that is scrolled to when `turn` grows while somebody reads; a page just opened stays."""
    _registered_component()(key="reveal", data={"turn": turn})
