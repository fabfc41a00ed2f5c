"""The map: events and tension by country, with disputed areas drawn as the reader chooses."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.charts import world
from dashboard.views import wording
from dashboard.views.exports import draw_export, permalink
from dashboard.views.filters import Choice, draw_option
from dashboard.views.live_chart import Image, clicked_in, draw_chart
from dashboard.views.page import say_empty
from dashboard.views.state import CHANGE_DAYS, draw_state, draw_state_link
from warehouse.side_names import english_name

CHART_KEY = "world-chart"
DAYS = {"30": 30, "7": 7, "90": 90, "365": 365, "all": 36_500}
PLACE_COUNT = 300


def draw() -> None:
    """Draws the page of the map."""
    st.header("Map")
    counts = cached.overview()
    if not counts["event_count"]:
        say_empty("Where something happened is drawn here once the first events have been read.")
        return
    measure, days, view = _draw_options()
    until = _last_day(counts["last_event_on"])
    since = until - timedelta(days=days)
    places = cached.event_places(since, until, PLACE_COUNT)
    values, unit = _values(measure, since, until)
    if not values and places.empty:
        st.info("Nothing is known of these days. Choose more of them.")
        return
    names = {code: english_name(code) or code for code in values}
    figure = world.world_figure(
        values,
        names,
        places if measure == "events" else places.head(0),
        measure=measure,
        unit=unit,
        view=view,
    )
    note = f"Mereda, {since} - {until}\n{permalink()}"
    draw_chart(
        figure,
        key=CHART_KEY,
        description=f"{unit} by country. The same figures are in the table below.",
        on_event=_choose_clicked,
        image=Image("mereda-map", note),
    )
    st.caption(_caption(measure, since if days < DAYS["all"] else None, until))
    table = _table(values, names, unit)
    draw_export({"Countries": table}, name="mereda-map")
    _draw_country(names, until, days)
    st.dataframe(table, hide_index=True, width="stretch")


def _draw_options() -> tuple[str, int, str]:
    claimants = sorted({code for area in world.disputed_areas() for code in area.claimant_codes})
    views = {
        world.APART: "Apart, in grey",
        world.HOLDERS: "With who administers them",
        **{code: f"As {english_name(code) or code} claims them" for code in claimants},
    }
    spans = {
        "30": "30 days",
        "7": "7 days",
        "90": "90 days",
        "365": "1 year",
        "all": "All days",
    }
    first, second, third = st.columns(3)
    with first:
        measure = draw_option(
            "map", Choice("show", "Show", {"events": "Events by place", "tension": "Tension of each state"})
        )
    with second:
        days = draw_option("map", Choice("days", "Days", spans))
    with third:
        view = draw_option("map", Choice("disputed", "Disputed areas", views))
    return measure, DAYS[days], view


def _last_day(last: object) -> date:
    """Today, or the day of the last event where that is long ago."""
    today = cached.today()
    day = wording.day_of(last)
    return today if day is None or (today - day).days <= DAYS["30"] else day


def _values(measure: str, since: date, until: date) -> tuple[dict[str, float], str]:
    if measure == "events":
        found = cached.events_by_country(since, until)
        pairs = zip(found["country_code"], found["event_count"], strict=True)
        return {str(code): float(count) for code, count in pairs}, "events"
    states = cached.state_values(until, CHANGE_DAYS)
    pairs = zip(states["state_code"], states["tension"], strict=True)
    return {str(code): float(tension) for code, tension in pairs if tension >= wording.FAINT}, "weight points"


def _caption(measure: str, since: date | None, until: date) -> str:
    if measure == "tension":
        said = f"The tension of each state towards everyone together on {wording.written_day(until)}."
    elif since is None:
        said = "All that occurred or is alleged, by the country it happened in; dots are places."
    else:
        days = f"from {wording.written_day(since)} to {wording.written_day(until)}"
        said = f"What occurred or is alleged {days}, by the country it happened in; dots are places."
    return said + " Borders are those of the United Nations; what is disputed is drawn as chosen above."


def _table(values: dict[str, float], names: dict[str, str], unit: str) -> pd.DataFrame:
    codes = sorted(values, key=lambda code: -values[code])
    return pd.DataFrame(
        {
            "Country": [names[code] for code in codes],
            unit.capitalize(): [round(values[code], 1) for code in codes],
        }
    )


def _choose_clicked() -> None:
    code = clicked_in(CHART_KEY)
    if code:
        st.query_params["country"] = code


def _draw_country(names: dict[str, str], until: date, days: int) -> None:
    """What is known of the country that was clicked: its tension over time, its pairs, and the way to its events."""
    code = st.query_params.get("country", "")
    if code not in names and code not in set(cached.state_values(until, CHANGE_DAYS)["state_code"]):
        st.caption("Click a country to see its tension over time, its pairs and its events.")
        return
    st.subheader(english_name(code) or code)
    draw_state_link(code, label="A page of its own")
    draw_state(code, until, days)
