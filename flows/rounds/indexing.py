"""Events into daily indices of dyads and states, and the phases of each dyad: only what changed is made anew.

A dyad is made from its events, and a state from its dyads' events, from the first day that changed on: both go on from
a mark before that day, which holds where they stood to the last bit, so that step by step gives to the last digit what
one run over everything would have given. Another half-life or formula makes everything anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flows.indices.daily import compute_daily_dyads, compute_daily_states, state_codes
from flows.indices.dyads import dyads_of
from flows.indices.formula import Formula, load_formula, load_formulas
from flows.indices.marks import FAR_STRETCHES, NEAR_DAYS, NEAR_STRETCHES, STRETCH_DAYS, Marks
from flows.rounds.covering import Coverage, find_coverage
from flows.rounds.phasing import Dyad, dyad_of, renew_phases
from flows.rounds.report import StageCount
from flows.settings import Settings
from warehouse import backlog, indexed
from warehouse.connect import Warehouse
from warehouse.coverage import read_dyads_on, write_coverage
from warehouse.errors import SettingsError
from warehouse.merging import read_events_by_id
from warehouse.read import read_events, read_meta
from warehouse.records import DailyDyad, DailyState, Event, EventDyad, IndexedEvent, stable_id
from warehouse.write import set_meta, write_indexed_events, write_indices, write_later_indices

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
    """Makes days of dyads and states anew from the first that changed, and the phases that time may have changed."""
    formulas = formulas_of(settings)
    made_with = f"formulas {' '.join(one.version for one in formulas)}, half-life {settings.half_life_days}"
    is_anew = read_meta(wh, backlog.INDEXED_WITH) != made_with
    seen = read_events(wh) if is_anew else backlog.read_events_to_index(wh)
    # What changed in the instant of the last round is looked at once more, unless it is what that round saw.
    changed = seen if is_anew else _without_indexed(wh, seen)
    coverage = find_coverage(wh, now.date())
    key = stable_id(
        "indices",
        now.isoformat(),
        made_with,
        *sorted(f"{one.event_id} {one.revision}" for one in changed),
        *(f"{row.on_date} {row.share}" for row in coverage.rows),
    )
    if is_anew or len(formulas) > 1:
        firsts, kept = _make_whole(wh, key, changed, formulas, settings, now, coverage, is_anew=is_anew)
    else:
        firsts, kept = _make_later(wh, key, changed, formulas[0], settings, now, coverage)
    renew_phases(wh, settings, now, firsts)
    # Only after all rows are there: a crash in between makes them once more, which changes nothing.
    if coverage.is_new:
        write_coverage(wh, stable_id("coverage", key), coverage.rows, coverage.since)
    if is_anew:
        set_meta(wh, HALF_LIFE, str(settings.half_life_days))
        set_meta(wh, backlog.INDEXED_WITH, made_with)
    if firsts or changed:
        write_indexed_events(wh, stable_id("indexed", key), [one for one in seen if one.updated_at_utc >= now])
        set_meta(wh, backlog.INDEXED_UNTIL, now.isoformat())
    note = "read: events; kept: days of dyads and states"
    return StageCount("compute indices", read=len(changed), kept=kept, note=note)


def _make_whole(
    wh: Warehouse,
    key: str,
    changed: Collection[Event],
    formulas: list[Formula],
    settings: Settings,
    now: datetime,
    coverage: Coverage,
    *,
    is_anew: bool,
) -> tuple[dict[Dyad, date], int]:
    """(touched dyads, all of their days; days kept): by every formula, from the first event on.

    Older formulas may put an event on another day than the newest, so that theirs cannot go on from a day.
    """
    touched = indexed.read_indexed_dyads(wh) if is_anew else set()
    touched |= backlog.read_dyads_of_events(wh, [event.event_id for event in changed])
    touched |= set(read_dyads_on(wh, coverage.changed, by_any_formula=True))
    touched |= {dyad_of(row) for event in changed for formula in formulas for row in dyads_of(event, formula=formula)}
    if not touched:
        return {}, 0
    states = {code for dyad in touched for code in dyad} & state_codes()
    world = _read_world(wh, changed, touched, states, is_all=is_anew or len(formulas) > 1)
    marks = Marks()
    rows, dyad_days, state_days = _compute(world, formulas, touched, states, settings, now, coverage, marks)
    made = marks.made if len(formulas) == 1 else []
    write_indices(wh, key, rows, dyad_days, touched, daily_states=state_days, replaced_states=states, marks=made)
    return dict.fromkeys(touched, date.min), len(dyad_days) + len(state_days)


def _make_later(
    wh: Warehouse,
    key: str,
    changed: Collection[Event],
    formula: Formula,
    settings: Settings,
    now: datetime,
    coverage: Coverage,
) -> tuple[dict[Dyad, date], int]:
    """(touched dyads with the first day that changed; days kept): from the last mark before it."""
    ids = {event.event_id for event in changed}
    tellers = Tellers(wh)
    families = tellers.families_of(ids)
    fresh = [row for event in changed for row in dyads_of(event, families.get(event.event_id), formula=formula)]
    covered = read_dyads_on(wh, coverage.changed, by_any_formula=False) if formula.coverage_by_day else {}
    dyads = _first_days(wh, [*fresh, *indexed.read_event_dyads_of_events(wh, ids)], covered, now)
    if not dyads:
        return {}, 0
    states: dict[str, date] = {}
    for dyad, first in dyads.items():
        states |= {code: min(first, states.get(code, first)) for code in dyad if code in state_codes()}
    asked = {" ".join(dyad): first for dyad, first in dyads.items()} | states
    marks = Marks(indexed.read_marks(wh, asked, formula.version))
    since = {one: start.on_date if (start := marks.start_of(one)) else date.min for one in asked}
    stored = indexed.read_event_dyads_since(
        wh, {dyad: since[" ".join(dyad)] for dyad in dyads}, {state: since[state] for state in states}
    )
    rows = [row for row in stored if row.event_id not in ids] + fresh
    event_ids = {row.event_id for row in rows}
    shared: dict[str, Any] = {
        "event_families": tellers.families_of(event_ids),
        "event_outlets": tellers.outlets_of(event_ids),
        "until": now.date(),
        "half_life_days": settings.half_life_days,
        "coverage": coverage.shares,
        "formula": formula,
        "marks": marks,
    }
    dyad_days = compute_daily_dyads([row for row in rows if dyad_of(row) in dyads], **shared)
    state_days = compute_daily_states(rows, states=states, **shared)
    dyad_days = [day for day in dyad_days if day.on_date >= dyads[dyad_of(day)]]
    state_days = [day for day in state_days if day.on_date >= states[day.state_code]]
    write_later_indices(
        wh,
        key,
        fresh,
        dyad_days,
        state_days,
        marks.made,
        changed_event_ids=ids,
        dyads=dyads,
        states=states,
        kept_marks=(NEAR_DAYS, STRETCH_DAYS, NEAR_STRETCHES, FAR_STRETCHES),
    )
    return dyads, len(dyad_days) + len(state_days)


def _first_days(
    wh: Warehouse, rows: Iterable[EventDyad], covered: Mapping[Dyad, date], now: datetime
) -> dict[Dyad, date]:
    """Each touched dyad's first day that may come out otherwise than it is stored.

    Args:
        rows: what changed, as it was and as it is.
        covered: dyads with an event on a day whose coverage changed, with the first such day.
    """
    last = read_meta(wh, backlog.INDEXED_UNTIL)
    # What lay ahead when the indices were last made was not counted, and may be now.
    uncounted = datetime.fromisoformat(last).date() if last else date.min
    due = indexed.read_dyads_due(wh, uncounted, now.date())
    due = {dyad: min(one[dyad] for one in (due, covered) if dyad in one) for dyad in {*due, *covered}}
    firsts: dict[Dyad, date] = dict(due)
    for row in rows:
        firsts[dyad_of(row)] = min(row.on_date, firsts.get(dyad_of(row), row.on_date))
    return {dyad: min(first, due.get(dyad, first)) for dyad, first in firsts.items()}


def _without_indexed(wh: Warehouse, seen: Sequence[Event]) -> list[Event]:
    """Those of these events that the indices do not reflect yet as they are."""
    known = set(indexed.read_indexed_events(wh))
    return [one for one in seen if IndexedEvent(**{name: getattr(one, name) for name in _SEEN}) not in known]


_SEEN = ("event_id", "revision", "updated_at_utc")


class Tellers:
    """Who tells of events, asked once for each; an event of which nothing is told is absent."""

    def __init__(self, wh: Warehouse) -> None:
        self._wh = wh
        self._told: dict[str, tuple[frozenset[str], frozenset[str]] | None] = {}

    def families_of(self, event_ids: Collection[str]) -> dict[str, frozenset[str]]:
        """Event id to the outlet families that tell of it."""
        return {one: who[0] for one, who in self._find(event_ids)}

    def outlets_of(self, event_ids: Collection[str]) -> dict[str, frozenset[str]]:
        """Event id to the outlets that tell of it."""
        return {one: who[1] for one, who in self._find(event_ids)}

    def _find(self, event_ids: Collection[str]) -> list[tuple[str, tuple[frozenset[str], frozenset[str]]]]:
        if missing := set(event_ids) - self._told.keys():
            self._told |= dict.fromkeys(missing) | backlog.read_tellers(self._wh, missing)
        return [(one, told) for one in event_ids if (told := self._told[one]) is not None]


class _World:
    """What the indices are made from: events of touched dyads, stored rows of the states' other dyads, tellers."""

    def __init__(self, events: Mapping[str, Event], stored: Collection[EventDyad], wh: Warehouse) -> None:
        self.events, self.stored = events, stored
        tellers, ids = Tellers(wh), {*events, *(row.event_id for row in stored)}
        self.families, self.outlets = tellers.families_of(ids), tellers.outlets_of(ids)


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
    return _World(events, [row for row in stored if dyad_of(row) not in touched], wh)


def _compute(
    world: _World,
    formulas: list[Formula],
    touched: set[Dyad],
    states: set[str],
    settings: Settings,
    now: datetime,
    coverage: Coverage,
    marks: Marks,
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
        rows = [row for row in made if dyad_of(row) in touched]
        if formula is formulas[0]:
            newest, others = rows, world.stored
        else:
            others = [row for row in made if dyad_of(row) not in touched]
        dyad_days += compute_daily_dyads(
            rows,
            event_families=world.families,
            event_outlets=world.outlets,
            until=now.date(),
            half_life_days=settings.half_life_days,
            coverage=coverage.shares,
            formula=formula,
            marks=marks,
        )
        state_days += compute_daily_states(
            [*rows, *others],
            event_families=world.families,
            event_outlets=world.outlets,
            until=now.date(),
            states=states,
            half_life_days=settings.half_life_days,
            coverage=coverage.shares,
            formula=formula,
            marks=marks,
        )
    return newest, dyad_days, state_days
