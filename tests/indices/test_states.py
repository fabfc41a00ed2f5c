"""The index of a state: its dyads together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given

from flows.indices.daily import compute_daily_dyads, compute_daily_states
from flows.indices.formula import load_formulas
from tests.indices.test_daily_laws import UNTIL, event_dyads, families_for, laws
from tests.indices.worlds import DAY, an_event_dyad
from warehouse.records import EventDyad


@given(event_dyads)
@laws
def test_state_computed_again_equals_from_scratch_to_the_last_digit(rows: list[EventDyad]) -> None:
    families = families_for(rows)
    whole = compute_daily_states(rows, event_families=families, until=UNTIL)
    own = [row for row in rows if "IRN" in (row.side_a_code, row.side_b_code)]
    again = compute_daily_states(own, event_families=families, until=UNTIL, states=["IRN"])
    assert again == [row for row in whole if row.state_code == "IRN"]


@given(event_dyads)
@laws
def test_state_with_one_partner_stands_where_the_dyad_stands(rows: list[EventDyad]) -> None:
    families = families_for(rows)
    alone = [row for row in rows if row.side_b_code == "PAK"]
    dyad = compute_daily_dyads(alone, event_families=families, until=UNTIL)
    state = compute_daily_states(alone, event_families=families, until=UNTIL, states=["PAK"])
    assert [(row.on_date, row.net, row.lower, row.upper) for row in state] == [
        (row.on_date, row.net, row.lower, row.upper) for row in dyad
    ]


def test_event_of_two_dyads_counts_once() -> None:
    rows = [an_event_dyad("e1"), an_event_dyad("e1", side_b_code="jaish-al-adl", reason="sides")]
    [iran] = compute_daily_states(rows, event_families={}, until=UNTIL, states=["IRN"])
    assert (iran.event_count, iran.tension) == (1, 10.0)


def test_only_states_have_a_row() -> None:
    rows = [an_event_dyad("e1", side_a_code="UNO", side_b_code="hamas"), an_event_dyad("e2", side_b_code="UNO")]
    assert {row.state_code for row in compute_daily_states(rows, event_families={}, until=UNTIL)} == {"IRN"}


def test_agreement_with_one_neighbour_leaves_tension_with_another() -> None:
    later = DAY + timedelta(days=7)
    rows = [
        an_event_dyad("e1", side_b_code="PAK"),
        an_event_dyad("e2", side_b_code="ISR"),
        an_event_dyad("e3", on_date=later, direction="de-escalation", impact=2.0, undone_share=0.5),
    ]
    iran = compute_daily_states(rows, event_families={}, until=UNTIL, states=["IRN"])[-1]
    assert iran.tension == pytest.approx(5.0 + 5.0 - 2.5)
    assert iran.deescalation == pytest.approx(2.0 + 2.5)


def test_agreement_settles_and_an_older_formula_lets_it_stand_beside() -> None:
    later = DAY + timedelta(days=7)
    rows = [an_event_dyad("e1"), an_event_dyad("e2", on_date=later, direction="de-escalation", undone_share=0.3)]
    settled = compute_daily_dyads(rows, event_families={}, until=UNTIL)[-1]
    assert (settled.tension, settled.deescalation) == pytest.approx((3.5, 11.5))
    plain = [
        compute_daily_dyads(rows, event_families={}, until=UNTIL, formula=formula)[-1]
        for formula in load_formulas().values()
    ]
    assert [row.formula_version for row in plain] == list(load_formulas())
    assert plain[-1].tension == pytest.approx(3.5 if len(plain) == 1 else 5.0)


def test_words_settle_nothing_while_blows_fall() -> None:
    later = DAY + timedelta(days=7)
    rows = [
        an_event_dyad("e1"),
        an_event_dyad("e2", on_date=later, direction="de-escalation", undone_share=0.5),
        an_event_dyad("e3", on_date=later),
    ]
    assert compute_daily_dyads(rows, event_families={}, until=UNTIL)[-1].tension == pytest.approx(15.0)


def test_blow_breaks_what_stood() -> None:
    later = DAY + timedelta(days=7)
    rows = [
        an_event_dyad("e1", direction="de-escalation"),
        an_event_dyad("e2", on_date=later, undone_share=0.4),
    ]
    assert compute_daily_dyads(rows, event_families={}, until=UNTIL)[-1].deescalation == pytest.approx(3.0)
