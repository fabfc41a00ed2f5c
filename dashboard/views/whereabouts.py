"""The countries in which these days' events happened, as a small map and as words, each a way to the map's page."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.charts import world
from dashboard.charts.figure import Figure
from dashboard.translation import t
from dashboard.translation.names import area_names
from dashboard.views import wording
from dashboard.views.live_chart import draw_chart
from dashboard.views.page import PATHS_KEY, draw_link_to
from dashboard.views.reader import in_chosen_language

COUNTRY_COUNT = 6


def draw_whereabouts(on: date, days: int) -> None:
    """Draws the countries of the days up to `on`, included, and names the busiest; nothing where none is known."""
    found = cached.events_by_country(on - timedelta(days=days - 1), on)
    if found.empty:
        return
    st.subheader(t("Where it happened"))
    _draw_map(found, on, days)
    with st.container(horizontal=True, gap="small"):
        for row in found.head(COUNTRY_COUNT).to_dict("records"):
            code = str(row["country_code"])
            label = f"{wording.country_name(code)} {wording.number(row['event_count'])}"
            draw_link_to(
                "map", label=wording.plain_markdown(label), icon="location_on", query={"days": "7", "country": code}
            )
        draw_link_to("map", label=t("The map of these days"), icon="public", query={"days": "7"})


def _draw_map(found: pd.DataFrame, on: date, days: int) -> None:
    def figure() -> Figure:
        values = {str(row["country_code"]): float(row["event_count"]) for row in found.to_dict("records")}
        names = {code: wording.country_name(code) for code in values}
        return world.world_figure(
            values,
            names,
            None,
            measure="events",
            unit=t("events"),
            view=world.APART,
            is_small=True,
            area_names=area_names(),
        )

    clicked = draw_chart(
        cached.figure("whereabouts", (on, days), figure),
        key="today-map",
        description=t("Events by country. The busiest countries are named below it."),
    )
    target = st.session_state.get(PATHS_KEY, {}).get("map")
    if clicked and target is not None:
        st.switch_page(target, query_params=in_chosen_language({"days": "7", "country": clicked}))
    since = on - timedelta(days=days - 1)
    span = wording.written_day(on) if days == 1 else wording.written_range(since, on)
    st.caption(t("Events of {days} by the country they happened in: darker is more, grey is disputed.", days=span))
