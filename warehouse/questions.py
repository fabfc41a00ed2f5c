"""The questions that pages ask: SQL in `queries/`, one file each."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_QUERIES = Path(__file__).parent / "queries"


@cache
def sql(name: str) -> str:
    """The text of a question."""
    return (_QUERIES / f"{name}.sql").read_text(encoding="utf-8")
