"""Which events of a pair are drawn and listed where it has more than a page can hold, and of how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.translation import t
from dashboard.views import wording
from dashboard.views.opened import asked_event
from dashboard.views.shown_days import Days

# More markers than these cover each other, and a browser takes seconds to draw them.
DRAWN_COUNT: Final = 1000
LISTED_COUNT: Final = 250
# How often a reader asked for more of the list, and of what; with another pair or other days it begins anew.
_MORE_KEY: Final = "pair-events-listed"


@dataclass(frozen=True, slots=True)
class PairEvents:
    """The events of a pair in a range of days.

    Attributes:
        a: one side.
        b: the other.
        since: the first day.
        until: the last day.
        count: how many there are.
        drawn: what markers need of all of them, by day; or, where they are more than `DRAWN_COUNT`, of the weightiest.
    """

    a: str
    b: str
    since: date
    until: date
    count: int
    drawn: pd.DataFrame

    @property
    def is_whole(self) -> bool:
        """Whether all are drawn."""
        return self.count <= DRAWN_COUNT

    def markers(self, days: Days, selected: str | None) -> pd.DataFrame:
        """Rows of those to draw: the weightiest of the range and of the days that are seen, and the opened one."""
        parts = [self.drawn]
        if not self.is_whole:
            if days.zoom:
                parts.append(cached.weightiest_pair_events(self.a, self.b, days.first, days.last, DRAWN_COUNT))
            if selected:
                opened = cached.pair_event(self.a, self.b, selected)
                parts.append(opened[[name for name in self.drawn if name in opened]])
        return _joined(parts)

    def seen_count(self, days: Days) -> int:
        """How many there are in the days that are seen."""
        if self.is_whole:
            return len(self._seen(days))
        return int(count_events(self.a, self.b, days.first, days.last)["event_count"]) if days.zoom else self.count

    def listed(self, days: Days, selected: str | None) -> pd.DataFrame:
        """Rows of the newest in the days that are seen, as many as were asked for, and the opened one; by day."""
        limit = LISTED_COUNT * (1 + _more_count(self, days))
        if self.is_whole:
            seen = self._seen(days).sort_values(["starts_on", "event_id"], ascending=[False, True]).head(limit)
            parts = [cached.pair_events_of(self.a, self.b, tuple(seen["event_id"]))]
        else:
            parts = [cached.newest_pair_events(self.a, self.b, days.first, days.last, limit)]
        if selected:
            parts.append(cached.pair_event(self.a, self.b, selected))
        return _joined(parts)

    def _seen(self, days: Days) -> pd.DataFrame:
        return days.seen(self.drawn, "starts_on") if days.zoom else self.drawn


def read_events(a: str, b: str, since: date, until: date) -> PairEvents:
    """The events of a pair from a day to a day, both included."""
    count = int(count_events(a, b, since, until)["event_count"])
    return PairEvents(a, b, since, until, count, cached.weightiest_pair_events(a, b, since, until, DRAWN_COUNT))


def count_events(a: str, b: str, since: date, until: date) -> dict[str, Any]:
    """How many events a pair has from a day to a day, and the first and last of their days (`event_count`, ...)."""
    return cached.pair_event_count(a, b, since, until)


def is_event_of(a: str, b: str, since: date, until: date, event_id: str | None) -> bool:
    """Whether this event moves the pair on one of these days."""
    if not event_id:
        return False
    days = pd.to_datetime(cached.pair_event(a, b, event_id)["on_date"])
    return bool(days.between(pd.Timestamp(since), pd.Timestamp(until)).any())


def is_asked_seen(events: PairEvents, days: Days) -> bool:
    """Whether the event that the address names is one of those in the days that are seen."""
    asked = asked_event()
    if asked is None or not is_event_of(events.a, events.b, events.since, events.until, asked):
        return False
    return not days.zoom or not days.seen(cached.pair_event(events.a, events.b, asked), "starts_on").empty


def draw_more(events: PairEvents, days: Days, listed_count: int) -> None:
    """Says how many are listed of how many, and offers more; nothing where all are."""
    count = events.seen_count(days)
    if listed_count >= count:
        return
    st.caption(
        t(
            "{listed} of {count} are listed and exported, the newest first. All of them as files: "
            "`mereda export FOLDER --dyad '{a} {b}' --from {first} --to {last}`.",
            listed=wording.number(listed_count),
            count=wording.number(count),
            a=events.a,
            b=events.b,
            first=days.first,
            last=days.last,
        )
    )
    st.button(
        t("List {count} more", count=wording.number(min(LISTED_COUNT, count - listed_count))),
        on_click=_ask_more,
        args=(events, days),
        icon=":material/expand_more:",
        type="tertiary",
    )


def _ask_more(events: PairEvents, days: Days) -> None:
    st.session_state[_MORE_KEY] = (_place(events, days), _more_count(events, days) + 1)


def _more_count(events: PairEvents, days: Days) -> int:
    place, count = st.session_state.get(_MORE_KEY, (None, 0))
    return int(count) if place == _place(events, days) else 0


def _place(events: PairEvents, days: Days) -> tuple[str, str, date, date]:
    return events.a, events.b, days.first, days.last


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [part for part in parts if not part.empty] or parts[:1]
    rows = pd.concat(filled, ignore_index=True).drop_duplicates("event_id") if len(filled) > 1 else filled[0]
    return rows.sort_values(["on_date", "impact", "event_id"], ascending=[True, False, True]).reset_index(drop=True)
