"""Numbers side by side, four on a desk and two on a phone, each with its name and a quiet note."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st


def draw_figures(figures: Sequence[tuple[str, str, str]]) -> None:
    """Draws one box a figure: its name, its value, a note that may be empty."""
    boxes = "".join(
        f"<div><dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd>"
        f'<dd class="mereda-note">{html.escape(note)}</dd></div>'
        for name, value, note in figures
    )
    st.html(f'<dl class="mereda-figures">{boxes}</dl>')
