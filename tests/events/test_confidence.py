"""Confidence is a probability: it lies between its ends and holds on labelled items; its weights can be made again."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.events.code import CODER_VERSION, Item, code_item
from flows.events.confidence import (
    IS_REPORTED_FROM,
    LEAST,
    MOST,
    WEIGHTS,
    choose_sure,
    compute_confidence,
    load_weights,
)
from tests.events.calibration import Row, cross_validate, learn_weights, measure_reliability, read_rows

MOST_GAP = 0.03  # between what is told and what is true, in the mean over tenths
LEAST_AUC = 0.78


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return read_rows()


@given(st.dictionaries(st.sampled_from(sorted(load_weights())) | st.text(), st.floats(0, 3)))
def test_confidence_stays_between_its_ends(features: dict[str, float]) -> None:
    assert LEAST <= compute_confidence(features) <= MOST


def test_confidence_holds_on_items_its_weights_were_not_learned_from(rows: list[Row]) -> None:
    found = measure_reliability(cross_validate(rows), [row.is_right for row in rows])
    assert found.gap < MOST_GAP
    assert found.auc > LEAST_AUC


def test_the_weights_of_the_project_hold_on_its_labelled_items(rows: list[Row]) -> None:
    told = [compute_confidence(row.features) for row in rows]
    assert measure_reliability(told, [row.is_right for row in rows]).auc > LEAST_AUC


def test_on_items_held_out_the_mean_confidence_is_the_share_that_is_right(rows: list[Row]) -> None:
    held_out = [row for row in rows if row.is_held_out]
    told = sum(compute_confidence(row.features) for row in held_out) / len(held_out)
    assert abs(told - sum(row.is_right for row in held_out) / len(held_out)) < MOST_GAP


def test_the_same_items_give_the_same_weights(rows: list[Row]) -> None:
    some = rows[::7]
    assert learn_weights(some) == learn_weights(some)


def test_the_weights_are_of_the_coder_in_use() -> None:
    told = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert told["coder_version"] == CODER_VERSION, "the coder changed: run `make weights`"
    assert told["report_count"] > 3000


@pytest.mark.parametrize("name", ["carried", "distraction", "beside", "actor nobody"])
def test_what_has_to_be_guessed_makes_a_reading_less_sure(name: str) -> None:
    assert compute_confidence({name: 1.0}) < compute_confidence({})


def test_an_event_says_how_sure_it_is() -> None:
    found = code_item(Item(id="1", text="Turkey expelled the ambassador of Sweden on Monday.", lang="en")).mentions
    assert [IS_REPORTED_FROM < one.confidence <= MOST for one in found] == [True]


@given(st.lists(st.floats(LEAST, MOST)))
def test_the_surest_reading_is_reported_and_beside_it_only_sure_ones(confidences: list[float]) -> None:
    kept = [one for one, is_sure in zip(confidences, choose_sure(confidences), strict=True) if is_sure]
    assert max(kept, default=None) == max(confidences, default=None)
    assert all(one >= IS_REPORTED_FROM or one == max(confidences) for one in kept)
