"""What is written is what is read: every kind of record, with the oddest values it may hold."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.serving import serving
from warehouse.changes import Rows
from warehouse.connect import Warehouse, open_warehouse
from warehouse.errors import WarehouseError
from warehouse.records import Feed
from warehouse.tables import record_of, tables
from warehouse.write import write_feeds

ODD_TEXTS = (
    "",
    "it's",
    "''",
    "\\'; DROP TABLE feeds; --",
    '"$name" $$ $1 /* */ -- {"json": [null]}',
    "line\nbreak\r\n\ttab \x00 nul \x1f \x7f \ufeff",
    "中文 العربية עברית \u202eright to left\u202c e\u0301 \U0001f1fa\U0001f1f3",
    "NULL",
    "null",
    "\\u0000 \\n",
)
TEXT = st.sampled_from(ODD_TEXTS) | st.text(max_size=30)
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
}
ROUND_TRIP = settings(
    max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return st.lists(values_of(arguments[0]), max_size=4).map(tuple)
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return st.none() | values_of(next(one for one in arguments if one is not types.NoneType))
    return VALUES[hint]


def records_of(name: str) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(tables()[name].record)
    return st.builds(tables()[name].record, **{field: values_of(hint) for field, hint in hints.items()})


def key_of(name: str, record: Any) -> tuple[Any, ...]:
    return tuple(getattr(record, column) for column in tables()[name].key)


def read_back(wh: Warehouse, name: str, key: tuple[Any, ...]) -> list[Any]:
    condition = " AND ".join(f"{column} = ${column}" for column in tables()[name].key)
    rows = wh.query(f"SELECT * FROM {name} WHERE {condition}", **dict(zip(tables()[name].key, key, strict=True)))
    return [record_of(tables()[name].record, row) for row in rows]


@pytest.fixture(scope="module")
def direct(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with open_warehouse(tmp_path_factory.mktemp("direct")) as wh:
        yield wh


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    home = tmp_path_factory.mktemp("served")
    with serving(home), open_warehouse(home) as wh:
        assert wh.is_served
        yield wh


@pytest.mark.parametrize("name", sorted(tables()))
def test_records_come_back_as_they_were_put(direct: Warehouse, name: str) -> None:
    @ROUND_TRIP
    @given(records=st.lists(records_of(name), min_size=1, max_size=3, unique_by=lambda one: key_of(name, one)))
    def put_and_read(records: list[Any]) -> None:
        assert direct.apply(f"test {uuid4().hex}", [Rows(records)])
        for record in records:
            assert read_back(direct, name, key_of(name, record)) == [record]

    put_and_read()


@settings(parent=ROUND_TRIP, max_examples=4)
@given(records=st.fixed_dictionaries({name: records_of(name) for name in sorted(tables())}))
def test_one_batch_of_every_kind_comes_back_through_the_server(served: Warehouse, records: dict[str, Any]) -> None:
    assert served.apply(f"test {uuid4().hex}", [Rows([record]) for record in records.values()])
    for name, record in records.items():
        assert read_back(served, name, key_of(name, record)) == [record]


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_text_is_found_by_its_own_value(served: Warehouse, text: str) -> None:
    assert served.query("SELECT $text AS text, length($text) AS size", text=text) == [{"text": text, "size": len(text)}]


def test_half_a_character_becomes_a_question_mark(direct: Warehouse) -> None:
    feed = Feed(feed_id="half", url="u", title="a\ud800b", outlet_id="o", outlet_name="O", family_id="f")
    assert write_feeds(direct, f"test {uuid4().hex}", [feed])
    assert direct.query("SELECT title FROM feeds WHERE feed_id = 'half'") == [{"title": "a?b"}]


def test_an_instant_without_a_zone_is_refused_before_anything_is_sent(direct: Warehouse) -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - what is refused
    feed = Feed(feed_id="naive", url="u", title="t", outlet_id="o", outlet_name="O", family_id="f", added_at_utc=naive)
    with pytest.raises(WarehouseError, match="no time zone"):
        write_feeds(direct, "naive", [feed])
    assert direct.query("SELECT 1 FROM batches WHERE batch_key = 'naive'") == []
