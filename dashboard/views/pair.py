"""Two sides over time: the curves, the events on them, and the sentence behind each."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.asking import begin
from dashboard.charts import curves
from dashboard.charts.figure import Figure
from dashboard.charts.flags import flag_traces
from dashboard.charts.phases import phase_shapes
from dashboard.translation import later, t, tn
from dashboard.translation.written import plain_number
from dashboard.views import wording
from dashboard.views.exports import draw_export, formula_versions, permalink
from dashboard.views.figures import draw_figures
from dashboard.views.live_chart import Image, clicked_in, draw_chart
from dashboard.views.opened import close_event, open_event
from dashboard.views.options import side_names
from dashboard.views.page import draw_link_to, pair_query, say_empty
from dashboard.views.pair_between import draw_between
from dashboard.views.pair_compared import compared_pairs, draw_compared
from dashboard.views.pair_events import draw_events, selected_id
from dashboard.views.pair_notes import draw_notes, standing
from dashboard.views.pair_phases import draw_phases
from dashboard.views.pair_question import RANGES, Question, draw_question, show_all_days
from dashboard.views.pair_told import PairEvents, count_events, draw_more, is_asked_seen, read_events
from dashboard.views.pair_usual import draw_usual_switch, read_usual, usual_behind, usual_sentence
from dashboard.views.shown_days import Days, asked_days, draw_days, follow_zoom, show_whole_range
from dashboard.views.validity import validity_sentence

# After four half-lives little is left of a value: a curve of all days is drawn so long after its last known day, and
# twice as long before a range it is asked what the range begins with.
FADING_HALF_LIVES = 4
CHART_KEY = "pair-chart"


def draw() -> None:
    """Draws the page of one pair."""
    st.header(t("Pair"))
    names = side_names()
    if len(names) < 2:
        say_empty(t("Two sides appear here once the first events have been read."))
        return
    question = draw_question(names)
    if question.a == question.b:
        st.info(t("Choose two different sides."))
        return
    until = cached.today()
    since = until - timedelta(days=RANGES[question.span][1])
    fading = timedelta(days=ceil(FADING_HALF_LIVES * cached.half_life_days()))
    counted = count_events(question.a, question.b, since, until)
    series = cached.pair_series(question.a, question.b, since - 2 * fading, until)
    known = series[series["on_date"] >= pd.Timestamp(since)]
    if known.empty and not counted["event_count"]:
        _say_unknown(question, names)
        return
    if question.span == "all":
        since, until = _drawn_days(known, counted, fading)
    _begin_below(question, asked_days(since, until))
    events = read_events(question.a, question.b, since, until)
    selected = selected_id(events)
    days = _seen_days(events, selected)
    pairs = compared_pairs(question, names, _series_beside(question, series, since - 2 * fading, until))
    _draw_known(known)
    notes = cached.dyad_notes(question.a, question.b, days.since, days.until)
    phases = cached.phases(question.a, question.b, days.first, days.last)
    _draw_curves(question, names, series, events, standing(notes), phases, days, selected)
    draw_phases(phases, question, days)
    draw_notes(question, days.seen(notes, "on_date"), days)
    listed = events.listed(days, selected)
    tables = {later("Days"): days.seen(series, "on_date"), later("Events"): listed}
    if question.others:
        tables[later("Compared days")] = days.seen(pd.concat([pair.series for pair in pairs]), "on_date")
    if not phases.empty:
        tables[later("Phases")] = phases
    thirds = cached.third_sides(question.a, question.b, days.first, days.last)
    tables[later("Third sides")] = thirds
    if not notes.empty:
        tables[later("Notes")] = days.seen(standing(notes), "on_date")
    _draw_tools(question, tables, days)
    if question.others:
        draw_compared(question, pairs, days, cached.half_life_days())
    draw_events(listed, selected, days, count=events.seen_count(days))
    draw_more(events, days, len(listed))
    draw_between(question, names, thirds, days)


def _begin_below(question: Question, days: Days) -> None:
    """Asks what stands below the chart while the chart is put together."""
    for asked in (cached.phases, cached.third_sides):
        begin(asked, question.a, question.b, days.first, days.last)
    begin(cached.dyad_notes, question.a, question.b, days.since, days.until)


def _say_unknown(question: Question, names: dict[str, str]) -> None:
    a, b = (wording.plain_markdown(names[code]) for code in (question.a, question.b))
    if question.span == "all":
        said = t("Nothing is known between {first} and {second} at all.", first=a, second=b)
    else:
        said = t("Nothing is known between {first} and {second} in this range.", first=a, second=b)
    st.info(said + " " + t("Days without news are left empty, not zero."))
    if question.span != "all":
        st.button(t("Look at all days"), on_click=show_all_days)


def _drawn_days(known: pd.DataFrame, counted: dict[str, Any], fading: timedelta) -> tuple[date, date]:
    """The first known day and when the last has faded: years without news would press the curve into a needle."""
    told = [counted["first_on"], counted["last_on"]] if counted["event_count"] else []
    days = [*pd.to_datetime(known["on_date"]), *map(pd.Timestamp, told)]
    return min(days).date(), min(cached.today(), max(days).date() + fading)


def _seen_days(events: PairEvents, selected: str | None) -> Days:
    """The days that the address names; all where they would leave out the event it opens."""
    days = asked_days(events.since, events.until)
    if selected is None or is_asked_seen(events, days):
        return days
    show_whole_range()
    return Days(events.since, events.until)


def _close_unseen(events: PairEvents, days: Days) -> None:
    """Closes the opened event where the days now asked for leave it out."""
    if not is_asked_seen(events, asked_days(days.since, days.until)):
        close_event()


def _series_beside(question: Question, own: pd.DataFrame, since: date, until: date) -> pd.DataFrame:
    """The days of the page's pair and of those it is compared with."""
    if not question.others:
        return own
    return pd.concat([own, cached.dyads_series(question.others, since, until)], ignore_index=True)


def _draw_tools(question: Question, tables: dict[str, pd.DataFrame], days: Days) -> None:
    """What can be done with what is seen: other days, files, the last week as a brief."""
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_days(days)
        indices = pd.concat([table for table in tables.values() if "formula_version" in table])
        name = f"mereda-{question.a}-{question.b}"
        draw_export(tables, name=name, formula_version=formula_versions(indices))
        week = pair_query(question.a, question.b) | {"on": days.last.isoformat()}
        draw_link_to("brief", label=t("The last week as a brief"), icon="summarize", query=week)


def _draw_known(known: pd.DataFrame) -> None:
    if known.empty:
        return
    last, first = known.iloc[-1], known.iloc[0]
    since = t("since {day}", day=wording.written_day(first["on_date"])) if len(known) > 1 else t("the only known day")
    outlets = tn("{count} outlet", "{count} outlets", last["outlet_count"])
    draw_figures(
        [
            (t(name), wording.decimal(last[column]), f"{wording.signed(last[column] - first[column])} {since}")
            for name, column in ((later("Tension"), "tension"), (later("De-escalation"), "deescalation"))
        ]
        + [
            (t("Net"), wording.signed(last["net"]), wording.written_band(last["lower"], last["upper"])),
            (
                t("Last known day"),
                wording.written_day(last["on_date"]),
                t("{outlets}, few to lean on", outlets=outlets) if last["is_thin"] else outlets,
            ),
        ]
    )


def _draw_curves(
    question: Question,
    names: dict[str, str],
    series: pd.DataFrame,
    events: PairEvents,
    notes: pd.DataFrame,
    phases: pd.DataFrame,
    days: Days,
    selected: str | None,
) -> None:
    half_life = cached.half_life_days()
    usual = read_usual(question, days.since) if draw_usual_switch() else None
    drawn = events.markers(days, selected)

    def figure() -> Figure:
        return curves.pair_figure(
            series,
            drawn,
            since=days.since,
            until=days.until,
            zoom=days.zoom,
            behind=[] if usual is None else usual_behind(usual, days),
            before=flag_traces(notes, days.first, days.last),
            phases=phase_shapes(phases, days.first, days.last),
            selected_event_id=selected,
            half_life_days=half_life,
            revision=f"{question.a}-{question.b}-{question.span}",
        )

    description = t(
        "Tension and de-escalation between {first} and {second}, {events}. The table below lists events by day.",
        first=names[question.a],
        second=names[question.b],
        events=tn("{count} event", "{count} events", len(drawn)),
    )
    versions = formula_versions(series) or t("unknown")
    name = f"mereda-{question.a}-{question.b}"
    note = t("Mereda, formula version {version}", version=versions) + f"\n{permalink()}"
    draw_chart(
        cached.figure("pair", (question.a, question.b, question.span, days, selected, usual is None), figure),
        key=CHART_KEY,
        description=description,
        on_event=lambda: open_event(clicked_in(CHART_KEY)),
        on_zoom=follow_zoom(CHART_KEY, lambda: _close_unseen(events, days)),
        image=Image(name, note),
    )
    st.caption(
        t(
            "Click a marker to read its sentences. Drag to zoom, double-click to see all. Hollow amber dots: few "
            "outlets speak of that day. Half-life {days} days, formula version {version}: see *Method*.",
            days=plain_number(half_life),
            version=wording.plain_markdown(versions),
        )
        + f" {validity_sentence()}"
    )
    if not events.is_whole:
        st.caption(
            t(
                "Markers are the weightiest {drawn} of {count} events; zoom in to see more of those days.",
                drawn=wording.number(len(drawn)),
                count=wording.number(events.count),
            )
        )
    if usual is not None:
        st.write(usual_sentence(usual, days.seen(series, "on_date"), days.since))
