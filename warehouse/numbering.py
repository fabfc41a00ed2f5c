"""Numbers of rows that did not come by way of a batch: from a backup, or made by SQL."""

from __future__ import annotations

from typing import Final

import duckdb

from warehouse.migrate import SCHEMA

# Sequence -> the column it numbers.
_SEQUENCES: Final = {
    "event_numbers": ("events", "event_number"),
    "mention_numbers": ("mentions", "mention_number"),
    "arrival_numbers": ("articles", "arrival_number"),
}


def number_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Gives rows without them the numbers of what they belong to, and new rows numbers that nobody has.

    Raises:
        duckdb.Error: as the database does.
    """
    connection.execute((SCHEMA / "072_numbers_of_rows.sql").read_text(encoding="utf-8"))
    for sequence, (table, column) in _SEQUENCES.items():
        # A sequence that a table's default names can't be made anew with another start: it is called so often.
        connection.execute(
            f"SELECT count(nextval('{sequence}')) FROM range((SELECT coalesce(max({column}), 0) FROM {table})::BIGINT)"
        )
