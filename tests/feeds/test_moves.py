"""When a permanent redirect is believed, how it is taken back, and what becomes of a feed that is gone."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from typing import cast

import pytest

from flows.feeds.fetch import Failed, FailureClass, Fetched, Outcome
from flows.feeds.hosts import HostLimiter
from flows.feeds.moves import settle_address
from flows.feeds.poll import ask_feed, settle_poll
from flows.feeds.transport import open_client
from tests.feeds.world import NOW, Answer, build_feed, serve
from warehouse.records import Feed

BODY = b"<rss version='2.0'><channel><title>T</title><item><link>/1</link><title>x</title></item></channel></rss>"
MOVED = Answer(status=301, headers={"Location": "/new"})
GONE = Answer(status=410)
MISSING = Answer(status=404)


def poll(feed: Feed) -> Feed:
    async def run() -> Feed:
        async with open_client(allow_private_hosts={"127.0.0.1"}) as client:
            outcome, parsed = await ask_feed(client, HostLimiter(spacing_s=0.0), feed, clock=lambda: NOW)
        return settle_poll(feed, cast(Outcome, outcome), parsed, {}, now=NOW, rng=random.Random(1)).feed

    return asyncio.run(run())


@dataclass
class Site:
    """Answers by path, which a test changes as it goes; `conditional` are paths asked with validators."""

    answers: dict[str, Answer]
    asked: list[str] = field(default_factory=list)
    conditional: list[str] = field(default_factory=list)

    def respond(self, path: str, headers: dict[str, str]) -> Answer:
        self.asked.append(path)
        if "if-none-match" in headers:
            self.conditional.append(path)
            if path in self.answers and self.answers[path].status == 200:
                return Answer(status=304)
        return self.answers.get(path, MISSING)


def new_site() -> Site:
    return Site({"/old": MOVED, "/new": Answer(body=BODY, headers={"ETag": '"new"'})})


def test_a_permanent_redirect_is_followed_at_once_and_stored_after_three_polls() -> None:
    site = new_site()
    with serve(site.respond) as base:
        feed, addresses = build_feed(f"{base}/old"), []
        for _ in range(4):
            feed = poll(feed)
            addresses.append(feed.url.removeprefix(base))
    assert addresses == ["/old", "/old", "/new", "/new"]
    assert feed.original_url == f"{base}/old"
    # Validators belong to the address that gave them, and confirmations may be answers of 304.
    assert site.conditional == ["/new", "/new", "/new"]
    assert site.asked[-1] == "/new"


def test_a_redirect_that_stops_is_forgotten() -> None:
    site = new_site()
    with serve(site.respond) as base:
        feed = poll(poll(build_feed(f"{base}/old")))
        site.answers["/old"] = Answer(body=BODY)
        feed = poll(feed)
        site.answers["/old"] = MOVED
        feed = poll(poll(feed))
        assert (feed.url, feed.redirect_count) == (f"{base}/old", 2)


def test_a_redirect_to_what_is_no_feed_moves_nothing() -> None:
    site = Site({"/old": MOVED, "/new": Answer(body=b"<html><p>Welcome</p></html>")})
    with serve(site.respond) as base:
        feed = build_feed(f"{base}/old")
        for _ in range(4):
            feed = poll(feed)
        assert (feed.url, feed.redirect_url, feed.failure_class) == (f"{base}/old", None, "hard")


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_chain_with_a_temporary_redirect_moves_nothing(status: int) -> None:
    site = new_site()
    site.answers |= {"/old": Answer(status=301, headers={"Location": "/mid"})}
    site.answers |= {"/mid": Answer(status=status, headers={"Location": "/new"})}
    with serve(site.respond) as base:
        feed = build_feed(f"{base}/old")
        for _ in range(4):
            feed = poll(feed)
        assert (feed.url, feed.redirect_url) == (f"{base}/old", None)


def moved(base: str) -> Feed:
    return build_feed(
        f"{base}/new", original_url=f"{base}/old", redirect_url=f"{base}/new", redirect_count=3, etag='"new"'
    )


def test_the_old_address_is_asked_again_when_the_new_one_keeps_failing() -> None:
    site = Site({"/old": Answer(body=BODY), "/new": MISSING})
    with serve(site.respond) as base:
        feed, addresses = moved(base), []
        for _ in range(4):
            feed = poll(feed)
            addresses.append(feed.url.removeprefix(base))
        assert addresses == ["/new", "/new", "/old", "/old"]
        assert (feed.failure_count, feed.redirect_url, feed.failing_since_utc) == (0, None, None)


def test_a_new_address_that_is_gone_leads_back_at_once_and_a_feed_gone_at_both_is_retired() -> None:
    site = Site({"/old": GONE, "/new": GONE})
    with serve(site.respond) as base:
        back = poll(moved(base))
        assert (back.url, back.status, back.etag) == (f"{base}/old", "active", None)
        assert poll(back).status == "retired"


def test_an_address_that_a_person_has_set_is_never_taken_back() -> None:
    site = Site({"/hand": MISSING})
    with serve(site.respond) as base:
        feed = build_feed(f"{base}/hand", original_url=f"{base}/old", redirect_url=f"{base}/new", redirect_count=3)
        for _ in range(5):
            feed = poll(feed)
        assert feed.url == f"{base}/hand"


def test_credentials_go_along_to_the_same_host_and_to_no_other() -> None:
    heard: dict[str, str] = {}

    def respond(path: str, headers: dict[str, str]) -> Answer:
        heard[path] = headers.get("authorization", "nothing")
        return {"/old": MOVED, "/new": Answer(body=BODY)}.get(path, MISSING)

    with serve(respond) as base, serve(respond) as elsewhere:
        secret = base.replace("//", "//name:pass@")
        outcome = fetch(f"{secret}/old")
        assert isinstance(outcome, Fetched)
        assert (outcome.url, outcome.moved_to_url) == (f"{base}/new", f"{secret}/new")
        assert heard["/old"] == heard["/new"] == "Basic bmFtZTpwYXNz"
        away = Answer(status=301, headers={"Location": f"{elsewhere}/new"})
        with serve(lambda path, headers: away) as other:
            outcome = fetch(f"{other.replace('//', '//name:pass@')}/old")
        assert isinstance(outcome, Fetched)
        assert (outcome.moved_to_url, heard["/new"]) == (f"{elsewhere}/new", "nothing")


def fetch(url: str) -> object:
    async def run() -> object:
        async with open_client(allow_private_hosts={"127.0.0.1"}) as client:
            return (await ask_feed(client, HostLimiter(spacing_s=0.0), build_feed(url), clock=lambda: NOW))[0]

    return asyncio.run(run())


def test_a_failure_that_is_not_gone_retires_nothing() -> None:
    feed = build_feed()
    failed = Failed(failure_class=FailureClass.HARD, reason="forbidden", http_status=403)
    assert settle_address(feed, feed, failed) == feed
