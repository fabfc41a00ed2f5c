"""What is asked about how rows were made: codebook, formulas, validity, and versions in use.

All raise WarehouseError as `Warehouse.query` does.
"""

from __future__ import annotations

from typing import Any

from warehouse.connect import Warehouse
from warehouse.questions import sql
from warehouse.records import CodebookCode, FormulaNumber, ValidityCheck
from warehouse.tables import record_of


def read_codebook(wh: Warehouse) -> list[CodebookCode]:
    """Every type, each followed by its modes, in the order of the alphabet."""
    return [record_of(CodebookCode, row) for row in wh.query("SELECT * FROM codebook ORDER BY type, mode")]


def read_formula_numbers(wh: Warehouse) -> list[FormulaNumber]:
    """The numbers of every version of the formula, the newest version first, each version's by name."""
    text = "SELECT * FROM formula_numbers ORDER BY formula_order(formula_version) DESC, name"
    return [record_of(FormulaNumber, row) for row in wh.query(text)]


def read_validity_checks(wh: Warehouse) -> list[ValidityCheck]:
    """Every expectation, the newest version of the formula first, then by check and measure."""
    text = "SELECT * FROM validity_checks ORDER BY formula_order(formula_version) DESC, check_name, measure"
    return [record_of(ValidityCheck, row) for row in wh.query(text)]


def read_versions(wh: Warehouse) -> list[dict[str, Any]]:
    """Which versions made what is kept; see `queries/versions.sql`."""
    return wh.query(sql("versions"))
