"""What rows were made by is kept with them, as the code has it now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.events.codebook import load_codebook
from flows.indices.formula import load_formula, load_formulas
from flows.indices.validity import load_validity
from flows.rounds.describing import describe_method
from warehouse.connect import Warehouse
from warehouse.errors import CodebookError
from warehouse.method import read_codebook, read_formula_numbers, read_validity_checks, read_versions
from warehouse.write import write_method

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def test_every_type_and_mode_is_kept_with_its_words(wh: Warehouse) -> None:
    assert describe_method(wh, NOW)
    kept = {(code.type, code.mode): code for code in read_codebook(wh)}
    for one in load_codebook().values():
        whole = kept.pop((one.name, ""))
        assert (whole.score, whole.definition, whole.examples_for) == (one.score, one.definition, one.examples_for)
        assert {kept.pop((one.name, mode)).definition for mode in one.modes} == {
            mode.definition for mode in one.modes.values()
        }
    assert kept == {}


def test_numbers_of_every_formula_are_kept_the_newest_first(wh: Warehouse) -> None:
    describe_method(wh, NOW)
    numbers = read_formula_numbers(wh)
    assert list(dict.fromkeys(one.formula_version for one in numbers)) == list(load_formulas())
    newest = {one.name: one.value for one in numbers if one.formula_version == load_formula().version}
    assert newest["half_life_days"] == load_formula().half_life_days
    assert newest["status_weights.alleged"] == load_formula().status_weights["alleged"]
    assert newest["coverage_by_day"] == 1.0


def test_validity_names_the_formula_and_the_coder_it_was_measured_with(wh: Warehouse) -> None:
    describe_method(wh, NOW)
    checks = read_validity_checks(wh)
    assert set(checks) == set(load_validity())
    assert load_formula().version in {one.formula_version for one in checks}
    assert all(one.coder_version and one.expected and one.found for one in checks)


def test_only_what_the_code_says_otherwise_is_written_again(wh: Warehouse) -> None:
    describe_method(wh, NOW)
    assert not describe_method(wh, NOW.replace(hour=13))
    [first, *others] = read_codebook(wh)
    gone = replace(first, mode="of-an-older-version")
    write_method(wh, "as an older version left it", [gone, *others], read_formula_numbers(wh), [])
    assert describe_method(wh, NOW.replace(hour=14))
    assert gone not in read_codebook(wh)
    assert first in read_codebook(wh)
    assert read_validity_checks(wh)


def test_versions_say_what_the_file_was_made_with(wh: Warehouse) -> None:
    parts = {row["part"]: row["version"] for row in read_versions(wh)}
    assert set(parts) == {"schema", "duckdb"}
    assert int(parts["schema"]) >= 80


def test_validity_that_lacks_a_key_names_it(tmp_path: Path) -> None:
    broken = tmp_path / "validity.toml"
    broken.write_text('measured_on = 2026-11-26\ncoder_version = "x"\n[[checks]]\nformula = "3"\n', "utf-8")
    with pytest.raises(CodebookError, match=r"validity\.toml lacks 'check'"):
        load_validity(broken)
