"""A poll from request to rows, against a server on the loopback."""

from __future__ import annotations

import asyncio
import random

from flows.feeds.fetch import Postponed
from flows.feeds.hosts import HostLimiter
from flows.feeds.poll import Polled, ask_feed, settle_poll
from flows.feeds.transport import open_client
from tests.feeds.world import NOW, Answer, build_feed, serve
from warehouse.records import Feed

BODY = b"<rss version='2.0'><channel><title>T</title><item><link>/1</link><title>x</title></item></channel></rss>"


def poll(feed: Feed, known: dict[str, tuple[str, int]] | None = None) -> Polled:
    async def run() -> Polled:
        async with open_client(allow_private_hosts=frozenset({"127.0.0.1"})) as client:
            outcome, parsed = await ask_feed(client, HostLimiter(spacing_s=0.0), feed, clock=lambda: NOW)
        assert not isinstance(outcome, Postponed)
        return settle_poll(feed, outcome, parsed, known or {}, now=NOW, rng=random.Random(1))

    return asyncio.run(run())


def test_a_first_poll_brings_entries_and_a_second_none() -> None:
    def respond(path: str, headers: dict[str, str]) -> Answer:
        if headers.get("if-none-match") == '"v1"':
            return Answer(status=304)
        return Answer(body=BODY, headers={"ETag": '"v1"'})

    with serve(respond) as base:
        first = poll(build_feed(base))
        second = poll(first.feed)
    assert (first.poll.outcome, first.poll.new_count, first.poll.entry_count) == ("fetched", 1, 1)
    assert [entry.url for entry in first.news.new] == [f"{base}/1"]
    assert (second.poll.outcome, second.poll.http_status, second.poll.reason) == ("unchanged", 304, "not modified")
    assert (second.feed.etag, second.feed.last_new_at_utc) == ('"v1"', NOW)


def test_a_page_instead_of_a_feed_is_a_hard_failure_that_keeps_what_was_known() -> None:
    with serve(lambda path, headers: Answer(body=b"<html>Subscribe!</html>")) as base:
        polled = poll(build_feed(base, etag='"old"', failure_count=2))
    assert (polled.poll.outcome, polled.poll.failure_class, polled.feed.failure_count) == ("failed", "hard", 3)
    assert (polled.feed.etag, polled.feed.failing_since_utc) == ('"old"', NOW)


def test_success_ends_a_row_of_failures() -> None:
    with serve(lambda path, headers: Answer(body=BODY)) as base:
        polled = poll(
            build_feed(base, failure_count=4, failing_since_utc=NOW, failure_class="soft", failure_reason="x")
        )
    feed = polled.feed
    assert (feed.failure_count, feed.failing_since_utc, feed.failure_class, feed.failure_reason) == (
        0,
        None,
        None,
        None,
    )


def test_an_index_of_sitemaps_brings_what_its_sitemaps_tell() -> None:
    page = "<url><loc>/{0}</loc><n:news xmlns:n='n'><n:title>Title {0}</n:title></n:news></url>"
    bodies = {
        "/index.xml": "<sitemapindex><sitemap><loc>/news-1.xml</loc></sitemap><sitemap><loc>/news-2.xml</loc></sitemap>"
        "<sitemap><loc>/gone.xml</loc></sitemap><sitemap><loc>/index.xml</loc></sitemap></sitemapindex>",
        "/news-1.xml": f"<urlset>{page.format(1)}{page.format(2)}</urlset>",
        "/news-2.xml": f"<urlset>{page.format(2)}{page.format(3)}</urlset>",
    }

    def respond(path: str, headers: dict[str, str]) -> Answer:
        return Answer(body=bodies[path].encode()) if path in bodies else Answer(status=404)

    with serve(respond) as base:
        polled = poll(build_feed(f"{base}/index.xml"))
    assert sorted(entry.title for entry in polled.news.new) == ["Title 1", "Title 2", "Title 3"]
    assert [(problem.stage, problem.input) for problem in polled.problems] == [("poll", f"{base}/gone.xml")]
    assert polled.poll.entry_count == 3
