"""Merging: which mentions are one event, and what they say together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.events.merging import ReportedMention, merge_mentions
from tests.indices.worlds import DAY, NOW, a_report
from warehouse.records import Event

LATER = datetime(2024, 2, 2, tzinfo=UTC)


def merged(*mentions: ReportedMention, **told: Any) -> list[Event]:
    return merge_mentions(mentions, [], now=NOW, **told).events


def test_reports_of_one_strike_are_one_event() -> None:
    [event] = merged(a_report("a1"), a_report("a2", family="family-2"), a_report("a3", family="family-3"))
    assert (event.mention_count, event.family_count, event.starts_on) == (3, 3, DAY)


def test_group_on_soil_and_its_state_are_one_target_and_the_group_is_kept() -> None:
    [event] = merged(a_report("a1", target_code="PAK"), a_report("a2", family="family-2"))
    assert event.target_code == "jaish-al-adl"


def test_the_actors_own_country_beside_a_foreign_group_is_not_where_it_was_hit() -> None:
    home: dict[str, Any] = {"place_name": "Iran", "place_country_code": "IRN", "family": "family-2"}
    assert len(merged(a_report("a1"), a_report("a2", place_precision="country", **home))) == 1
    assert len(merged(a_report("a1"), a_report("a2", place_precision="city", **home))) == 2


def test_different_groups_on_one_soil_are_two_events() -> None:
    assert len(merged(a_report("a1"), a_report("a2", target_code="other-front"))) == 2


def test_strikes_of_different_actors_on_different_days_never_merge() -> None:
    answer: dict[str, Any] = {
        "actor_code": "PAK",
        "target_code": "bla",
        "place_country_code": "IRN",
        "starts_on": date(2024, 1, 18),
    }
    assert len(merged(a_report("a1"), a_report("a2", **answer))) == 2


def test_strikes_on_following_days_are_two_events() -> None:
    assert len(merged(a_report("a1"), a_report("a2", starts_on=date(2024, 1, 17)))) == 2


PANJGUR: dict[str, Any] = {"latitude": 26.97, "longitude": 64.1, "place_precision": "city"}


def test_so_many_dead_in_one_place_on_two_days_running_are_one_event() -> None:
    def told(article: str, day: int, killed: int) -> ReportedMention:
        return a_report(
            article, family=article, starts_on=date(2024, 1, day), killed_min=killed, killed_max=killed, **PANJGUR
        )

    night = [told("a1", 16, 4), told("a2", 16, 4), told("a3", 17, 4)]
    [event] = merge_mentions(night, [], now=NOW).events
    assert (event.starts_on, event.mention_count) == (date(2024, 1, 16), 3)
    # Few dead, or other numbers, are told of two attacks.
    assert len(merge_mentions([told("a1", 16, 1), told("a2", 17, 1)], [], now=NOW).events) == 2
    assert len(merge_mentions([told("a1", 16, 4), told("a2", 17, 5)], [], now=NOW).events) == 2
    assert len(merge_mentions([told("a1", 16, 4), told("a2", 18, 4)], [], now=NOW).events) == 2


def test_other_arms_are_one_event_where_the_losses_are_the_same() -> None:
    def told(article: str, mode: str, killed: int, place: str | None = "PAK") -> ReportedMention:
        losses: dict[str, Any] = {"killed_min": killed, "killed_max": killed, "injured_min": None}
        return a_report(article, family=article, mode=mode, place_country_code=place, **losses)

    assert len(merge_mentions([told("a1", "firearms", 4), told("a2", "aerial", 4)], [], now=NOW).events) == 1
    assert len(merge_mentions([told("a1", "firearms", 4), told("a2", "aerial", 5)], [], now=NOW).events) == 2
    assert len(merge_mentions([told("a1", "firearms", 1), told("a2", "aerial", 1)], [], now=NOW).events) == 2
    assert len(merge_mentions([told("a1", "firearms", 4, "IRQ"), told("a2", "aerial", 4)], [], now=NOW).events) == 2


def test_different_countries_are_two_events() -> None:
    elsewhere: dict[str, Any] = {"place_country_code": "IRQ", "target_code": "PAK"}
    assert len(merged(a_report("a1", target_code="PAK"), a_report("a2", **elsewhere))) == 2


def test_undated_report_joins_the_day_others_state() -> None:
    [event] = merged(
        a_report("a1"), a_report("a2", published=18, starts_on=date(2024, 1, 18), date_precision="publication")
    )
    assert (event.starts_on, event.date_precision) == (DAY, "day")


def test_late_copy_of_an_undated_report_is_no_new_event() -> None:
    undated: dict[str, Any] = {"starts_on": None, "date_precision": None, "evidence_text": "Iran struck a camp."}
    assert len(merged(a_report("a1", **undated), a_report("a2", published=25, **undated))) == 1


def test_undated_reports_far_apart_are_two_events() -> None:
    undated: dict[str, Any] = {"starts_on": None, "date_precision": None}
    assert len(merged(a_report("a1", **undated), a_report("a2", published=25, **undated))) == 2


def test_month_joins_the_best_told_day_in_it() -> None:
    month: dict[str, Any] = {"starts_on": date(2024, 1, 1), "ends_on": date(2024, 2, 1), "date_precision": "month"}
    on_20th: dict[str, Any] = {"starts_on": date(2024, 1, 20), "published": 21}
    twice = [a_report("b", **on_20th), a_report("c", family="f2", **on_20th)]
    events = merged(a_report("a1"), *twice, a_report("d", family="f3", published=31, **month))
    assert [event.mention_count for event in sorted(events, key=lambda event: event.starts_on)] == [1, 3]


NOUN: dict[str, Any] = {
    "starts_on": None, "date_precision": None, "killed_min": None, "killed_max": None, "injured_min": None,
    "trace": '{"voice": "noun"}',
}  # fmt: skip


def test_the_attack_of_a_late_follow_up_is_the_last_one_told_before() -> None:
    told = [a_report("a1"), a_report("a2", family="f2", published=6, starts_on=date(2024, 1, 5))]
    [_, event] = merged(*told, a_report("b", family="f3", published=24, **NOUN))
    assert (event.starts_on, event.mention_count) == (DAY, 2)


def test_the_attack_is_the_one_that_far_more_tell_of_and_not_its_like_of_the_next_day() -> None:
    told = [a_report(f"a{n}", family=f"f{n}") for n in range(4)]
    beside = a_report("b", family="g", published=19, starts_on=date(2024, 1, 18))
    events = merged(*told, beside, a_report("c", family="h", published=19, **NOUN))
    assert [event.mention_count for event in sorted(events, key=lambda event: event.starts_on)] == [5, 1]


def test_the_attack_named_beside_a_war_elsewhere_is_not_there() -> None:
    there: dict[str, Any] = {
        "target_code": "PAK",
        "place_name": "Gaza",
        "place_country_code": "PSE",
        "place_precision": "region",
    }
    told, noun = a_report("a1", target_code="PAK"), a_report("b", family="f2", published=18, **NOUN | there)
    [event] = merged(told, noun)
    assert (event.place_country_code, event.mention_count) == ("PAK", 2)
    assert len(merged(told, a_report("c", family="f3", **there), noun)) == 2


def test_a_verb_a_toll_or_a_town_tells_of_an_attack_of_its_own() -> None:
    for own in ({"trace": '{"voice": "active"}'}, {"killed_min": 9}, PANJGUR | {"latitude": 30.2}):
        assert len(merged(a_report("a1"), a_report("b", family="f3", published=24, **NOUN | own))) == 2


def test_the_attack_is_not_an_old_one_where_others_were_told_of_since() -> None:
    undated = NOUN | {"trace": '{"voice": "active"}'}
    told = [a_report("a1"), a_report("a2", family="f2", published=22, **undated)]
    events = merged(*told, a_report("b", family="f3", published=24, **NOUN))
    assert [event.mention_count for event in sorted(events, key=lambda event: event.starts_on)] == [1, 2]


def test_what_has_happened_did_not_happen_after_it_was_told() -> None:
    """ "They have agreed that envoys return by the 26th", written on the 22nd."""
    told = [a_report("a1", starts_on=date(2024, 1, 16)), a_report("a2", family="f2", starts_on=date(2024, 1, 26))]
    [event] = merged(*told)
    assert event.starts_on == date(2024, 1, 16)
    [planned] = merged(a_report("a1", status="planned", starts_on=date(2024, 1, 26)))
    assert planned.starts_on == date(2024, 1, 26)


def test_overlapping_wide_intervals_are_one_event() -> None:
    month: dict[str, Any] = {"starts_on": date(2024, 1, 1), "ends_on": date(2024, 2, 1), "date_precision": "month"}
    week: dict[str, Any] = {"starts_on": date(2024, 1, 15), "ends_on": date(2024, 1, 22), "date_precision": "week"}
    [event] = merged(a_report("a1", **month), a_report("a2", **week))
    assert (event.starts_on, event.date_precision) == (date(2024, 1, 15), "week")


def test_symmetric_event_does_not_mind_who_is_named_first() -> None:
    talk: dict[str, Any] = {
        "type": "CONSULT",
        "mode": None,
        "direction": "de-escalation",
        "target_code": "PAK",
        "is_symmetric": True,
    }
    assert (
        len(merged(a_report("a1", **talk), a_report("a2", **talk | {"actor_code": "PAK", "target_code": "IRN"}))) == 1
    )


def test_plan_and_deed_are_two_events() -> None:
    assert sorted(e.status for e in merged(a_report("a1"), a_report("a2", status="planned"))) == ["occurred", "planned"]


def test_denial_lowers_confidence_but_does_not_erase() -> None:
    [event] = merged(a_report("a1"), a_report("a2", status="denied"))
    assert event.status == "occurred"
    assert event.confidence < 0.8


def test_allegation_confirmed_is_restated() -> None:
    first = merge_mentions([a_report("a1", status="alleged")], [], now=NOW)
    again = merge_mentions([a_report("a1", status="alleged"), a_report("a2", family="f2")], first.events, now=LATER)
    assert [revision.change for revision in again.event_revisions] == ["restated"]
    assert "status alleged to occurred" in again.event_revisions[0].detail
    assert again.events[0].revision == 2


def test_latest_count_is_the_minimum_and_the_highest_the_maximum() -> None:
    counts = [a_report("a1", killed_min=9, killed_max=9), a_report("a2", published=18, killed_min=4, killed_max=4)]
    [event] = merged(*counts)
    assert (event.killed_min, event.killed_max) == (4, 9)


def test_late_copy_of_an_early_count_does_not_bring_it_back() -> None:
    early: dict[str, Any] = {"killed_min": 2, "killed_max": 2}
    late: dict[str, Any] = {"killed_min": 4, "killed_max": 4}
    [event] = merged(a_report("a", **early), a_report("b", published=18, **late), a_report("c", published=19, **early))
    assert event.killed_min == 4


def test_at_least_ten_stays_open() -> None:
    [event] = merged(a_report("a1", killed_min=10, killed_max=None))
    assert (event.killed_min, event.killed_max) == (10, None)


def test_event_without_living_mentions_is_withdrawn_once() -> None:
    first = merge_mentions([a_report("a1")], [], now=NOW)
    report = a_report("a1")
    gone = replace(report, mention=replace(report.mention, superseded_at_utc=NOW))
    second = merge_mentions([gone], first.events, now=LATER)
    third = merge_mentions([gone], second.events, now=LATER + timedelta(days=1))
    assert [revision.change for revision in second.event_revisions] == ["withdrawn"]
    assert second.events[0].withdrawn_at_utc == LATER
    assert (third.events, third.event_revisions) == (second.events, [])


def test_event_reported_again_comes_back() -> None:
    first = merge_mentions([a_report("a1")], [], now=NOW)
    gone = merge_mentions([], first.events, now=LATER)
    back = merge_mentions([a_report("a1")], gone.events, now=LATER + timedelta(days=1))
    assert back.events[0].withdrawn_at_utc is None
    assert [revision.detail for revision in back.event_revisions] == ["reported again"]


def test_reprinted_sentence_is_no_second_witness() -> None:
    reprint: dict[str, Any] = {"evidence_text": "Iran struck a camp near Panjgur on Tuesday, residents said."}
    [event] = merged(a_report("a1", **reprint), a_report("a2", family="f2", **reprint))
    assert (event.family_count, event.outlet_count, event.confidence) == (1, 2, 0.8)


def test_labels_withdraw_mentions_and_events() -> None:
    report = a_report("a1")
    assert merged(report, wrong_mention_ids={report.mention.mention_id}) == []
    first = merge_mentions([report], [], now=NOW)
    [event] = merge_mentions([report], first.events, now=LATER, wrong_event_ids={first.events[0].event_id}).events
    assert event.withdrawn_at_utc == LATER
    again = merge_mentions([report], [event], now=LATER + timedelta(days=1), wrong_event_ids={event.event_id})
    assert (again.events, again.event_revisions) == ([event], [])


def test_event_keeps_its_id_when_a_report_states_its_day() -> None:
    undated = a_report("a1", starts_on=None, date_precision=None)
    first = merge_mentions([undated], [], now=NOW)
    second = merge_mentions(
        [undated, a_report("a2", family="f2")], first.events, now=LATER, existing_mentions=first.event_mentions
    )
    assert [event.event_id for event in second.events] == [first.events[0].event_id]
    assert [revision.change for revision in second.event_revisions] == ["re-dated"]


def test_events_that_turn_out_one_leave_a_pointer() -> None:
    early = a_report("a1", published=14, starts_on=None, date_precision=None)
    late = a_report("a2", published=17, starts_on=None, date_precision=None)
    first = merge_mentions([early, late], [], now=NOW)
    assert len(first.events) == 2
    stated = a_report("a3", family="f2", starts_on=date(2024, 1, 15), date_precision="day")
    second = merge_mentions([early, late, stated], first.events, now=LATER, existing_mentions=first.event_mentions)
    details = [revision.detail for revision in second.event_revisions if revision.change == "withdrawn"]
    living = [event.event_id for event in second.events if event.withdrawn_at_utc is None]
    assert details == [f"merged into {living[0]}"]


def test_unchanged_reading_keeps_its_row_and_logs_nothing() -> None:
    first = merge_mentions([a_report("a1")], [], now=NOW)
    again = merge_mentions([a_report("a1")], first.events, now=LATER)
    assert (again.events, again.event_revisions) == (first.events, [])


def test_vanished_events_leave_their_reading_but_no_second_log() -> None:
    first = merge_mentions([a_report("a1"), a_report("b", target_code="other-front")], [], now=NOW)
    assert len({event.event_id for event in first.events}) == 2
    gone = merge_mentions([], first.events, now=LATER)
    assert merge_mentions([], gone.events, now=LATER).event_revisions == []


def test_a_week_of_two_strikes_and_a_truce_is_three_events() -> None:
    answer: dict[str, Any] = {
        "actor_code": "PAK", "target_code": "bla", "place_country_code": "IRN", "place_name": "Saravan",
        "target_country_code": "PAK", "starts_on": date(2024, 1, 18),
    }  # fmt: skip
    truce: dict[str, Any] = {
        "type": "AGREE", "mode": None, "direction": "de-escalation", "target_code": "PAK", "is_symmetric": True,
        "place_country_code": None, "place_name": None, "starts_on": date(2024, 1, 19),
    }  # fmt: skip
    told = [
        a_report("persian", published=17),
        a_report("urdu", family="f2", published=18, **answer),
        a_report("english", family="f3", published=18, **answer | {"target_code": "IRN", "mode": "drone"}),
        a_report("indonesian", family="f4", published=20, **truce),
        a_report("indonesian-strike", family="f4", published=20, target_code="PAK"),
        a_report("arabic", family="f5", published=20, **truce | {"actor_code": "PAK", "target_code": "IRN"}),
    ]
    events = sorted(merged(*told), key=lambda event: event.starts_on)
    assert [(e.type, e.starts_on.day, e.family_count) for e in events] == [
        ("ASSAULT", 16, 2), ("ASSAULT", 18, 2), ("AGREE", 19, 2),
    ]  # fmt: skip


def test_each_link_says_why() -> None:
    [link] = merge_mentions([a_report("a1")], [], now=NOW).event_mentions
    assert link.reason == "ASSAULT between IRN and jaish-al-adl, on PAK soil; dated 2024-01-16 (day); occurred"


reports = st.lists(
    st.builds(
        lambda n, family, published, day, dated, actor, target, status, mode, place, killed: a_report(
            f"a{n}",
            family=f"family-{family}",
            published=published,
            starts_on=date(2024, 1, day) if dated else None,
            date_precision=dated,
            ends_on=date(2024, 1, day) + timedelta(days=7) if dated == "week" else None,
            actor_code=actor,
            target_code=target,
            status=status,
            mode=mode,
            place_country_code=place,
            killed_min=killed,
            killed_max=None,
            **({"injured_min": None, "trace": NOUN["trace"]} if n % 2 else {}),
        ),
        st.integers(0, 500),
        st.integers(1, 4),
        st.integers(14, 24),
        st.integers(8, 22),
        st.sampled_from(["day", "day", "week", None]),
        st.sampled_from(["IRN", "PAK", None]),
        st.sampled_from(["IRN", "PAK", "jaish-al-adl"]),
        st.sampled_from(["occurred", "alleged", "denied", "planned"]),
        st.sampled_from(["aerial", "drone", "abduct", None]),
        st.sampled_from(["IRN", "PAK", None]),
        st.sampled_from([None, 2, 9]),
    ),
    min_size=1,
    max_size=14,
)


@settings(deadline=None, max_examples=60)
@given(reports, st.randoms(use_true_random=False))
def test_order_of_mentions_changes_nothing(told: list[ReportedMention], chance: Any) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)
    assert merge_mentions(told, [], now=NOW) == merge_mentions(shuffled, [], now=NOW)


def reading(event: Event) -> Event:
    return replace(event, event_id="", revision=1, updated_at_utc=NOW)


@settings(deadline=None, max_examples=60)
@given(reports, st.integers(0, 14))
def test_merging_step_by_step_equals_merging_at_once(told: list[ReportedMention], cut: int) -> None:
    first = merge_mentions(told[:cut], [], now=NOW)
    second = merge_mentions(told, first.events, now=LATER, existing_mentions=first.event_mentions)
    living = [reading(event) for event in second.events if event.withdrawn_at_utc is None]
    assert sorted(map(repr, living)) == sorted(
        repr(reading(event)) for event in merge_mentions(told, [], now=NOW).events
    )
    bare = merge_mentions(told, first.events, now=LATER)
    assert {e.event_id for e in bare.events if e.withdrawn_at_utc is None} == {
        e.event_id for e in merge_mentions(told, [], now=NOW).events
    }


@settings(deadline=None, max_examples=60)
@given(reports)
def test_each_living_mention_belongs_to_one_event(told: list[ReportedMention]) -> None:
    links = merge_mentions(told, [], now=NOW).event_mentions
    assert sorted(link.mention_id for link in links) == sorted({r.mention.mention_id for r in told})
