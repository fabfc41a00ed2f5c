"""The coder stays as good as it was on the project's own labelled items, language by language."""

from pathlib import Path

import pytest

from flows.events.evaluation import labelled_files
from flows.events.lexicon import lexicon_languages
from tests.events.quality import hash_of, load_floors, measure_items, read_items


@pytest.mark.parametrize("path", labelled_files(), ids=lambda path: path.stem)
def test_no_figure_falls_below_its_floor(path: Path) -> None:
    floors = load_floors()[path.stem]
    figures = measure_items(read_items(path))
    fallen = {
        name: f"{100 * figures.get(name, 0):.1f} < {100 * floor:.1f}"
        for name, floor in floors.items()
        if isinstance(floor, float) and figures.get(name, 0) < floor
    }
    assert fallen == {}


@pytest.mark.parametrize("path", labelled_files(), ids=lambda path: path.stem)
def test_floors_belong_to_these_labels(path: Path) -> None:
    assert load_floors()[path.stem]["items_hash"] == hash_of(path), "run `python -m tests.events.quality --raise`"


def test_every_language_that_is_read_has_labels_and_floors() -> None:
    assert {path.stem for path in labelled_files()} == set(lexicon_languages()) == set(load_floors())
