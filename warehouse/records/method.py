"""What rows were made by: the codebook, the numbers of the formulas, and how well they were found to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookCode:
    """A type of event, or one of its modes (`mode` is "" for the type itself); scores from -10 to +10."""

    type: str
    mode: str
    quad: int  # 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
    score: float
    direction: str
    definition: str
    examples_for: tuple[str, ...]
    examples_against: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaNumber:
    """One number of one version of the formula of the daily indices; a switch is 1 or 0."""

    formula_version: str
    name: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidityCheck:
    """What the indices should show of a known course of events, and what they did; is_met None: too little to say."""

    formula_version: str
    check_name: str
    measure: str
    expected: str
    found: str
    is_met: bool | None
    coder_version: str
    measured_on: date
