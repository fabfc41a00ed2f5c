"""Alerts are put once and acknowledged by readers, who may change nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.warehouse.serving import serving
from warehouse.connect import open_warehouse
from warehouse.errors import WarehouseError
from warehouse.read import read_data_version
from warehouse.records import Alert, WatchedDyad
from warehouse.rights import Rights
from warehouse.standings import read_alerts, read_watched_dyads
from warehouse.watching import acknowledge_alert, drop_watched_dyad, write_alerts, write_watched_dyad

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
ALERT = Alert(
    alert_id="a1", raised_at_utc=NOW, rule="high-tension", kind="level", side_a_code="ARL", side_b_code="BEL",
    on_date=date(2026, 3, 8), value=61.0, limit_value=60.0, detail="tension reached 61", event_ids=("e1",),
    formula_version="2",
)  # fmt: skip
WATCH = (
    "INSERT INTO watched_dyads (side_a_code, side_b_code, watched_since_utc) "
    "VALUES ('IRN', 'PAK', TIMESTAMPTZ '2026-03-09T12:00:00+00:00') ON CONFLICT DO NOTHING"
)
UNWATCH = "DELETE FROM watched_dyads WHERE side_a_code = 'IRN' AND side_b_code = 'PAK'"
STATEMENT = (
    "UPDATE alerts SET acknowledged_at_utc = TIMESTAMPTZ '2026-03-09T12:00:00+00:00', acknowledged_by = 'x' "
    "WHERE alert_id = 'a1' AND acknowledged_at_utc IS NULL"
)


@pytest.mark.parametrize("is_served", [False, True])
def test_reader_acknowledges_once_and_pages_see_it(tmp_path: Path, is_served: bool) -> None:
    def check() -> None:
        with open_warehouse(tmp_path) as wh:
            assert write_alerts(wh, "k", [ALERT])
        with open_warehouse(tmp_path, role="read") as wh:
            before = read_data_version(wh)
            assert acknowledge_alert(wh, "a1", "O'Neill \x00'; DROP TABLE alerts; --", NOW)
            assert not acknowledge_alert(wh, "a1", "later", NOW)
            assert not acknowledge_alert(wh, "unknown", "x", NOW)
            [row] = read_alerts(wh).to_dict("records")
            assert row["acknowledged_by"] == "O'Neill '; DROP TABLE alerts; --"
            assert read_alerts(wh, only_open=True).empty
            assert read_data_version(wh) == before + 1
            with pytest.raises(WarehouseError):
                write_alerts(wh, "k2", [ALERT])

    if is_served:
        with serving(tmp_path):
            check()
    else:
        check()


def test_alert_put_again_keeps_its_acknowledgement(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as wh:
        write_alerts(wh, "k", [ALERT])
        acknowledge_alert(wh, "a1", "somebody", NOW)
        write_alerts(wh, "k2", [ALERT])
        assert read_alerts(wh)["acknowledged_by"].tolist() == ["somebody"]


@pytest.mark.parametrize(
    "sql",
    [
        STATEMENT.replace("'x'", "(SELECT 1)"),
        STATEMENT.replace("'x'", "'x', rule = 'y'"),
        STATEMENT.replace("'a1'", "'a1' OR true"),
        STATEMENT.replace("alerts", "events"),
        STATEMENT + "; DELETE FROM alerts",
        STATEMENT.replace(" AND acknowledged_at_utc IS NULL", ""),
        STATEMENT.replace("'x'", "'x' || getenv('HOME')"),
    ],
)
def test_nothing_hides_in_an_acknowledgement(sql: str) -> None:
    rights = Rights()
    assert rights.is_reader_allowed(STATEMENT)
    assert not rights.is_reader_allowed(sql)


@pytest.mark.parametrize("is_served", [False, True])
def test_reader_says_which_dyads_are_watched(tmp_path: Path, is_served: bool) -> None:
    def check() -> None:
        with open_warehouse(tmp_path, role="read") as wh:
            dyad = WatchedDyad(side_a_code="IRN", side_b_code="jaish-al-adl", watched_since_utc=NOW)
            assert [write_watched_dyad(wh, dyad), write_watched_dyad(wh, dyad)] == [True, False]
            assert read_watched_dyads(wh) == [("IRN", "jaish-al-adl")]
            assert drop_watched_dyad(wh, "IRN", "jaish-al-adl") == 1
            with pytest.raises(WarehouseError):
                drop_watched_dyad(wh, "IRN", "x' OR 'a' = 'a")

    with open_warehouse(tmp_path):
        pass
    if is_served:
        with serving(tmp_path):
            check()
    else:
        check()


@pytest.mark.parametrize("statement", [WATCH, UNWATCH])
def test_nothing_hides_in_what_is_watched(statement: str) -> None:
    rights = Rights()
    assert rights.is_reader_allowed(statement)
    for hidden in (
        statement.replace("'IRN'", "(SELECT 'IRN')"),
        statement.replace("'PAK'", "'PAK' OR true"),
        statement.replace("watched_dyads", "alerts"),
        statement + "; DELETE FROM alerts",
        statement.replace("'IRN'", "'" + "I" * 81 + "'"),
    ):
        assert not rights.is_reader_allowed(hidden)


def test_dyads_are_watched_until_they_are_not(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as wh:
        for _ in range(2):
            write_watched_dyad(wh, WatchedDyad(side_a_code="IRN", side_b_code="PAK", watched_since_utc=NOW))
        assert read_watched_dyads(wh) == [("IRN", "PAK")]
        assert (drop_watched_dyad(wh, "IRN", "PAK"), drop_watched_dyad(wh, "IRN", "PAK")) == (1, 0)
        assert read_watched_dyads(wh) == []
