"""The newsroom does what its faults say, and writes down what was asked; seen through the product's own client."""

from __future__ import annotations

import asyncio
import random

import pytest

from flows.feeds.fetch import Failed, Fetched, FetchLimits, Outcome, Postponed, Unchanged, fetch_feed
from flows.feeds.hosts import HostLimiter
from flows.feeds.parse import ParsedFeed, parse_feed
from flows.feeds.poll import ask_feed, settle_poll
from flows.feeds.transport import open_client
from tests.feeds.world import NOW, build_feed
from tests.newsroom import Answer, Newsroom, faults, in_process, open_newsroom, run_with_names
from tests.newsroom.publishing import EPOCH, Format, Publication, write_item
from warehouse.records import Feed

LIMITS = FetchLimits(total_s=0.6, max_bytes=200_000)


def outlet(**wishes: object) -> Publication:
    feed = Publication(name="harbour.test", **wishes)  # type: ignore[arg-type]  # the test names real fields
    feed.publish(*(write_item(number, EPOCH) for number in range(5)))
    return feed


def fetch(room: Newsroom, url: str, **known: object) -> Outcome:
    async def run() -> Outcome:
        async with open_client(allow_private_hosts=room.hosts, read_timeout_s=0.3) as client:
            return await fetch_feed(client, build_feed(url, **known), now=NOW, limits=LIMITS)

    return run_with_names(run())


@pytest.mark.parametrize(
    ("answer", "failure_class"),
    [
        (faults.refuse(503, retry_after="120"), "soft"),
        (faults.refuse(410), "hard"),
        (faults.slow(outlet(), 0.5), "temporary"),
        (faults.drip(outlet(), 2000), "temporary"),
        (faults.endless(outlet()), "soft"),
        (faults.cut_off(outlet(), 100), "temporary"),
        (faults.bomb(1), "soft"),
    ],
    ids=["refused", "gone", "slow", "dripping", "endless", "cut off", "bomb"],
)
def test_a_fault_is_a_failure_of_its_class(answer: Answer, failure_class: str) -> None:
    with open_newsroom() as room:
        found = fetch(room, room.put("harbour.test", "/feed", answer))
    assert isinstance(found, Failed)
    assert found.failure_class == failure_class


def test_validators_are_honoured_and_the_book_says_so() -> None:
    with open_newsroom() as room:
        url = room.put("harbour.test", "/feed", outlet())
        first = fetch(room, url)
        assert isinstance(first, Fetched)
        assert isinstance(fetch(room, url, etag=first.etag), Unchanged)
    assert [(one.host, one.status, one.is_conditional) for one in room.book] == [
        ("harbour.test", 200, False),
        ("harbour.test", 304, True),
    ]


def test_hosts_are_told_apart_by_name_and_the_redirect_is_in_the_book() -> None:
    with open_newsroom() as room:
        target = room.put("new.test", "/feed", faults.zipped(outlet()))
        found = fetch(room, room.put("old.test", "/feed", faults.redirect(target)))
    assert isinstance(found, Fetched)
    assert found.moved_to_url == target
    assert [one.host for one in room.book] == ["old.test", "new.test"]


@pytest.mark.parametrize("form", ["rss", "atom", "rdf", "json"])
@pytest.mark.parametrize("is_dated", [True, False])
def test_every_format_is_read_as_it_was_written(form: Format, is_dated: bool) -> None:
    feed = outlet(format=form, is_dated=is_dated, repeats=2)
    parsed = parse_feed(feed.body(), feed=build_feed(), now=NOW)
    assert [entry.title for entry in parsed.entries] == [item.title for item in feed.items]
    assert {entry.published_at_utc for entry in parsed.entries} == {EPOCH if is_dated else NOW}


def test_another_encoding_is_read_the_same() -> None:
    feed = outlet()
    feed.publish(write_item(9, EPOCH))
    feed.edit(9, "Порт закрыт до утра")
    with open_newsroom() as room:
        url = room.put("harbour.test", "/feed", faults.recoded(feed, "windows-1251", declared="windows-1251"))
        found = fetch(room, url)
    assert isinstance(found, Fetched)
    parsed = parse_feed(found.body, feed=build_feed(), content_type=found.content_type, now=NOW)
    assert parsed.entries[0].title == "Порт закрыт до утра"


@pytest.mark.parametrize(("guids", "expected"), [("stable", 5), ("absent", 5), ("shared", 5)])
def test_items_stay_apart_whatever_their_guids(guids: str, expected: int) -> None:
    parsed = parse_feed(outlet(guids=guids, repeats=2).body(), feed=build_feed(), now=NOW)
    assert len(parsed.entries) == expected


def test_spacing_and_turns_are_measured_in_the_book() -> None:
    seconds = 0.0

    async def pause(wait_s: float) -> None:
        nonlocal seconds
        seconds += wait_s

    room = Newsroom(clock=lambda: seconds)
    urls = [room.put("harbour.test", f"/{n}", outlet()) for n in range(4)]
    limiter = HostLimiter(spacing_s=2.0, clock=lambda: seconds, sleep=pause)

    async def run() -> list[tuple[Outcome | Postponed, ParsedFeed | None]]:
        async with in_process(room) as client:
            return await asyncio.gather(
                *(ask_feed(client, limiter, build_feed(url), clock=lambda: NOW) for url in urls)
            )

    answers = asyncio.run(run())
    assert len(answers) == room.count("harbour.test") == 4
    assert room.closest_s() == {"harbour.test": 2.0}
    assert room.most_at_once["harbour.test"] == 1


def test_an_edit_is_a_revision_through_the_whole_poll() -> None:
    feed = outlet()
    room = Newsroom()
    url = room.put("harbour.test", "/feed", feed)
    known: dict[str, tuple[str, int]] = {}

    async def poll(asked: Feed) -> Feed:
        async with in_process(room) as client:
            outcome, parsed = await ask_feed(client, HostLimiter(spacing_s=0), asked, clock=lambda: NOW)
        assert not isinstance(outcome, Postponed)
        polled = settle_poll(asked, outcome, parsed, known, now=NOW, rng=random.Random(1))
        known.update({one.entry_id: (one.content_hash, one.revision) for one in polled.news.new + polled.news.revised})
        counts.append((polled.poll.new_count, polled.poll.revised_count))
        return polled.feed

    counts: list[tuple[int, int]] = []
    first = asyncio.run(poll(build_feed(url)))
    feed.edit(3, "Corrected")
    second = asyncio.run(poll(first))
    asyncio.run(poll(second))
    assert counts == [(5, 0), (0, 1), (0, 0)]
