"""Laws of events, through real rounds on a real warehouse: what must not depend on order, copies, feeds or haste."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.events.merging import ReportedMention, merge_mentions
from flows.rounds.indexing import compute_indices
from flows.rounds.merging import merge_events
from flows.settings import Settings
from tests.events.test_merging import reading, reports
from tests.indices.worlds import NOW, a_report
from tests.records import make_article
from tests.warehouse_stock import stock_warehouse
from warehouse.connect import Warehouse, open_warehouse
from warehouse.records import Article, Event, Label
from warehouse.tables import record_of
from warehouse.write import write_articles, write_codings, write_labels

LAW = settings(deadline=None, max_examples=4, suppress_health_check=[HealthCheck.too_slow])


@contextmanager
def fresh_warehouse() -> Iterator[Warehouse]:
    with tempfile.TemporaryDirectory() as folder:
        stock_warehouse(Path(folder))
        with open_warehouse(Path(folder)) as wh:
            yield wh


def arrive(wh: Warehouse, told: Sequence[ReportedMention], hour: int = 0) -> None:
    """These reports come in coded articles of their own, and events are brought up to date."""
    articles = {article.article_id: article for article in map(article_of, told)}
    mentions = {r.mention.mention_id: replace(r.mention, article_id=article_of(r).article_id) for r in told}
    now = NOW + timedelta(hours=hour)
    write_articles(wh, f"articles {hour}", list(articles.values()), [], {})
    write_codings(wh, f"codings {hour}", list(articles.values()), list(mentions.values()))
    merge_events(wh, now)


def article_of(reported: ReportedMention) -> Article:
    article_id = f"{reported.mention.article_id} {reported.outlet_id} {reported.published_at_utc:%d}"
    return make_article(
        article_id, title="t", text="x", outlet_id=reported.outlet_id, family_id=reported.family_id,
        published_at_utc=reported.published_at_utc, is_relevant=True,
    )  # fmt: skip


def living(wh: Warehouse) -> list[Event]:
    return [record_of(Event, row) for row in wh.query("SELECT * FROM events WHERE withdrawn_at_utc IS NULL")]


def readings(events: Sequence[Event]) -> list[str]:
    return sorted(repr(replace(reading(event), updated_at_utc=NOW)) for event in events)


def at_once(told: Sequence[ReportedMention]) -> list[str]:
    placed = [replace(r, mention=replace(r.mention, article_id=article_of(r).article_id)) for r in told]
    return readings(merge_mentions(placed, [], now=NOW).events)


def unlike(told: Sequence[ReportedMention]) -> list[ReportedMention]:
    return list({r.mention.mention_id: r for r in told}.values())


def dyad_rows(wh: Warehouse, hour: int = 0) -> list[dict[str, Any]]:
    compute_indices(wh, Settings(home=Path("unused")), NOW + timedelta(hours=hour))
    return wh.query(
        "SELECT side_a_code, side_b_code, on_date, conflict, cooperation, event_count, family_count FROM daily_dyads "
        "WHERE event_count > 0 ORDER BY ALL"
    )


@LAW
@given(reports, st.randoms(use_true_random=False), st.integers(1, 4))
def test_order_and_batches_of_arrival_change_no_event(told: list[ReportedMention], chance: Any, size: int) -> None:
    shuffled = unlike(told)
    chance.shuffle(shuffled)
    with fresh_warehouse() as wh:
        for number, start in enumerate(range(0, len(shuffled), size)):
            arrive(wh, shuffled[start : start + size], number)
        assert readings(living(wh)) == at_once(unlike(told))
        assert merge_events(wh, NOW + timedelta(days=9)).read == 0


@LAW
@given(reports, st.integers(0, 13))
def test_a_copied_article_moves_no_index(told: list[ReportedMention], which: int) -> None:
    first = unlike(told)
    long = [
        replace(r, mention=replace(r.mention, evidence_text=f"{r.mention.evidence_text} {'Officials said so. ' * 3}"))
        for r in first
    ]
    original = long[which % len(long)]
    copy = replace(
        original,
        mention=replace(original.mention, mention_id="copy", article_id="copy"),
        outlet_id="copyist",
        family_id="copyists",
        published_at_utc=original.published_at_utc + timedelta(hours=2),
    )
    with fresh_warehouse() as wh:
        arrive(wh, long)
        before, count = dyad_rows(wh), len(living(wh))
        arrive(wh, [copy], 1)
        assert (dyad_rows(wh, 1), len(living(wh))) == (before, count)


@LAW
@given(reports, st.integers(0, 13))
def test_a_second_outlet_of_the_family_moves_no_index(told: list[ReportedMention], which: int) -> None:
    first = unlike(told)
    original = first[which % len(first)]
    second = replace(
        original,
        mention=replace(original.mention, mention_id="second", article_id="second", evidence_text="In other words."),
        outlet_id="sister",
    )
    with fresh_warehouse() as wh:
        arrive(wh, first)
        before, count = dyad_rows(wh), len(living(wh))
        arrive(wh, [second], 1)
        assert (dyad_rows(wh, 1), len(living(wh))) == (before, count)


def test_a_second_independent_outlet_raises_weight_and_never_the_count_of_events() -> None:
    with fresh_warehouse() as wh:
        arrive(wh, [a_report("a1")])
        before = dyad_rows(wh)
        arrive(wh, [a_report("a2", family="family-2")], 1)
        after = dyad_rows(wh, 1)
    assert [row["event_count"] for row in after] == [row["event_count"] for row in before] != []
    assert all(late["conflict"] > early["conflict"] for late, early in zip(after, before, strict=True))


def test_other_voices_are_a_change_though_they_be_as_many() -> None:
    first, second = a_report("a1"), a_report("a2", family="family-2")
    third = a_report("a3", family="family-3")
    with fresh_warehouse() as wh:
        arrive(wh, [first, second])
        before = dyad_rows(wh)
        gone = article_of(second)
        write_articles(wh, "reread", [gone], [], {})
        write_codings(wh, "reread codings", [gone], [])
        arrive(wh, [third], 1)
        [event] = living(wh)
        assert (event.revision, event.family_count) == (2, 2)
        assert [row["family_count"] for row in dyad_rows(wh, 1)] == [row["family_count"] for row in before]
        stepwise = wh.query("SELECT * FROM daily_dyads ORDER BY ALL")
    with fresh_warehouse() as wh:
        arrive(wh, [first, third], 1)
        dyad_rows(wh, 1)
        assert wh.query("SELECT * FROM daily_dyads ORDER BY ALL") == stepwise


def label(
    name: str, mention_id: str, verdict: str, other: str | None = None, hour: int = 0, field: str | None = None
) -> Label:
    return Label(
        label_id=name, event_id=None, mention_id=mention_id, verdict=verdict, field=field, value=other, note=None,
        labelled_by="analyst", labelled_at_utc=NOW + timedelta(hours=hour),
    )  # fmt: skip


@LAW
@given(reports, st.integers(0, 13), st.integers(0, 13))
def test_a_label_taken_back_leaves_no_trace(told: list[ReportedMention], one: int, other: int) -> None:
    first = unlike(told)
    a, b = (first[number % len(first)].mention.mention_id for number in (one, other))
    with fresh_warehouse() as wh:
        arrive(wh, first)
        before = readings(living(wh))
        write_labels(wh, "l", [label("l1", a, "separate"), label("l2", b, "same_event", a)])
        merge_events(wh, NOW + timedelta(hours=1))
        write_labels(wh, "r", [label("l3", a, "right", hour=2, field="separate"), label("l4", b, "right", a, hour=2)])
        merge_events(wh, NOW + timedelta(hours=2))
        assert readings(living(wh)) == before


def test_right_takes_back_only_what_it_answers() -> None:
    told = [a_report("a1"), a_report("a2", family="family-2")]
    one = told[1].mention.mention_id

    def said(wh: Warehouse, hour: int) -> tuple[int, int]:
        """(living events, mentions that report one)."""
        merge_events(wh, NOW + timedelta(hours=hour))
        return len(living(wh)), len(wh.query("SELECT 1 FROM event_mentions"))

    with fresh_warehouse() as wh:
        arrive(wh, told)
        write_labels(wh, "1", [label("l1", one, "separate")])
        assert said(wh, 1) == (2, 2)
        write_labels(wh, "2", [label("l2", one, "right", hour=1)])
        assert said(wh, 2) == (2, 2)
        write_labels(wh, "3", [label("l3", one, "wrong", hour=2)])
        assert said(wh, 3) == (1, 1)
        write_labels(wh, "4", [label("l4", one, "right", hour=3, field="separate")])
        assert said(wh, 4) == (1, 1)
        write_labels(wh, "5", [label("l5", one, "right", hour=4)])
        assert said(wh, 5) == (1, 2)


@LAW
@given(reports, st.integers(0, 13))
def test_a_mention_called_separate_leaves_the_rest_as_if_it_had_never_come(
    told: list[ReportedMention], which: int
) -> None:
    first = unlike(told)
    cut = first[which % len(first)]
    with fresh_warehouse() as wh:
        arrive(wh, first)
        write_labels(wh, "l", [label("l1", cut.mention.mention_id, "separate")])
        merge_events(wh, NOW + timedelta(hours=1))
        alone = wh.query(
            "SELECT count(*) AS n FROM event_mentions WHERE event_id IN "
            f"(SELECT event_id FROM event_mentions WHERE mention_id = '{cut.mention.mention_id}')"
        )
        events = {
            row["event_id"]: row["n"]
            for row in wh.query("SELECT event_id, count(*) AS n FROM event_mentions GROUP BY ALL")
        }
    assert alone == [{"n": 1}]
    assert sum(events.values()) == len(first)


def test_the_same_mentions_are_merged_again_within_one_instant() -> None:
    told = [a_report("a1"), a_report("a2", family="family-2")]
    one = told[1].mention.mention_id
    with fresh_warehouse() as wh:
        arrive(wh, told)
        for name, verdict, field, count in (
            ("l1", "separate", None, 2),
            ("l2", "right", "separate", 1),
            ("l3", "separate", None, 2),
            ("l4", "separate", None, 2),
        ):
            write_labels(wh, name, [label(name, one, verdict, hour=int(name[1]), field=field)])
            assert merge_events(wh, NOW).read == 1
            assert len(living(wh)) == count


def test_a_label_holds_on_later_rounds_and_when_articles_are_coded_anew() -> None:
    first, second = a_report("a1"), a_report("a2", family="family-2")
    with fresh_warehouse() as wh:
        arrive(wh, [first, second])
        assert len(living(wh)) == 1
        write_labels(wh, "l", [label("l1", second.mention.mention_id, "separate", first.mention.mention_id)])
        merge_events(wh, NOW + timedelta(hours=1))
        assert len(living(wh)) == 2
        arrive(wh, [a_report("a3", family="family-3")], 2)
        assert sorted(event.mention_count for event in living(wh)) == [1, 2]
        recoded = replace(second, mention=replace(second.mention, mention_id="anew", coder_version="2"))
        arrive(wh, [recoded], 3)
        assert sorted(event.mention_count for event in living(wh)) == [1, 2]
        [reason] = wh.query("SELECT reason FROM event_mentions WHERE mention_id = 'anew'")
        assert "label l1" in reason["reason"]
        assert merge_events(wh, NOW + timedelta(hours=9)).read == 0


def test_two_events_called_one_are_one_even_across_days_and_stay_so() -> None:
    first, second = a_report("a1"), a_report("a2", family="family-2", starts_on=first_day_later(), published=26)
    with fresh_warehouse() as wh:
        arrive(wh, [first, second])
        assert len(living(wh)) == 2
        write_labels(wh, "l", [label("l1", second.mention.mention_id, "same_event", first.mention.mention_id)])
        merge_events(wh, NOW + timedelta(hours=1))
        assert [event.mention_count for event in living(wh)] == [2]
        arrive(wh, [a_report("a3", family="family-3")], 2)
        assert [event.mention_count for event in living(wh)] == [3]
        withdrawn = wh.query("SELECT detail FROM event_revisions WHERE change = 'withdrawn'")
        assert withdrawn == [{"detail": f"merged into {living(wh)[0].event_id}"}]


def first_day_later() -> Any:
    return a_report().mention.starts_on + timedelta(days=9)  # type: ignore[operator]
