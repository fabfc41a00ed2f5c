"""A reader's word on one mention, given beside its sentence: right, wrong, or how it should read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.labelled import CORRECTABLE, NO_EVENT
from dashboard.translation import later, t
from dashboard.views import wording
from dashboard.views.options import side_names, type_names
from dashboard.views.reader import written_instant
from dashboard.views.roles import may, signed_in_name
from warehouse.records import Label, stable_id

NAME_KEY = "labeller"
UNNAMED = "unnamed reader"
VERDICTS = {
    "right": later("right"),
    "wrong": later("wrong"),
    "separate": later("tells another happening"),
    "same_event": later("one happening with another event"),
}
FIELD_LABELS = {
    NO_EVENT: later("There is no event here"),
    "type": later("Event type"),
    "direction": later("Direction"),
    "status": later("Status"),
    "actor_code": later("Who acts"),
    "target_code": later("On whom"),
}


def draw_labelling(mention: dict[Any, Any], labels: pd.DataFrame, *, more: Callable[[], None] | None = None) -> None:
    """Draws what was said of a mention and, for who may label, the buttons to say something.

    Args:
        mention: a row of `queries/event_evidence.sql`.
        labels: rows of `queries/event_labels.sql`, of any mention.
        more: draws what else who may label can say, beside the other buttons.
    """
    mention_id = str(mention["mention_id"])
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        if may("label"):
            _draw_verdicts(mention, mention_id)
            if more is not None:
                more()
        said = [written_label(row) for row in labels[labels["mention_id"] == mention_id].head(3).to_dict("records")]
        if said:
            st.caption(wording.plain_markdown("; ".join(said)))


def _draw_verdicts(mention: dict[Any, Any], mention_id: str) -> None:
    readings = (
        ("right", t("Right"), "check", t("Say that this reading of the sentence is right")),
        ("wrong", t("Wrong"), "close", t("Say that this reading of the sentence is wrong")),
    )
    for verdict, label, icon, told in readings:
        st.button(
            label,
            key=f"{verdict}-{mention_id}",
            icon=f":material/{icon}:",
            type="tertiary",
            help=told,
            on_click=give_label,
            args=(mention_id, verdict),
        )
    with st.popover(t("Correct"), icon=":material/edit:", key=f"correct-{mention_id}"):
        _draw_correction(mention, mention_id)


def give_label(mention_id: str, verdict: str, field: str | None = None, value: str | None = None) -> None:
    """Keeps a reader's word on a mention, with who and when; nothing where the reader may not label."""
    if not may("label"):
        return
    now = datetime.now(UTC)
    who = labeller()
    cached.add_label(
        Label(
            label_id=stable_id("label", mention_id, verdict, field or "", value or "", who, now.isoformat()),
            event_id=None,
            mention_id=mention_id,
            verdict=verdict,
            field=field,
            value=value,
            note=None,
            labelled_by=who,
            labelled_at_utc=now,
        )
    )


def labeller() -> str:
    """Who labels: the name of who signed in, else the one given here."""
    name = signed_in_name() or str(st.session_state.get(NAME_KEY) or "")
    return name.strip()[:200] or UNNAMED


def draw_name(place: str) -> None:
    """Draws where a reader says who labels: one name, wherever on a page it is asked for; nothing after a sign-in.

    Args:
        place: what tells the fields of one page apart.
    """
    if signed_in_name() is not None:
        return
    key = f"{NAME_KEY}-{place}"

    def keep() -> None:
        st.session_state[NAME_KEY] = st.session_state[key]

    st.session_state[key] = st.session_state.get(NAME_KEY, "")
    st.text_input(t("Your name, kept with what you say"), key=key, max_chars=200, on_change=keep)


def written_label(label: dict[Any, Any]) -> str:
    """Gives a label in words: what, by whom, when."""
    what = t(VERDICTS.get(str(label["verdict"]), str(label["verdict"])))
    if is_taken_back(label):
        what = t("taken back")
    if label["verdict"] == "corrected":
        field = t(FIELD_LABELS.get(str(label["field"]), str(label["field"])))
        what = field if label["field"] == NO_EVENT else f"{field}: {wording.text_of(label['value'])}"
    return f"{what} ({label['labelled_by']}, {written_instant(label['labelled_at_utc'])})"


def is_taken_back(label: dict[Any, Any]) -> bool:
    """Whether a label takes back what a mention belongs with, and so says nothing of how it was read."""
    return label["verdict"] == "right" and bool(wording.text_of(label["value"]) or wording.text_of(label["field"]))


def _draw_correction(mention: dict[Any, Any], mention_id: str) -> None:
    st.button(
        t(FIELD_LABELS[NO_EVENT]),
        key=f"none-{mention_id}",
        on_click=give_label,
        args=(mention_id, "corrected", NO_EVENT),
    )
    options = {
        "type": type_names(),
        "direction": {name: wording.direction_word(name) for name in wording.DIRECTIONS},
        "status": {name: wording.status_word(name) for name in wording.STATUSES},
        "actor_code": side_names(),
        "target_code": side_names(),
    }
    for field in CORRECTABLE:
        key = f"{field}-{mention_id}"
        choices = options[field]
        current = wording.text_of(mention.get(field))
        st.selectbox(
            t(FIELD_LABELS[field]),
            [code for code in choices if code != current],
            index=None,
            key=key,
            format_func=choices.__getitem__,
            placeholder=choices.get(current, current) or t("nobody"),
            on_change=_correct,
            args=(mention_id, field, key),
        )
    draw_name(mention_id)


def _correct(mention_id: str, field: str, key: str) -> None:
    value = st.session_state[key]
    if value:
        give_label(mention_id, "corrected", field, str(value))
