"""The first page: what moved, what is new, where tension stands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.charts import bars
from dashboard.views import quote, wording
from dashboard.views.live_chart import draw_chart
from dashboard.views.page import pair_link, say_empty

NEWEST_COUNT = 8
MOVED_COUNT = 5
TENSEST_COUNT = 10
# Where the last event is older than this, the page looks at its day instead of at today.
QUIET_DAYS = 30


def draw() -> None:
    """Draws the first page."""
    st.header("Today")
    counts = cached.overview()
    _draw_counts(counts)
    if not counts["event_count"]:
        say_empty("Nothing has been read yet. What moved between which sides will stand here.")
        return
    names = {str(row["code"]): str(row["name"]) for row in cached.sides().to_dict("records")}
    left, right = st.columns([3, 2], gap="large")
    with left:
        _draw_newest()
    with right:
        on = _reference_day(counts)
        _draw_moved(names, on)
        _draw_tension(names, on)


def _reference_day(counts: dict[str, Any]) -> date:
    """Today; the day of the last event where that is long ago, and the page says so."""
    today, last = cached.today(), counts["last_event_on"]
    if wording.is_missing(last) or (today - last).days <= QUIET_DAYS:
        return today
    st.info(f"The last event was on {wording.written_day(last)}: what moved, and tension, are as of that day.")
    return date(last.year, last.month, last.day)


def _draw_counts(counts: dict[str, Any]) -> None:
    now = datetime.now(UTC)
    with st.container(horizontal=True):
        st.metric("Events", f"{counts['event_count']:,}", border=True)
        st.metric("Pairs", f"{counts['dyad_count']:,}", border=True)
        st.metric("Articles in 24 h", f"{counts['article_count_24h']:,}", border=True)
        st.metric("Feeds", f"{counts['feed_count']:,}", border=True)
    st.caption(
        f"Last poll {wording.written_ago(counts['last_polled_at_utc'], now)}, "
        f"last reading {wording.written_ago(counts['last_coded_at_utc'], now)}. "
        f"{wording.counted(counts['failing_feed_count'], 'feed')} failing. Times are UTC."
    )


def _draw_newest() -> None:
    st.subheader("Newest events")
    for event in cached.newest_events(NEWEST_COUNT).to_dict("records"):
        with st.container(border=True):
            st.html(wording.event_heading(event))
            sentence = wording.text_of(event.get("evidence_text")) or wording.text_of(event["headline"])
            st.html(quote.paragraph(sentence, language=wording.text_of(event.get("language")) or None))
            outlet = wording.text_of(event.get("outlet_name"), "unknown outlet")
            others = int(event["outlet_count"]) - 1
            st.text(outlet + (f" and {wording.counted(others, 'other outlet')}" if others > 0 else ""))
            if not wording.is_missing(event.get("side_a_code")):
                pair_link(
                    str(event["side_a_code"]),
                    str(event["side_b_code"]),
                    label="See it on the curve",
                    event_id=str(event["event_id"]),
                )


def _draw_moved(names: dict[str, str], on: date) -> None:
    st.subheader("What moved")
    span = st.segmented_control(
        "Over", [1, 7], default=7, key="moved-days", format_func=lambda days: "24 hours" if days == 1 else "7 days"
    )
    moved = cached.moved_dyads(on, int(span or 7))
    if moved.empty:
        st.write("No pair moved in this time.")
    worse = moved[moved["net_change"] < 0].head(MOVED_COUNT) if not moved.empty else moved
    better = moved[moved["net_change"] > 0].head(MOVED_COUNT) if not moved.empty else moved
    for title, rows in (("▲ More tense", worse), ("▼ Easing", better)):
        if not rows.empty:
            st.markdown(f"**{title}**")
        for row in rows.to_dict("records"):
            label = f"{_pair_label(row, names)}: net {row['net_change']:+.1f}"
            pair_link(str(row["side_a_code"]), str(row["side_b_code"]), label=_plain(label))


def _draw_tension(names: dict[str, str], on: date) -> None:
    st.subheader("Tension by pair")
    dyads = cached.tension_by_dyad(on, TENSEST_COUNT)
    labels = [_pair_label(row, names) for row in dyads.to_dict("records")]
    frame = pd.DataFrame(dyads).assign(label=labels)
    draw_chart(
        bars.tension_figure(frame), key="tension-chart", description=f"Tension and de-escalation of each pair on {on}"
    )


def _pair_label(row: dict[Any, Any], names: dict[str, str]) -> str:
    a, b = str(row["side_a_code"]), str(row["side_b_code"])
    return f"{names.get(a, a)} - {names.get(b, b)}"


def _plain(label: str) -> str:
    """A link's label is Markdown: names come from the web, so their marks are escaped."""
    return "".join("\\" + sign if sign in "\\`*_[]<>$:~#" else sign for sign in label)
