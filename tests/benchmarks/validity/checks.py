"""What a check expects and finds: a line of the page, and an entry of the file that the product shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows.events.code import CODER_VERSION
from flows.indices.validity import VALIDITY_PATH

MARKS = {True: "met", False: "missed", None: "too few"}


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation; is_met None where there is too little to say."""

    formula: str
    check: str
    measure: str
    expected: str
    found: str
    is_met: bool | None

    @property
    def mark(self) -> str:
        """Met, missed or too few."""
        return MARKS[self.is_met]


def write_checks(checks: Iterable[Check], on: date, path: Path = VALIDITY_PATH) -> None:
    """Puts the checks in the file that Mereda keeps with its rows and shows."""
    lines = [
        "# Written by `python -m tests.benchmarks.validity --write`: what the indices should show of known courses of",
        "# events, and what they showed. The page docs/validity.md says how it was measured, and on what.",
        f"measured_on = {on.isoformat()}",
        f'coder_version = "{CODER_VERSION}"',
    ]
    for one in checks:
        told = {"formula": one.formula, "check": one.check, "measure": one.measure}
        told |= {"expected": one.expected, "found": one.found}
        lines += ["", "[[checks]]", *(f'{key} = "{value}"' for key, value in told.items())]
        if one.is_met is not None:
            lines.append(f"is_met = {str(one.is_met).lower()}")
    path.write_text("\n".join(lines) + "\n", "utf-8")
