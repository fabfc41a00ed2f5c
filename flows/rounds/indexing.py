"""Events into daily indices of dyads and states, and the phases of each dyad: only what changed is made anew.

A dyad is made from all of its events, and a state from all of its dyads' events, so that step by step gives to the
last digit what one run over everything would have given. Another half-life or formula makes everything anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from flows.indices.daily import compute_daily_dyads, compute_daily_states, state_codes
from flows.indices.dyads import dyads_of
from flows.indices.formula import Formula, load_formula, load_formulas
from flows.indices.phases import find_phases
from flows.rounds.report import StageCount
from flows.settings import Settings
from warehouse import backlog, indexed
from warehouse.connect import Warehouse
from warehouse.errors import SettingsError
from warehouse.merging import read_events_by_id
from warehouse.read import read_events, read_meta
from warehouse.records import DailyDyad, DailyState, DyadPhase, Event, EventDyad, stable_id
from warehouse.write import set_meta, write_indices, write_phases

Dyad = tuple[str, str]
Row = TypeVar("Row", EventDyad, DailyDyad, DyadPhase)
HALF_LIFE = "half_life_days"


def formulas_of(settings: Settings) -> list[Formula]:
    """The formulas to compute, the newest first.

    Raises:
        SettingsError: a version is asked for that `formula.toml` does not have.
    """
    known = load_formulas()
    unknown = [version for version in settings.older_formulas if version not in known]
    if unknown:
        message = (
            f"older_formulas names '{unknown[0]}', which formula.toml does not have; known are: {', '.join(known)}"
        )
        raise SettingsError(message, subject_id="older_formulas")
    return [one for one in known.values() if one == load_formula() or one.version in settings.older_formulas]


def compute_indices(wh: Warehouse, settings: Settings, now: datetime) -> StageCount:
    """Makes the rows of every dyad and state anew whose events changed, and the phases that time may have changed."""
    formulas = formulas_of(settings)
    made_with = f"formulas {' '.join(one.version for one in formulas)}, half-life {settings.half_life_days}"
    is_anew = read_meta(wh, backlog.INDEXED_WITH) != made_with
    changed = read_events(wh) if is_anew else backlog.read_events_to_index(wh)
    touched = indexed.read_indexed_dyads(wh) if is_anew else set()
    touched |= backlog.read_dyads_of_events(wh, [event.event_id for event in changed])
    touched |= {_dyad_of(row) for event in changed for formula in formulas for row in dyads_of(event, formula=formula)}
    kept = 0
    if touched:
        states = {code for dyad in touched for code in dyad} & state_codes()
        world = _read_world(wh, changed, touched, states, is_all=is_anew or len(formulas) > 1)
        rows, dyad_days, state_days = _compute(world, formulas, touched, states, settings, now)
        revisions = sorted(f"{event.event_id} {event.revision}" for event in changed)
        key = stable_id("indices", now.isoformat(), made_with, *revisions)
        write_indices(wh, key, rows, dyad_days, touched, daily_states=state_days, replaced_states=states)
        kept = len(dyad_days) + len(state_days)
    _renew_phases(wh, settings, now, touched | indexed.read_dyads_to_judge(wh, now.date()))
    # Only after all rows are there: a crash in between makes them once more, which changes nothing.
    if is_anew:
        set_meta(wh, HALF_LIFE, str(settings.half_life_days))
        set_meta(wh, backlog.INDEXED_WITH, made_with)
    if changed:
        set_meta(wh, backlog.INDEXED_UNTIL, now.isoformat())
    note = "read: events; kept: days of dyads and states"
    return StageCount("compute indices", read=len(changed), kept=kept, note=note)


def _renew_phases(wh: Warehouse, settings: Settings, now: datetime, dyads: set[Dyad]) -> None:
    """Puts the phases of these dyads until today in place of the former ones."""
    if not dyads:
        return
    series = by_dyad(indexed.read_daily_dyads(wh, dyads, load_formula().version))
    moving = by_dyad(indexed.read_event_dyads(wh, dyads))
    phases = [
        phase
        for dyad in sorted(series)
        for phase in find_phases(series[dyad], moving[dyad], until=now.date(), half_life_days=settings.half_life_days)
    ]
    write_phases(wh, stable_id("phases", now.isoformat(), *sorted(" ".join(dyad) for dyad in dyads)), phases, dyads)


class _World:
    """What the indices are made from: events of touched dyads, stored rows of the states' other dyads, tellers."""

    def __init__(self, events: Mapping[str, Event], stored: Collection[EventDyad], wh: Warehouse) -> None:
        self.events, self.stored = events, stored
        tellers = backlog.read_tellers(wh, {*events, *(row.event_id for row in stored)})
        self.families = {event_id: told[0] for event_id, told in tellers.items()}
        self.outlets = {event_id: told[1] for event_id, told in tellers.items()}


def _read_world(
    wh: Warehouse, changed: Iterable[Event], touched: set[Dyad], states: set[str], *, is_all: bool
) -> _World:
    events = {event.event_id: event for event in backlog.read_events_of_dyads(wh, sorted(touched))}
    stored = indexed.read_event_dyads_of_states(wh, states)
    if is_all:
        # Older formulas have no stored rows: theirs are made of the events themselves.
        ids = {row.event_id for row in stored} - set(events)
        events |= {event.event_id: event for event in read_events_by_id(wh, ids)}
    events |= {event.event_id: event for event in changed}
    return _World(events, [row for row in stored if _dyad_of(row) not in touched], wh)


def _compute(
    world: _World, formulas: list[Formula], touched: set[Dyad], states: set[str], settings: Settings, now: datetime
) -> tuple[list[EventDyad], list[DailyDyad], list[DailyState]]:
    """(rows of the newest formula, days of the touched dyads and of the states by each formula)."""
    newest: list[EventDyad] = []
    dyad_days: list[DailyDyad] = []
    state_days: list[DailyState] = []
    for formula in formulas:
        made = [
            row
            for event in world.events.values()
            for row in dyads_of(event, world.families.get(event.event_id), formula=formula)
        ]
        rows = [row for row in made if _dyad_of(row) in touched]
        if formula is formulas[0]:
            newest, others = rows, world.stored
        else:
            others = [row for row in made if _dyad_of(row) not in touched]
        dyad_days += compute_daily_dyads(
            rows,
            event_families=world.families,
            event_outlets=world.outlets,
            until=now.date(),
            half_life_days=settings.half_life_days,
            formula=formula,
        )
        state_days += compute_daily_states(
            [*rows, *others],
            event_families=world.families,
            event_outlets=world.outlets,
            until=now.date(),
            states=states,
            half_life_days=settings.half_life_days,
            formula=formula,
        )
    return newest, dyad_days, state_days


def by_dyad(rows: Iterable[Row]) -> defaultdict[Dyad, list[Row]]:
    """The rows of each dyad, in the order given; none of a dyad that is not there."""
    grouped: defaultdict[Dyad, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[_dyad_of(row)].append(row)
    return grouped


def _dyad_of(row: EventDyad | DailyDyad | DyadPhase) -> Dyad:
    return row.side_a_code, row.side_b_code
