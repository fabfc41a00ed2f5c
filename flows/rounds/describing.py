"""Keeps with the rows what they were made by, from the lists in the code: a copy of the file explains itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flows.events.codebook import load_codebook
from flows.indices.formula import load_formulas, numbers_of
from flows.indices.validity import load_validity
from warehouse.connect import Warehouse
from warehouse.method import read_codebook, read_formula_numbers, read_validity_checks
from warehouse.records import CodebookCode, FormulaNumber, stable_id
from warehouse.write import write_method


def describe_method(wh: Warehouse, now: datetime) -> bool:
    """Brings codebook, formulas and validity up to date with the code; whether anything was new."""
    codes, numbers, checks = list(_codes()), list(_numbers()), load_validity()
    if {*codes, *numbers, *checks} == {*read_codebook(wh), *read_formula_numbers(wh), *read_validity_checks(wh)}:
        return False
    return write_method(wh, stable_id("method", now.isoformat()), codes, numbers, checks)


def _codes() -> Iterator[CodebookCode]:
    for one in load_codebook().values():
        whole = CodebookCode(
            type=one.name,
            mode="",
            quad=one.quad,
            score=one.score,
            direction=one.direction,
            definition=one.definition,
            examples_for=one.examples_for,
            examples_against=one.examples_against,
            source=one.source,
        )
        yield whole
        for mode in one.modes.values():
            yield CodebookCode(
                type=one.name,
                mode=mode.name,
                quad=one.quad,
                score=mode.score,
                direction=one.direction,
                definition=mode.definition,
                examples_for=(),
                examples_against=(),
                source=one.source,
            )


def _numbers() -> Iterator[FormulaNumber]:
    for version, formula in load_formulas().items():
        for name, value in numbers_of(formula).items():
            yield FormulaNumber(formula_version=version, name=name, value=value)
