"""Phases of a dyad's tension: escalating, tense, easing, calm, with their dates and the events that drove them.

Thresholds, not a fitted model: a reader can check each phase by eye (`formula.toml`, section phases). On each day
tension is compared with the week before; a rise by a quarter of the higher level is escalation, a fall by a quarter
or de-escalation that outweighs the tension is easing, little tension is calm, and the rest is tense.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from flows.indices.daily import decayed_value
from flows.indices.dyads import list_weightiest
from flows.indices.formula import Formula, load_formula
from warehouse.records import DailyDyad, Direction, DyadPhase, EventDyad

DRIVER_COUNT = 3


class PhaseName(StrEnum):
    """How things stand between two sides."""

    ESCALATING = "escalating"
    TENSE = "tense"
    EASING = "easing"
    CALM = "calm"


# What the events that drove a phase did.
_PULLS = {
    PhaseName.ESCALATING: Direction.ESCALATION,
    PhaseName.TENSE: Direction.ESCALATION,
    PhaseName.EASING: Direction.DE_ESCALATION,
    PhaseName.CALM: Direction.DE_ESCALATION,
}


def find_phases(
    series: Sequence[DailyDyad],
    event_dyads: Sequence[EventDyad] = (),
    *,
    until: date,
    half_life_days: float | None = None,
    going_on: DyadPhase | None = None,
    since: date = date.min,
) -> list[DyadPhase]:
    """The phases of one dyad from its first row to `until` (included), without gaps or overlaps.

    Args:
        series: rows of one dyad, any order; none gives no phases.
        event_dyads: the dyad's events, from which drivers are named.
        until: the last day judged.
        half_life_days: as the series was computed with; the formula's where not given.
        going_on: the phase of the day before `since`, where earlier days are known already: phases from its beginning
            on are given. The series may then begin with the last row before the window of change, and of the events
            before `since` only the weightiest of each direction since the phase began are needed.
        since: the first day that is judged.
    """
    formula = load_formula()
    rows = sorted((row for row in series if row.on_date <= until), key=lambda row: row.on_date)
    if not rows:
        return []
    first, dyad = rows[0].on_date, (rows[0].side_a_code, rows[0].side_b_code)
    if going_on is not None:
        first = max(first, since - timedelta(days=formula.change_days))
    days = [first + timedelta(days=offset) for offset in range((until - first).days + 1)]
    levels = {day: _level(rows, day, half_life_days) for day in days}
    own = [row for row in event_dyads if (row.side_a_code, row.side_b_code) == dyad]
    named = [(day, _name_day(levels, day, formula)) for day in days if going_on is None or day >= since]
    if going_on is not None:
        # The day before stands for all earlier days of its phase.
        named.insert(0, (since - timedelta(days=1), PhaseName(going_on.name)))
    phases: list[DyadPhase] = []
    for name, stretch in groupby(named, key=lambda item: item[1]):
        held = [day for day, _ in stretch]
        is_older = going_on is not None and not phases
        starts_on = going_on.starts_on if going_on is not None and is_older else held[0]
        phases.append(
            DyadPhase(
                side_a_code=dyad[0],
                side_b_code=dyad[1],
                name=str(name),
                starts_on=starts_on,
                ends_on=held[-1] + timedelta(days=1),
                tension_at_start=going_on.tension_at_start if going_on and is_older else levels[held[0]][0],
                tension_at_end=levels[held[-1]][0],
                driver_event_ids=list_weightiest(
                    own, _PULLS[name], since=starts_on, until=held[-1], count=DRIVER_COUNT
                ),
                formula_version=rows[0].formula_version,
            )
        )
    return phases


def _level(rows: Sequence[DailyDyad], day: date, half_life_days: float | None) -> tuple[float, float]:
    """Tension and de-escalation on any day, decayed since the last row."""
    row = rows[bisect_right(rows, day, key=lambda row: row.on_date) - 1]
    return (
        decayed_value(row, day, of="tension", half_life_days=half_life_days),
        decayed_value(row, day, of="deescalation", half_life_days=half_life_days),
    )


def _name_day(levels: dict[date, tuple[float, float]], day: date, formula: Formula) -> PhaseName:
    tension, deescalation = levels[day]
    before = levels.get(day - timedelta(days=formula.change_days), (0.0, 0.0))[0]
    if tension < formula.calm_below:
        return PhaseName.CALM
    change = (tension - before) / max(tension, before)
    if deescalation > tension or change <= -formula.change_share:
        return PhaseName.EASING
    return PhaseName.ESCALATING if change >= formula.change_share else PhaseName.TENSE
