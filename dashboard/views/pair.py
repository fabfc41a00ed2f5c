"""Two sides over time: the curves, the events on them, and the sentence behind each.

The address of the page is the whole question: `a`, `b`, `range` and `event`, so it can be kept or sent.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.charts import curves
from dashboard.views import wording
from dashboard.views.evidence import draw_event, events_table
from dashboard.views.live_chart import draw_chart
from dashboard.views.page import say_empty

RANGES = {
    "14d": ("2 weeks", 14),
    "30d": ("30 days", 30),
    "90d": ("90 days", 90),
    "1y": ("1 year", 365),
    "all": ("All", 36_500),
}
DEFAULT_RANGE = "90d"
# The curve is drawn this long after its last known day: four half-lives, by when little is left.
FADE_DAYS = 28
CHART_KEY = "pair-chart"


def draw() -> None:
    """Draws the page of one pair."""
    st.header("Pair")
    names = _side_names()
    if len(names) < 2:
        say_empty("Two sides appear here once the first events have been read.")
        return
    a, b, span = _draw_controls(names)
    if a == b:
        st.info("Choose two different sides.")
        return
    until = cached.today()
    since = until - timedelta(days=RANGES[span][1])
    series = cached.pair_series(a, b, since, until)
    events = cached.pair_events(a, b, since, until)
    if series.empty and events.empty:
        st.info(
            f"Nothing is known between {names[a]} and {names[b]} in this range. "
            "Days without news are left empty, not zero."
        )
        if span != "all":
            st.button("Look at all days", on_click=_show_all)
        return
    if span == "all" and not series.empty:
        # History is drawn where it lies: years without news would press the curve into a needle.
        until = min(until, series["on_date"].max().date() + timedelta(days=FADE_DAYS))
    selected = _selected_id(events)
    _draw_figures(series)
    figure = curves.pair_figure(
        series,
        events,
        until=until,
        selected_event_id=selected,
        half_life_days=cached.half_life_days(),
        revision=f"{a}-{b}-{span}",
    )
    draw_chart(
        figure, key=CHART_KEY, description=_description(names[a], names[b], series, events), on_event=_open_clicked
    )
    st.caption(
        "Click a marker to read its sentence. Drag to zoom, double-click to see all. "
        "Hollow dots: few outlets speak of that day."
    )
    _draw_opened(events, selected)
    _draw_table(events, selected)


def _side_names() -> dict[str, str]:
    """Every side with an event, code -> name, by name."""
    sides = cached.sides()
    pairs = (
        (str(row["code"]), wording.text_of(row.get("name")) or str(row["code"])) for row in sides.to_dict("records")
    )
    return dict(sorted(pairs, key=lambda pair: pair[1].casefold()))


def _draw_controls(names: dict[str, str]) -> tuple[str, str, str]:
    """Draws the selectors, keeps them and the address in step; gives both sides and the range."""
    codes = list(names)
    asked = {name: st.query_params.get(name, "") for name in ("a", "b", "range")}
    first, second = _first_pair(codes)
    _take("pair_a", asked["a"] if asked["a"] in names else first)
    _take("pair_b", asked["b"] if asked["b"] in names else second)
    pair = (st.session_state["pair_a"], st.session_state["pair_b"])
    _take("pair_range", asked["range"] if asked["range"] in RANGES else _fitting_range(*pair))
    left, right, ranges = st.columns([3, 3, 4], vertical_alignment="bottom")
    a = left.selectbox("First side", codes, format_func=names.__getitem__, key="pair_a", on_change=_forget_event)
    b = right.selectbox("Second side", codes, format_func=names.__getitem__, key="pair_b", on_change=_forget_event)
    span = ranges.segmented_control(
        "Range", list(RANGES), format_func=lambda code: RANGES[code][0], key="pair_range", required=True
    )
    span = span or DEFAULT_RANGE
    st.query_params.update({"a": a, "b": b, "range": span})
    return a, b, span


def _fitting_range(a: str, b: str) -> str:
    """The usual range where it has an event, also the one asked for; else the shortest that has."""
    until, wanted = cached.today(), st.query_params.get("event")
    for code in (DEFAULT_RANGE, "1y"):
        events = cached.pair_events(a, b, until - timedelta(days=RANGES[code][1]), until)
        if not events.empty and (not wanted or wanted in set(events["event_id"])):
            return code
    return "all"


def _show_all() -> None:
    st.session_state["pair_range"] = "all"


def _take(key: str, value: str) -> None:
    """Starts a control from the address; afterwards the reader's choice leads."""
    if key not in st.session_state:
        st.session_state[key] = value


def _first_pair(codes: list[str]) -> tuple[str, str]:
    """The tensest pair of the day, else the first two sides."""
    busy_day = cached.overview()["last_event_on"] or cached.today()
    tensest = cached.tension_by_dyad(busy_day, 1)
    if not tensest.empty:
        a, b = str(tensest.iloc[0]["side_a_code"]), str(tensest.iloc[0]["side_b_code"])
        if a in codes and b in codes:
            return a, b
    return codes[0], codes[1]


def _forget_event() -> None:
    st.query_params.pop("event", None)


def _selected_id(events: pd.DataFrame) -> str | None:
    asked = st.query_params.get("event")
    return asked if asked and not events.empty and asked in set(events["event_id"]) else None


def _open(event_id: str | None) -> None:
    if event_id:
        st.query_params["event"] = event_id
    else:
        _forget_event()


def _open_clicked() -> None:
    clicked = st.session_state[CHART_KEY].get("event")
    _open(str(clicked) if clicked else None)


def _draw_figures(series: pd.DataFrame) -> None:
    if series.empty:
        return
    last, earlier = series.iloc[-1], series.iloc[0]
    tension, easing, net, known = st.columns(4)
    tension.metric(
        "Tension",
        f"{last['tension']:.1f}",
        f"{last['tension'] - earlier['tension']:+.1f}",
        delta_color="off",
        border=True,
    )
    easing.metric(
        "De-escalation",
        f"{last['deescalation']:.1f}",
        f"{last['deescalation'] - earlier['deescalation']:+.1f}",
        delta_color="off",
        border=True,
    )
    net.metric(
        "Net",
        f"{last['net']:+.1f}",
        f"{last['lower']:+.1f} to {last['upper']:+.1f}",
        delta_color="off",
        delta_arrow="off",
        border=True,
    )
    known.metric(
        "Last known day",
        wording.written_day(last["on_date"]),
        "few outlets" if last["is_thin"] else None,
        delta_color="off",
        delta_arrow="off",
        border=True,
    )


def _description(a: str, b: str, series: pd.DataFrame, events: pd.DataFrame) -> str:
    return (
        f"Tension and de-escalation between {a} and {b}: {wording.counted(len(series), 'known day')}, "
        f"{wording.counted(len(events), 'event')}. The same events are in the table below."
    )


def _draw_opened(events: pd.DataFrame, selected: str | None) -> None:
    if selected is None:
        return
    event: dict[Any, Any] = events[events["event_id"] == selected].iloc[0].to_dict()
    heading, close = st.columns([6, 1], vertical_alignment="center")
    heading.subheader("The event and its sentences", anchor="event")
    close.button("Close", on_click=_open, args=(None,), key="close-event", width="stretch")
    draw_event(event)


def _draw_table(events: pd.DataFrame, selected: str | None) -> None:
    st.subheader(wording.counted(len(events), "event") + " in this range")
    if events.empty:
        return
    rows = events.sort_values(["starts_on", "event_id"], ascending=[False, True]).reset_index(drop=True)
    ids = [str(event_id) for event_id in rows["event_id"]]
    labels = {
        str(
            row["event_id"]
        ): f"{wording.written_day(row['starts_on'])} · {wording.written_sides(row)} · {wording.written_type(row)}"
        for row in rows.to_dict("records")
    }
    st.session_state["event_choice"] = selected
    st.selectbox(
        "Open an event",
        ids,
        index=None,
        key="event_choice",
        format_func=lambda event_id: labels.get(event_id, event_id),
        placeholder="Choose an event to read its sentences",
        on_change=lambda: _open(st.session_state["event_choice"]),
    )
    st.dataframe(
        events_table(rows),
        hide_index=True,
        width="stretch",
        column_config={
            "Day": st.column_config.DateColumn(format="D MMM YYYY"),
            "Confidence": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1),
            "Sentence": st.column_config.TextColumn(width="large"),
        },
    )
