"""Which pairs of sides an event concerns, and what it adds to each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from flows.indices.formula import Formula, load_formula, speaks_for
from flows.indices.weights import event_weight
from warehouse.records import Direction, Event, EventDyad

# A group hit there makes tension with the state whose soil it is; words about a group do not.
SOIL_TYPES = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
# Intervals within which an act just reported may lie anywhere; a day is a day, and a year is history.
WIDE_PRECISIONS = frozenset({"week", "month"})


def dyads_of(
    event: Event, families: Collection[str] | None = None, *, formula: Formula | None = None
) -> list[EventDyad]:
    """What the event adds to each dyad, on its day; sorted by the dyad.

    Args:
        event: any event; one that is withdrawn, or only planned, demanded, denied, hypothetical or historical, moves
            no index and has no dyads.
        families: the outlet families that report it; the event's own count where not given.
        formula: the version to weigh by; the newest where not given.

    Returns:
        One row a dyad, `side_a_code < side_b_code`; none where a side is unknown or both are the same. Impact is in
        weight points; a neutral event has rows too, which move neither series.
    """
    formula = formula or load_formula()
    weight = event_weight(event, family_count=None if families is None else len(set(families)), formula=formula)
    if weight <= 0 or event.actor_code is None or event.target_code is None:
        return []
    rows: dict[tuple[str, str], EventDyad] = {}
    for (actor, target), reason in _reasons(event, formula).items():
        if actor == target:
            continue
        first, second = sorted((actor, target))
        row = EventDyad(
            event_id=event.event_id,
            side_a_code=first,
            side_b_code=second,
            on_date=_day_of(event, formula),
            direction=event.direction,
            weight=weight,
            impact=weight * abs(event.score),
            reason=reason,
            undone_share=_undone_share(event, reason, weight, formula),
        )
        rows.setdefault((first, second), row)
    return [rows[dyad] for dyad in sorted(rows)]


def list_weightiest(
    rows: Iterable[EventDyad], direction: Direction, *, since: date, until: date, count: int
) -> tuple[str, ...]:
    """Ids of the events that pull this way in these days, ends included: the weightiest first, at most so many."""
    inside = [row for row in rows if row.direction == direction and since <= row.on_date <= until]
    inside.sort(key=lambda row: (-row.impact, row.on_date, row.event_id))
    return tuple(row.event_id for row in inside[:count])


def _reasons(event: Event, formula: Formula) -> dict[tuple[str, str], str]:
    """(actor, target) to why the event is between them, the named sides first."""
    actor, target = event.actor_code or "", event.target_code or ""
    reasons = {(actor, target): "sides"}
    if formula.groups_speak:
        lands = speaks_for()
        acting, meant = lands.get(actor, actor), lands.get(target, target)
        spoken = [f"{group} speaks for {lands[group]}" for group in (actor, target) if group in lands]
        # A group and the land it speaks for are no pair; nor are two groups of one land.
        if spoken and acting != meant:
            reasons.setdefault((acting, meant), "; ".join(spoken))
    soil = _soil_of(event)
    if soil is not None:
        reasons.setdefault((actor, soil), f"soil: {target} was hit on the soil of {soil}")
    return reasons


def _soil_of(event: Event) -> str | None:
    """The other state on whose soil a group was hit; None at home, where unknown, and for states as targets."""
    target = event.target_code or ""
    is_group = target != target.upper()  # states and organisations are written in capitals, groups as slugs
    if event.type not in SOIL_TYPES or not is_group:
        return None
    soil = event.place_country_code or event.target_country_code
    return None if soil in (event.actor_code, event.actor_country_code) else soil


def _day_of(event: Event, formula: Formula) -> date:
    """The day the event counts on: its first, or of a week or month the last that the first report leaves open."""
    if not formula.places_by_report or event.date_precision not in WIDE_PRECISIONS:
        return event.starts_on
    last_on = event.ends_on - timedelta(days=1)
    return max(event.starts_on, min(last_on, event.first_reported_at_utc.date()))


def _undone_share(event: Event, reason: str, weight: float, formula: Formula) -> float:
    """The share of what stands against it that the event takes away; 0 on another's soil, where it ends nothing."""
    shares = {
        Direction.DE_ESCALATION: formula.settling_shares,
        Direction.ESCALATION: formula.breaking_shares,
    }.get(Direction(event.direction), {})
    if reason.startswith("soil"):
        return 0.0
    return shares.get(f"{event.type} {event.mode}", shares.get(event.type, 0.0)) * min(1.0, weight)
