"""Copies of the warehouse that plain DuckDB reads: one Parquet file a table, in a folder named for its instant.

A copy is of one moment. No statement of Quack spans several tables in one snapshot (an attached database was tried:
it sees later commits within its transaction), so a copy during which a batch was committed is made again.
"""

from __future__ import annotations

import shutil
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet
from filelock import FileLock, Timeout

from warehouse.connect import Warehouse
from warehouse.dyad_spans import count_dyads
from warehouse.endpoint import DATABASE_NAME, LOCK_NAME
from warehouse.errors import WarehouseError
from warehouse.migrate import migrate
from warehouse.numbering import number_rows
from warehouse.place_days import count_places
from warehouse.tables import tables

# Rounds commit a few times a minute, and a copy takes about a second for a hundred thousand rows.
TRIES = 8


def back_up(wh: Warehouse, folder: Path, *, now: datetime, keep: int, pause_s: float = 2.0) -> Path:
    """The new copy's folder; older copies beyond the newest `keep` (at least one) are removed.

    Written beside and renamed when whole, so a copy that is there is complete. `restore` makes a warehouse of it.

    Raises:
        WarehouseError: (is_retryable) a batch was committed during each of several tries.
    """
    final = folder / f"{now:%Y%m%dT%H%M%SZ}"
    draft = folder / f".{final.name}.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    _copy_in_a_quiet_moment(wh, draft, pause_s)
    if final.exists():
        shutil.rmtree(final)
    draft.rename(final)
    copies = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    for old in copies[: max(0, len(copies) - max(1, keep))]:
        shutil.rmtree(old)
    return final


def _copy_in_a_quiet_moment(wh: Warehouse, draft: Path, pause_s: float) -> None:
    for _ in range(TRIES):
        before = _last_batch(wh)
        for name in (*tables(), "meta"):
            pyarrow.parquet.write_table(wh.table(f"SELECT * FROM {name}"), draft / f"{name}.parquet")  # type: ignore[no-untyped-call]
        if _last_batch(wh) == before:
            return
        time.sleep(pause_s)
    shutil.rmtree(draft)
    message = "The warehouse was written to during each try to copy it; pause the schedules, then back up again."
    raise WarehouseError(message, subject_id=str(draft), is_retryable=True)


def _last_batch(wh: Warehouse) -> dict[str, Any]:
    return wh.query("SELECT count(*) AS batch_count, max(committed_at_utc) AS last_at FROM batches")[0]


def restore(home: Path, copy: Path) -> dict[str, int]:
    """Makes the warehouse of this home from a copy; gives the number of rows by table.

    Built beside and renamed when whole: after a failure the home is as it was.

    Raises:
        WarehouseError: the home has a warehouse already, or is in use, or the folder is no copy that can be read.
    """
    path = home / DATABASE_NAME
    names = [name for name in (*tables(), "meta") if (copy / f"{name}.parquet").is_file()]
    if "batches" not in names:
        message = f"{copy} is no backup; give a folder such as {home / 'backups' / '20260131T031700Z'}"
        raise WarehouseError(message, subject_id=str(copy))
    draft = home / ".restoring"
    home.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home / LOCK_NAME, timeout=1.0):
            if path.exists():
                message = f"{path} is there already; move it away first, since a restore never replaces a warehouse"
                raise WarehouseError(message, subject_id=str(path))
            shutil.rmtree(draft, ignore_errors=True)
            migrate(draft)
            counts = _load(draft / DATABASE_NAME, copy, names)
            (draft / DATABASE_NAME).rename(path)
    except Timeout as error:
        message = f"A process holds the warehouse in {home}; stop Mereda first."
        raise WarehouseError(message, subject_id=str(home), is_retryable=True) from error
    except duckdb.Error as error:
        message = f"{copy} cannot be read: {str(error).partition(chr(10))[0]}"
        raise WarehouseError(message, subject_id=str(copy)) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return counts


def _load(path: Path, copy: Path, names: list[str]) -> dict[str, int]:
    counts = {}
    with duckdb.connect(str(path)) as connection:
        connection.execute("BEGIN TRANSACTION")
        for name in names:
            # By name: a copy of an older version lacks the columns that came later.
            loaded = connection.execute(
                f"INSERT INTO {name} BY NAME SELECT * FROM read_parquet(?)", [str(copy / f"{name}.parquet")]
            ).fetchall()
            counts[name] = int(loaded[0][0])
        connection.execute("COMMIT")
        # Afterwards: rows have their places in the file only once they are committed.
        number_rows(connection)
        count_places(connection)
        count_dyads(connection)
        connection.execute("CHECKPOINT")
    return counts
