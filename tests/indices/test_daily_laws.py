"""The laws of the daily index."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.events.merging import ReportedMention, merge_mentions
from flows.indices.daily import compute_daily_dyads, decayed_value
from flows.indices.dyads import dyads_of
from tests.indices.worlds import DAY, NOW, a_report, an_event_dyad
from warehouse.records import DailyDyad, EventDyad

UNTIL = DAY + timedelta(days=400)


def index_of(reports: list[ReportedMention], **told: Any) -> list[DailyDyad]:
    """The whole way from mentions to daily rows."""
    made = merge_mentions(reports, [], now=NOW)
    rows = [row for event in made.events for row in dyads_of(event)]
    return compute_daily_dyads(rows, event_families=made.event_families, until=UNTIL, **told)


def families_for(rows: list[EventDyad]) -> dict[str, frozenset[str]]:
    """Every event told by its own two families."""
    return {row.event_id: frozenset({f"{row.event_id}-x", "shared"}) for row in rows}


event_dyads = st.lists(
    st.builds(
        lambda n, pair, day, direction, impact: an_event_dyad(
            f"e{n}-{'-'.join(pair)}",
            side_a_code=pair[0],
            side_b_code=pair[1],
            on_date=DAY + timedelta(days=day),
            direction=direction,
            impact=impact,
        ),
        st.integers(0, 40),
        st.sampled_from([("IRN", "PAK"), ("IRN", "ISR"), ("CHN", "TWN")]),
        st.integers(0, 60),
        st.sampled_from(["escalation", "de-escalation", "neutral"]),
        st.floats(0.01, 40, allow_nan=False),
    ),
    max_size=25,
    unique_by=lambda row: row.event_id,
)
laws = settings(deadline=None, max_examples=50)


@given(copies=st.integers(1, 5), later_days=st.integers(0, 6))
@laws
def test_copy_or_second_feed_of_an_outlet_changes_nothing(copies: int, later_days: int) -> None:
    original = [a_report("a1"), a_report("b1", family="f2", killed_min=5, killed_max=5, published=18)]
    sentence = original[0].mention.evidence_text
    feeds = [a_report(f"feed{n}", published=17 + later_days) for n in range(copies)]
    reprints = [a_report(f"r{n}", family=f"reprint-{n}", published=18, evidence_text=sentence) for n in range(copies)]
    assert index_of(original + feeds) == index_of(original)
    assert index_of(original + reprints) == index_of(original)


@given(first=st.floats(0.05, 0.99), second=st.floats(0.05, 0.99))
@laws
def test_second_family_raises_weight_and_never_the_count(first: float, second: float) -> None:
    alone = index_of([a_report("a1", confidence=first)])
    both = index_of([a_report("a1", confidence=first), a_report("a2", family="f2", confidence=second)])
    assert [row.event_count for row in both] == [row.event_count for row in alone] == [1, 1]
    assert all(two.tension > one.tension for one, two in zip(alone, both, strict=True))


@given(event_dyads, st.randoms(use_true_random=False))
@laws
def test_order_of_arrival_changes_nothing(rows: list[EventDyad], chance: Any) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    families = families_for(rows)
    once = compute_daily_dyads(rows, event_families=families, until=UNTIL)
    assert compute_daily_dyads(shuffled, event_families=families, until=UNTIL) == once


@given(event_dyads)
@laws
def test_changed_dyad_computed_again_equals_from_scratch_to_the_last_digit(rows: list[EventDyad]) -> None:
    families = families_for(rows)
    whole = compute_daily_dyads(rows, event_families=families, until=UNTIL)
    one = [row for row in rows if (row.side_a_code, row.side_b_code) == ("IRN", "PAK")]
    again = compute_daily_dyads(one, event_families=families, until=UNTIL)
    assert again == [row for row in whole if (row.side_a_code, row.side_b_code) == ("IRN", "PAK")]


@given(event_dyads)
@laws
def test_index_stays_in_its_range_and_the_band_holds_it(rows: list[EventDyad]) -> None:
    for row in compute_daily_dyads(rows, event_families=families_for(rows), until=UNTIL):
        assert row.tension >= row.conflict >= 0
        assert row.deescalation >= row.cooperation >= 0
        assert row.lower <= row.net <= row.upper
        assert row.tension <= sum(event.impact for event in rows) * (1 + 1e-9)
        assert row.side_a_code < row.side_b_code


@given(event_dyads, st.integers(0, 60), st.floats(0.01, 40))
@laws
def test_escalation_never_lowers_tension(rows: list[EventDyad], day: int, impact: float) -> None:
    more = [*rows, an_event_dyad("new", on_date=DAY + timedelta(days=day), impact=impact)]
    families = families_for(more)
    before = {
        (row.side_a_code, row.side_b_code, row.on_date): row.tension
        for row in compute_daily_dyads(rows, event_families=families, until=UNTIL)
    }
    after = {
        (row.side_a_code, row.side_b_code, row.on_date): row.tension
        for row in compute_daily_dyads(more, event_families=families, until=UNTIL)
    }
    assert all(after[key] >= tension * (1 - 1e-12) for key, tension in before.items())


def reports_of_a_season(families: list[str], chance: random.Random) -> list[ReportedMention]:
    """Sixty strikes on sixty days; each family tells of each with the chance of one in three."""
    return [
        a_report(f"{family}-{day}", family=family, published=day, starts_on=date(2024, 1, 1) + timedelta(days=day - 1))
        for day in range(1, 61)
        for family in families
        if chance.random() < 1 / 3
    ]


@pytest.mark.parametrize("seed", range(5))
def test_losing_half_of_the_feeds_widens_the_band_and_keeps_the_level(seed: int) -> None:
    families = [f"f{n}" for n in range(12)]
    everything = reports_of_a_season(families, random.Random(seed))
    half = [report for report in everything if int(report.family_id[1:]) % 2]
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(60)]
    full = [row for row in index_of(everything) if row.side_b_code == "PAK"][-1]
    lost = [row for row in index_of(half, coverage=dict.fromkeys(days, 0.5)) if row.side_b_code == "PAK"][-1]
    assert lost.tension == pytest.approx(full.tension, rel=0.15)
    assert lost.upper - lost.lower > full.upper - full.lower


def test_one_family_is_thin_and_has_a_band() -> None:
    [row] = compute_daily_dyads([an_event_dyad()], event_families={"e1": frozenset({"f1"})}, until=UNTIL)
    assert row.is_thin
    assert row.lower < row.net < row.upper


def test_two_families_within_the_window_are_not_thin_and_outside_it_are() -> None:
    def thin(days_between: int) -> bool:
        rows = [an_event_dyad("e1"), an_event_dyad("e2", on_date=DAY + timedelta(days=days_between))]
        families = {"e1": frozenset({"f1"}), "e2": frozenset({"f2"})}
        return compute_daily_dyads(rows, event_families=families, until=UNTIL)[-1].is_thin

    assert (thin(13), thin(14)) == (False, True)


def test_low_coverage_is_thin() -> None:
    families = {"e1": frozenset({"f1", "f2", "f3"})}
    [row] = compute_daily_dyads([an_event_dyad()], event_families=families, until=UNTIL, coverage={DAY: 0.4})
    assert row.is_thin


def test_tension_halves_in_a_half_life_and_days_without_events_are_absent() -> None:
    rows = [an_event_dyad("e1"), an_event_dyad("e2", on_date=DAY + timedelta(days=7), direction="neutral")]
    first, second = compute_daily_dyads(rows, event_families=families_for(rows), until=UNTIL, half_life_days=7.0)
    assert (first.on_date, second.on_date) == (DAY, DAY + timedelta(days=7))
    assert second.tension == pytest.approx(first.tension / 2)
    assert decayed_value(first, second.on_date, of="tension") == pytest.approx(second.tension)
    assert decayed_value(first, DAY - timedelta(days=1)) == 0


def test_events_after_the_last_day_are_not_counted() -> None:
    rows = [an_event_dyad(on_date=UNTIL + timedelta(days=1))]
    assert compute_daily_dyads(rows, event_families={}, until=UNTIL) == []


def test_half_life_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        compute_daily_dyads([], event_families={}, until=UNTIL, half_life_days=0)


def test_outlets_are_counted_where_given() -> None:
    families, outlets = {"e1": frozenset({"f1"})}, {"e1": frozenset({"o1", "o2"})}
    [row] = compute_daily_dyads([an_event_dyad()], event_families=families, event_outlets=outlets, until=UNTIL)
    assert (row.outlet_count, row.family_count) == (2, 1)
