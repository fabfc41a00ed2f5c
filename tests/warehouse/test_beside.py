"""What stands beside one dyad: other dyads, and who acts with both of its sides."""

from __future__ import annotations

from datetime import date

from warehouse.beside import read_dyads_series, read_known_dyads, read_third_sides
from warehouse.connect import Warehouse


def test_known_dyads_come_with_their_last_day_those_known_best_first(filled: Warehouse) -> None:
    found = read_known_dyads(filled, 2)
    assert list(found["side_a_code"]) == ["ARL", "BEL"]
    assert list(found["side_b_code"]) == ["BEL", "CAL"]
    assert {day.date() for day in found["last_event_on"]} == {date(2026, 3, 8)}


def test_days_of_several_dyads_are_told_by_the_newest_formula(filled: Warehouse) -> None:
    found = read_dyads_series(filled, [("BEL", "ARL"), ("BEL", "CAL"), ("ARL", "XXX")], date(2026, 3, 2), date.max)
    assert list(found["side_a_code"]) == ["ARL", "BEL"]
    assert list(found["tension"]) == [10.0, 0.0]
    assert read_dyads_series(filled, [], date.min, date.max).empty


def test_third_side_acts_with_both_in_these_days(filled: Warehouse) -> None:
    found = read_third_sides(filled, "BEL", "ARL", date(2026, 2, 1), date(2026, 3, 31))
    told = {row["side_code"]: row for row in found.to_dict("records")}
    assert set(found["third_code"]) == {"CAL"}
    assert {side: row["event_count"] for side, row in told.items()} == {"ARL": 1, "BEL": 1}
    assert told["ARL"]["net"] == 6.0
    # The pact lies before these days, so Calden acts with one side only.
    assert read_third_sides(filled, "BEL", "ARL", date(2026, 3, 1), date(2026, 3, 31)).empty
    # Arlan struck Belmora and signed with Calden: it stands between those two.
    [row] = read_third_sides(filled, "CAL", "BEL", date.min, date.max).query("side_code == 'BEL'").to_dict("records")
    assert (row["third_code"], row["event_count"], row["net"]) == ("ARL", 2, -14.0)
