"""One state towards everyone: its tension over time, and its pairs, the tensest first."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.charts.figure import Figure
from dashboard.charts.state import state_figure
from dashboard.translation import later, t, tc, tn
from dashboard.views import wording
from dashboard.views.exports import draw_export, formula_versions, permalink
from dashboard.views.figures import draw_figures
from dashboard.views.filters import Choice, draw_option, take_from_address, write_in_address
from dashboard.views.live_chart import Image, draw_chart
from dashboard.views.options import side_names
from dashboard.views.page import SEARCH_PAGE_KEY, draw_link_to, draw_page_link, pair_link, say_empty
from dashboard.views.validity import validity_sentence

KEY = "state-code"
RANGES = {"90": later("90 days"), "30": later("30 days"), "365": later("1 year"), "36500": later("All days")}
CHANGE_DAYS = 7
# Where a state's last event is older than this, its page looks at that day instead of at today.
QUIET_DAYS = 30
PAIR_COUNT = 12
FADING_HALF_LIVES = 4


def draw() -> None:
    """Draws the page of the state that the address names, or of the tensest one."""
    st.header(tc("country", "State"))
    states = cached.state_values(cached.today(), CHANGE_DAYS)
    if states.empty:
        say_empty(t("A state's tension appears here once the first events have been read."))
        return
    names = {str(code): wording.country_name(code) for code in states["state_code"]}
    names = dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))
    tensest = str(states.iloc[0]["state_code"])
    take_from_address(KEY, "code", lambda asked: asked if asked in names else tensest)
    first, second = st.columns([3, 2])
    code = first.selectbox(tc("country", "State"), list(names), key=KEY, format_func=names.__getitem__) or tensest
    write_in_address(KEY, "code", code)
    with second:
        days = int(draw_option("state", Choice("range", t("Range"), {code: t(name) for code, name in RANGES.items()})))
    row = states[states["state_code"] == code].iloc[0]
    draw_state(code, _until(row["last_event_on"]), days)


def _until(last: Any) -> date:
    today, day = cached.today(), wording.day_of(last)
    if day is None or (today - day).days <= QUIET_DAYS:
        return today
    st.info(t("The last event it is a party to was on {day}: shown as of that day.", day=wording.written_day(day)))
    return day


def draw_state(code: str, until: date, days: int) -> None:
    """Draws where a state stands on a day, how it came there in so many days, and its pairs; says where nothing is."""
    values = cached.state_values(until, CHANGE_DAYS)
    own = values[values["state_code"] == code]
    if own.empty:
        st.write(t("No event that it is a party to is known until this day."))
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
            {later("Days"): series, later("Pairs"): pairs},
            name=f"mereda-state-{code}",
            formula_version=formula_versions(series),
        )
        draw_page_link(SEARCH_PAGE_KEY, label=t("Events that happened there"), icon="search", query={"country": code})


def _first_day(series: pd.DataFrame) -> date:
    return pd.Timestamp(series.iloc[0]["on_date"]).date()


def pairs_of(dyads: pd.DataFrame, code: str) -> pd.DataFrame:
    """Gives the dyads of one side in the order they come, those that are no longer felt left out."""
    is_own = (dyads["side_a_code"] == code) | (dyads["side_b_code"] == code)
    is_felt = dyads[["tension", "deescalation"]].max(axis="columns") >= wording.FAINT
    return dyads[is_own & is_felt].reset_index(drop=True)


def _draw_standing(row: dict[Any, Any]) -> None:
    since = t("in {count} days", count=CHANGE_DAYS)
    events = tn("{count} event", "{count} events", row["event_count"])
    draw_figures(
        [
            (t("Tension"), wording.decimal(row["tension"]), f"{wording.signed(row['tension_change'])} {since}"),
            (
                t("De-escalation"),
                wording.decimal(row["deescalation"]),
                f"{wording.signed(row['deescalation_change'])} {since}",
            ),
            (t("Net"), wording.signed(row["net"]), f"{wording.signed(row['net_change'])} {since}"),
            (
                t("Last event"),
                wording.written_day(row["last_event_on"]),
                t("few outlets to lean on") if row["is_thin"] else f"{events} {since}",
            ),
        ]
    )


def _draw_series(code: str, series: pd.DataFrame, since: date, until: date) -> None:
    half_life = cached.half_life_days()

    def figure() -> Figure:
        revision = f"state-{code}-{since}"
        return state_figure(series, since=since, until=until, half_life_days=half_life, revision=revision)

    name = wording.country_name(code)
    versions = formula_versions(series)
    told = t("Mereda, formula version {version}", version=versions)
    draw_chart(
        cached.figure("state", (code, since, until), figure),
        key="state-chart",
        description=t(
            "Tension and de-escalation of {state} towards everyone, from {first} to {last}.",
            state=name,
            first=wording.written_day(since),
            last=wording.written_day(until),
        ),
        image=Image(f"mereda-state-{code}", f"{told}\n{permalink()}"),
    )
    st.caption(
        t(
            "All pairs of the state together, each event counted once. Hollow amber dots: few outlets speak of that "
            "day. Formula version {version}: see *Method*.",
            version=wording.plain_markdown(versions),
        )
        + f" {validity_sentence()}"
    )


def _draw_pairs(code: str, pairs: pd.DataFrame) -> None:
    st.subheader(t("Its pairs, the tensest first"))
    if pairs.empty:
        st.write(t("Nothing between it and any other side is felt any more."))
    names = side_names()
    for row in pairs.head(PAIR_COUNT).to_dict("records"):
        a, b = str(row["side_a_code"]), str(row["side_b_code"])
        other = b if a == code else a
        label = t(
            "{side}: tension {tension} ({change}), de-escalation {deescalation}",
            side=names.get(other, other),
            tension=wording.decimal(row["tension"]),
            change=wording.signed(row["tension_change"]),
            deescalation=wording.decimal(row["deescalation"]),
        )
        pair_link(a, b, label=wording.plain_markdown(label))
    if not pairs.empty:
        st.caption(t("In brackets: how far tension moved in {count} days.", count=CHANGE_DAYS))
    if len(pairs) > PAIR_COUNT:
        st.caption(
            tn(
                "{count} more pair: the export has all.",
                "{count} more pairs: the export has all.",
                len(pairs) - PAIR_COUNT,
            )
        )


def draw_state_link(code: str, *, label: str) -> None:
    """Draws a link to the page of a state; the label is Markdown."""
    draw_link_to("state", label=label, icon="flag", query={"code": code})
