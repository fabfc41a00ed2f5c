"""Who owns the outlets of the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.feeds.catalogue import load_catalogue
from flows.feeds.families import COLUMNS, PATH, load_families
from warehouse.errors import FeedError


def test_every_family_of_the_catalogue_is_listed_and_no_other() -> None:
    assert set(load_families()) == {feed.family_id for feed in load_catalogue()}


def test_all_media_of_one_state_are_one_family_and_said_to_be_its() -> None:
    families = load_families()
    assert {feed.outlet_id for feed in load_catalogue() if feed.family_id == "iran-state"} > {"irna", "presstv"}
    states = [family for name, family in families.items() if name.endswith("-state")]
    assert [family.family_id for family in states if family.is_state_controlled is not True] == []


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    families = load_families()
    assert families["bbc"].is_state_controlled is False
    assert any(family.is_state_controlled is None for family in families.values())


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("a,A,state,FRA,law\na,A,state,FRA,law", "is there already"),
        ("a,,state,FRA,law", "family_name"),
        ("a,A,royal,FRA,law", "none of"),
        ("a,A,state,FRA,", "how it is known"),
        ("a,A,state,XYZ,law", "alpha-3"),
        ("a,A,state", "columns"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "families.csv"
    path.write_text(",".join(COLUMNS) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(FeedError, match=told):
        load_families(path)


def test_the_file_is_sorted_so_that_a_change_reads_well() -> None:
    ids = [line.split(",")[0] for line in PATH.read_text(encoding="utf-8").splitlines()[1:]]
    assert ids == sorted(ids)
