"""The laws of the index over the whole way from mentions, for dyads and states alike, in worlds nobody chose."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.events.merging import ReportedMention, merge_mentions
from flows.indices.daily import compute_daily_dyads, compute_daily_states
from flows.indices.dyads import dyads_of
from tests.indices.test_daily_laws import UNTIL, reports_of_a_season
from tests.indices.worlds import DAY, NOW, a_report
from warehouse.records import DailyDyad, DailyState

ACTS: dict[str, dict[str, Any]] = {
    "strike": {},
    "pact": {"type": "AGREE", "mode": None, "direction": "de-escalation", "score": 2.5, "target_code": "PAK"},
    "truce": {"type": "RETREAT", "mode": "ceasefire", "direction": "de-escalation", "score": 7.5, "target_code": "PAK"},
    "charge": {"type": "ACCUSE", "mode": None, "score": -3.0, "target_code": "ISR", "status": "alleged"},
}
reports = st.lists(
    st.builds(
        lambda number, act, family, day, confidence: a_report(
            f"{act}-{family}-{day}-{number}",
            family=family,
            published=day,
            starts_on=DAY + timedelta(days=day - 16),
            confidence=confidence,
            **ACTS[act],
        ),
        st.integers(0, 99),
        st.sampled_from(sorted(ACTS)),
        st.sampled_from(["f1", "f2", "f3"]),
        st.integers(16, 40),
        st.floats(0.2, 0.95),
    ),
    min_size=1,
    max_size=14,
    unique_by=lambda one: one.mention.article_id,
)
laws = settings(deadline=None, max_examples=40)
Index = tuple[list[DailyDyad], list[DailyState]]


def index_of(told: list[ReportedMention], **given_too: Any) -> Index:
    made = merge_mentions(told, [], now=NOW)
    rows = [row for event in made.events for row in dyads_of(event, made.event_families[event.event_id])]
    asked: dict[str, Any] = {"event_families": made.event_families, "until": UNTIL} | given_too
    return compute_daily_dyads(rows, **asked), compute_daily_states(rows, **asked)


@given(reports, st.randoms(use_true_random=False))
@laws
def test_order_of_arrival_changes_nothing(told: list[ReportedMention], chance: Any) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)
    assert index_of(shuffled) == index_of(told)


@given(reports, st.data())
@laws
def test_copy_in_another_outlet_changes_nothing(told: list[ReportedMention], data: st.DataObject) -> None:
    original = data.draw(st.sampled_from(told))
    mention = replace(original.mention, mention_id="copy", article_id="copy")
    copy = replace(original, mention=mention, family_id="reprinter", outlet_id="reprinter-daily")
    later = replace(copy, published_at_utc=original.published_at_utc + timedelta(hours=data.draw(st.integers(1, 24))))
    assert index_of([*told, later]) == index_of(told)


@given(reports, st.data())
@laws
def test_second_feed_of_an_outlet_changes_nothing(told: list[ReportedMention], data: st.DataObject) -> None:
    original = data.draw(st.sampled_from(told))
    twin = replace(original, mention=replace(original.mention, mention_id="twin", article_id="twin"))
    assert index_of([*told, twin]) == index_of(told)


@given(reports, st.data())
@laws
def test_second_outlet_never_adds_an_event_nor_weakens_one(told: list[ReportedMention], data: st.DataObject) -> None:
    original = data.draw(st.sampled_from(told))
    words = f"In words of their own: {original.mention.evidence_text}"
    mention = replace(original.mention, mention_id="second", article_id="second", evidence_text=words)
    second = replace(original, mention=mention, family_id="f9", outlet_id="f9-daily")
    before, after = index_of(told)[0], index_of([*told, second])[0]

    def counted(row: DailyDyad) -> tuple[str, str, date, int]:
        return row.side_a_code, row.side_b_code, row.on_date, row.event_count

    assert [counted(row) for row in after] == [counted(row) for row in before]
    for one, two in zip(before, after, strict=True):
        assert two.conflict >= one.conflict * (1 - 1e-12)
        assert two.cooperation >= one.cooperation * (1 - 1e-12)


@given(st.integers(0, 10**6))
@settings(deadline=None, max_examples=15, derandomize=True)
def test_losing_half_of_the_families_widens_the_band_and_keeps_the_level(seed: int) -> None:
    families = [f"f{number}" for number in range(16)]
    everything = reports_of_a_season(families, random.Random(seed))
    kept = set(random.Random(seed + 1).sample(families, 8))
    half = [report for report in everything if report.family_id in kept]
    lost_days = {date(2024, 1, 1) + timedelta(days=number): 0.5 for number in range(60)}
    for place in (0, 1):  # the dyad's, then the state's
        full = [row for row in index_of(everything)[place] if "PAK" in sides_of(row)][-1]
        less = [row for row in index_of(half, coverage=lost_days)[place] if "PAK" in sides_of(row)][-1]
        assert less.tension == pytest.approx(full.tension, rel=0.2)
        assert less.upper - less.lower > full.upper - full.lower


def sides_of(row: DailyDyad | DailyState) -> tuple[str, ...]:
    return (row.state_code,) if isinstance(row, DailyState) else (row.side_a_code, row.side_b_code)
