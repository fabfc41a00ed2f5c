"""What an event weighs, after a formula in `formula.toml` (its units and ranges are written there)."""

from __future__ import annotations

import math

from flows.indices.formula import Formula, load_formula
from warehouse.records import Direction, Event


def status_weight(status: str, *, formula: Formula | None = None) -> float:
    """The share of its weight an event earns by its claim, 0..1; 0 for all that is not claimed to have happened."""
    return (formula or load_formula()).status_weights.get(status, 0.0)


def corroboration(family_count: float, *, formula: Formula | None = None) -> float:
    """The factor for so many independent outlet families, 1 for one or none, growing ever slower to its maximum."""
    formula = formula or load_formula()
    grown = 1 + formula.corroboration_per_doubling * math.log2(max(1.0, family_count))
    return min(formula.corroboration_maximum, grown)


def casualty_factor(killed: int | None, injured: int | None, *, formula: Formula | None = None) -> float:
    """The factor for so many killed and injured, 1 for none or unknown, growing with their order of magnitude."""
    formula = formula or load_formula()
    harmed = max(0, killed or 0) + formula.casualties_injured_share * max(0, injured or 0)
    return min(formula.casualties_maximum, 1 + formula.casualties_per_tenfold * math.log10(1 + harmed))


def event_weight(event: Event, *, family_count: int | None = None, formula: Formula | None = None) -> float:
    """The event's weight, 0..4; 0 where withdrawn or not claimed to have happened.

    `family_count` overrides the event's own. Casualties count by their minimum, and for escalation only: a rescue is
    no greater a kindness for the number of the dead.
    """
    if event.withdrawn_at_utc is not None:
        return 0.0
    formula = formula or load_formula()
    families = event.family_count if family_count is None else family_count
    is_escalation = event.direction == Direction.ESCALATION
    harm = casualty_factor(event.killed_min, event.injured_min, formula=formula) if is_escalation else 1.0
    claimed = event.confidence * status_weight(event.status, formula=formula)
    return claimed * corroboration(families, formula=formula) * harm
