"""Columns of an answer as Python's values, instants aware UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from pyarrow.types import is_date32, is_list, is_timestamp

from warehouse.tables import table_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def columns_of(record: type) -> tuple[str, ...]:
    """The columns of a record's table, in its order."""
    return tuple(table_of(record).columns)


def values_of(column: Any) -> list[Any]:
    """The values of an Arrow column. Days and instants by hand: Arrow takes eight and four times as long for them."""
    if is_date32(column.type):
        # By way of NumPy it would be as fast, and import pandas.
        return [None if number is None else _day_of(number) for number in column.cast("int32").to_pylist()]
    if is_timestamp(column.type) and column.type.tz and column.type.unit == "us":
        numbers = column.cast("int64").to_pylist()
        return [None if number is None else _EPOCH + timedelta(microseconds=number) for number in numbers]
    return list(column.to_pylist())


def record_values_of(column: Any) -> list[Any]:
    """The values of an Arrow column as records have them: lists are tuples."""
    values = values_of(column)
    return [None if value is None else tuple(value) for value in values] if is_list(column.type) else values


@lru_cache(maxsize=4096)
def _day_of(number: int) -> date:
    return _EPOCH.date() + timedelta(days=number)
