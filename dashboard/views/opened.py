"""The event that is opened on a page: named in the address, and brought into view once when a reader opens it."""

from __future__ import annotations

import streamlit as st

from dashboard.views import address
from dashboard.views.reveal import draw_anchor

# Counts the events a reader has opened; what was opened is brought into view once.
_OPENED_COUNT_KEY = "opened-count"
# Counts the times something else than the table opened or closed an event.
_ELSEWHERE_COUNT_KEY = "opened-elsewhere-count"


def asked_event() -> str | None:
    """The event that the address names."""
    return address.asked("event") or None


def open_event(event_id: str | None, *, from_table: bool = False) -> None:
    """Names the event in the address, so that its sentences are drawn; None closes it."""
    if not event_id:
        close_event(from_table=from_table)
        return
    address.write({"event": event_id})
    _count(_OPENED_COUNT_KEY)
    if not from_table:
        _count(_ELSEWHERE_COUNT_KEY)


def close_event(*, from_table: bool = False) -> None:
    """Takes the event out of the address."""
    address.write({"event": None})
    if not from_table:
        _count(_ELSEWHERE_COUNT_KEY)


def elsewhere_count() -> int:
    """How often something else than the table opened or closed an event; the table then takes its row over anew."""
    return int(st.session_state.get(_ELSEWHERE_COUNT_KEY, 0))


def draw_place() -> None:
    """Draws the place where an event is opened, which is scrolled to when a reader opens one."""
    draw_anchor(turn=st.session_state.get(_OPENED_COUNT_KEY, 0))


def _count(key: str) -> None:
    st.session_state[key] = st.session_state.get(key, 0) + 1
