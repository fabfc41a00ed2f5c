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
from dashboard.views.options import side_names
from dashboard.views.page import SEARCH_PAGE_KEY, draw_page_link, pair_link, say_empty
from warehouse.side_names import english_name

CHART_KEY = "world-chart"
DAYS = {"30": 30, "7": 7, "90": 90, "365": 365, "all": 36_500}
PLACE_COUNT = 300
PAIR_COUNT = 12


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
    _draw_country(values, names)
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
    return tension_by_state(cached.tension_by_dyad(until, 10_000)), "weight points"


def tension_by_state(dyads: pd.DataFrame) -> dict[str, float]:
    """Gives the highest tension of each state with any other side; sides that are no states are left out."""
    values: dict[str, float] = {}
    for row in dyads.to_dict("records"):
        for name in ("side_a_code", "side_b_code"):
            code = str(row[name])
            if len(code) == 3 and code.isupper():
                values[code] = max(values.get(code, 0.0), float(row["tension"]))
    return {code: value for code, value in values.items() if value >= wording.FAINT}


def _caption(measure: str, since: date | None, until: date) -> str:
    if measure == "tension":
        said = f"The highest tension of each state with any other side on {wording.written_day(until)}."
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


def _draw_country(values: dict[str, float], names: dict[str, str]) -> None:
    """What is known of the country that was clicked: its pairs, and its events on the page of search."""
    code = st.query_params.get("country")
    if not code or code not in values:
        st.caption("Click a country to see its pairs and its events.")
        return
    st.subheader(names[code])
    dyads = cached.tension_by_dyad(cached.today(), 10_000)
    own = dyads[(dyads["side_a_code"] == code) | (dyads["side_b_code"] == code)].head(PAIR_COUNT)
    draw_page_link(SEARCH_PAGE_KEY, label="Events that happened there", icon="search", query={"country": code})
    st.caption(wording.counted(len(own), "pair"))
    known = side_names()
    for row in own.to_dict("records"):
        a, b = str(row["side_a_code"]), str(row["side_b_code"])
        pair_link(a, b, label=wording.plain_markdown(wording.written_pair(row, known)))
