"""What stands beside one dyad: other dyads, and who acts with both of its sides."""

from __future__ import annotations

from datetime import date

from warehouse.beside import read_dyads_series, read_known_dyads
from warehouse.connect import Warehouse


def test_known_dyads_come_with_their_days_those_known_best_first(filled: Warehouse) -> None:
    found = read_known_dyads(filled, 2)
    assert list(found["side_b_code"]) == ["BEL", "CAL"]
    assert list(found["day_count"]) == [2, 1]  # a day told by two versions of the formula is one day


def test_days_of_several_dyads_are_told_by_the_newest_formula(filled: Warehouse) -> None:
    found = read_dyads_series(filled, [("BEL", "ARL"), ("BEL", "CAL"), ("ARL", "XXX")], date(2026, 3, 2), date.max)
    assert list(found["side_a_code"]) == ["ARL", "BEL"]
    assert list(found["tension"]) == [10.0, 0.0]
    assert read_dyads_series(filled, [], date.min, date.max).empty
