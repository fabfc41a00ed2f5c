"""What a batch may do: upsert or replace rows. Each change becomes SQL text that runs the same served or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from warehouse.literals import bind, columns_literal, ids_literal
from warehouse.tables import Table, table_of


@dataclass(frozen=True, slots=True)
class Rows:
    """Records of one kind to be put in their table, by primary key.

    Two with the same key in one batch: the last one counts. `kept` names columns that a row already there keeps,
    `overrides` gives the SQL of columns that depend on both (`excluded.x` is the new value, `table.x` the old one);
    with `is_insert_only` a row already there is left as it is. `source` is read instead where the batch has sent them
    before (`Sent`).
    """

    records: Sequence[Any]
    kept: frozenset[str] = frozenset()
    is_insert_only: bool = False
    overrides: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None

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
        names = ", ".join(table.columns)
        rows = f"SELECT {names} FROM {self.source}" if self.source else _literal_of(table, self.records)
        if table.number_names:
            names, rows = all_columns_of(table), numbered(table, rows, self.records)
        return f"INSERT INTO {table.name} ({names}) {rows} {self._on_conflict(table)}"

    def _on_conflict(self, table: Table) -> str:
        changed = [name for name in table.columns if name not in table.key and name not in self.kept]
        if self.is_insert_only or not changed:
            return "ON CONFLICT DO NOTHING"
        settings = ", ".join(f"{name} = {self.overrides.get(name, f'excluded.{name}')}" for name in changed)
        return f"ON CONFLICT ({', '.join(table.key)}) DO UPDATE SET {settings}"


@dataclass(frozen=True, slots=True)
class Sent:
    """Records of one kind sent once, for several statements of the batch to read from the table `name`.

    `more` are further columns: (SQL type, a value for each record). Two records with the same key: the last one counts.
    The table is this connection's own, and is gone with the batch where `dropped` ends it.
    """

    name: str
    records: Sequence[Any]
    more: Mapping[str, tuple[str, Sequence[Any]]] = field(default_factory=dict)
    table_name: None = None
    row_count: int = 0

    def sql(self) -> str:
        """The statement, without a semicolon; empty when there is nothing to send."""
        if not self.records:
            return ""
        rows = _literal_of(table_of(type(self.records[0])), self.records, self.more)
        return f"CREATE OR REPLACE TEMP TABLE {self.name} AS {rows}"

    def dropped(self) -> Statement:
        """What ends the table."""
        return Statement(f"DROP TABLE IF EXISTS temp.{self.name}", None)


def all_columns_of(table: Table) -> str:
    """The names of its columns and its numbers, as an INSERT has them."""
    return ", ".join([*table.columns, *table.number_names])


def numbered(table: Table, rows: str, records: Sequence[Any]) -> str:
    """These rows (SQL) with their own numbers and those of what they belong to; a row that is there keeps its own."""
    found, joins = [], []
    if table.own_number:
        name, sequence = table.own_number
        found.append(f"nextval('{sequence}') AS {name}")
    for at, number in enumerate(table.numbers):
        named = ids_literal(getattr(record, number.id_name) for record in records)
        found.append(f"n{at}.number AS {number.name}")
        joins.append(
            f"LEFT JOIN (SELECT {number.id_name}, {number.number_name} AS number FROM {number.of_table} "
            f"WHERE {number.id_name} IN ({named})) AS n{at} ON n{at}.{number.id_name} = given.{number.id_name}"
        )
    return f"SELECT given.*, {', '.join(found)} FROM ({rows}) AS given {' '.join(joins)}"


def _literal_of(
    table: Table, records: Sequence[Any], more: Mapping[str, tuple[str, Sequence[Any]]] | None = None
) -> str:
    more = more or {}
    key = attrgetter(*table.key)
    places = {key(record): place for place, record in enumerate(records)}.values()
    rows = [records[place] for place in places]
    values: dict[str, Sequence[Any]] = {name: list(map(attrgetter(name), rows)) for name in table.columns}
    values |= {name: [given[place] for place in places] for name, (_, given) in more.items()}
    return columns_literal({**table.columns, **{name: kind for name, (kind, _) in more.items()}}, values)


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


Change = Rows | Sent | Statement
