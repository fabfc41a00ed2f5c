"""What there is of a dyad is what its days say, whichever of them are replaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse import world
from warehouse.backup import back_up, restore
from warehouse.checks import check_warehouse
from warehouse.connect import Warehouse, open_warehouse
from warehouse.endpoint import DATABASE_NAME
from warehouse.read import read_dyad_values, read_dyads
from warehouse.records import DailyDyad
from warehouse.write import write_indices, write_later_indices

FIRST = date(2026, 3, 1)
DYADS = [("ARL", "BEL"), ("ARL", "CAL"), ("BEL", "CAL")]
# A write: its dyads with the first day that is replaced (None: all days of every formula), and the days that come.
WRITES = st.fixed_dictionaries(
    {
        "dyads": st.lists(st.sampled_from(DYADS), min_size=1, max_size=2, unique=True),
        "first": st.none() | st.integers(0, 6),
        "days": st.lists(st.integers(0, 6), max_size=4, unique=True),
        "version": st.sampled_from(["2", "10"]),
    }
)
DYADS_COUNTED = """
    WITH newest AS (
        SELECT formula_version FROM daily_dyads ORDER BY formula_order(formula_version) DESC LIMIT 1
    )
    SELECT side_a_code, side_b_code, count(*) AS row_count, max(on_date) AS last_event_on,
        coalesce(sum(event_count) FILTER (formula_version = (FROM newest)), 0)::BIGINT AS event_count
    FROM daily_dyads GROUP BY side_a_code, side_b_code
    ORDER BY row_count DESC, last_event_on DESC, side_a_code, side_b_code
    """
LAST_DAYS = """
    SELECT side_a_code, side_b_code, max(on_date) AS last_event_on FROM daily_dyads WHERE on_date <= $until
    GROUP BY ALL ORDER BY ALL
    """


def day(dyad: tuple[str, str], number: int, version: str) -> DailyDyad:
    return replace(
        world.DAYS[0],
        side_a_code=dyad[0],
        side_b_code=dyad[1],
        on_date=FIRST + timedelta(days=number),
        event_count=number + 1,
        formula_version=version,
    )


def assert_counted(wh: Warehouse) -> None:
    assert [one for one in check_warehouse(wh) if "dyad is" in one.promise] == []
    assert read_dyads(wh).to_dict("records") == wh.frame(DYADS_COUNTED).to_dict("records")
    for until in (FIRST + timedelta(days=2), FIRST + timedelta(days=30)):
        found = read_dyad_values(wh, until, 7)[["side_a_code", "side_b_code", "last_event_on"]]
        assert found.to_dict("records") == wh.frame(LAST_DAYS, until=until).to_dict("records")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with open_warehouse(tmp_path_factory.mktemp("spans")) as wh:
        yield wh


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes=st.lists(WRITES, min_size=1, max_size=5))
def test_after_any_days_are_replaced_dyads_are_what_their_days_say(kept: Warehouse, writes: list[dict]) -> None:  # type: ignore[type-arg]
    start = kept.query("SELECT count(*) AS n FROM batches")[0]["n"]
    for number, write in enumerate(writes):
        first, key = write["first"], f"b{start} {number}"
        rows = [day(dyad, n, write["version"]) for dyad in write["dyads"] for n in write["days"] if n >= (first or 0)]
        if first is None:
            write_indices(kept, key, [], rows, write["dyads"])
        else:
            since = dict.fromkeys(write["dyads"], FIRST + timedelta(days=first))
            write_later_indices(
                kept, key, [], rows, [], [], changed_event_ids=[], dyads=since, states={}, kept_marks=(1, 1, 1, 1)
            )
        assert_counted(kept)


def test_a_restored_copy_and_an_older_file_are_counted(filled: Warehouse, tmp_path: Path) -> None:
    restore(tmp_path / "second", back_up(filled, tmp_path / "backups", now=world.NOW, keep=1))
    with open_warehouse(tmp_path / "second") as wh:
        assert len(read_dyads(wh)) == 3
        assert_counted(wh)
    with duckdb.connect(str(tmp_path / "second" / DATABASE_NAME)) as connection:
        connection.execute("DROP TABLE dyad_spans")
        connection.execute("DELETE FROM migrations WHERE number = 84")
    with open_warehouse(tmp_path / "second") as wh:
        assert len(read_dyads(wh)) == 3
        assert_counted(wh)
