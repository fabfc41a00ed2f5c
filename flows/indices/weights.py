"""What an event weighs, after the formula in `formula.toml` (its units and ranges are written there)."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.errors import CodebookError
from warehouse.records import Direction, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """The numbers of `formula.toml`, each under its section's and its own name."""

    version: str
    half_life_days: float
    status_weights: dict[str, float]
    corroboration_per_doubling: float
    corroboration_maximum: float
    casualties_per_tenfold: float
    casualties_injured_share: float
    casualties_maximum: float
    coverage_floor: float
    coverage_thin_below: float
    band_replicates: int
    band_lower_pct: float
    band_upper_pct: float
    thin_families: int
    thin_window_days: int
    calm_below: float
    change_share: float
    change_days: int


@cache
def load_formula(path: Path = Path(__file__).parent / "formula.toml") -> Formula:
    """The formula in a file; read once.

    Raises:
        CodebookError: a section or number is missing.
    """
    told: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    try:
        return Formula(
            version=told["version"],
            half_life_days=told["half_life"]["days"],
            status_weights=told["status"],
            corroboration_per_doubling=told["corroboration"]["per_doubling"],
            corroboration_maximum=told["corroboration"]["maximum"],
            casualties_per_tenfold=told["casualties"]["per_tenfold"],
            casualties_injured_share=told["casualties"]["injured_share"],
            casualties_maximum=told["casualties"]["maximum"],
            coverage_floor=told["coverage"]["floor"],
            coverage_thin_below=told["coverage"]["thin_below"],
            band_replicates=told["band"]["replicates"],
            band_lower_pct=told["band"]["lower_pct"],
            band_upper_pct=told["band"]["upper_pct"],
            thin_families=told["thin"]["families"],
            thin_window_days=told["thin"]["window_days"],
            calm_below=told["phases"]["calm_below"],
            change_share=told["phases"]["change_share"],
            change_days=told["phases"]["change_days"],
        )
    except KeyError as missing:
        raise CodebookError(f"{path.name} lacks {missing}; add it", subject_id=path.name) from missing


FORMULA_VERSION = load_formula().version


def status_weight(status: str) -> float:
    """The share of its weight an event earns by its claim, 0..1; 0 for all that is not claimed to have happened."""
    return load_formula().status_weights.get(status, 0.0)


def corroboration(family_count: float) -> float:
    """The factor for so many independent outlet families, 1 for one or none, growing ever slower to its maximum."""
    formula = load_formula()
    grown = 1 + formula.corroboration_per_doubling * math.log2(max(1.0, family_count))
    return min(formula.corroboration_maximum, grown)


def casualty_factor(killed: int | None, injured: int | None) -> float:
    """The factor for so many killed and injured, 1 for none or unknown, growing with their order of magnitude."""
    formula = load_formula()
    harmed = max(0, killed or 0) + formula.casualties_injured_share * max(0, injured or 0)
    return min(formula.casualties_maximum, 1 + formula.casualties_per_tenfold * math.log10(1 + harmed))


def event_weight(event: Event, *, family_count: int | None = None) -> float:
    """The event's weight, 0..4; 0 where withdrawn or not claimed to have happened.

    `family_count` overrides the event's own. Casualties count by their minimum, and for escalation only: a rescue is
    no greater a kindness for the number of the dead.
    """
    if event.withdrawn_at_utc is not None:
        return 0.0
    families = event.family_count if family_count is None else family_count
    is_escalation = event.direction == Direction.ESCALATION
    harm = casualty_factor(event.killed_min, event.injured_min) if is_escalation else 1.0
    return event.confidence * status_weight(event.status) * corroboration(families) * harm
