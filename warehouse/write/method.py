"""What rows were made by: codebook, formulas and validity, each put in place of what was kept of it.

Contract and errors as in `warehouse.write`.
"""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.changes import Rows, Statement
from warehouse.connect import Warehouse
from warehouse.records import CodebookCode, FormulaNumber, ValidityCheck


def write_method(
    wh: Warehouse,
    batch_key: str,
    codebook: Sequence[CodebookCode],
    numbers: Sequence[FormulaNumber],
    checks: Sequence[ValidityCheck],
) -> bool:
    """Put the whole of each in place of what was kept, in one transaction."""
    emptied = [Statement(f"DELETE FROM {name}", name) for name in ("codebook", "formula_numbers", "validity_checks")]
    return wh.apply(batch_key, [*emptied, Rows(codebook), Rows(numbers), Rows(checks)])
