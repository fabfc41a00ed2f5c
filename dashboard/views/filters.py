"""Choices that narrow a list, in step with the address: a link shows exactly what its sender saw.

The address leads wherever somebody else than the controls changed it (a link, the way back); otherwise the reader's
choice does, and is written there. Each choice is named in the address by its code, so that links hold in any language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import streamlit as st

from dashboard.translation import t
from dashboard.views import address
from dashboard.views.reader import field_format

COLUMN_COUNT = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: its name in the address, its label, and what can be chosen (code -> as readers see it).

    Without `options` it is a day.
    """

    name: str
    label: str
    options: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen, by name: codes and days; what is left open is absent."""

    codes: Mapping[str, str]
    days: Mapping[str, date]

    def code(self, name: str) -> str | None:
        """The chosen code, None where any will do."""
        return self.codes.get(name)

    def span(self, *, last: date) -> tuple[datetime, datetime]:
        """The time from the day `since` to the day `until` as [first, end); to `last`, included, where that is open."""
        since, until = self.days.get("since"), self.days.get("until") or last
        first = datetime.combine(since, time(), UTC) if since else datetime(1900, 1, 1, tzinfo=UTC)
        return first, datetime.combine(until + timedelta(days=1), time(), UTC)

    def in_address(self) -> dict[str, str]:
        """The choices as parameters of an address."""
        return {**self.codes, **{name: day.isoformat() for name, day in self.days.items()}}


def draw_filters(page: str, choices: Sequence[Choice], *, on_change: Callable[[], None] | None = None) -> Chosen:
    """Draws the choices and keeps them and the address in step.

    Args:
        page: whose they are; pages do not share what is chosen.
        choices: in the order they are drawn.
        on_change: called before the page runs again with another choice.
    """
    for choice in choices:
        _take_from_address(page, choice)
    active = sum(st.session_state.get(_key(page, choice)) is not None for choice in choices)
    title = t("Filters: {count} set", count=active) if active else t("Filters")
    codes: dict[str, str] = {}
    days: dict[str, date] = {}
    with st.expander(title, expanded=False, key=f"{page}-filters", icon=":material/filter_alt:"):
        if active:
            st.button(t("Clear all filters"), on_click=_clear, args=(page, choices, on_change), key=f"{page}-clear")
        for start in range(0, len(choices), COLUMN_COUNT):
            row = st.columns(COLUMN_COUNT)
            for column, choice in zip(row, choices[start : start + COLUMN_COUNT], strict=False):
                with column:
                    value = _draw(page, choice, on_change)
                if isinstance(value, date):
                    days[choice.name] = value
                elif value is not None:
                    codes[choice.name] = value
    chosen = Chosen(codes, days)
    _write_address(page, choices, chosen)
    return chosen


def draw_option(page: str, choice: Choice) -> str:
    """Draws one choice of which something is always chosen, the first where nothing else is; gives its code."""
    options = choice.options or {}
    key = _key(page, choice)
    _take_from_address(page, choice)
    if st.session_state[key] is None:
        st.session_state[key] = next(iter(options))
    code = st.selectbox(choice.label, list(options), key=key, format_func=options.__getitem__)
    chosen = Chosen({choice.name: str(code)} if code != next(iter(options)) else {}, {})
    _write_address(page, [choice], chosen)
    return str(code)


def _draw(page: str, choice: Choice, on_change: Callable[[], None] | None) -> str | date | None:
    key = _key(page, choice)
    if choice.options is None:
        value = st.date_input(choice.label, value=None, key=key, on_change=on_change, format=field_format())
        return value if isinstance(value, date) else None
    options = choice.options
    return st.selectbox(
        choice.label,
        list(options),
        index=None,
        key=key,
        format_func=lambda code: options.get(code, code),
        on_change=on_change,
        placeholder=t("Any"),
    )


def _key(page: str, choice: Choice) -> str:
    return f"{page}-{choice.name}"


def take_from_address(key: str, name: str, read: Callable[[str], object]) -> None:
    """Begins a control anew with what the address has under its name, where somebody else has changed that.

    Args:
        key: of the control in the session.
        name: in the address.
        read: what an address says (empty: nothing) as the control's value.
    """
    asked = address.asked(name)
    if key not in st.session_state or not address.is_in_step(key, asked):
        st.session_state[key] = read(asked or "")
        address.note_seen(key, asked)


def write_in_address(key: str, name: str, value: str | None) -> None:
    """Writes in the address what the control of this key says; None takes its name out."""
    write_at_once({key: (name, value)})


def choose_in_address(label: str, options: Mapping[str, str], *, key: str, name: str, usual: str) -> str:
    """Draws a row of buttons, kept in the address under `name` but for the usual one; gives the code chosen.

    Args:
        label: for those who cannot see the buttons.
        options: code -> source text of its button.
        key: of the control in the session.
    """
    take_from_address(key, name, lambda asked: asked if asked in options else usual)
    chosen = st.segmented_control(
        label,
        list(options),
        key=key,
        required=True,
        label_visibility="collapsed",
        format_func=lambda code: t(options[code]),
    )
    chosen = chosen or usual
    write_in_address(key, name, None if chosen == usual else chosen)
    return chosen


def write_at_once(controls: Mapping[str, tuple[str, str | None]]) -> None:
    """Writes in the address what several controls say, as one step of the way back.

    Args:
        controls: key of the control -> its name in the address and what it says; None takes the name out.
    """
    seen = {key: value for key, (_, value) in controls.items()}
    address.write(dict(controls.values()), seen=seen)


def _take_from_address(page: str, choice: Choice) -> None:
    key = _key(page, choice)
    take_from_address(key, choice.name, lambda asked: _read(asked, choice))
    if choice.options is not None and st.session_state[key] not in choice.options:
        st.session_state[key] = None


def _read(asked: str, choice: Choice) -> str | date | None:
    if not asked:
        return None
    if choice.options is not None:
        return asked if asked in choice.options else None
    try:
        return date.fromisoformat(asked)
    except ValueError:
        return None


def _write_address(page: str, choices: Sequence[Choice], chosen: Chosen) -> None:
    written = chosen.in_address()
    write_at_once({_key(page, choice): (choice.name, written.get(choice.name)) for choice in choices})


def _clear(page: str, choices: Sequence[Choice], on_change: Callable[[], None] | None) -> None:
    for choice in choices:
        st.session_state[_key(page, choice)] = None
    if on_change:
        on_change()
