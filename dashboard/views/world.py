"""The map: events and tension by country, with disputed areas drawn as the reader chooses."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.charts import world
from dashboard.charts.figure import Figure
from dashboard.translation import later, t
from dashboard.translation.names import area_names
from dashboard.views import address, wording
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
    st.header(t("Map"))
    counts = cached.overview()
    if not counts["event_count"]:
        say_empty(t("Where something happened is drawn here once the first events have been read."))
        return
    measure, days, view = _draw_options()
    until = _last_day(counts["last_event_on"])
    since = until - timedelta(days=days)
    places = cached.event_places(since, until, PLACE_COUNT)
    values, unit = _values(measure, since, until)
    if not values and places.empty:
        st.info(t("Nothing is known of these days. Choose more of them."))
        return
    names = {code: wording.country_name(code) for code in values}

    def figure() -> Figure:
        return world.world_figure(
            values,
            names,
            places if measure == "events" else places.head(0),
            measure=measure,
            unit=t(unit),
            view=view,
            area_names=area_names(),
        )

    note = f"Mereda, {wording.written_range(since, until)}\n{permalink()}"
    draw_chart(
        cached.figure("world", (measure, since, until, view), figure),
        key=CHART_KEY,
        description=t("{unit} by country. The same figures are in the table below.", unit=t(unit)),
        on_event=_choose_clicked,
        image=Image("mereda-map", note),
    )
    st.caption(_caption(measure, since if days < DAYS["all"] else None, until))
    draw_export({later("Countries"): _exported(values, unit)}, name="mereda-map")
    _draw_country(names, until, days)
    st.dataframe(_table(values, names, unit), hide_index=True, width="stretch")


def _draw_options() -> tuple[str, int, str]:
    claimants = sorted({code for area in world.disputed_areas() for code in area.claimant_codes})
    views = {
        world.APART: t("Apart, in grey"),
        world.HOLDERS: t("With who administers them"),
        **{code: t("As {country} claims them", country=wording.country_name(code)) for code in claimants},
    }
    spans = {
        "30": t("30 days"),
        "7": t("7 days"),
        "90": t("90 days"),
        "365": t("1 year"),
        "all": t("All days"),
    }
    first, second, third = st.columns(3)
    with first:
        measure = draw_option(
            "map", Choice("show", t("Show"), {"events": t("Events by place"), "tension": t("Tension of each state")})
        )
    with second:
        days = draw_option("map", Choice("days", t("Days"), spans))
    with third:
        view = draw_option("map", Choice("disputed", t("Disputed areas"), views))
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
        return {str(code): float(count) for code, count in pairs}, later("events")
    states = cached.state_values(until, CHANGE_DAYS)
    pairs = zip(states["state_code"], states["tension"], strict=True)
    return {str(code): float(tension) for code, tension in pairs if tension >= wording.FAINT}, later("weight points")


def _caption(measure: str, since: date | None, until: date) -> str:
    if measure == "tension":
        day = wording.written_day(until)
        said = t("The tension of each state towards everyone together on {day}.", day=day)
    elif since is None:
        said = t("All that occurred or is alleged, by the country it happened in; dots are places.")
    else:
        said = t(
            "What occurred or is alleged from {first} to {last}, by the country it happened in; dots are places.",
            first=wording.written_day(since),
            last=wording.written_day(until),
        )
    return said + " " + t("Borders are those of the United Nations; what is disputed is drawn as chosen above.")


def _table(values: dict[str, float], names: dict[str, str], unit: str) -> pd.DataFrame:
    codes = sorted(values, key=lambda code: -values[code])
    return pd.DataFrame(
        {
            t("Country"): [names[code] for code in codes],
            t(unit).capitalize(): [round(values[code], 1) for code in codes],
        }
    )


def _exported(values: dict[str, float], unit: str) -> pd.DataFrame:
    """The same table as a file has it, in every language."""
    rows = sorted(values.items(), key=lambda pair: -pair[1])
    countries = [english_name(code) or code for code, _ in rows]
    return pd.DataFrame({"Country": countries, unit.capitalize(): [round(value, 1) for _, value in rows]})


def _choose_clicked() -> None:
    code = clicked_in(CHART_KEY)
    if code:
        address.write({"country": code})


def _draw_country(names: dict[str, str], until: date, days: int) -> None:
    """What is known of the country that was clicked: its tension over time, its pairs, and the way to its events."""
    code = address.asked("country") or ""
    if code not in names and code not in set(cached.state_values(until, CHANGE_DAYS)["state_code"]):
        st.caption(t("Click a country to see its tension over time, its pairs and its events."))
        return
    st.subheader(wording.country_name(code))
    draw_state_link(code, label=t("A page of its own"))
    draw_state(code, until, days)
