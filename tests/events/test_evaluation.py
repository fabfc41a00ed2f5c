"""The figures of an evaluation: counted by hand on a handful of items with a coder that is told what to say."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from flows.events.evaluation import Figure, GoldItem, held_out_files, labelled_files, measure_coder, read_gold
from tests.events.coding import code
from tests.events.quality import read_items
from warehouse.errors import CodebookError

STRIKE = {
    "id": "1",
    "lang": "en",
    "published": "2025-03-16",
    "text": "Chad bombed Sudan on Saturday, killing four people.",
    "relevant": True,
    "kind": "plain",
    "events": [
        {
            "type": ["ASSAULT"],
            "direction": "escalation",
            "actor": ["TCD"],
            "target": ["SDN"],
            "status": "occurred",
            "date": "2025-03-15",
            "country": "SDN",
            "killed": 4,
        }
    ],
}
SPORT = {"id": "2", "lang": "en", "text": "x", "relevant": False, "events": [], "kind": "irrelevant"}


def gold(*raw: dict[str, object]) -> list[GoldItem]:
    return list(read_gold((json.dumps(one) for one in raw), "test"))


def figures_of(figures: list[Figure], kind: str = "all", name: str = "all") -> dict[str, float | None]:
    chosen = [one for one in figures if (one.group_kind, one.group_name) == (kind, name)]
    return {one.measure: one.f1 if one.accuracy is None else one.accuracy for one in chosen}


def test_a_coder_that_is_right_has_full_marks() -> None:
    figures = figures_of(measure_coder(gold(STRIKE, SPORT), coder=lambda one: code(one.item.text)))
    assert figures == {
        "relevance": 1.0, "dyad": 1.0, "type": 1.0, "event": 1.0, "actor": 1.0, "target": 1.0, "status": 1.0,
        "date": 1.0, "country": 1.0, "killed": 1.0,
    }  # fmt: skip


def test_sides_the_wrong_way_round_are_a_type_but_no_event() -> None:
    turned = "Sudan bombed Chad on Saturday, killing four people."
    figures = figures_of(measure_coder(gold(STRIKE), coder=lambda _: code(turned)))
    assert (figures["type"], figures["event"], figures["actor"]) == (1.0, 0.0, 0.0)
    assert figures["dyad"] == 1.0


def test_what_is_coded_beside_the_gold_costs_precision() -> None:
    more = "Chad bombed Sudan on Saturday, killing four people. Kenya condemned Chad."
    figures = [one for one in measure_coder(gold(STRIKE), coder=lambda _: code(more)) if one.group_kind == "all"]
    event = next(one for one in figures if one.measure == "event")
    assert (event.precision, event.recall) == (0.5, 1.0)


def test_an_optional_event_neither_helps_nor_hurts() -> None:
    optional = {**STRIKE, "events": [{**STRIKE["events"][0], "optional": True}]}  # type: ignore[index]
    figures = [one for one in measure_coder(gold(optional), coder=lambda one: code(one.item.text))]
    event = next(one for one in figures if one.measure == "event")
    assert (event.item_count, event.precision) == (0, 0.0)
    assert not [one for one in figures if one.group_kind == "type"]


def test_an_irrelevant_item_that_is_coded_costs_relevance() -> None:
    figures = measure_coder(gold(STRIKE, SPORT), coder=lambda _: code("Chad bombed Sudan."))
    relevance = next(one for one in figures if one.measure == "relevance")
    assert (relevance.precision, relevance.recall) == (0.5, 1.0)


@pytest.mark.parametrize(
    "line",
    ["[]", '{"id": 1}', "nonsense", '{"id": "1", "text": "x", "relevant": true, "events": [{"type": "ASSAULT"}]}'],
)
def test_a_line_that_is_no_labelled_item_is_named(line: str) -> None:
    with pytest.raises(CodebookError, match="test, line 2"):
        list(read_gold([json.dumps(SPORT), line], "test"))


def test_every_labelled_file_of_ours_can_be_read() -> None:
    for path in labelled_files():
        assert {one.item.lang for one in read_items(path)} == {path.stem}


def test_what_is_held_out_is_told_once_in_every_language_and_never_tuned_on() -> None:
    labelled = {path.stem for path in labelled_files()}
    told: dict[int, list[str]] = defaultdict(list)
    for path in held_out_files():
        assert {one.item.lang for one in read_items(path)} == {path.stem}
        for raw in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            assert "tuned_on" not in raw
            assert raw["reviewed"] >= 2
            told[raw["scenario"]].append(raw["lang"])
    assert len(told) == 42
    assert all(sorted(languages) == sorted(labelled) for languages in told.values())


def test_no_text_is_both_tuned_on_and_held_out() -> None:
    def texts(paths: list[Path]) -> list[str]:
        return [
            json.loads(line)["text"] for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line
        ]

    held_out = texts(held_out_files())
    assert len(set(held_out)) == len(held_out)
    assert not set(held_out) & set(texts(labelled_files()))
