"""`python -m tests.documents` writes `docs/tables.md` from the comments of a freshly migrated warehouse."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from warehouse.connect import open_warehouse

TABLES_PATH = Path(__file__).parents[1] / "docs" / "tables.md"
INTRODUCTION = """# Tables

Every table, view and column of `warehouse.duckdb`, as the file itself says it (`duckdb_tables()`, `duckdb_views()`,
`duckdb_columns()`).
Written by `python -m tests.documents`; instants are UTC, days are calendar days in UTC.
"""


def render_tables() -> str:
    """The document, from the schema's own comments."""
    with tempfile.TemporaryDirectory() as folder, open_warehouse(Path(folder)) as wh:
        tables = wh.query(
            "SELECT table_name, comment FROM duckdb_tables() UNION ALL "
            "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY table_name"
        )
        columns = wh.query(
            "SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns() "
            "WHERE NOT internal ORDER BY table_name, column_index"
        )
    parts = [INTRODUCTION]
    for table in tables:
        rows = [
            f"| `{one['column_name']}` | {one['data_type'].lower()} | {one['comment'] or ''} |"
            for one in columns
            if one["table_name"] == table["table_name"]
        ]
        heading = (
            f"## {table['table_name']}\n\n{table['comment'] or ''}\n\n| column | type | meaning |\n|---|---|---|\n"
        )
        parts.append(heading + "\n".join(rows) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    TABLES_PATH.write_text(render_tables(), encoding="utf-8")
    sys.stdout.write(f"{TABLES_PATH} is written\n")
