"""What sites ask for outlives the round that heard it, for feeds and pages alike; with a real warehouse and servers."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from flows.articles.fetch import PageFetched, PageOutcome, PageRefused, fetch_page
from flows.rounds.asking import open_settings_client
from flows.rounds.politeness import remembered_manners
from flows.rounds.polling import poll_feeds
from flows.settings import Settings
from tests.feeds.world import NOW, Answer, build_feed, serve
from warehouse.connect import Warehouse, open_warehouse
from warehouse.politeness import read_robots_file, read_site_rests, write_site_rests
from warehouse.read import read_feeds
from warehouse.records import SiteRest
from warehouse.write import write_feeds

PAGE = Answer(body=b"<html><p>x</p></html>", headers={"Content-Type": "text/html"})
FEED = b"<rss version='2.0'><channel><title>T</title><item><link>/1</link><title>x</title></item></channel></rss>"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, allow_private_hosts=("127.0.0.1",), host_spacing_s=0)


def read_page(wh: Warehouse, settings: Settings, url: str, *, after: timedelta = timedelta()) -> PageOutcome:
    async def run() -> PageOutcome:
        now = NOW + after
        async with open_settings_client(settings) as client, remembered_manners(wh, settings, now) as manners:
            return await fetch_page(client, url, manners=manners, now=now)

    return asyncio.run(run())


def test_a_site_that_turned_a_feed_away_gets_no_page_request_until_its_rest_is_over(settings: Settings) -> None:
    asked: list[str] = []

    def respond(path: str, headers: dict[str, str]) -> Answer:
        asked.append(path)
        refusal = Answer(status=503, headers={"Retry-After": "3600"})
        return {"/feed": refusal, "/robots.txt": Answer(status=404)}.get(path, PAGE)

    with open_warehouse(settings.home) as wh, serve(respond) as base:
        feed = build_feed(f"{base}/feed")
        write_feeds(wh, "feeds", [feed])
        asyncio.run(poll_feeds(wh, settings, [feed], NOW))
        (rest,) = read_site_rests(wh, NOW)
        refused = read_page(wh, settings, f"{base}/a", after=timedelta(minutes=50))
        fetched = read_page(wh, settings, f"{base}/a", after=timedelta(minutes=61))
        assert read_site_rests(wh, NOW + timedelta(minutes=61)) == []
    assert (f"http://{rest.domain}", rest.http_status) == (base, 503)
    assert NOW + timedelta(minutes=59) < rest.until_at_utc <= NOW + timedelta(hours=1)
    assert isinstance(refused, PageRefused)
    assert refused.is_retryable
    assert isinstance(fetched, PageFetched)
    assert asked == ["/feed", "/robots.txt", "/a"]


def test_a_site_that_turned_a_page_away_gets_no_feed_request(settings: Settings) -> None:
    asked: list[str] = []

    def respond(path: str, headers: dict[str, str]) -> Answer:
        asked.append(path)
        refusal = Answer(status=429, headers={"Retry-After": "600"})
        return {"/a": refusal, "/robots.txt": Answer(status=404)}.get(path, Answer(body=FEED))

    with open_warehouse(settings.home) as wh, serve(respond) as base:
        feed = build_feed(f"{base}/feed")
        write_feeds(wh, "feeds", [feed])
        read_page(wh, settings, f"{base}/a")
        count = asyncio.run(poll_feeds(wh, settings, [feed], NOW + timedelta(minutes=5)))
        (after,) = read_feeds(wh)
    assert asked == ["/robots.txt", "/a"]
    assert (count.read, count.failed, after.failure_count) == (0, 0, 0)
    assert after.next_poll_at_utc is not None
    assert after.next_poll_at_utc >= NOW + timedelta(minutes=9)


def test_robots_txt_is_kept_for_a_day_over_rounds(settings: Settings) -> None:
    asked: list[str] = []

    def respond(path: str, headers: dict[str, str]) -> Answer:
        asked.append(path)
        return Answer(body=b"User-agent: *\nDisallow: /private\n") if path == "/robots.txt" else PAGE

    with open_warehouse(settings.home) as wh, serve(respond) as base:
        outcomes = [
            read_page(wh, settings, f"{base}{path}", after=timedelta(hours=hours))
            for path, hours in [("/a", 0), ("/private", 1), ("/b", 23), ("/c", 25)]
        ]
        kept = read_robots_file(wh, base, NOW + timedelta(hours=26))
    assert [type(outcome) for outcome in outcomes] == [PageFetched, PageRefused, PageFetched, PageFetched]
    assert asked == ["/robots.txt", "/a", "/b", "/robots.txt", "/c"]
    assert kept is not None
    assert kept.rules == "User-agent: *\nDisallow: /private\n"


def test_a_longer_rest_stays_and_one_that_is_over_goes(settings: Settings) -> None:
    def rest(domain: str, minutes: int) -> SiteRest:
        return SiteRest(domain=domain, until_at_utc=NOW + timedelta(minutes=minutes), http_status=429, asked_at_utc=NOW)

    with open_warehouse(settings.home) as wh:
        write_site_rests(wh, "1", [rest("a.example", 60), rest("b.example", 5)], NOW)
        write_site_rests(wh, "2", [rest("a.example", 30)], NOW + timedelta(minutes=10))
        assert read_site_rests(wh, NOW) == [rest("a.example", 60)]
