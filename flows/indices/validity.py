"""How well the indices were found to agree with the world, when it was last measured: `validity.toml`, read only.

The file is written by the measurement itself, whose page (`docs/validity.md`) says how and on what.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.errors import CodebookError
from warehouse.records import ValidityCheck

VALIDITY_PATH = Path(__file__).parent / "validity.toml"


@cache
def load_validity(path: Path = VALIDITY_PATH) -> list[ValidityCheck]:
    """Every expectation in the order of the file; read once.

    Raises:
        CodebookError: a key is missing.
    """
    told: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    try:
        return [
            ValidityCheck(
                formula_version=one["formula"],
                check_name=one["check"],
                measure=one["measure"],
                expected=one["expected"],
                found=one["found"],
                is_met=one.get("is_met"),
                coder_version=told["coder_version"],
                measured_on=told["measured_on"],
            )
            for one in told["checks"]
        ]
    except KeyError as missing:
        raise CodebookError(f"{path.name} lacks {missing}; add it", subject_id=path.name) from missing
