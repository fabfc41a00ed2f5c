"""*Method* shows what the warehouse's rows were made by, and says nothing where it holds nothing of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard.views.changelog import changelog_days
from tests.dashboard.newsroom import write_world
from tests.dashboard.test_pages import opened, written
from warehouse.connect import open_warehouse
from warehouse.records import CodebookCode, FormulaNumber, ValidityCheck
from warehouse.write import write_method


def described_code(kind: str, mode: str, definition: str, *sentences: str) -> CodebookCode:
    return CodebookCode(
        type=kind,
        mode=mode,
        quad=4,
        score=-9.0,
        direction="escalation",
        definition=definition,
        examples_for=sentences,
        examples_against=(),
        source="a *manual*",
    )


def a_check(version: str, measure: str, is_met: bool | None) -> ValidityCheck:
    return ValidityCheck(
        formula_version=version,
        check_name="A crisis",
        measure=measure,
        expected="18 January",
        found="19 January",
        is_met=is_met,
        coder_version="rules-0",
        measured_on=date(2026, 11, 26),
    )


@pytest.fixture
def described(tmp_path: Path) -> Path:
    write_world(tmp_path)
    with open_warehouse(tmp_path) as wh:
        codes = [
            described_code("ASSAULT", "", "Force against people.", "Arlan shelled *Belmora*."),
            described_code("ASSAULT", "aerial", "From the air."),
        ]
        numbers = [FormulaNumber(formula_version=version, name="half_life_days", value=7.5) for version in ("9", "10")]
        checks = [
            a_check("10", "peak", True),
            a_check("10", "overtaking", False),
            a_check("10", "series", None),
            a_check("9", "peak", False),
        ]
        write_method(wh, "method", codes, numbers, checks)
    return tmp_path


def test_codebook_formula_validity_and_versions_are_shown(described: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("method", described, monkeypatch)
    assert not app.exception
    headings = [one.label for one in app.expander]
    assert "ASSAULT · −9" in headings
    assert "A crisis · 1/2" in headings, "what is too little to say is neither met nor missed"
    told = written(app)
    assert "Force against people." in told
    assert r"Arlan shelled \*Belmora\*." in told, "examples are words, never Markdown"
    assert "Checks against known courses of events: 1 of 2 met." in told, "of the newest formula alone"
    tables = [one.value for one in app.table]
    assert any("From the air." in table.to_string() for table in tables)
    assert any({"Version 10", "Version 9"} <= set(table.columns) for table in tables)
    assert any("DuckDB" in table.index for table in tables)


def test_pair_says_beside_its_chart_how_well_the_formula_was_found_to_do(
    described: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("pair", described, monkeypatch, a="XAR", b="XBE")
    assert "Checks against known courses of events: 1 of 2 met." in written(app)


def test_warehouse_without_a_codebook_shows_the_rest(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("method", small_world, monkeypatch)
    assert not app.exception
    titles = [one.value for one in app.subheader]
    assert "Codebook" not in titles
    assert "How far the curves can be believed" not in titles
    assert {"Versions", "What changed"} <= set(titles)


def test_changelog_is_told_by_day_the_last_first() -> None:
    days = [datetime.fromisoformat(day).replace(tzinfo=UTC) for day, told in changelog_days() if told]
    assert days == sorted(days, reverse=True)
    assert days
