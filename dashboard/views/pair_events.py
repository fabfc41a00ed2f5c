"""The events of a pair in the days that are seen: a table, a choice by name, and the opened one beside them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.translation import t, tn
from dashboard.views.event_table import draw_event_table, event_names
from dashboard.views.evidence import draw_event
from dashboard.views.opened import asked_event, close_event, draw_place, open_event
from dashboard.views.pair_told import PairEvents, is_event_of
from dashboard.views.shown_days import Days


def selected_id(events: PairEvents) -> str | None:
    """The event that the address names, where it is one of these; says so where it is none."""
    asked = asked_event()
    if asked and not is_event_of(events.a, events.b, events.since, events.until, asked):
        st.info(
            t("The event in this address is not among those of this pair: it was withdrawn or merged with another.")
        )
        return None
    return asked


def draw_events(events: pd.DataFrame, selected: str | None, days: Days, *, count: int) -> None:
    """Draws the events of the days that are seen, by day, the last first.

    Args:
        events: rows of `events`.
        selected: the event that is opened, one of these.
        days: those that are seen.
        count: how many events there are in them, of which `events` may be the newest.
    """
    st.subheader(tn("{count} event {days}", "{count} events {days}", count, days=days.words()))
    if events.empty:
        return
    rows = events.sort_values(["starts_on", "event_id"], ascending=[False, True]).reset_index(drop=True)
    table, opened = st.columns([5, 6], gap="medium")
    with table:
        draw_event_table(rows, selected, lambda event_id: open_event(event_id, from_table=True))
        _draw_search(rows, selected)
    with opened:
        draw_place()
        if selected is None:
            st.caption(t("Choose a marker or a row: the sentences behind it open here, marked in their articles."))
            return
        chosen: dict[Any, Any] = rows[rows["event_id"] == selected].iloc[0].to_dict()
        draw_event(chosen, on_close=close_event)


def _draw_search(rows: pd.DataFrame, selected: str | None) -> None:
    """The same choice by name, for who works with the keyboard or a screen reader."""
    labels = cached.drawn("event names", tuple(rows["event_id"]), lambda: event_names(rows))
    st.session_state["event_choice"] = selected
    st.selectbox(
        t("Find an event"),
        list(labels),
        index=None,
        key="event_choice",
        format_func=lambda event_id: labels.get(event_id, event_id),
        placeholder=t("Type a day, a side or a type"),
        on_change=lambda: open_event(st.session_state["event_choice"]),
    )
