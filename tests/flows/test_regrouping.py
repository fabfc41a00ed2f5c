"""A change is followed day by day: what is read of the warehouse is a part, what comes of it is the whole."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.events.merging import ReportedMention, merge_mentions
from flows.events.merging.counting import count_days
from flows.rounds.regrouping import Stored
from tests.events.test_merging import NOUN, PANJGUR
from tests.flows.test_merging_laws import LAW, arrive, article_of, fresh_warehouse, living, readings, unlike
from tests.indices.worlds import NOW, a_report
from warehouse.connect import Warehouse
from warehouse.records import MergeKey
from warehouse.tables import record_of
from warehouse.told_days import within

FIRST, DAY_COUNT = date(2024, 1, 1), 24
PRECISIONS = (("day",), ("day", "day", None), ("day", None, None, None), (None, None, "week"), ("day", None, "month"))
LENGTHS = {"week": 7, "month": 31, "day": 1, None: 1}


def a_busy_week(chance: random.Random) -> list[ReportedMention]:
    """Five blocks told of in other ways: by days, by none, by weeks; with tolls a day apart, copies and bare nouns."""
    told = []
    for number in range(100):
        block = number % len(PRECISIONS)
        precision = chance.choice(PRECISIONS[block])
        published = chance.randrange(DAY_COUNT)
        starts_on = FIRST + timedelta(days=max(0, published - chance.choice((0, 0, 1, 1, 2, 3, 9))))
        killed = chance.choice((4, 4, 9, 2, None))
        facts: dict[str, Any] = {
            "actor_code": f"A{block}", "actor_country_code": f"A{block}", "target_code": "PAK",
            "killed_min": killed, "killed_max": killed, "injured_min": None, "date_precision": precision,
            "starts_on": starts_on if precision else None,
            "ends_on": starts_on + timedelta(days=LENGTHS[precision]) if precision else None,
        }  # fmt: skip
        if chance.random() < 0.6:
            facts |= PANJGUR
        elif chance.random() < 0.5:
            facts |= {"trace": NOUN["trace"], "killed_min": None, "killed_max": None}
        if chance.random() < 0.3:
            facts["evidence_text"] = f"Iran struck a camp near Panjgur, said {chance.choice('abc')}."
        report = a_report(f"a{number}", family=f"family-{chance.randrange(5)}", **facts)
        told.append(replace(report, published_at_utc=datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(days=published)))
    return unlike(told)


def stored_keys(wh: Warehouse) -> list[MergeKey]:
    return [record_of(MergeKey, row) for row in wh.query("SELECT * FROM merge_keys")]


def by_event(pairs: Iterable[tuple[str, str]]) -> set[frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for event_id, mention_id in pairs:
        found[event_id].add(mention_id)
    return {frozenset(mentions) for mentions in found.values()}


@LAW
@given(st.integers(0, 10_000), st.booleans())
def test_busy_blocks_that_grow_bit_by_bit_are_read_as_at_once(seed: int, is_in_order: bool) -> None:
    chance = random.Random(seed)
    told = a_busy_week(chance)
    chance.shuffle(told)
    if is_in_order:
        told.sort(key=lambda report: report.published_at_utc)
    with fresh_warehouse() as wh:
        for hour, start in enumerate(range(0, len(told), 25)):
            arrive(wh, told[start : start + 25], hour)
        placed = [replace(r, mention=replace(r.mention, article_id=article_of(r).article_id)) for r in told]
        whole = merge_mentions(placed, [], now=NOW)
        assert readings(living(wh)) == readings(whole.events)
        links = wh.query("SELECT event_id, mention_id, reason FROM event_mentions")
        assert by_event((row["event_id"], row["mention_id"]) for row in links) == by_event(
            (link.event_id, link.mention_id) for link in whole.event_mentions
        )
        assert {row["mention_id"]: row["reason"] for row in links} == {
            link.mention_id: link.reason for link in whole.event_mentions
        }
        taken = {key.mention_id: (key.told_on, key.told_by) for key in stored_keys(wh)}
        assert taken == {key.mention_id: (key.told_on, key.told_by) for key in whole.merge_keys}


@pytest.mark.parametrize("is_as_told", [True, False])
def test_days_counted_by_the_warehouse_are_those_counted_from_all_keys(is_as_told: bool) -> None:
    with fresh_warehouse() as wh:
        arrive(wh, a_busy_week(random.Random(7)))
        blocks: defaultdict[str, list[MergeKey]] = defaultdict(list)
        for key in stored_keys(wh):
            blocks[key.block].append(key)
        ever = [(date(1900, 1, 1), date(2100, 1, 1))]
        found = Stored(wh).count_days(dict.fromkeys(blocks, ever), is_as_told=is_as_told)
    for block, keys in blocks.items():
        whole = count_days(keys)
        kept = replace(whole, undated=found[block].undated) if is_as_told else replace(whole, taken=found[block].taken)
        assert found[block] == kept
    assert any(days.tolls for days in found.values())
    assert found.keys() == blocks.keys()


def test_days_far_apart_are_asked_for_apart() -> None:
    day, later, far = date(2024, 1, 1), date(2024, 1, 20), date(2024, 6, 1)
    asked = within("told_on", [(day, day), (far, far), (later, later)], before=2, after=3)
    assert asked == (
        "(told_on BETWEEN DATE '2024-01-01' - 2 AND DATE '2024-01-20' + 3 "
        "OR told_on BETWEEN DATE '2024-06-01' - 2 AND DATE '2024-06-01' + 3)"
    )
    assert within("told_on", []) == "false"
