"""The codebook that readings are made by: each type with its modes, and sentences that belong to it or do not."""

from __future__ import annotations

from itertools import groupby

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.translation import t, tc
from dashboard.translation.catalogue import ENGLISH, language
from dashboard.translation.written import plain_number
from dashboard.views import wording
from warehouse.records import CodebookCode


def draw_codebook() -> None:
    """Draws each type behind its name; nothing where the warehouse has no codebook yet."""
    codes = cached.codebook()
    if not codes:
        return
    st.subheader(t("Codebook"))
    st.caption(t("What belongs to each type and mode, with sentences for and against."))
    if language() != ENGLISH:
        st.caption(t("The codebook is written in English."))
    for _, group in groupby(codes, key=lambda code: code.type):
        _draw_type(list(group))


def _draw_type(codes: list[CodebookCode]) -> None:
    """One type and its modes; the type itself comes first."""
    whole, *modes = codes
    with st.expander(f"{wording.written_code(whole.type)} · {plain_number(whole.score)}"):
        st.text(whole.definition)
        _draw_examples(t("Belongs to it"), whole.examples_for)
        _draw_examples(t("Does not"), whole.examples_against)
        if modes:
            st.table(mode_rows(modes))
        st.caption(wording.plain_markdown(whole.source))


def _draw_examples(title: str, sentences: tuple[str, ...]) -> None:
    if sentences:
        st.markdown(f"**{title}**\n" + "\n".join(f"- {wording.plain_markdown(one)}" for one in sentences))


def mode_rows(modes: list[CodebookCode]) -> pd.DataFrame:
    """Gives the modes of a type as a table shows them: each with its score and what belongs to it."""
    rows = [
        {
            t("Mode"): tc("mode", mode.mode),
            t("Score"): plain_number(mode.score),
            t("What it covers"): mode.definition,
        }
        for mode in modes
    ]
    return pd.DataFrame(rows).set_index(t("Mode"))
