"""What the page of a pair is asked: two sides, a range of days and perhaps one event, all of it in the address.

A range that is left out is the usual one, or the shortest that holds the event the address names. A range that does
not hold that event is widened: who follows a link to an event wants to see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import streamlit as st

from dashboard import cached
from dashboard.views.opened import asked_event, close_event

RANGES = {
    "14d": ("2 weeks", 14),
    "30d": ("30 days", 30),
    "90d": ("90 days", 90),
    "1y": ("1 year", 365),
    "all": ("All", 36_500),
}
DEFAULT_RANGE = "90d"


@dataclass(frozen=True)
class Question:
    """Two side codes and one of `RANGES`."""

    a: str
    b: str
    span: str


def draw_question(names: dict[str, str]) -> Question:
    """Draws the selectors and keeps them and the address in step.

    Args:
        names: code -> name of every side that can be chosen, at least two.
    """
    codes = list(names)
    _take_from_address(codes)
    left, right, ranges = st.columns([3, 3, 4], vertical_alignment="bottom")
    a = left.selectbox("First side", codes, format_func=names.__getitem__, key="pair_a", on_change=close_event)
    b = right.selectbox("Second side", codes, format_func=names.__getitem__, key="pair_b", on_change=close_event)
    span = ranges.segmented_control(
        "Range",
        list(RANGES),
        format_func=lambda code: RANGES[code][0],
        key="pair_range",
        required=True,
        on_change=_close_event_out_of_range,
    )
    question = Question(a, b, span or DEFAULT_RANGE)
    st.query_params.update({"a": a, "b": b, "range": question.span})
    return question


def show_all_days() -> None:
    """Chooses the range of all days."""
    st.session_state["pair_range"] = "all"


def _take_from_address(codes: list[str]) -> None:
    """Starts the controls from the address; afterwards the reader's choice leads."""
    first, second = _first_pair(codes)
    for key, name, otherwise in (("pair_a", "a", first), ("pair_b", "b", second)):
        asked = st.query_params.get(name, "")
        if st.session_state.get(key) not in codes:
            st.session_state[key] = asked if asked in codes else otherwise
    if "pair_range" not in st.session_state:
        asked = st.query_params.get("range", "")
        pair = st.session_state["pair_a"], st.session_state["pair_b"]
        wanted = asked_event()
        is_fitting = asked in RANGES and (wanted is None or wanted in _events_of(*pair, asked))
        st.session_state["pair_range"] = asked if is_fitting else _fitting_range(*pair, wanted)


def _fitting_range(a: str, b: str, wanted: str | None) -> str:
    """The usual range where it has an event, also the one asked for; else the shortest longer one that has."""
    for code in (DEFAULT_RANGE, "1y"):
        events = _events_of(a, b, code)
        if events and (wanted is None or wanted in events):
            return code
    return "all"


def _events_of(a: str, b: str, span: str) -> set[str]:
    until = cached.today()
    return set(cached.pair_events(a, b, until - timedelta(days=RANGES[span][1]), until)["event_id"])


def _close_event_out_of_range() -> None:
    """Keeps the address true to what is shown: an event that a shorter range leaves out is closed."""
    wanted, span = asked_event(), st.session_state["pair_range"]
    if wanted and span and wanted not in _events_of(st.session_state["pair_a"], st.session_state["pair_b"], span):
        close_event()


def _first_pair(codes: list[str]) -> tuple[str, str]:
    """The tensest pair of the last day with news, else the first two sides."""
    busy_day = cached.overview()["last_event_on"] or cached.today()
    tensest = cached.tension_by_dyad(busy_day, 1)
    if not tensest.empty:
        a, b = str(tensest.iloc[0]["side_a_code"]), str(tensest.iloc[0]["side_b_code"])
        if a in codes and b in codes:
            return a, b
    return codes[0], codes[1]
