"""Two sides over time: the curves, the events on them, and the sentence behind each."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.charts import curves
from dashboard.views import wording
from dashboard.views.event_table import draw_event_table
from dashboard.views.evidence import draw_event
from dashboard.views.exports import draw_export, formula_versions, permalink
from dashboard.views.figures import draw_figures
from dashboard.views.live_chart import Image, clicked_in, draw_chart
from dashboard.views.opened import asked_event, close_event, draw_place, open_event
from dashboard.views.options import side_names
from dashboard.views.page import say_empty
from dashboard.views.pair_question import RANGES, Question, draw_question, show_all_days

# After four half-lives little is left of a value: a curve of all days is drawn so long after its last known day, and
# twice as long before a range it is asked what the range begins with.
FADING_HALF_LIVES = 4
CHART_KEY = "pair-chart"


def draw() -> None:
    """Draws the page of one pair."""
    st.header("Pair")
    names = side_names()
    if len(names) < 2:
        say_empty("Two sides appear here once the first events have been read.")
        return
    question = draw_question(names)
    if question.a == question.b:
        st.info("Choose two different sides.")
        return
    until = cached.today()
    since = until - timedelta(days=RANGES[question.span][1])
    fading = timedelta(days=ceil(FADING_HALF_LIVES * cached.half_life_days()))
    events = cached.pair_events(question.a, question.b, since, until)
    series = cached.pair_series(question.a, question.b, since - 2 * fading, until)
    known = series[series["on_date"] >= pd.Timestamp(since)]
    if known.empty and events.empty:
        _say_unknown(question, names)
        return
    if question.span == "all":
        since, until = _drawn_days(known, events, fading)
    selected = _selected_id(events)
    _draw_known(known)
    _draw_curves(question, names, series, events, since, until, selected)
    seen_days = series[series["on_date"].between(pd.Timestamp(since), pd.Timestamp(until))]
    name, version = f"mereda-{question.a}-{question.b}", formula_versions(seen_days)
    draw_export({"Days": seen_days, "Events": events}, name=name, formula_version=version)
    _draw_events(events, selected)


def _say_unknown(question: Question, names: dict[str, str]) -> None:
    a, b = (wording.plain_markdown(names[code]) for code in (question.a, question.b))
    where = "at all" if question.span == "all" else "in this range"
    st.info(f"Nothing is known between {a} and {b} {where}. Days without news are left empty, not zero.")
    if question.span != "all":
        st.button("Look at all days", on_click=show_all_days)


def _drawn_days(known: pd.DataFrame, events: pd.DataFrame, fading: timedelta) -> tuple[date, date]:
    """The first known day and when the last has faded: years without news would press the curve into a needle."""
    days = [*pd.to_datetime(known["on_date"]), *pd.to_datetime(events["starts_on"])]
    return min(days).date(), min(cached.today(), max(days).date() + fading)


def _selected_id(events: pd.DataFrame) -> str | None:
    asked = asked_event()
    if asked and asked not in set(events["event_id"]):
        st.info("The event in this address is not among those of this pair: it was withdrawn or merged with another.")
        return None
    return asked


def _open_clicked() -> None:
    open_event(clicked_in(CHART_KEY))


def _draw_known(known: pd.DataFrame) -> None:
    if known.empty:
        return
    last, first = known.iloc[-1], known.iloc[0]
    since = f"since {wording.written_day(first['on_date'])}" if len(known) > 1 else "the only known day"
    outlets = wording.counted(last["outlet_count"], "outlet")
    draw_figures(
        [
            (name, f"{last[column]:.1f}", f"{wording.signed(last[column] - first[column])} {since}")
            for name, column in (("Tension", "tension"), ("De-escalation", "deescalation"))
        ]
        + [
            (
                "Net",
                wording.signed(last["net"]),
                f"90 % band {wording.signed(last['lower'])} to {wording.signed(last['upper'])}",
            ),
            (
                "Last known day",
                wording.written_day(last["on_date"]),
                f"{outlets}, few to lean on" if last["is_thin"] else outlets,
            ),
        ]
    )


def _draw_curves(
    question: Question,
    names: dict[str, str],
    series: pd.DataFrame,
    events: pd.DataFrame,
    since: date,
    until: date,
    selected: str | None,
) -> None:
    half_life = cached.half_life_days()
    figure = curves.pair_figure(
        series,
        events,
        since=since,
        until=until,
        selected_event_id=selected,
        half_life_days=half_life,
        revision=f"{question.a}-{question.b}-{question.span}",
    )
    description = (
        f"Tension and de-escalation between {names[question.a]} and {names[question.b]}, "
        f"{wording.counted(len(events), 'event')}. The same events are in the table below."
    )
    versions = formula_versions(series) or "unknown"
    name = f"mereda-{question.a}-{question.b}"
    note = f"Mereda, formula version {versions}\n{permalink()}"
    draw_chart(figure, key=CHART_KEY, description=description, on_event=_open_clicked, image=Image(name, note))
    st.caption(
        "Click a marker to read its sentences. Drag to zoom, double-click to see all. Hollow dots: few outlets speak "
        f"of that day. Half-life {half_life:g} days, formula version {wording.plain_markdown(versions)}: see *Method*."
    )


def _draw_events(events: pd.DataFrame, selected: str | None) -> None:
    st.subheader(wording.counted(len(events), "event") + " in this range")
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
            st.caption("Choose a marker or a row: the sentences behind it open here, marked in their articles.")
            return
        chosen: dict[Any, Any] = rows[rows["event_id"] == selected].iloc[0].to_dict()
        draw_event(chosen, on_close=close_event)


def _draw_search(rows: pd.DataFrame, selected: str | None) -> None:
    """The same choice by name, for who works with the keyboard or a screen reader."""
    labels = {
        str(row["event_id"]): " · ".join(
            (wording.written_day(row["starts_on"]), wording.written_sides(row), wording.written_type(row))
        )
        for row in rows.to_dict("records")
    }
    st.session_state["event_choice"] = selected
    st.selectbox(
        "Find an event",
        list(labels),
        index=None,
        key="event_choice",
        format_func=lambda event_id: labels.get(event_id, event_id),
        placeholder="Type a day, a side or a type",
        on_change=lambda: open_event(st.session_state["event_choice"]),
    )
