"""The days a reader looks at within a range: named in the address, so that charts, tables and a link show the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil

import pandas as pd
import streamlit as st

from dashboard.translation import t
from dashboard.views import address, wording
from dashboard.views.live_chart import zoomed_in
from dashboard.views.reader import field_format

FIRST, LAST = "since", "until"


@dataclass(frozen=True, slots=True)
class Days:
    """A range of days and, within it, those a reader has zoomed to; all ends are included."""

    since: date
    until: date
    zoom: tuple[date, date] | None = None

    @property
    def first(self) -> date:
        """The first day that is seen."""
        return self.zoom[0] if self.zoom else self.since

    @property
    def last(self) -> date:
        """The last day that is seen."""
        return self.zoom[1] if self.zoom else self.until

    def seen(self, frame: pd.DataFrame, column: str) -> pd.DataFrame:
        """The rows whose day in this column is seen."""
        return frame[pd.to_datetime(frame[column]).between(pd.Timestamp(self.first), pd.Timestamp(self.last))]

    def words(self) -> str:
        """What is seen, for the end of a sentence."""
        if self.zoom is None:
            return t("in this range")
        if self.first == self.last:
            return t("on {day}", day=wording.written_day(self.first))
        first, last = wording.written_day(self.first), wording.written_day(self.last)
        return t("from {first} to {last}", first=first, last=last)

    def in_address(self) -> dict[str, str]:
        """The zoom as parameters of an address; none where all is seen."""
        return {FIRST: self.first.isoformat(), LAST: self.last.isoformat()} if self.zoom else {}


def asked_days(since: date, until: date) -> Days:
    """The range with the zoom that the address names, clipped to it; without one where none of its days is meant."""
    try:
        first = max(since, date.fromisoformat(address.asked(FIRST) or ""))
        last = min(until, date.fromisoformat(address.asked(LAST) or ""))
    except ValueError:
        return Days(since, until)
    return Days(since, until, (first, last) if first <= last and (first, last) != (since, until) else None)


def show_days(first: date, last: date) -> None:
    """Names these days in the address."""
    address.write({FIRST: first.isoformat(), LAST: last.isoformat()})


def show_whole_range() -> None:
    """Takes the zoom out of the address."""
    address.write({FIRST: None, LAST: None})


def follow_zoom(key: str, then: Callable[[], None] = lambda: None) -> Callable[[], None]:
    """What a chart of this key calls when it is zoomed: the address follows, then `then` is called."""

    def follow() -> None:
        zoomed = zoomed_in(key)
        if zoomed is None:
            show_whole_range()
        else:
            show_days(*whole_days(*zoomed))
        then()

    return follow


def whole_days(first: str, last: str) -> tuple[date, date]:
    """Gives the days whose midnight, where their markers stand, lies between two ends as Plotly writes them.

    The nearest day where there is none.
    """
    begins, ends = pd.Timestamp(first).to_pydatetime(), pd.Timestamp(last).to_pydatetime()
    since_midnight = (begins - datetime.combine(begins.date(), time())) / timedelta(days=1)
    first_day, last_day = begins.date() + timedelta(days=ceil(since_midnight)), ends.date()
    if first_day > last_day:
        nearest = (begins + (ends - begins) / 2 + timedelta(hours=12)).date()
        return nearest, nearest
    return first_day, last_day


def draw_days(days: Days) -> None:
    """Draws the choice of days, for who works without a mouse, and the way back to the whole range."""
    title = wording.written_range(days.first, days.last) if days.zoom else t("Choose days")
    keys = {"shown-first": days.first, "shown-last": days.last}

    def choose() -> None:
        show_days(*sorted(st.session_state[key] or usual for key, usual in keys.items()))

    with st.popover(title, icon=":material/date_range:"):
        for (key, day), label in zip(keys.items(), (t("First day"), t("Last day")), strict=True):
            st.session_state[key] = day
            st.date_input(
                label, key=key, min_value=days.since, max_value=days.until, format=field_format(), on_change=choose
            )
        st.button(
            t("The whole range"), on_click=show_whole_range, disabled=days.zoom is None, icon=":material/zoom_out:"
        )
