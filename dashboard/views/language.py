"""The language of the pages: where a reader chooses it, and what the browser is told of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.translation import t
from dashboard.translation.catalogue import language, languages
from dashboard.views.reader import choose_language, time_zone

_SCRIPT = Path(__file__).with_suffix(".js")
KEY = "language"


@cache
def _registered_component() -> Any:
    return st.components.v2.component("mereda_language", js=_SCRIPT.read_text(encoding="utf-8"))


def draw_language(*, library: str | None = None) -> None:
    """Draws the choice, in the corner of the page, with the clock that times are written by.

    Args:
        library: the address of what draws charts, loaded from here on; None where the page has no chart.
    """
    _registered_component()(key="language-of-page", data={"language": language(), "library": library})
    names = languages()
    with (
        st.container(key="language-corner", horizontal=True, horizontal_alignment="right"),
        st.popover(language().upper(), icon=":material/translate:", type="tertiary"),
    ):
        st.session_state[KEY] = language()
        st.radio(t("Language of the pages"), list(names), key=KEY, format_func=names.__getitem__, on_change=_choose)
        st.caption(t("Times are those of {zone}, as this browser says. Days are days in UTC.", zone=str(time_zone())))


def _choose() -> None:
    choose_language(str(st.session_state[KEY]))
