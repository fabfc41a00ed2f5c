"""The phases of a pair in words: a table with the events that pulled, which the shading of the chart repeats."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.translation import t, tc, tn
from dashboard.views import wording
from dashboard.views.page import table_height_px
from dashboard.views.pair_question import Question
from dashboard.views.shown_days import Days

SHOWN_ROWS = 12


def draw_phases(phases: pd.DataFrame, question: Question, days: Days) -> None:
    """Draws the phases behind a heading that counts them, the last one first; nothing where there is none.

    Args:
        phases: of `queries/phases.sql`, of this pair in these days.
        question: the pair.
        days: those that are seen.
    """
    if phases.empty:
        return
    last = phases.iloc[-1]
    latest = t(
        "the last one: {phase}, since {day}",
        phase=tc("phase", str(last["name"])),
        day=wording.written_day(last["starts_on"]),
    )
    count = tn("{count} phase", "{count} phases", len(phases))
    with st.expander(f"{count}; {latest}", icon=":material/timeline:"):
        args = (question.a, question.b, days.first, days.last)
        table = cached.drawn("phase rows", args, lambda: phase_rows(phases))
        st.dataframe(
            table,
            hide_index=True,
            width="stretch",
            height=table_height_px(len(table), at_most=SHOWN_ROWS),
            column_config={t("What pulled most"): st.column_config.TextColumn(width="large")},
            alt=t("Phases of the pair, the last one first"),
        )


def phase_rows(phases: pd.DataFrame) -> pd.DataFrame:
    """Gives phases as readers see them in a table, the last one first."""
    rows = phases.iloc[::-1].to_dict("records")
    return pd.DataFrame(
        {
            t("Phase"): [tc("phase", str(row["name"])) for row in rows],
            t("First day"): [wording.written_day(row["starts_on"]) for row in rows],
            t("Last day"): [wording.written_day(row["ends_on"] - timedelta(days=1)) for row in rows],
            t("Tension"): [
                f"{wording.decimal(row['tension_at_start'])} → {wording.decimal(row['tension_at_end'])}" for row in rows
            ],
            t("What pulled most"): [_drivers(row["drivers"]) for row in rows],
        }
    )


def _drivers(sentences: object) -> str:
    """The sentences one after another; where time alone did it, that."""
    told = [str(sentence) for sentence in sentences] if hasattr(sentences, "__iter__") else []
    return " / ".join(told) or t("time alone")
