"""What people note on days of a pair: listed, added and removed. Their text is never read as HTML or Markdown."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.translation import t, tn
from dashboard.views import wording
from dashboard.views.labelling import draw_name, labeller
from dashboard.views.pair_question import Question
from dashboard.views.reader import field_format, written_instant
from dashboard.views.roles import may
from dashboard.views.shown_days import Days
from warehouse.records import NOTE_LENGTH, DyadNote, stable_id

TEXT_KEY, DAY_KEY = "note-text", "note-day"


def standing(notes: pd.DataFrame) -> pd.DataFrame:
    """The notes that nobody has removed."""
    return notes[notes["removed_at_utc"].isna()]


def draw_notes(question: Question, notes: pd.DataFrame, days: Days) -> None:
    """Draws the notes on the days that are seen, and what adds and removes them for who may.

    Args:
        notes: rows of `dyad_notes`, removed ones too.
    """
    for note in standing(notes).to_dict("records"):
        with st.container(horizontal=True, vertical_alignment="center", wrap=False):
            st.html(note_html(note))
            if may("label"):
                name = t("Remove the note of {day}", day=wording.written_day(note["on_date"]))
                st.button(
                    t("Remove"),
                    key=f"remove-note-{note['note_id']}",
                    icon=":material/delete:",
                    type="tertiary",
                    width="content",
                    help=name,
                    on_click=_remove,
                    args=(str(note["note_id"]),),
                )
    removed = notes[notes["removed_at_utc"].notna()]
    if not removed.empty:
        with st.expander(tn("{count} removed note", "{count} removed notes", len(removed))):
            st.html("".join(note_html(note) for note in removed.to_dict("records")))
    if may("label"):
        _draw_new_note(question, days)


def note_html(note: dict[Any, Any]) -> str:
    """Gives one note as escaped HTML: its day, its text in its own direction, who wrote or removed it, and when."""
    told = wording.listed(str(note["noted_by"]), written_instant(note["noted_at_utc"]))
    if not wording.is_missing(note.get("removed_at_utc")):
        when = written_instant(note["removed_at_utc"])
        told += "; " + t("removed by {who}, {when}", who=note["removed_by"], when=when)
    return (
        f"<p><strong>⚑ {wording.written_day(note['on_date'])}</strong> <bdi>{html.escape(str(note['text']))}</bdi> "
        f'<span class="mereda-quiet">{html.escape(told)}</span></p>'
    )


def _draw_new_note(question: Question, days: Days) -> None:
    with st.popover(t("Add a note"), icon=":material/flag:"):
        if DAY_KEY in st.session_state:
            st.session_state[DAY_KEY] = min(max(st.session_state[DAY_KEY] or days.last, days.first), days.last)
        else:
            st.session_state[DAY_KEY] = days.last
        st.date_input(t("Day"), key=DAY_KEY, min_value=days.first, max_value=days.last, format=field_format())
        st.text_input(t("Note"), key=TEXT_KEY, max_chars=NOTE_LENGTH, placeholder=t("Elections"))
        draw_name("note")
        st.button(t("Keep the note"), on_click=_keep, args=(question,), type="primary")


def _keep(question: Question) -> None:
    text, day = str(st.session_state[TEXT_KEY] or "").strip(), st.session_state[DAY_KEY]
    if not may("label") or not text or day is None:
        return
    a, b = sorted((question.a, question.b))
    who, now = labeller(), datetime.now(UTC)
    cached.add_note(
        DyadNote(
            note_id=stable_id("note", a, b, day.isoformat(), text, who, now.isoformat()),
            side_a_code=a,
            side_b_code=b,
            on_date=day,
            text=text[:NOTE_LENGTH],
            noted_by=who,
            noted_at_utc=now,
        )
    )
    st.session_state[TEXT_KEY] = ""


def _remove(note_id: str) -> None:
    if may("label"):
        cached.remove_note(note_id, labeller())
