"""What a batch may do: upsert or replace rows. Each change becomes SQL text that runs the same served or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from warehouse.literals import bind, columns_literal
from warehouse.tables import Table, table_of


@dataclass(frozen=True, slots=True)
class Rows:
    """Records of one kind to be put in their table, by primary key.

    Two with the same key in one batch: the last one counts. `kept` names columns that a row already there keeps,
    `overrides` gives the SQL of columns that depend on both (`excluded.x` is the new value, `table.x` the old one);
    with `is_insert_only` a row already there is left as it is.
    """

    records: Sequence[Any]
    kept: frozenset[str] = frozenset()
    is_insert_only: bool = False
    overrides: Mapping[str, str] = field(default_factory=dict)

    @property
    def row_count(self) -> int:
        """How many records it brings."""
        return len(self.records)

    @property
    def table_name(self) -> str | None:
        """The table it touches; None when it brings nothing."""
        return table_of(type(self.records[0])).name if self.records else None

    def sql(self) -> str:
        """The statement, without a semicolon; empty when there is nothing to do."""
        if not self.records:
            return ""
        table = table_of(type(self.records[0]))
        key = attrgetter(*table.key)
        rows = {key(record): record for record in self.records}.values()
        values = {name: list(map(attrgetter(name), rows)) for name in table.columns}
        names = ", ".join(table.columns)
        return f"INSERT INTO {table.name} ({names}) {columns_literal(table.columns, values)} {self._on_conflict(table)}"

    def _on_conflict(self, table: Table) -> str:
        changed = [name for name in table.columns if name not in table.key and name not in self.kept]
        if self.is_insert_only or not changed:
            return "ON CONFLICT DO NOTHING"
        settings = ", ".join(f"{name} = {self.overrides.get(name, f'excluded.{name}')}" for name in changed)
        return f"ON CONFLICT ({', '.join(table.key)}) DO UPDATE SET {settings}"


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL statement with `$name` parameters, for what `Rows` cannot say."""

    text: str
    table_name: str | None
    params: Mapping[str, Any] = field(default_factory=dict)
    row_count: int = 0

    def sql(self) -> str:
        """The statement with its parameters bound."""
        return bind(self.text, self.params)


Change = Rows | Statement
