"""Brings a warehouse file to the newest schema: each numbered file of `schema/` once, in order, and recorded.

A file that was applied is never edited; a change of the schema is a new number. Each runs in a transaction of its own.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from warehouse.endpoint import DATABASE_NAME, LOCK_NAME
from warehouse.errors import WarehouseError
from warehouse.literals import text_literal

SCHEMA = Path(__file__).parent / "schema"


def migrate(home: Path, *, wait_s: float = 30.0) -> list[int]:
    """The numbers applied now to the file in this home, none when it is up to date. The file is made where missing.

    Raises:
        WarehouseError: another process holds the file for longer than `wait_s` seconds (is_retryable), or it is no
            warehouse.
    """
    home.mkdir(parents=True, exist_ok=True)
    path = home / DATABASE_NAME
    try:
        with FileLock(home / LOCK_NAME, timeout=wait_s), duckdb.connect(str(path)) as connection:
            return migrate_database(connection)
    except Timeout as error:
        message = f"Another process holds {path}; stop it before the schema is brought up to date."
        raise WarehouseError(message, subject_id=str(path), is_retryable=True) from error
    except duckdb.Error as error:
        message = f"The warehouse file {path} cannot be brought up to date: {str(error).partition(chr(10))[0]}"
        raise WarehouseError(message, subject_id=str(path)) from error


def migrate_database(connection: duckdb.DuckDBPyConnection) -> list[int]:
    """The numbers applied now to this open database; none when it is up to date."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name VARCHAR, applied_at_utc TIMESTAMPTZ)"
    )
    done = {row[0] for row in connection.execute("SELECT number FROM migrations").fetchall()}
    applied = []
    for path in sorted(SCHEMA.glob("[0-9][0-9][0-9]_*.sql")):
        number = int(path.name[:3])
        if number in done:
            continue
        connection.execute("BEGIN TRANSACTION")
        try:
            connection.execute(path.read_text(encoding="utf-8"))
            connection.execute(f"INSERT INTO migrations VALUES ({number}, {text_literal(path.stem)}, now())")
            connection.execute("COMMIT")
        except duckdb.Error:
            connection.execute("ROLLBACK")
            raise
        applied.append(number)
    return applied
