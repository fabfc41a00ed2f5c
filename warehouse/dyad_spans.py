"""What there is of each dyad (`dyad_spans`), kept exact by every batch that writes days of dyads, in its transaction.

The days of the dyads that a batch touches are counted anew: they may have been replaced from any day on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import duckdb

from warehouse.changes import Statement
from warehouse.literals import rows_literal

_KEY: Final = "side_a_code, side_b_code, formula_version"
_COUNTS: Final = "row_count, last_on, event_count"
# As schema/084_dyad_spans.sql counts them.
_COUNTED: Final = f"""
    SELECT {_KEY}, count(*) AS row_count, max(on_date) AS last_on, coalesce(sum(event_count), 0)::BIGINT AS event_count
    FROM {{days}} GROUP BY {_KEY}
    """


def count_dyads(connection: duckdb.DuckDBPyConnection) -> None:
    """Counts the days of all dyads anew: of rows that did not come by way of a batch.

    Raises:
        duckdb.Error: as the database does.
    """
    connection.execute("DELETE FROM dyad_spans")
    connection.execute(f"INSERT INTO dyad_spans {_COUNTED.format(days='daily_dyads')}")


def counted_otherwise() -> str:
    """SQL of the dyads, column `id`, that are not counted as their days are; none while all is well."""
    counted = f"SELECT {_KEY}, {_COUNTS} FROM ({_COUNTED.format(days='daily_dyads')})"
    kept = f"SELECT {_KEY}, {_COUNTS} FROM dyad_spans"
    differs = f"(({counted}) EXCEPT ({kept})) UNION (({kept}) EXCEPT ({counted}))"
    return f"SELECT DISTINCT concat_ws(' ', {_KEY}) AS id FROM ({differs})"


def after_days(dyads: Iterable[tuple[str, str]]) -> list[Statement]:
    """What goes after days of these dyads are written or taken away: counts them. Nothing where there is no dyad."""
    rows = [{"side_a_code": a, "side_b_code": b} for a, b in sorted(set(dyads))]
    if not rows:
        return []
    touched = "SEMI JOIN touched_dyads USING (side_a_code, side_b_code)"
    counted = _COUNTED.format(days=f"daily_dyads {touched}")
    settings = ", ".join(f"{name} = excluded.{name}" for name in _COUNTS.split(", "))
    given = rows_literal({"side_a_code": "VARCHAR", "side_b_code": "VARCHAR"}, rows)
    return [
        Statement(f"CREATE OR REPLACE TEMP TABLE touched_dyads AS {given}", None),
        Statement(f"CREATE OR REPLACE TEMP TABLE counted_dyads AS {counted}", None),
        Statement(
            f"DELETE FROM dyad_spans WHERE ({_KEY}) IN (SELECT ({_KEY}) FROM dyad_spans {touched} "
            f"ANTI JOIN counted_dyads USING ({_KEY}))",
            "dyad_spans",
        ),
        Statement(
            f"INSERT INTO dyad_spans ({_KEY}, {_COUNTS}) SELECT {_KEY}, {_COUNTS} FROM counted_dyads "
            f"ON CONFLICT ({_KEY}) DO UPDATE SET {settings}",
            "dyad_spans",
        ),
        Statement("DROP TABLE temp.counted_dyads", None),
        Statement("DROP TABLE temp.touched_dyads", None),
    ]
