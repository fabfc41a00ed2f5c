"""Phases of dyads brought up to date: from the first day that changed; until today where time alone changes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar

from flows.indices.formula import load_formula
from flows.indices.phases import DRIVER_COUNT, find_phases
from flows.settings import Settings
from warehouse import indexed
from warehouse.connect import Warehouse
from warehouse.records import DailyDyad, DyadPhase, EventDyad, stable_id
from warehouse.write import write_phases

Dyad = tuple[str, str]
Row = TypeVar("Row", EventDyad, DailyDyad, DyadPhase)


def renew_phases(wh: Warehouse, settings: Settings, now: datetime, changed: Mapping[Dyad, date]) -> None:
    """Puts the phases of these dyads until today in place of the former ones, from the first day that changed on.

    Those that time alone may have changed are judged on from where their last phase ends.
    """
    until = now.date()
    firsts = indexed.read_dyads_to_judge(wh, until) | dict(changed)
    if not firsts:
        return
    open_phases = {dyad_of(phase): phase for phase in indexed.read_phases_before(wh, firsts)}
    # A calm that was not judged for long is judged on from its own end.
    since = {
        dyad: min(first, open_phases[dyad].ends_on) if dyad in open_phases else date.min
        for dyad, first in firsts.items()
    }
    window = timedelta(days=load_formula().change_days)
    series = by_dyad(
        indexed.read_days_and_last_before(
            wh,
            {dyad: day - window if day - date.min > window else date.min for dyad, day in since.items()},
            load_formula().version,
        )
    )
    opened = {dyad: phase.starts_on for dyad, phase in open_phases.items()}
    moving = by_dyad(indexed.read_event_dyads_and_weightiest(wh, since, opened, DRIVER_COUNT))
    phases = [
        phase
        for dyad in sorted(series)
        for phase in find_phases(
            series[dyad],
            moving[dyad],
            until=until,
            half_life_days=settings.half_life_days,
            going_on=open_phases.get(dyad),
            since=since[dyad],
        )
    ]
    key = stable_id("phases", now.isoformat(), *sorted(" ".join(dyad) for dyad in firsts))
    write_phases(wh, key, phases, {dyad: opened.get(dyad, date.min) for dyad in firsts})


def by_dyad(rows: Iterable[Row]) -> defaultdict[Dyad, list[Row]]:
    """The rows of each dyad, in the order given; none of a dyad that is not there."""
    grouped: defaultdict[Dyad, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[dyad_of(row)].append(row)
    return grouped


def dyad_of(row: EventDyad | DailyDyad | DyadPhase) -> Dyad:
    """The two sides of a row, in order."""
    return row.side_a_code, row.side_b_code
