"""Weights and dyads of one event."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.events.merging import merge_mentions
from flows.indices.dyads import dyads_of
from flows.indices.formula import load_formula
from flows.indices.weights import casualty_factor, corroboration, event_weight
from tests.indices.worlds import NOW, a_report
from warehouse.errors import CodebookError
from warehouse.records import Event, EventDyad


def one_event(**told: object) -> Event:
    [event] = merge_mentions([a_report("a1", **told)], [], now=NOW).events  # type: ignore[arg-type]
    return event


def pairs(rows: list[EventDyad]) -> list[tuple[str, str]]:
    return [(row.side_a_code, row.side_b_code) for row in rows]


def test_strike_on_a_group_on_foreign_soil_is_tension_with_that_state_too() -> None:
    rows = dyads_of(one_event())
    assert pairs(rows) == [("IRN", "PAK"), ("IRN", "jaish-al-adl")]
    assert rows[0].reason == "soil: jaish-al-adl was hit on the soil of PAK"
    assert rows[0].impact == pytest.approx(rows[0].weight * 9.5)


def test_strike_on_a_group_at_home_is_nobody_elses() -> None:
    assert pairs(dyads_of(one_event(place_country_code="IRN"))) == [("IRN", "jaish-al-adl")]


def test_words_about_a_group_are_not_tension_with_its_host() -> None:
    assert pairs(dyads_of(one_event(type="ACCUSE", mode=None))) == [("IRN", "jaish-al-adl")]


def test_unknown_or_same_sides_make_no_dyad() -> None:
    assert dyads_of(one_event(actor_code=None)) == []
    assert dyads_of(one_event(target_code=None)) == []
    assert dyads_of(one_event(target_code="IRN")) == []


@pytest.mark.parametrize("status", ["planned", "demanded", "hypothetical", "historical", "denied"])
def test_what_is_not_claimed_to_have_happened_moves_nothing(status: str) -> None:
    assert dyads_of(one_event(status=status)) == []


def test_withdrawn_event_moves_nothing() -> None:
    first = merge_mentions([a_report("a1")], [], now=NOW)
    [gone] = merge_mentions([], first.events, now=NOW).events
    assert dyads_of(gone) == []


def test_allegation_weighs_less_than_report() -> None:
    assert 0 < event_weight(one_event(status="alleged")) < event_weight(one_event())


def test_families_given_override_the_events_count() -> None:
    alone, both = dyads_of(one_event()), dyads_of(one_event(), ["f1", "f2", "f2"])
    assert both[0].weight == pytest.approx(alone[0].weight * corroboration(2))


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_casualty_factor_grows_within_its_range(killed: int, injured: int) -> None:
    assert 1 <= casualty_factor(killed, injured) <= casualty_factor(killed + 1, injured) <= 2


@given(st.integers(0, 10**4))
def test_corroboration_grows_within_its_range(families: int) -> None:
    assert 1 <= corroboration(families) <= corroboration(families + 1) <= 2


def test_formula_without_a_section_names_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "formula.toml"
    path.write_text('version = "9"\n', "utf-8")
    with pytest.raises(CodebookError, match="half_life"):
        load_formula(path)
