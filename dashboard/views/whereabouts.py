"""The countries in which these days' events happened, each a way to the map."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from dashboard import cached
from dashboard.views import wording
from dashboard.views.page import draw_link_to
from warehouse.side_names import english_name

COUNTRY_COUNT = 6


def draw_whereabouts(on: date, days: int) -> None:
    """Draws the busiest countries of the days up to `on`, included; nothing where no place is known."""
    found = cached.events_by_country(on - timedelta(days=days - 1), on)
    if found.empty:
        return
    st.subheader("Where it happened")
    with st.container(horizontal=True, gap="small"):
        for row in found.head(COUNTRY_COUNT).to_dict("records"):
            code = str(row["country_code"])
            label = f"{english_name(code) or code} {int(row['event_count']):,}"
            draw_link_to(
                "map", label=wording.plain_markdown(label), icon="location_on", query={"days": "7", "country": code}
            )
        draw_link_to("map", label="The map of these days", icon="public", query={"days": "7"})
