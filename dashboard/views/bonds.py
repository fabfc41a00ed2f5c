"""A reader's word on what a sentence belongs with: another happening than the rest, or one with another event.

Written as labels that merging reads (`separate`, `same_event`); they hold from the next assess on, also when articles
are coded anew, and a later `right` that names the word and the same other mention takes them back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.translation import later, t
from dashboard.views import wording
from dashboard.views.labelling import give_label, is_taken_back

SEPARATE: Final = "separate"
SAME_EVENT: Final = "same_event"
BONDS: Final = {SEPARATE: later("another happening"), SAME_EVENT: later("one happening with another event")}
NEARBY_DAYS = 14
NEARBY_COUNT = 30
SENTENCE_LENGTH = 70


def draw_bonds(
    mention: dict[Any, Any], mentions: Sequence[dict[Any, Any]], nearby: pd.DataFrame, labels: pd.DataFrame
) -> None:
    """Draws the choices for one mention behind one button; for who may label.

    Args:
        mention: a row of `queries/event_evidence.sql`.
        mentions: all rows of its event.
        nearby: rows of `queries/events_nearby.sql`.
        labels: rows of `queries/event_labels.sql`, the latest first.
    """
    mention_id = str(mention["mention_id"])
    others = {str(one["mention_id"]): _written_mention(one) for one in mentions if one["mention_id"] != mention_id}
    standing = standing_bonds(labels, mention_id)
    if not others and nearby.empty and not standing:
        return
    with st.popover(t("One event?"), icon=":material/call_merge:", key=f"bond-{mention_id}"):
        if others:
            _draw_separate(mention_id, others)
        if not nearby.empty:
            _draw_same(mention_id, nearby)
        for verdict, value in standing:
            st.button(
                t("Take back: {what}", what=t(BONDS[verdict])),
                key=f"undo-{verdict}-{value}-{mention_id}",
                on_click=give_label,
                args=(mention_id, "right", verdict, value),
                icon=":material/undo:",
            )
        st.caption(t("What is said here holds from the next assess on."))


def standing_bonds(labels: pd.DataFrame, mention_id: str) -> list[tuple[str, str | None]]:
    """Gives (verdict, other mention) of the bonds on a mention that no later word has taken back."""
    own = labels[labels["mention_id"] == mention_id]
    latest: dict[str | None, str] = {}
    for row in own.to_dict("records"):
        value = wording.text_of(row["value"]) or None
        if row["verdict"] in BONDS or is_taken_back(row):
            latest.setdefault(value, str(row["verdict"]))
    return [(verdict, value) for value, verdict in latest.items() if verdict != "right"]


def _draw_separate(mention_id: str, others: dict[str, str]) -> None:
    st.button(
        t("This sentence tells another happening"),
        key=f"separate-{mention_id}",
        on_click=give_label,
        args=(mention_id, SEPARATE),
        help=t("Than all others of this event"),
    )
    if len(others) > 1:
        _draw_choice(
            t("Another happening than this one alone"),
            others,
            f"separate-from-{mention_id}",
            t("Choose a sentence"),
            (mention_id, SEPARATE),
        )


def _draw_same(mention_id: str, nearby: pd.DataFrame) -> None:
    events = {str(row["mention_id"]): _written_event(row) for row in nearby.to_dict("records")}
    _draw_choice(
        t("One happening with"),
        events,
        f"same-{mention_id}",
        t("Choose an event of this pair"),
        (mention_id, SAME_EVENT),
    )


def _draw_choice(label: str, options: dict[str, str], key: str, placeholder: str, said: tuple[str, str]) -> None:
    """Draws a choice of one mention; choosing it says this of it: (mention_id, verdict)."""
    st.selectbox(
        label,
        list(options),
        index=None,
        key=key,
        format_func=options.__getitem__,
        placeholder=placeholder,
        on_change=_say,
        args=(*said, key),
    )


def _say(mention_id: str, verdict: str, key: str) -> None:
    other = st.session_state[key]
    if other:
        give_label(mention_id, verdict, None, str(other))


def _written_mention(mention: dict[Any, Any]) -> str:
    return f"{wording.text_of(mention.get('outlet_name'))}: {_short(wording.text_of(mention.get('evidence_text')))}"


def _written_event(event: dict[Any, Any]) -> str:
    return wording.listed(
        wording.written_day(event["starts_on"]),
        wording.written_sides(event),
        wording.written_type(event),
        _short(wording.text_of(event["headline"])),
    )


def _short(text: str) -> str:
    return text if len(text) <= SENTENCE_LENGTH else text[: SENTENCE_LENGTH - 1] + "…"
