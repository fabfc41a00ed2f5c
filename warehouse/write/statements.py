"""Statements that several kinds of rows are changed by."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from warehouse.changes import Statement
from warehouse.literals import rows_literal


def unless_changed(table: str, column: str) -> str:
    """Keeps the old value where the new row brings none and the content is the same."""
    return (
        f"CASE WHEN excluded.content_hash = {table}.content_hash "
        f"THEN coalesce(excluded.{column}, {table}.{column}) ELSE excluded.{column} END"
    )


def assign(table: str, key: str, column: str, values: Mapping[str, str]) -> list[Statement]:
    """Puts the value of each key in a column; nothing where none is given."""
    if not values:
        return []
    rows = rows_literal(
        {key: "VARCHAR", column: "VARCHAR"}, [{key: one, column: other} for one, other in values.items()]
    )
    sql = f"UPDATE {table} SET {column} = given.{column} FROM ({rows}) AS given WHERE {table}.{key} = given.{key}"
    return [Statement(sql, table, row_count=len(values))]


def delete(table: str, key: str, ids: Collection[str]) -> list[Statement]:
    """Takes away the rows with these keys; nothing where none is given."""
    if not ids:
        return []
    text = f"DELETE FROM {table} WHERE {key} IN (SELECT unnest($ids))"
    return [Statement(text, table, {"ids": sorted(set(ids))}, row_count=len(ids))]
