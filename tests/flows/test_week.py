"""A week of polling in simulated time: polite to every server, and nothing lost or doubled, whatever dies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from flows.feeds.cadence import CEILING_S, FLOOR_S
from tests.flows.week import KINDS, RETRY_AFTER_S, SPACING_S, START, TICK, World
from warehouse.read import read_feed_health

# Its rounds commit one after the other: a busy machine takes many times as long as a quiet one.
pytestmark = pytest.mark.timeout(1800)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((45, 2.0, 6), id="two days", marks=pytest.mark.slow),
        pytest.param((200, 7.0, 20), id="a week", marks=pytest.mark.long),
    ],
)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    feeds, days, deaths = request.param
    lived = World(Path(tmp_path_factory.mktemp("world")), feeds=feeds, days=days, seed=feeds)
    lived.run(deaths=deaths)
    yield lived
    lived.wh.close()


def test_no_feed_is_asked_within_the_floor_and_none_is_forgotten(world: World) -> None:
    closest = world.room.closest_s(lambda asked: asked.path)
    assert min(closest.values()) >= FLOOR_S
    asked = world.requests()
    assert len(asked) == len(world.outlets)
    end_s = (world.end - START).total_seconds()
    # A day, a tenth of jitter, the claim of a round that died, and a round to be asked in.
    longest_s = CEILING_S * 1.1 + FLOOR_S + 2 * TICK.total_seconds()
    for times in asked.values():
        gaps = [later - earlier for earlier, later in zip([0.0, *times], [*times, end_s], strict=True)]
        assert max(gaps) <= longest_s


def test_no_server_is_asked_twice_within_its_spacing_or_by_two_at_once(world: World) -> None:
    assert min(world.room.closest_s().values()) >= SPACING_S
    assert max(world.room.most_at_once.values()) == 1


def test_a_server_that_asks_to_wait_is_left_alone_for_as_long(world: World) -> None:
    refusals = [one for one in world.room.book if one.status == 429]
    assert refusals
    early = [
        (refusal, one)
        for refusal in refusals
        for one in world.room.book
        if one.host == refusal.host and 0 < one.at_s - refusal.at_s < RETRY_AFTER_S
    ]
    # A refusal that a dying process took with it is the only one nobody remembers.
    assert len({refusal.at_s for refusal, _ in early}) <= world.death_count


def test_feeds_are_asked_as_often_as_they_speak(world: World) -> None:
    days = (world.end - START) / timedelta(days=1)
    asked = world.requests()
    by_kind: Counter[str] = Counter()
    for feed_id, outlet in world.outlets.items():
        by_kind[outlet.kind] += len(asked[f"/{feed_id.removeprefix('feed')}"])
    number = Counter(outlet.kind for outlet in world.outlets.values())
    per_day = {kind: by_kind[kind] / number[kind] / days for kind in number}
    assert per_day["busy"] > per_day["daily"] > max(per_day["morning"], per_day["silent"])
    assert per_day["busy"] <= 3 * KINDS["busy"].per_day
    assert per_day["silent"] <= 6


def test_what_is_published_is_known_at_the_next_answer(world: World) -> None:
    """Between publication and knowing lies no answer of the feed that could have told it."""
    rows = world.wh.query(
        """
        SELECT e.feed_id, e.guid, count(*) AS missed FROM entries AS e JOIN polls AS p USING (feed_id)
        WHERE e.published_source = 'feed' AND p.outcome <> 'failed'
            AND p.polled_at_utc > e.published_at_utc + INTERVAL 1 SECOND AND p.polled_at_utc < e.first_seen_at_utc
        GROUP BY ALL
        """
    )
    assert rows == []


def test_health_tells_the_silent_the_empty_and_the_lag(world: World) -> None:
    health = read_feed_health(world.wh, world.base).set_index("feed_id")
    for feed_id, outlet in world.outlets.items():
        found = health.loc[feed_id]
        if found["state"] != "failing" and outlet.kind == "empty":
            assert found["state"] == "silently dead"
        if found["state"] != "failing" and outlet.kind == "busy":
            assert found["state"] == "fine"
            assert found["lag_median_s"] <= 3600
            assert 0.5 <= found["repeat_share"] < 1
    lags = health["lag_median_s"].dropna()
    assert len(lags) >= len(world.outlets) / 3


def test_in_the_end_every_entry_is_there_once_as_it_stands(world: World) -> None:
    world.get_well()
    rows = world.wh.query("SELECT feed_id, guid, title, revision FROM entries")
    kept = {(row["feed_id"], row["guid"]): row["title"] for row in rows}
    assert len(rows) == len(kept)
    assert kept == world.published()
    assert {row["revision"] for row in rows} == {1, 2}
    revisions = world.wh.query("SELECT count(*) AS n FROM entry_revisions")[0]["n"]
    assert revisions == sum(row["revision"] for row in rows)
