"""Weights and dyads of one event."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.events.merging import merge_mentions
from flows.indices.dyads import dyads_of
from flows.indices.formula import load_formula, load_formulas
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


def test_group_speaks_for_the_land_it_rules_or_fights_for() -> None:
    truce = one_event(
        type="AGREE", mode=None, direction="de-escalation", score=2.5, actor_code="ISR", target_code="hamas",
        target_country_code="PSE", place_country_code=None,
    )  # fmt: skip
    rows = dyads_of(truce)
    assert pairs(rows) == [("ISR", "PSE"), ("ISR", "hamas")]
    assert rows[0].reason == "hamas speaks for PSE"
    assert pairs(dyads_of(truce, formula=load_formulas()["1"])) == [("ISR", "hamas")]


def test_group_and_its_own_land_are_no_pair_by_speech() -> None:
    assert pairs(dyads_of(one_event(type="ACCUSE", actor_code="PSE", target_code="hamas"))) == [("PSE", "hamas")]


def test_week_counts_on_its_last_day_before_the_first_report() -> None:
    told = one_event(starts_on=date(2024, 1, 11), ends_on=date(2024, 1, 18), date_precision="week")
    assert {row.on_date for row in dyads_of(told)} == {date(2024, 1, 17)}
    assert {row.on_date for row in dyads_of(told, formula=load_formulas()["1"])} == {date(2024, 1, 11)}


def test_agreement_takes_away_a_share_and_a_blow_on_soil_breaks_nothing() -> None:
    [pact] = dyads_of(one_event(type="AGREE", direction="de-escalation", target_code="PAK", mode=None))
    assert pact.undone_share == pytest.approx(0.33 * pact.weight)
    assert [row.undone_share > 0 for row in dyads_of(one_event())] == [False, True]


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
