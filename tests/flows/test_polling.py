"""A round of polling: who is asked, how politely, and that nothing is asked or written twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from flows.feeds.hosts import HostLimiter
from flows.rounds import polling
from flows.rounds.report import StageCount
from flows.settings import Settings
from tests.newsroom import Answer, Newsroom, Reply, faults, in_process, run_simulated, simulated_now
from tests.newsroom.publishing import Publication, write_item
from warehouse.connect import Warehouse
from warehouse.read import read_feeds
from warehouse.records import Feed
from warehouse.write import write_feeds

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def room() -> Newsroom:
    return Newsroom()


def feed_of(url: str, feed_id: str, **changes: object) -> Feed:
    feed = Feed(feed_id=feed_id, url=url, title=feed_id, outlet_id=feed_id, outlet_name="O", family_id="o")
    return replace(feed, **changes)  # type: ignore[arg-type]  # the test names real fields


def put(room: Newsroom, host: str, path: str = "/feed", answer: Answer | None = None) -> Feed:
    paper = Publication(name=host)
    paper.publish(*(write_item(number, NOW - timedelta(hours=9 - number)) for number in range(5)))
    return feed_of(room.put(host, path, answer or paper), f"{host}{path}".replace("/", "-"))


def poll(wh: Warehouse, settings: Settings, room: Newsroom, feeds: list[Feed], now: datetime = NOW) -> StageCount:
    return asyncio.run(polling.poll_feeds(wh, settings, feeds, now, client=lambda: in_process(room)))


def test_a_claimed_feed_is_nobody_elses_until_the_floor_has_passed(wh: Warehouse, room: Newsroom) -> None:
    write_feeds(wh, "stock", [put(room, f"h{n}.test") for n in range(3)])
    assert len(polling.plan_round(wh, NOW, limit=2)) == 2
    assert len(polling.plan_round(wh, NOW, limit=10)) == 1
    assert polling.plan_round(wh, NOW + timedelta(seconds=119), limit=10) == []
    assert len(polling.plan_round(wh, NOW + timedelta(seconds=125), limit=10)) == 3


def test_a_forced_round_takes_what_is_not_due_and_only_what_is_named(wh: Warehouse, room: Newsroom) -> None:
    later = NOW + timedelta(hours=5)
    feeds = [replace(put(room, f"h{n}.test"), next_poll_at_utc=later) for n in range(3)]
    write_feeds(wh, "stock", feeds, keeps_history=False)
    assert polling.plan_round(wh, NOW, limit=9) == []
    forced = polling.plan_round(wh, NOW, limit=9, feed_ids=[feeds[1].feed_id], is_forced=True)
    assert [feed.feed_id for feed in forced] == [feeds[1].feed_id]


def test_a_thousand_feeds_added_at_once_do_not_start_at_once(wh: Warehouse) -> None:
    write_feeds(wh, "stock", [feed_of(f"http://h{n}.test/feed", f"f{n}") for n in range(1000)])
    started = []
    for minute in range(18):
        due = polling.plan_round(wh, NOW + timedelta(minutes=minute), limit=2000)
        started.append(len({feed.feed_id for feed in due if feed.last_polled_at_utc is None}))
        polled = [replace(feed, last_polled_at_utc=NOW, next_poll_at_utc=NOW + timedelta(days=1)) for feed in due]
        write_feeds(wh, f"polled {minute}", polled, keeps_history=False)
    assert sum(started) == 1000
    assert max(started) <= 61
    assert started[0] == 50


def test_the_same_round_again_asks_nobody(wh: Warehouse, settings: Settings, room: Newsroom) -> None:
    feeds = [put(room, f"h{n}.test") for n in range(3)]
    write_feeds(wh, "stock", feeds)
    assert poll(wh, settings, room, feeds[:2]).kept == 2
    assert poll(wh, settings, room, feeds).read == 1
    assert room.count() == 3
    assert wh.query("SELECT sum(new_count)::INT AS n FROM polls") == [{"n": 15}]


def test_a_site_that_asks_to_wait_is_left_alone_with_all_its_feeds(
    wh: Warehouse, settings: Settings, room: Newsroom
) -> None:
    asked = [put(room, "busy.test", f"/{n}", faults.refuse(429, retry_after="3600")) for n in range(4)]
    other, not_due = put(room, "calm.test"), put(room, "busy.test", "/rare")
    write_feeds(wh, "stock", [*asked, other, not_due])
    count = poll(wh, settings, room, [*asked, other])
    assert (count.failed, count.kept, count.refused) == (1, 1, 3)
    assert room.count("busy.test") == 1
    for feed in read_feeds(wh):
        if "busy" in feed.feed_id:
            assert feed.next_poll_at_utc is not None
            assert NOW + timedelta(hours=1) <= feed.next_poll_at_utc <= NOW + timedelta(hours=1.2)
            assert "asked to wait 3600 s" in (feed.next_poll_reason or "")
    assert [feed.failure_count for feed in read_feeds(wh) if "busy" in feed.feed_id] == [1, 0, 0, 0, 0]


def test_a_site_that_does_not_answer_holds_nobody_up(wh: Warehouse, settings: Settings, room: Newsroom) -> None:
    def hang_up(request: object) -> Reply:
        raise httpx.ConnectError("nobody there")

    feeds = [put(room, "gone.test", f"/{n}", hang_up) for n in range(6)]
    write_feeds(wh, "stock", feeds)
    count = poll(wh, settings, room, feeds)
    assert (count.failed, count.refused) == (2, 4)
    assert wh.query("SELECT count(*) AS n FROM feeds WHERE next_poll_reason LIKE '%does not answer%'") == [{"n": 4}]


def test_feeds_of_one_site_are_asked_in_turn_and_apart(wh: Warehouse, settings: Settings) -> None:
    polite = settings.model_copy(update={"host_spacing_s": 2.0})
    room = Newsroom(clock=simulated_now)
    hosts = ("one.example.org", "two.example.org", "other.example.com")
    feeds = [put(room, host, f"/{n}") for n in range(4) for host in hosts]
    write_feeds(wh, "stock", feeds)
    limiter = HostLimiter(spacing_s=2.0, clock=simulated_now)
    polled = polling.poll_feeds(wh, polite, feeds, NOW, client=lambda: in_process(room), limiter=limiter)
    assert run_simulated(polled).kept == 12
    assert min(room.closest_s(lambda asked: asked.host[-11:]).values()) >= 2.0
    assert max(room.most_at_once.values()) == 1


def test_an_error_nobody_foresaw_is_the_failure_of_one_feed(wh: Warehouse, settings: Settings, room: Newsroom) -> None:
    def break_down(request: object) -> Reply:
        raise ZeroDivisionError("nobody foresaw this")

    feeds = [put(room, "odd.test", answer=break_down), put(room, "calm.test")]
    write_feeds(wh, "stock", feeds)
    count = poll(wh, settings, room, feeds)
    assert (count.kept, count.failed) == (1, 1)
    assert "nobody foresaw this" in count.failures[0][1]


def test_what_was_answered_is_kept_though_the_round_is_broken_off(
    wh: Warehouse, settings: Settings, room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "FEEDS_A_COMMIT", 5)

    def kept() -> int:
        return int(wh.query("SELECT count(DISTINCT feed_id) AS n FROM entries")[0]["n"])

    async def wait_and_break_off(wait_s: float) -> None:
        while not kept():
            await asyncio.sleep(0.01)
        raise asyncio.CancelledError

    feeds = [put(room, f"h{n}.test") for n in range(11)]
    last = put(room, "z.test", answer=faults.slow(Publication(name="z.test"), 1))
    write_feeds(wh, "stock", [*feeds, last])
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(
            polling.poll_feeds(
                wh, settings, [*feeds, last], NOW, client=lambda: in_process(room, pause=wait_and_break_off)
            )
        )
    before = kept()
    assert before >= 5
    room.put("z.test", "/feed", Publication(name="z.test"))
    poll(wh, settings, room, [*feeds, last])
    assert wh.query("SELECT count(*) AS n, count(DISTINCT feed_id) AS f FROM entries") == [{"n": 55, "f": 11}]
    assert room.count() == 12 + (12 - before)


def test_an_item_whose_guid_changes_with_each_request_is_one_entry(
    wh: Warehouse, settings: Settings, room: Newsroom
) -> None:
    asked: list[int] = []

    def answer(request: object) -> Reply:
        asked.append(1)
        items = "".join(
            f"<item><guid isPermaLink='false'>{len(asked)}-{n}</guid><link>https://own.test/{n}</link>"
            f"<title>Envoys return for talks, part {n}</title><description>{len(asked) // 3}</description></item>"
            for n in range(3)
        )
        return Reply(body=f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode())

    feed = put(room, "own.test", answer=answer)
    write_feeds(wh, "stock", [feed])
    for hour in range(4):
        poll(wh, settings, room, read_feeds(wh), NOW + timedelta(hours=hour))
    assert wh.query("SELECT count(*) AS n, max(revision) AS last FROM entries") == [{"n": 3, "last": 2}]


def test_the_demo_is_asked_in_every_round_and_is_not_called_stale(
    wh: Warehouse, settings: Settings, room: Newsroom
) -> None:
    old = Publication(name="demo.test")
    old.publish(write_item(1, NOW - timedelta(days=900)))
    demo = replace(put(room, "demo.test", answer=old), origin="demo")
    write_feeds(wh, "stock", [demo])
    poll(wh, settings, room, [demo])
    [found] = read_feeds(wh)
    assert (found.next_poll_at_utc, found.stale_after_utc) == (NOW + timedelta(seconds=20), None)
