"""A state towards everyone: its page, its section of the map, and its curves."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from dashboard.charts.state import state_figure
from dashboard.views.state import pairs_of
from tests.dashboard.checked import checked
from tests.dashboard.newsroom import NOW, TREATY_DAYS_AGO
from tests.dashboard.test_pages import opened, written


def test_state_of_the_address_is_drawn_with_its_pairs(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("state", small_world, monkeypatch, code="XAR")
    said = written(app)
    assert not app.exception
    assert "<dt>Tension</dt><dd>7.7</dd>" in said  # 8.5 of yesterday, faded by a day
    assert "Its pairs, the tensest first" in said
    assert app.query_params["code"] == "XAR"


def test_state_of_long_ago_is_shown_as_of_its_last_day(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("state", small_world, monkeypatch, code="XCO")
    day = NOW.date() - timedelta(days=TREATY_DAYS_AGO)
    assert f"The last event it is a party to was on {day.day} {day:%b %Y}" in written(app)
    assert "<dd>2.1</dd>" in written(app)


def test_unknown_state_in_the_address_gives_way_to_the_tensest(
    small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert opened("state", small_world, monkeypatch, code="<b>").query_params["code"] == "XAR"


def test_map_opens_a_country_with_its_curves_and_pairs(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("world", small_world, monkeypatch, show="tension", country="XAR")
    assert not app.exception
    assert "Its pairs, the tensest first" in written(app)
    assert "towards everyone together" in written(app)


def test_pairs_that_are_no_longer_felt_are_left_out() -> None:
    dyads = pd.DataFrame(
        {
            "side_a_code": ["IRN", "IRN", "SAU", "ARM"],
            "side_b_code": ["PAK", "SAU", "YEM", "IRN"],
            "tension": [3.0, 0.0, 9.0, 0.0],
            "deescalation": [0.0, 0.01, 0.0, 2.0],
        }
    )
    assert pairs_of(dyads, "IRN")[["side_a_code", "side_b_code"]].to_numpy().tolist() == [
        ["IRN", "PAK"],
        ["ARM", "IRN"],
    ]


def test_curves_of_a_state_fade_between_known_days_and_mark_thin_ones() -> None:
    days = [NOW.date() - timedelta(days=14), NOW.date() - timedelta(days=7)]
    series = pd.DataFrame(
        {"on_date": days, "tension": [8.0, 2.0], "deescalation": 0.0, "net": 0.0, "lower": 0.0, "upper": 0.0}
    ).assign(is_thin=[False, True])
    figure = checked(state_figure(series, since=days[0], until=NOW.date(), half_life_days=7.0, revision="x"))
    traces = {trace.name: trace for trace in figure.data}
    tension = dict(zip(traces["Tension"].x, traces["Tension"].y, strict=True))
    assert (tension[days[0]], tension[days[1]]) == (8.0, 2.0)
    assert tension[NOW.date()] == pytest.approx(1.0)
    assert list(traces["tension, known days"].marker.symbol) == ["circle", "circle-open"]
