"""An invented crisis as a curve: blows, words, an accord, and what the newest formula makes of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from flows.events.merging import merge_mentions
from flows.indices.daily import compute_daily_dyads
from flows.indices.dyads import dyads_of
from flows.indices.formula import load_formulas
from tests.benchmarks.validity.agreement import agreement_of
from tests.indices.worlds import NOW, a_report
from warehouse.records import DailyDyad, EventDyad

BLOW: dict[str, Any] = {"target_code": "PAK", "killed_min": None, "injured_min": None}
ACCORD: dict[str, Any] = {
    "target_code": "PAK", "type": "AGREE", "mode": None, "direction": "de-escalation", "score": 2.5,
}  # fmt: skip
# (day of January, what), each told by two families.
CRISIS = [(10, BLOW), (11, BLOW), (14, ACCORD), (16, ACCORD), (18, ACCORD)]


def curve_by(version: str) -> dict[int, DailyDyad]:
    told = [
        a_report(f"{day}-{family}", family=family, published=day, starts_on=date(2024, 1, day), **act)
        for day, act in CRISIS
        for family in ("f1", "f2")
    ]
    formula, made = load_formulas()[version], merge_mentions(told, [], now=NOW)
    rows: list[EventDyad] = []
    for event in made.events:
        rows += dyads_of(event, made.event_families[event.event_id], formula=formula)
    days = compute_daily_dyads(
        rows, event_families=made.event_families, until=date(2024, 2, 1) - timedelta(days=1), formula=formula
    )
    return {day.on_date.day: day for day in days if day.side_b_code == "PAK"}


def test_tension_peaks_with_the_blows_and_accords_overtake_it() -> None:
    curve = curve_by("2")
    assert max(curve, key=lambda day: curve[day].tension) == 11
    assert [day for day, row in curve.items() if row.net > 0] == [16, 18]


def test_plain_sums_let_accords_stand_beside_the_blows() -> None:
    curve = curve_by("1")
    assert all(row.net < 0 for row in curve.values())


def test_agreement_of_two_series_is_measured_where_both_speak() -> None:
    weeks = pd.Series(range(20), dtype=float)
    assert agreement_of(weeks, weeks * 2).spearman == pytest.approx(1.0)
    assert agreement_of(weeks, -weeks).spearman == pytest.approx(-1.0)
    assert (agreement_of(weeks, weeks).hit_rate, agreement_of(weeks, -weeks).hit_rate) == (1.0, 0.0)
    assert agreement_of(weeks, weeks[weeks < 9]).points == 9
    assert not agreement_of(weeks, weeks[weeks < 9]).is_enough
