"""Copies of the warehouse that plain DuckDB reads: one Parquet file a table, in a folder named for its instant."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pyarrow.parquet

from warehouse.connect import Warehouse
from warehouse.tables import tables


def back_up(wh: Warehouse, folder: Path, *, now: datetime, keep: int) -> Path:
    """The new copy's folder; older copies beyond the newest `keep` are removed.

    Written beside and renamed when whole, so a copy that is there is complete. Restore with
    `INSERT INTO table SELECT * FROM 'table.parquet'` into a freshly migrated file.
    """
    final = folder / f"{now:%Y%m%dT%H%M%SZ}"
    draft = folder / f".{final.name}.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for name in tables():
        pyarrow.parquet.write_table(wh.table(f"SELECT * FROM {name}"), draft / f"{name}.parquet")  # type: ignore[no-untyped-call]
    if final.exists():
        shutil.rmtree(final)
    draft.rename(final)
    copies = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    for old in copies[: max(0, len(copies) - max(1, keep))]:
        shutil.rmtree(old)
    return final
