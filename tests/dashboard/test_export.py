"""What a reader takes along: files that say where they come from and can do nothing, and images of what is seen."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Download, Page, expect

from dashboard.export import SOURCE, Provenance, csv_bytes, parquet_bytes
from tests.dashboard.newsroom import STORY_ID

MADE = Provenance("http://127.0.0.1/pair?a=XAR&b=XBE", "1.2", datetime(2026, 3, 1, 12, tzinfo=UTC))


def parquet_of(content: bytes) -> Any:
    return pq.read_table(io.BytesIO(content))  # type: ignore[no-untyped-call]  # pyarrow has no types


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@cmd", "\t=1", "\r=1", "\n=1", "  =1", "＝1"])
def test_text_is_never_a_formula(text: str) -> None:
    frame = pd.DataFrame({text: [text]})
    (row,) = rows_of(csv_bytes(frame, MADE))
    assert row[f"'{text}"] == f"'{text}"


def test_numbers_days_and_what_is_missing_stay_what_they_are() -> None:
    frame = pd.DataFrame(
        {
            "net": [-3.5],
            "on_date": pd.to_datetime([date(2026, 3, 1)]),
            "at_utc": pd.to_datetime(["2026-03-01T10:00:00Z"], utc=True),
            "killed": pd.array([None], dtype="Int64"),
            "is_thin": [True],
            "sides": [["IRN", "PAK"]],
            "title": ['وزیر, "quoted"\nand more'],
        }
    )
    (row,) = rows_of(csv_bytes(frame, MADE))
    assert row["net"] == "-3.5"
    assert row["on_date"] == "2026-03-01"
    assert row["at_utc"] == "2026-03-01T10:00:00+00:00"
    assert row["killed"] == ""
    assert row["is_thin"].lower() == "true"
    assert row["sides"] == "IRN; PAK"
    assert row["title"] == 'وزیر, "quoted"\nand more'


def test_files_name_source_version_and_address() -> None:
    frame = pd.DataFrame({"net": [1.0]})
    (row,) = rows_of(csv_bytes(frame, MADE))
    assert row["export_source"] == SOURCE
    assert row["export_formula_version"] == "1.2"
    assert row["export_address"] == MADE.address
    table = parquet_of(parquet_bytes(frame, MADE))
    assert table.column_names == ["net"]
    assert table.schema.metadata[b"mereda.export_formula_version"] == b"1.2"
    assert table.schema.metadata[b"mereda.export_address"] == MADE.address.encode()


def test_empty_table_is_a_file_with_its_columns() -> None:
    assert rows_of(csv_bytes(pd.DataFrame({"net": []}), MADE)) == []
    assert parquet_of(parquet_bytes(pd.DataFrame({"net": []}), MADE)).num_rows == 0


def taken(page: Page, name: str) -> Download:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).first.click()
    return waiting.value


@pytest.mark.browser
def test_reader_takes_a_pair_along_as_table_and_as_image(page: Page, dashboard_url: str, tmp_path: Path) -> None:
    address = f"{dashboard_url}/pair?a=XAR&b=XBE&range=30d"
    page.goto(address)
    page.wait_for_selector(".mereda-chart[data-drawn]")
    svg, png = taken(page, "Save the chart as SVG"), taken(page, "Save the chart as PNG")
    drawn = Path(svg.path()).read_text(encoding="utf-8")
    assert svg.suggested_filename == "mereda-XAR-XBE.svg"
    assert "formula version 1" in drawn
    assert "range=30d" in drawn
    assert Path(png.path()).read_bytes().startswith(b"\x89PNG")
    page.get_by_role("button", name="Export").click()
    (first, *_) = rows_of(Path(taken(page, "CSV").path()).read_bytes())
    assert first["export_formula_version"] == "1"
    assert first["export_address"] == address
    expect(page.get_by_text(address, exact=True)).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["search?q=depot", "stories", f"stories?story={STORY_ID}"])
def test_lists_are_taken_along_as_parquet(page: Page, dashboard_url: str, path: str) -> None:
    page.goto(f"{dashboard_url}/{path}")
    page.get_by_role("button", name="Export").click()
    table = parquet_of(Path(taken(page, "Parquet").path()).read_bytes())
    assert table.num_rows > 0
    assert table.schema.metadata[b"mereda.export_address"].decode() == f"{dashboard_url}/{path}"
