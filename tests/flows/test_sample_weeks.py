"""The crisis of January 2024 from real feed items, where they lie beside the project: each happening once.

The items belong to their outlets and are never part of the project; `test_merging_laws` and `tests/merging` hold the
same rules on data of our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.rounds.assessing import assess_all
from flows.rounds.history.articles import read_article_lists
from flows.settings import Settings
from warehouse.connect import Warehouse, open_warehouse

ITEMS = Path(__file__).parents[3] / "shared" / "corpus" / "story" / "iran_pakistan_2024-01.jsonl"
NOW = datetime(2024, 2, 3, tzinfo=UTC)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ITEMS.is_file(), reason="the items of January 2024 do not lie beside the project"),
]


@pytest.fixture(scope="module")
def wh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    home = tmp_path_factory.mktemp("sample")
    with open_warehouse(home) as opened:
        read_article_lists(opened, [ITEMS], NOW, lambda done, total: None)
        assess_all(opened, Settings(home=home), NOW)
        yield opened


def events_of(wh: Warehouse, type_: str, a: str, b: str, first: date, last: date) -> list[dict[str, Any]]:
    """Living events that occurred, of a type and a dyad in either direction, begun in these days."""
    return wh.query(
        """
        SELECT e.* FROM events AS e
        WHERE withdrawn_at_utc IS NULL AND status = 'occurred' AND type = $type AND starts_on BETWEEN $first AND $last
            AND list_has_all([$a, $b], [actor_country_code, coalesce(target_country_code, place_country_code)])
            AND actor_country_code <> coalesce(target_country_code, place_country_code)
        ORDER BY family_count DESC, starts_on
        """,
        type=type_, first=first, last=last, a=a, b=b,
    )  # fmt: skip


def show(wh: Warehouse) -> str:
    rows = wh.query(
        "SELECT type, mode, actor_code, target_code, status, starts_on, date_precision, place_name, mention_count, "
        "family_count, headline FROM events WHERE withdrawn_at_utc IS NULL ORDER BY starts_on, type"
    )
    return "\n".join(" ".join(str(value) for value in row.values()) for row in rows)


def test_each_sides_strikes_are_one_event_however_many_outlets_tell_them(wh: Warehouse) -> None:
    ours = events_of(wh, "ASSAULT", "IRN", "PAK", date(2024, 1, 16), date(2024, 1, 17))
    theirs = events_of(wh, "ASSAULT", "IRN", "PAK", date(2024, 1, 18), date(2024, 1, 18))
    strike = next(event for event in ours if event["actor_code"] == "IRN")
    answer = next(event for event in theirs if event["actor_code"] == "PAK")
    assert (strike["starts_on"], answer["starts_on"]) == (date(2024, 1, 16), date(2024, 1, 18)), show(wh)
    assert strike["family_count"] >= 8, show(wh)
    assert answer["family_count"] >= 8, show(wh)
    # What else is read into those days is told by no more than two families.
    others = [event for event in (*ours, *theirs) if event["event_id"] not in (strike["event_id"], answer["event_id"])]
    assert all(event["family_count"] <= 2 for event in others), show(wh)


@pytest.mark.parametrize(
    ("type_", "first", "last"),
    [
        ("SANCTION", date(2024, 1, 17), date(2024, 1, 18)),  # the envoy recalled
        ("AGREE", date(2024, 1, 19), date(2024, 1, 20)),  # agreed to de-escalate
        ("AGREE", date(2024, 1, 22), date(2024, 1, 23)),  # agreed to send the envoys back
        ("CONSULT", date(2024, 1, 28), date(2024, 1, 30)),  # the foreign minister's visit
    ],
)
def test_each_step_down_is_there_once_with_its_sentence(wh: Warehouse, type_: str, first: date, last: date) -> None:
    found = events_of(wh, type_, "IRN", "PAK", first, last)
    assert len(found) == 1, show(wh)
    assert found[0]["headline"]


def test_the_offer_to_mediate_is_no_act_between_the_two(wh: Warehouse) -> None:
    offers = wh.query(
        "SELECT * FROM events WHERE withdrawn_at_utc IS NULL AND starts_on = DATE '2024-01-18' "
        "AND headline ILIKE '%mediator%' AND direction = 'de-escalation'"
    )
    assert len(offers) == 1, show(wh)
    assert offers[0]["actor_code"] in ("CHN", "TUR")


def test_the_killing_of_nine_by_gunmen_is_no_act_of_iran(wh: Warehouse) -> None:
    acts = events_of(wh, "ASSAULT", "IRN", "PAK", date(2024, 1, 26), date(2024, 1, 29))
    assert [event["headline"] for event in acts if event["actor_country_code"] == "IRN"] == []
