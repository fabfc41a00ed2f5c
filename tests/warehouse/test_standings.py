"""Where dyads and states stand, what holds them there, and what each formula says, on the small world."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from warehouse import standings
from warehouse.connect import Warehouse
from warehouse.read import read_dyad_values
from warehouse.records import DailyState
from warehouse.write import write_indices

FROM, UNTIL = date(2026, 3, 1), date(2026, 3, 8)


def state(code: str, on: date, tension: float, **told: Any) -> DailyState:
    values: dict[str, Any] = {
        "state_code": code, "on_date": on, "conflict": tension, "cooperation": 0.0, "tension": tension,
        "deescalation": 0.0, "net": -tension, "lower": -tension - 1, "upper": -tension + 1, "event_count": 1,
        "outlet_count": 1, "family_count": 1, "is_thin": False, "formula_version": "10",
    }  # fmt: skip
    return DailyState(**(values | told))


@pytest.fixture
def of_states(filled: Warehouse) -> Warehouse:
    older = state("BEL", UNTIL, 99.0, formula_version="9")
    days = [state("ARL", FROM, 8.0), state("BEL", FROM, 8.0), state("BEL", UNTIL, 10.0), older]
    write_indices(filled, "states", [], [], [], daily_states=days)
    return filled


def test_a_states_days_are_told_by_the_newest_formula(of_states: Warehouse) -> None:
    series = standings.read_state_series(of_states, "BEL", FROM, UNTIL)
    assert list(series["tension"]) == [8.0, 10.0]
    assert standings.read_state_series(of_states, "CAL", FROM, UNTIL).empty


def test_states_stand_at_what_has_not_faded_the_tensest_first(of_states: Warehouse) -> None:
    values = standings.read_state_values(of_states, UNTIL, 7)
    assert values[["state_code", "tension", "tension_change", "event_count"]].to_numpy().tolist() == [
        ["BEL", 10.0, 2.0, 1],
        ["ARL", 4.0, -4.0, 0],
    ]


def test_a_dyad_by_itself_stands_where_it_stands_among_all(filled: Warehouse) -> None:
    among = {
        (row["side_a_code"], row["side_b_code"]): row for row in read_dyad_values(filled, UNTIL, 7).to_dict("records")
    }
    assert len(among) == 3
    for (a, b), row in among.items():
        assert standings.read_dyad_value(filled, b, a, UNTIL, 7) == row
    assert standings.read_dyad_value(filled, "ARL", "DOR", UNTIL, 7) is None


def test_events_hold_a_dyad_by_what_is_left_of_them(filled: Warehouse) -> None:
    drivers = standings.read_drivers(filled, "BEL", "ARL", UNTIL)
    assert list(zip(drivers["event_id"], drivers["weight_left"], strict=True)) == [("e2", -6.0), ("e1", -4.0)]
    assert list(standings.read_drivers(filled, "ARL", "BEL", UNTIL, days=7)["event_id"]) == ["e2"]


def test_formulas_are_compared_day_by_day_the_newest_first(filled: Warehouse) -> None:
    found = standings.read_formula_comparison(filled, "BEL", "ARL", FROM, UNTIL)
    assert found[["formula_version", "net", "net_difference"]].to_numpy().tolist() == [
        ["10", -8.0, 0.0],
        ["10", -10.0, 0.0],
        ["9", -99.0, -89.0],
    ]
