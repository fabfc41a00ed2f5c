"""An empty warehouse for homes of tests: made once a process, since its schema takes a third of a second."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from warehouse.endpoint import DATABASE_NAME
from warehouse.migrate import migrate


def stock_warehouse(home: Path) -> None:
    """Puts the file as `migrate` leaves it into a home that has none."""
    target = home / DATABASE_NAME
    if not target.exists():
        home.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_made())


@cache
def _made() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        migrate(Path(folder))
        return (Path(folder) / DATABASE_NAME).read_bytes()
