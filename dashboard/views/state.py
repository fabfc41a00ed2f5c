"""One state towards everyone: its tension over time, and its pairs, the tensest first."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.charts.state import state_figure
from dashboard.views import wording
from dashboard.views.exports import draw_export, formula_versions, permalink
from dashboard.views.figures import draw_figures
from dashboard.views.filters import Choice, draw_option, take_from_address, write_in_address
from dashboard.views.live_chart import Image, draw_chart
from dashboard.views.options import side_names
from dashboard.views.page import SEARCH_PAGE_KEY, draw_link_to, draw_page_link, pair_link, say_empty
from warehouse.side_names import english_name

KEY = "state-code"
RANGES = {"90": "90 days", "30": "30 days", "365": "1 year", "36500": "All days"}
CHANGE_DAYS = 7
# Where a state's last event is older than this, its page looks at that day instead of at today.
QUIET_DAYS = 30
PAIR_COUNT = 12
FADING_HALF_LIVES = 4


def draw() -> None:
    """Draws the page of the state that the address names, or of the tensest one."""
    st.header("State")
    states = cached.state_values(cached.today(), CHANGE_DAYS)
    if states.empty:
        say_empty("A state's tension appears here once the first events have been read.")
        return
    names = {str(code): english_name(code) or str(code) for code in states["state_code"]}
    names = dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))
    tensest = str(states.iloc[0]["state_code"])
    take_from_address(KEY, "code", lambda asked: asked if asked in names else tensest)
    first, second = st.columns([3, 2])
    code = first.selectbox("State", list(names), key=KEY, format_func=names.__getitem__) or tensest
    write_in_address(KEY, "code", code)
    with second:
        days = int(draw_option("state", Choice("range", "Range", RANGES)))
    row = states[states["state_code"] == code].iloc[0]
    draw_state(code, _until(row["last_event_on"]), days)


def _until(last: Any) -> date:
    today, day = cached.today(), wording.day_of(last)
    if day is None or (today - day).days <= QUIET_DAYS:
        return today
    st.info(f"The last event it is a party to was on {wording.written_day(day)}: shown as of that day.")
    return day


def draw_state(code: str, until: date, days: int) -> None:
    """Draws where a state stands on a day, how it came there in so many days, and its pairs; says where nothing is."""
    values = cached.state_values(until, CHANGE_DAYS)
    own = values[values["state_code"] == code]
    if own.empty:
        st.write("No event that it is a party to is known until this day.")
    else:
        _draw_standing(own.iloc[0].to_dict())
    fading = timedelta(days=ceil(FADING_HALF_LIVES * cached.half_life_days()))
    series = cached.state_series(code, until - timedelta(days=days) - 2 * fading, until)
    pairs = pairs_of(cached.tension_by_dyad(until, 10_000), code)
    if not series.empty:
        _draw_series(code, series, max(until - timedelta(days=days), _first_day(series)), until)
    _draw_pairs(code, pairs)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        draw_export(
            {"Days": series, "Pairs": pairs}, name=f"mereda-state-{code}", formula_version=formula_versions(series)
        )
        draw_page_link(SEARCH_PAGE_KEY, label="Events that happened there", icon="search", query={"country": code})


def _first_day(series: pd.DataFrame) -> date:
    return pd.Timestamp(series.iloc[0]["on_date"]).date()


def pairs_of(dyads: pd.DataFrame, code: str) -> pd.DataFrame:
    """Gives the dyads of one side in the order they come, those that are no longer felt left out."""
    is_own = (dyads["side_a_code"] == code) | (dyads["side_b_code"] == code)
    is_felt = dyads[["tension", "deescalation"]].max(axis="columns") >= wording.FAINT
    return dyads[is_own & is_felt].reset_index(drop=True)


def _draw_standing(row: dict[Any, Any]) -> None:
    since = f"in {CHANGE_DAYS} days"
    draw_figures(
        [
            ("Tension", f"{row['tension']:.1f}", f"{wording.signed(row['tension_change'])} {since}"),
            ("De-escalation", f"{row['deescalation']:.1f}", f"{wording.signed(row['deescalation_change'])} {since}"),
            ("Net", wording.signed(row["net"]), f"{wording.signed(row['net_change'])} {since}"),
            (
                "Last event",
                wording.written_day(row["last_event_on"]),
                "few outlets to lean on"
                if row["is_thin"]
                else wording.counted(row["event_count"], "event") + f" {since}",
            ),
        ]
    )


def _draw_series(code: str, series: pd.DataFrame, since: date, until: date) -> None:
    figure = state_figure(
        series, since=since, until=until, half_life_days=cached.half_life_days(), revision=f"state-{code}-{since}"
    )
    name = english_name(code) or code
    versions = formula_versions(series)
    draw_chart(
        figure,
        key="state-chart",
        description=f"Tension and de-escalation of {name} towards everyone, from {since} to {until}.",
        image=Image(f"mereda-state-{code}", f"Mereda, formula version {versions}\n{permalink()}"),
    )
    st.caption(
        "All pairs of the state together, each event counted once. Hollow dots: few outlets speak of that day. "
        f"Formula version {wording.plain_markdown(versions)}: see *Method*."
    )


def _draw_pairs(code: str, pairs: pd.DataFrame) -> None:
    st.subheader("Its pairs, the tensest first")
    if pairs.empty:
        st.write("Nothing between it and any other side is felt any more.")
    names = side_names()
    for row in pairs.head(PAIR_COUNT).to_dict("records"):
        a, b = str(row["side_a_code"]), str(row["side_b_code"])
        other = b if a == code else a
        moved = f"tension {row['tension']:.1f} ({wording.signed(row['tension_change'])})"
        label = f"{names.get(other, other)}: {moved}, de-escalation {row['deescalation']:.1f}"
        pair_link(a, b, label=wording.plain_markdown(label))
    if not pairs.empty:
        st.caption(f"In brackets: how far tension moved in {CHANGE_DAYS} days.")
    if len(pairs) > PAIR_COUNT:
        st.caption(f"{wording.counted(len(pairs) - PAIR_COUNT, 'more pair')}: the export has all.")


def draw_state_link(code: str, *, label: str) -> None:
    """Draws a link to the page of a state; the label is Markdown."""
    draw_link_to("state", label=label, icon="flag", query={"code": code})
