"""What changes about indices: days of dyads and states, their marks, and phases.

Contract and errors as in `warehouse.write`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from warehouse.changes import Change, Rows, Statement
from warehouse.connect import Warehouse
from warehouse.dyad_spans import after_days
from warehouse.literals import rows_literal
from warehouse.records import DailyDyad, DailyState, DyadPhase, Event, EventDyad, IndexedEvent, StandingMark
from warehouse.write.statements import delete


def write_indices(
    wh: Warehouse,
    batch_key: str,
    event_dyads: Sequence[EventDyad],
    daily_dyads: Sequence[DailyDyad],
    replaced_dyads: Iterable[tuple[str, str]],
    *,
    daily_states: Sequence[DailyState] = (),
    replaced_states: Iterable[str] = (),
    marks: Sequence[StandingMark] = (),
) -> bool:
    """Put the days of these dyads and states in place of all their earlier ones, of every formula.

    Dyads as (side_a_code, side_b_code) with a before b. Where alerts stood with them goes too, and all their marks; the
    marks given come.
    """
    dyads, states = set(replaced_dyads), set(replaced_states)
    removed = [_without_dyads(name, dyads) for name in ("event_dyads", "daily_dyads", "alert_standings")]
    removed += delete("daily_states", "state_code", states)
    removed += delete("standing_marks", "subject", {*states, *(" ".join(dyad) for dyad in dyads)})
    changes: list[Change] = [*removed, Rows(event_dyads), Rows(daily_dyads), Rows(daily_states), Rows(marks)]
    return wh.apply(batch_key, [*changes, *after_days(dyads | _dyads_of(daily_dyads))])


def write_later_indices(
    wh: Warehouse,
    batch_key: str,
    event_dyads: Sequence[EventDyad],
    daily_dyads: Sequence[DailyDyad],
    daily_states: Sequence[DailyState],
    marks: Sequence[StandingMark],
    *,
    changed_event_ids: Collection[str],
    dyads: Mapping[tuple[str, str], date],
    states: Mapping[str, date],
    kept_marks: tuple[int, int, int, int],
) -> bool:
    """Put days of dyads and states in place of theirs from their own first day on; earlier days stay.

    Where alerts stood with a dyad at the end of these days goes too.

    Args:
        event_dyads: of the changed events, in place of all their earlier rows.
        marks: in place of those from the first day on.
        changed_event_ids: events whose rows go.
        dyads: (side_a_code, side_b_code) to the first day that is replaced; `states` likewise.
        kept_marks: (newest days, days of a stretch, newest stretches, each how many of older ones): of the newest days
            all marks are kept, before them the last of a stretch, of older stretches that of each so many.
    """
    own = {" ".join(dyad): day for dyad, day in dyads.items()}
    changes: list[Change] = [
        *delete("event_dyads", "event_id", changed_event_ids),
        _without_days("daily_dyads", "side_a_code || ' ' || side_b_code", own),
        _without_days("daily_states", "state_code", states),
        _without_days("standing_marks", "subject", own | dict(states)),
        _without_days("alert_standings", "side_a_code || ' ' || side_b_code", own, day="until_on"),
        Rows(event_dyads),
        Rows(daily_dyads),
        Rows(daily_states),
        Rows(marks),
    ]
    if marks:
        changes.append(_without_worn_marks(max(mark.on_date for mark in marks), *kept_marks))
    return wh.apply(batch_key, [*changes, *after_days(dyads.keys() | _dyads_of(daily_dyads))])


def _dyads_of(days: Iterable[DailyDyad]) -> set[tuple[str, str]]:
    return {(day.side_a_code, day.side_b_code) for day in days}


def _without_worn_marks(newest: date, near_days: int, stretch_days: int, near: int, far: int) -> Statement:
    """Takes away the marks that nothing near goes on from, as `write_later_indices`."""
    # Days are counted as Python's date.toordinal does, from the first of the year 1.
    number = f"((on_date - DATE '0001-01-01') + 1) // {stretch_days}"
    newest_stretch = newest.toordinal() // stretch_days
    return Statement(
        f"""
        DELETE FROM standing_marks WHERE on_date < $near_on::DATE AND (
            {number} < {newest_stretch - near} AND {number} % {far} <> {far - 1}
            OR (subject, on_date) IN (
                SELECT (subject, on_date) FROM standing_marks WHERE on_date < $near_on::DATE GROUP BY subject, on_date
                QUALIFY on_date < max(on_date) OVER (PARTITION BY subject, {number})))
        """,
        "standing_marks",
        {"near_on": newest - timedelta(days=near_days)},
    )


def write_indexed_events(wh: Warehouse, batch_key: str, events: Sequence[Event]) -> bool:
    """Put these events, as they are reflected, in place of all that were kept as such."""
    kept = [IndexedEvent(event_id=e.event_id, revision=e.revision, updated_at_utc=e.updated_at_utc) for e in events]
    return wh.apply(batch_key, [Statement("DELETE FROM indexed_events", "indexed_events"), Rows(kept)])


def write_phases(
    wh: Warehouse,
    batch_key: str,
    phases: Sequence[DyadPhase],
    replaced_dyads: Mapping[tuple[str, str], date] | Iterable[tuple[str, str]],
) -> bool:
    """Put the phases of these dyads in place of all their earlier ones, or of those from the day given for each."""
    if isinstance(replaced_dyads, Mapping):
        own = {" ".join(dyad): day for dyad, day in replaced_dyads.items()}
        removed = _without_days("dyad_phases", "side_a_code || ' ' || side_b_code", own, day="starts_on")
    else:
        removed = _without_dyads("dyad_phases", replaced_dyads)
    return wh.apply(batch_key, [removed, Rows(phases)])


def _without_days(table: str, subject: str, since: Mapping[str, date], *, day: str = "on_date") -> Statement:
    """Takes away the rows of these subjects (SQL that names one) from their own day on."""
    rows = [{"name": name, "first_on": first} for name, first in since.items()]
    given = rows_literal({"name": "VARCHAR", "first_on": "DATE"}, rows)
    return Statement(
        f"DELETE FROM {table} USING ({given}) AS given WHERE {subject} = given.name AND {day} >= given.first_on",
        table,
    )


def _without_dyads(table: str, dyads: Iterable[tuple[str, str]]) -> Statement:
    return Statement(
        f"DELETE FROM {table} WHERE (side_a_code || ' ' || side_b_code) IN (SELECT unnest($dyads))",
        table,
        {"dyads": sorted({f"{side_a} {side_b}" for side_a, side_b in dyads})},
    )
