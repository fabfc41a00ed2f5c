"""Charts as pure functions: a frame in, the figure's data out."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from dashboard.charts.bars import tension_figure
from dashboard.charts.curves import marker_size_px, pair_figure
from dashboard.charts.days import fill_days
from dashboard.charts.phases import phase_shapes
from dashboard.views import live_chart
from tests.dashboard.checked import checked, library_version

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 16)


@pytest.fixture
def two_days() -> pd.DataFrame:
    zeros = {"lower": [0.0, 0.0], "upper": [0.0, 0.0], "is_thin": [False, True]}
    values = {"tension": [8.0, 6.0], "deescalation": [0.0, 2.0], "net": [-8.0, -4.0]}
    return pd.DataFrame({"on_date": [FIRST, date(2026, 3, 9)], **values, **zeros})


@pytest.fixture
def two_events() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "event_id": ["up", "down"],
            "starts_on": [FIRST, FIRST],
            "direction": ["escalation", "de-escalation"],
            "type": ["ASSAULT", "AGREE"],
            "headline": ["<img src=x> struck", "agreed"],
            "family_count": [4, 1],
        }
    )


def test_curve_halves_in_a_half_life_and_no_day_without_news_is_known(two_days: pd.DataFrame) -> None:
    days = fill_days(two_days, until=LAST, half_life_days=7.0).set_index("on_date")
    tension = dict(zip(days.index, days["tension"], strict=True))
    assert len(days) == 15
    assert tension[LAST] == pytest.approx(3.0)
    assert tension[date(2026, 3, 8)] == pytest.approx(8.0 * 0.5 ** (6 / 7))
    assert list(days.index[days["is_known"].astype(bool)]) == [FIRST, date(2026, 3, 9)]


def test_empty_series_gives_no_rows_and_the_same_columns(two_days: pd.DataFrame) -> None:
    assert list(fill_days(two_days.head(0), until=LAST)) == list(fill_days(two_days, until=LAST))


def test_markers_point_up_and_down_and_carry_their_event(two_days: pd.DataFrame, two_events: pd.DataFrame) -> None:
    figure = checked(pair_figure(two_days, two_events, since=FIRST, until=LAST, selected_event_id="up", revision="a-b"))
    markers = {trace.customdata[0]: trace for trace in figure.data if trace.customdata is not None}
    assert {name: trace.marker.symbol for name, trace in markers.items()} == {
        "up": "triangle-up",
        "down": "triangle-down",
    }
    assert markers["up"].y[0] > 0 > markers["down"].y[0]
    assert markers["up"].marker.size[0] == marker_size_px(4) > markers["down"].marker.size[0]
    assert (markers["up"].marker.line.width[0], markers["down"].marker.line.width[0]) == (3, 0)
    assert "<img" not in markers["up"].text[0]
    assert figure.layout.uirevision == "a-b"


def test_thin_days_are_hollow(two_days: pd.DataFrame, two_events: pd.DataFrame) -> None:
    figure = checked(pair_figure(two_days, two_events.head(0), since=FIRST, until=LAST))
    dots = next(trace for trace in figure.data if trace.name == "tension, known days")
    assert list(dots.marker.symbol) == ["circle", "circle-open"]


def test_tensest_pair_is_on_top() -> None:
    frame = pd.DataFrame(
        {"label": ["calm", "<b>tense"], "pair": ["A B", "A C"], "tension": [1.0, 9.0], "deescalation": [0.0, 0.0]}
    )
    bars = checked(tension_figure(frame)).data[1]
    assert bars.y[-1] == "&lt;b&gt;tense"
    assert bars.customdata[-1] == "A C"


def test_axis_spans_the_range_and_a_curve_begins_with_what_was_known_before(
    two_days: pd.DataFrame, two_events: pd.DataFrame
) -> None:
    since = FIRST + timedelta(days=3)
    figure = checked(pair_figure(two_days, two_events.head(0), since=since, until=LAST))
    traces = {trace.name: trace for trace in figure.data}
    assert list(traces["range"].x) == [since, LAST]
    assert traces["Tension"].x[0] == since
    assert traces["Tension"].y[0] == pytest.approx(8.0 * 0.5 ** (3 / 7))
    assert list(traces["tension, known days"].x) == [date(2026, 3, 9)]


def test_range_before_all_that_is_known_is_drawn_empty_at_its_start(
    two_days: pd.DataFrame, two_events: pd.DataFrame
) -> None:
    figure = checked(pair_figure(two_days, two_events.head(0), since=FIRST - timedelta(days=60), until=LAST))
    traces = {trace.name: trace for trace in figure.data}
    assert traces["range"].x[0] == FIRST - timedelta(days=60)
    assert traces["Tension"].x[0] == FIRST


@pytest.mark.parametrize("direction", ["escalation", "de-escalation", "neutral"])
def test_no_two_events_of_a_busy_day_stand_in_one_place(two_days: pd.DataFrame, direction: str) -> None:
    many = pd.DataFrame(
        {
            "event_id": [f"e{n:02}" for n in range(12)],
            "starts_on": FIRST,
            "direction": direction,
            "type": "CONSULT",
            "headline": "met",
            "family_count": 1,
        }
    )
    figure = checked(pair_figure(two_days, many, since=FIRST, until=LAST))
    places = next(list(trace.y) for trace in figure.data if trace.name == f"{direction} events")
    assert len({round(place, 3) for place in places}) == 12
    assert all(abs(place) <= 3.6 for place in places)


def test_phases_are_shaded_on_their_days_and_named_where_there_is_room(
    two_days: pd.DataFrame, two_events: pd.DataFrame
) -> None:
    phases = pd.DataFrame(
        {
            "name": ["escalating", "calm", "easing"],
            "starts_on": [FIRST - timedelta(days=9), FIRST + timedelta(days=1), FIRST + timedelta(days=2)],
            "ends_on": [FIRST + timedelta(days=1), FIRST + timedelta(days=2), FIRST + timedelta(days=30)],
        }
    )
    shapes = phase_shapes(phases, FIRST, FIRST + timedelta(days=29))
    figure = checked(pair_figure(two_days, two_events, since=FIRST, until=LAST, phases=shapes))
    assert [(shape.x0, shape.x1, shape.label.text) for shape in figure.layout.shapes] == [
        (FIRST, FIRST + timedelta(days=1), ""),
        (FIRST + timedelta(days=2), FIRST + timedelta(days=30), "easing"),
    ]
    assert len({shape.fillcolor for shape in figure.layout.shapes}) == 2


def test_browsers_draw_with_the_version_that_checks_figures_here() -> None:
    library = Path(live_chart.__file__).parents[1] / "static" / "plotly"
    version = library_version()
    assert (library / "plotly.min.js").read_text("utf-8").startswith(f"/*! plotly.js v{version},")
    assert f"plotly.js@{version} " in (library / "README.md").read_text("utf-8")
    assert version == live_chart.PART_VERSION == live_chart.packaged_version()
    assert live_chart.library_url().endswith(f"?{version}")
