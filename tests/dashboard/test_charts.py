"""Charts as pure functions: a frame in, the figure's data out."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.charts.bars import tension_figure
from dashboard.charts.curves import fill_days, marker_size_px, pair_figure

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
    figure = pair_figure(two_days, two_events, until=LAST, selected_event_id="up", revision="a-b")
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
    figure = pair_figure(two_days, two_events.head(0), until=LAST)
    dots = next(trace for trace in figure.data if trace.name == "tension, known days")
    assert list(dots.marker.symbol) == ["circle", "circle-open"]


def test_tensest_pair_is_on_top() -> None:
    frame = pd.DataFrame({"label": ["calm", "tense"], "tension": [1.0, 9.0], "deescalation": [0.0, 0.0]})
    assert tension_figure(frame).data[1].y[-1] == "tense"
