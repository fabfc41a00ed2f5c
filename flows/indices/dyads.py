"""Which pairs of sides an event concerns, and what it adds to each."""

from __future__ import annotations

from collections.abc import Collection

from flows.indices.weights import event_weight
from warehouse.records import Event, EventDyad

# A group hit there makes tension with the state whose soil it is; words about a group do not.
SOIL_TYPES = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})


def dyads_of(event: Event, families: Collection[str] | None = None) -> list[EventDyad]:
    """What the event adds to each dyad, on the first day of its interval; sorted by the dyad.

    Args:
        event: any event; one that is withdrawn, or only planned, demanded, denied, hypothetical or historical, moves
            no index and has no dyads.
        families: the outlet families that report it; the event's own count where not given.

    Returns:
        One row a dyad, `side_a_code < side_b_code`; none where a side is unknown or both are the same. Impact is in
        weight points; a neutral event has rows too, which move neither series.
    """
    weight = event_weight(event, family_count=None if families is None else len(set(families)))
    if weight <= 0 or event.actor_code is None or event.target_code is None:
        return []
    reasons = {(event.actor_code, event.target_code): "sides"}
    soil = _soil_of(event)
    if soil is not None:
        reasons.setdefault((event.actor_code, soil), f"soil: {event.target_code} was hit on the soil of {soil}")
    rows: dict[tuple[str, str], EventDyad] = {}
    for (actor, target), reason in reasons.items():
        if actor == target:
            continue
        first, second = sorted((actor, target))
        row = EventDyad(
            event_id=event.event_id,
            side_a_code=first,
            side_b_code=second,
            on_date=event.starts_on,
            direction=event.direction,
            weight=weight,
            impact=weight * abs(event.score),
            reason=reason,
        )
        rows.setdefault((first, second), row)
    return [rows[dyad] for dyad in sorted(rows)]


def _soil_of(event: Event) -> str | None:
    """The other state on whose soil a group was hit; None at home, where unknown, and for states as targets."""
    target = event.target_code or ""
    is_group = target != target.upper()  # states and organisations are written in capitals, groups as slugs
    if event.type not in SOIL_TYPES or not is_group:
        return None
    soil = event.place_country_code or event.target_country_code
    return None if soil in (event.actor_code, event.actor_country_code) else soil
