"""Open data: what is exported is what is kept, in each layout, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as untyped_parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from flows.cli import app
from flows.events.codebook import load_codebook
from flows.events.gdelt import COLUMN_COUNT, gdelt_event_of_line
from flows.events.gdelt.mapping import type_of_cameo
from flows.events.gdelt.write import COLUMNS, cameo_of_type
from flows.rounds.assessing import assess_all
from flows.rounds.exporting import PLOVER_COLUMNS, export_all, harmless
from flows.settings import Settings
from tests.flows.test_indexing import REPORTS, START, tell
from warehouse.connect import Warehouse
from warehouse.spreadsheets import GUARD

NOW = START + timedelta(days=9)
parquet: Any = untyped_parquet


@pytest.fixture
def told(settings: Settings, wh: Warehouse) -> Warehouse:
    tell(wh, REPORTS)
    assess_all(wh, settings, NOW)
    return wh


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_parquet_holds_what_the_warehouse_holds(told: Warehouse, tmp_path: Path) -> None:
    counts = export_all(told, tmp_path / "out", since=None, until=None, dyads=[])
    for name in ("daily_dyads", "daily_states"):
        kept = told.query(f"SELECT * FROM {name} ORDER BY 1, 2, 3")
        assert sorted(parquet.read_table(tmp_path / f"out/{name}.parquet").to_pylist(), key=repr) == sorted(
            kept, key=repr
        )
        assert counts[name] == len(kept) > 0
    events = parquet.read_table(tmp_path / "out/events.parquet").to_pylist()
    kept = told.query("SELECT * FROM events WHERE withdrawn_at_utc IS NULL ORDER BY starts_on, event_id")
    assert [{name: one[name] for name in kept[0]} for one in events] == kept
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith(".")]


def test_csv_says_the_same_as_parquet(told: Warehouse, tmp_path: Path) -> None:
    export_all(told, tmp_path, since=None, until=None, dyads=[])
    for name in ("events", "events_gdelt", "events_plover", "daily_dyads", "daily_states"):
        table = parquet.read_table(tmp_path / f"{name}.parquet")
        rows = rows_of(tmp_path / f"{name}.csv")
        assert len(rows) == table.num_rows
        for row, told_row in zip(rows, table.to_pylist(), strict=True):
            assert row == {column: str(harmless(value)) for column, value in told_row.items()}


def test_gdelt_layout_is_read_back_as_gdelts_own(told: Warehouse, tmp_path: Path) -> None:
    export_all(told, tmp_path, since=None, until=None, dyads=[])
    rows = parquet.read_table(tmp_path / "events_gdelt.parquet").to_pylist()
    events = {one["event_id"]: one for one in parquet.read_table(tmp_path / "events.parquet").to_pylist()}
    assert len(COLUMNS) == COLUMN_COUNT == 61
    assert len(rows) > 3
    for row, event in zip(rows, [e for e in events.values() if e["status"] in ("occurred", "alleged")], strict=True):
        back = gdelt_event_of_line("\t".join(row[name] for name in COLUMNS), NOW)
        assert (back.on_date, back.actor_code, back.target_code) == (
            event["starts_on"], event["actor_code"], event["target_code"],
        )  # fmt: skip
        assert (back.type, back.direction) == (event["type"], event["direction"])
        assert back.goldstein_score == pytest.approx(event["score"])
        assert back.source_url == event["article_url"]


def test_every_type_and_mode_has_a_code_that_means_the_type() -> None:
    for event_type in load_codebook().values():
        for mode in (None, *event_type.modes):
            back = type_of_cameo(cameo_of_type(event_type.name, mode))
            assert back is not None, (event_type.name, mode)
            assert back.type == event_type.name


def test_days_and_dyads_narrow_the_export(told: Warehouse, tmp_path: Path) -> None:
    first = (START + timedelta(days=2)).date()
    counts = export_all(told, tmp_path, since=first, until=first, dyads=[("IRN", "PAK")])
    events = parquet.read_table(tmp_path / "events.parquet").to_pylist()
    assert {event["starts_on"] for event in events} == {first}
    assert all("IRN PAK" in event["dyads"] for event in events)
    assert counts["events"] == len(events) > 0
    assert {row["state_code"] for row in rows_of(tmp_path / "daily_states.csv")} == {"IRN", "PAK"}
    nothing = export_all(told, tmp_path, since=date(1990, 1, 1), until=date(1990, 1, 2), dyads=[])
    assert set(nothing.values()) == {0}
    assert rows_of(tmp_path / "events_plover.csv") == []
    assert (tmp_path / "events_plover.csv").read_text("utf-8").strip().split(",")[0] == PLOVER_COLUMNS[0]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝"])
def test_cell_that_a_spreadsheet_would_run_is_made_harmless(told: Warehouse, tmp_path: Path, sign: str) -> None:
    told.execute("UPDATE events SET headline = $text", text=f"{sign}HYPERLINK(1)")
    export_all(told, tmp_path, since=None, until=None, dyads=[])
    assert {row["headline"] for row in rows_of(tmp_path / "events.csv")} == {f"{GUARD}{sign}HYPERLINK(1)"}
    exact = parquet.read_table(tmp_path / "events.parquet").to_pylist()
    assert {row["headline"] for row in exact} == {f"{sign}HYPERLINK(1)"}


@given(st.text())
def test_no_text_begins_with_a_formula(text: str) -> None:
    safe = harmless(text)
    assert safe in (text, GUARD + text)
    assert not safe.startswith(("=", "@", "\t", "\r"))
    assert not safe.startswith(("+", "-")) or float(safe) is not None


def test_numbers_stay_numbers() -> None:
    assert [harmless(one) for one in (-3.5, "-3.5", "+7", None)] == [-3.5, "-3.5", "+7", ""]
    assert harmless(datetime(2026, 1, 2, tzinfo=UTC)) == "2026-01-02T00:00:00+00:00"


def test_command_exports_and_refuses_in_one_line(told: Warehouse, settings: Settings, tmp_path: Path) -> None:
    run, env = CliRunner().invoke, {"MEREDA_HOME": str(settings.home)}
    done = run(app, ["export", str(tmp_path / "out"), "--dyad", "PAK-IRN", "--from", "2026-11-01"], env=env)
    assert done.exit_code == 0
    assert (tmp_path / "out" / "events.csv").is_file()
    (tmp_path / "file").write_text("")
    for wrong in (
        ["export", str(tmp_path / "file")],
        ["export", str(tmp_path), "--dyad", "IRN"],
        ["export", str(tmp_path), "--from", "2026-02-01", "--to", "2026-01-01"],
    ):
        refused = run(app, wrong, env=env)
        assert refused.exit_code == 1
        assert "Traceback" not in refused.output
