"""The formulas of the indices, one a version, as `formula.toml` says them (its units and ranges are written there)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.errors import CodebookError

FORMULA_PATH = Path(__file__).parent / "formula.toml"
SPEAKS_FOR_PATH = Path(__file__).parent / "speaks_for.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """The numbers of one version, each under its section's and its own name."""

    version: str
    half_life_days: float
    status_weights: Mapping[str, float]
    corroboration_per_doubling: float
    corroboration_maximum: float
    casualties_per_tenfold: float
    casualties_injured_share: float
    casualties_maximum: float
    settling_maximum: float
    settling_shares: Mapping[str, float]
    breaking_maximum: float
    breaking_shares: Mapping[str, float]
    places_by_report: bool
    groups_speak: bool
    coverage_by_day: bool
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
def load_formulas(path: Path = FORMULA_PATH) -> dict[str, Formula]:
    """Every version of a file by its name, the newest first; read once.

    Raises:
        CodebookError: a section or number is missing.
    """
    told: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    older: dict[str, dict[str, Any]] = told.pop("older", {})
    try:
        newest = _formula_of(told["version"], told)
        others = [_formula_of(version, told | different) for version, different in older.items()]
    except KeyError as missing:
        raise CodebookError(f"{path.name} lacks {missing}; add it", subject_id=path.name) from missing
    return {one.version: one for one in [newest, *others]}


def load_formula(path: Path = FORMULA_PATH) -> Formula:
    """The newest version of a file, the one that counts. Raises as `load_formulas`."""
    return next(iter(load_formulas(path).values()))


def numbers_of(formula: Formula) -> dict[str, float]:
    """Every number of a formula by its name, those of a status, type or mode after a dot; a switch is 1 or 0."""
    numbers: dict[str, float] = {}
    for name in (field.name for field in fields(formula) if field.name != "version"):
        value = getattr(formula, name)
        several = {f"{name}.{key}": one for key, one in value.items()} if isinstance(value, Mapping) else {name: value}
        numbers |= {key: float(one) for key, one in several.items()}
    return numbers


@cache
def speaks_for(path: Path = SPEAKS_FOR_PATH) -> dict[str, str]:
    """Group's slug to the land (ISO 3166-1 alpha-3) it speaks for."""
    told: dict[str, str] = tomllib.loads(path.read_text("utf-8"))
    return told


def _formula_of(version: str, told: Mapping[str, Any]) -> Formula:
    return Formula(
        version=version,
        half_life_days=told["half_life"]["days"],
        status_weights=told["status"],
        corroboration_per_doubling=told["corroboration"]["per_doubling"],
        corroboration_maximum=told["corroboration"]["maximum"],
        casualties_per_tenfold=told["casualties"]["per_tenfold"],
        casualties_injured_share=told["casualties"]["injured_share"],
        casualties_maximum=told["casualties"]["maximum"],
        settling_maximum=told["settling"]["maximum"],
        settling_shares=told["settling"]["shares"],
        breaking_maximum=told["breaking"]["maximum"],
        breaking_shares=told["breaking"]["shares"],
        places_by_report=told["placing"]["reported"],
        groups_speak=told["placing"]["speaking"],
        coverage_by_day=told["coverage"]["by_day"],
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
