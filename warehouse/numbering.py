"""Numbers of rows that did not come by way of a batch: from a backup, or made by SQL."""

from __future__ import annotations

import duckdb

from warehouse.migrate import SCHEMA


def number_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Gives rows without them their own numbers and those of what they belong to; new rows get numbers that nobody has.

    Raises:
        duckdb.Error: as the database does.
    """
    connection.execute((SCHEMA / "072_numbers_of_rows.sql").read_text(encoding="utf-8"))
