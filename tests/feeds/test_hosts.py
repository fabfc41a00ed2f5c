"""Turns at a host: how many at once, how far apart."""

from __future__ import annotations

import asyncio

import pytest

from flows.feeds.fetch import Failed, Fetched, Outcome, Postponed, fetch_feed, open_client
from flows.feeds.hosts import HostLimiter, Rest, registrable_domain
from tests.feeds.world import NOW, Answer, build_feed, serve


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://news.bbc.co.uk/a", "bbc.co.uk"),
        ("https://rss.kompas.com", "kompas.com"),
        ("https://www.antara.go.id/", "antara.go.id"),
        ("http://127.0.0.1:81/", "127.0.0.1:81"),
        ("http://localhost/", "localhost"),
        ("http://[::1", ""),
        ("https://kompas.co.id./x", "kompas.co.id"),
        ("https://WWW.Example.COM:8443/", "example.com"),
        ("https://name:secret@www.example.com/", "example.com"),
        ("https://a.blogspot.com/feeds", "a.blogspot.com"),
        ("https://b.github.io/feed.xml", "b.github.io"),
        ("https://www.bücher.de/", "xn--bcher-kva.de"),
        ("http://[2001:db8::1]:81/", "2001:db8::1:81"),
        ("no address", ""),
    ],
)
def test_the_domain_is_the_one_that_was_registered(url: str, domain: str) -> None:
    assert registrable_domain(url) == domain


def test_starts_at_one_domain_are_spaced_and_others_do_not_wait() -> None:
    waits: list[float] = []

    async def record(seconds: float) -> None:
        waits.append(seconds)

    async def run() -> None:
        limiter = HostLimiter(spacing_s=2.0, clock=lambda: 100.0, sleep=record)
        for url in (
            "https://example.com/1",
            "https://example.org/1",
            "https://x.example.com/2",
            "https://example.com/3",
        ):
            async with limiter.turn(url):
                pass

    asyncio.run(run())
    assert waits == [2.0, 4.0]


def test_no_more_than_so_many_are_at_one_domain_at_once() -> None:
    inside = most = 0

    async def visit(limiter: HostLimiter, url: str) -> None:
        nonlocal inside, most
        async with limiter.turn(url):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    async def run() -> None:
        limiter = HostLimiter(spacing_s=0.0, concurrency=2)
        await asyncio.gather(*(visit(limiter, f"https://a.example/{n}") for n in range(20)))

    asyncio.run(run())
    assert most == 2


@pytest.mark.parametrize(
    ("status", "retry_after_s", "rest_s"),
    [(429, 60.0, 60.0), (503, 60.0, 60.0), (429, None, 300.0), (503, None, 0.0), (500, 60.0, 0.0), (200, 60.0, 0.0)],
)
def test_a_whole_domain_rests_when_one_of_its_hosts_asks_for_it(
    status: int, retry_after_s: float | None, rest_s: float
) -> None:
    seconds = 100.0
    limiter = HostLimiter(clock=lambda: seconds)
    limiter.heed("https://rss.example.com/feed", status, retry_after_s)
    assert limiter.rest_s("https://www.example.com/page") == rest_s
    assert limiter.rest_s("https://example.org/") == 0.0
    seconds += 400.0
    assert (limiter.rest_s("https://www.example.com/page"), limiter.rests()) == (0.0, [])


def test_a_longer_rest_stays() -> None:
    limiter = HostLimiter(clock=lambda: 100.0)
    limiter.recall(Rest(domain="example.com", wait_s=600.0, http_status=503))
    limiter.heed("https://example.com/", 429, 5.0)
    assert limiter.rests() == [Rest(domain="example.com", wait_s=600.0, http_status=503)]


def test_feeds_of_a_domain_that_turned_one_away_are_not_asked() -> None:
    asked: list[str] = []

    def respond(path: str, headers: dict[str, str]) -> Answer:
        asked.append(path)
        return Answer(status=429, headers={"Retry-After": "90"})

    async def run(base: str) -> list[Outcome | Postponed]:
        limiter = HostLimiter(spacing_s=0.0, concurrency=1)
        async with open_client(allow_private_hosts={"127.0.0.1"}) as client:
            feeds = [build_feed(f"{base}/{number}") for number in range(5)]
            return await asyncio.gather(*(fetch_feed(client, feed, now=NOW, turns=limiter) for feed in feeds))

    with serve(respond) as base:
        first, *rest = asyncio.run(run(base))
    assert isinstance(first, Failed)
    assert (first.failure_class, first.retry_after_s) == ("soft", 90.0)
    assert all(isinstance(one, Postponed) and 0 < one.wait_s <= 90 for one in rest)
    assert asked == ["/0"]


def test_each_hop_of_a_redirect_waits_for_its_own_turn() -> None:
    waits: list[float] = []

    async def record(seconds: float) -> None:
        waits.append(seconds)

    async def run(base: str) -> Outcome | Postponed:
        limiter = HostLimiter(spacing_s=2.0, concurrency=1, clock=lambda: 0.0, sleep=record)
        async with open_client(allow_private_hosts={"127.0.0.1"}) as client:
            return await fetch_feed(client, build_feed(f"{base}/old"), now=NOW, turns=limiter)

    answers = {"/old": Answer(status=302, headers={"Location": "/new"}), "/new": Answer(body=b"x")}
    with serve(lambda path, headers: answers[path]) as base:
        assert isinstance(asyncio.run(run(base)), Fetched)
    assert waits == [2.0]
