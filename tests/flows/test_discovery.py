"""`mereda feeds add` and `mereda feeds check` against sites on the loopback: real HTTP, a real warehouse."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.rounds import checking, subscriptions
from flows.rounds.subscriptions import Added, Several, Wish
from flows.settings import Settings
from tests.feeds.world import Answer, serve
from tests.flows.test_cli import run
from warehouse.connect import Warehouse, open_warehouse
from warehouse.errors import FeedError
from warehouse.read import read_feeds
from warehouse.write import write_feeds

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def rss(title: str, *items: str, date: str | None = "Tue, 24 Nov 2026 10:00:00 GMT") -> Answer:
    stated = f"<pubDate>{date}</pubDate>" if date else ""
    inside = "".join(
        f"<item><title>{item}</title><link>https://n.example/{item}</link>{stated}</item>" for item in items
    )
    body = f"<rss version='2.0'><channel><title>{title}</title>{inside}</channel></rss>"
    return Answer(body=body.encode(), headers={"Content-Type": "application/rss+xml"})


def page(*links: str) -> Answer:
    head = "".join(links)
    return Answer(
        body=f"<html><head>{head}</head><body>News</body></html>".encode(), headers={"Content-Type": "text/html"}
    )


def link(href: str, title: str = "", kind: str = "application/rss+xml") -> str:
    return f"<link rel='alternate' type='{kind}' title='{title}' href='{href}'>"


class Site:
    """Pages by path, and a record of what was asked."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers, self.asked = dict(answers), list[str]()

    def __call__(self, path: str, headers: dict[str, str]) -> Answer:
        self.asked.append(path)
        return self.answers.get(path, Answer(404))


def add(wh: Warehouse, settings: Settings, url: str, **more: Any) -> Added | Several:
    return asyncio.run(subscriptions.add_feed(wh, settings, Wish(url), now=NOW, **more))


def added(wh: Warehouse, settings: Settings, url: str, **more: Any) -> Added:
    found = add(wh, settings, url, **more)
    assert isinstance(found, Added)
    return found


def test_the_one_feed_a_page_announces_is_added(wh: Warehouse, settings: Settings) -> None:
    site = Site({
        "/": page(link("/wp/feed", "News"), link("/comments/feed"), link("/atom", kind="application/atom+xml")),
        "/wp/feed": rss("The News", "a", "b"), "/atom": rss("The News", "a", "b"), "/comments/feed": rss("C", "c"),
    })  # fmt: skip
    with serve(site) as url:
        found = added(wh, settings, f"{url}/")
    assert (found.feed.url, found.feed.title, found.candidate.how) == (f"{url}/wp/feed", "The News", "announced")
    assert found.candidate.newest_at_utc == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert [feed.feed_id for feed in read_feeds(wh)] == [found.feed.feed_id]


def test_a_json_feed_is_found(wh: Warehouse, settings: Settings) -> None:
    body = {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": "1", "title": "One"}]}
    site = Site({
        "/": page(link("/feed.json", kind="application/feed+json")),
        "/feed.json": Answer(body=json.dumps(body).encode(), headers={"Content-Type": "application/feed+json"}),
    })  # fmt: skip
    with serve(site) as url:
        assert added(wh, settings, f"{url}/").feed.url == f"{url}/feed.json"


def test_several_feeds_are_told_and_one_is_chosen(wh: Warehouse, settings: Settings) -> None:
    site = Site({
        "/": page(link("/world", "World"), link("/gone", "Gone"), link("/home", "Home")),
        "/world": rss("World", "a"), "/home": rss("Home", "b"),
    })  # fmt: skip
    with serve(site) as url:
        found = add(wh, settings, f"{url}/")
        assert isinstance(found, Several)
        assert [one.title for one in found.candidates] == ["World", "Home"]
        assert read_feeds(wh) == []
        with pytest.raises(FeedError, match="--pick 3 names none"):
            add(wh, settings, f"{url}/", pick=3)
        assert added(wh, settings, f"{url}/", pick=2).feed.title == "Home"
        # The other one is now the only one that is not known.
        assert added(wh, settings, f"{url}/").feed.title == "World"
        with pytest.raises(FeedError, match="in the list already"):
            add(wh, settings, f"{url}/")


def test_known_places_are_the_last_try(wh: Warehouse, settings: Settings) -> None:
    site = Site({"/about": page(), "/rss.xml": rss("Quiet", "a")})
    with serve(site) as url:
        found = added(wh, settings, f"{url}/about")
    assert (found.feed.url, found.candidate.how) == (f"{url}/rss.xml", "known path")
    assert site.asked == ["/about", "/feed/", "/rss", "/rss.xml"]


def test_a_page_that_refuses_programs_may_have_its_feed_at_a_known_place(wh: Warehouse, settings: Settings) -> None:
    with serve(Site({"/": Answer(403), "/feed/": rss("Shy", "a")})) as url:
        assert added(wh, settings, f"{url}/").feed.title == "Shy"


def test_a_site_without_any_feed_and_one_that_is_not_there_are_told_apart(wh: Warehouse, settings: Settings) -> None:
    with serve(Site({"/": page()})) as url:
        with pytest.raises(FeedError, match="neither a feed nor a site that names one"):
            add(wh, settings, f"{url}/")
        with pytest.raises(FeedError, match=r"404.*check the address"):
            add(wh, settings, f"{url}/nowhere")
    assert read_feeds(wh) == []


def test_what_would_be_added_can_be_asked_first(wh: Warehouse, settings: Settings) -> None:
    with serve(Site({"/": rss("One", "a")})) as url:
        dry = added(wh, settings, f"{url}/", is_dry=True)
        assert read_feeds(wh) == []
        wet = added(wh, settings, f"{url}/")
    assert wet.feed == dry.feed


def test_a_feed_that_has_moved_is_added_where_it_is_and_known_by_both_addresses(
    wh: Warehouse, settings: Settings
) -> None:
    site = Site({"/new": rss("One", "a"), "/old": Answer(301, headers={"Location": "/new"})})
    with serve(site) as url:
        assert added(wh, settings, f"{url}/old").feed.url == f"{url}/new"
        with pytest.raises(FeedError, match=f"{url}/new is in the list already"):
            add(wh, settings, f"{url}/old")


def test_a_removed_feed_is_told_with_the_way_back(wh: Warehouse, settings: Settings) -> None:
    with serve(Site({"/": rss("One", "a")})) as url:
        feed_id = added(wh, settings, f"{url}/").feed.feed_id
        subscriptions.set_status(wh, feed_id, "retired", now=NOW)
        with pytest.raises(FeedError, match=f"as {feed_id}, retired; resume it"):
            add(wh, settings, f"{url}/")


# Checking


def test_every_feed_of_a_list_is_told_what_is_wrong_with_it(settings: Settings, tmp_path: Path) -> None:
    site = Site({
        "/fine": rss("Fine", "a"), "/again": rss("Fine", "a"), "/new": rss("New", "b"), "/temporary": rss("T", "t"),
        "/moved": Answer(301, headers={"Location": "/new"}), "/away": Answer(302, headers={"Location": "/temporary"}),
        "/page": page(link("/fine")), "/bare": page(), "/gone": Answer(410), "/empty": rss("Empty"),
        "/undated": rss("U", "u", date=None), "/stale": rss("S", "s", date="Tue, 01 Sep 2026 10:00:00 GMT"),
    })  # fmt: skip
    paths = ["fine", "again", "moved", "away", "page", "bare", "gone", "empty", "undated", "stale"]
    with serve(site) as url:
        list_file = tmp_path / "list.txt"
        list_file.write_text("# mine\n" + "\n".join(f"{url}/{path} tag" for path in paths) + "\nnonsense\n")
        chosen = checking.chosen_feeds([], [str(list_file)])
        findings = asyncio.run(checking.check_feeds(settings, chosen.feeds, now=NOW))
        by_path = {one.url.removeprefix(f"{url}/"): one for one in findings}
        assert {path: one.state for path, one in by_path.items()} == {
            "fine": "fine", "again": "duplicate", "moved": "moved", "away": "redirected", "page": "not a feed",
            "bare": "not a feed", "gone": "dead", "empty": "empty", "undated": "undated", "stale": "stale",
        }  # fmt: skip
        assert (by_path["moved"].becomes, by_path["page"].becomes) == (f"{url}/new", f"{url}/fine")
    assert [one.url.rpartition("/")[2] for one in findings] == paths
    assert by_path["fine"].feed_id in by_path["again"].says
    assert "410" in by_path["gone"].says
    assert "2026-09-01" in by_path["stale"].says
    assert [one.item for one in chosen.unread] == ["nonsense"]
    assert [path for path, one in by_path.items() if not one.is_fine] == ["page", "bare", "gone", "empty"]


def test_a_stored_feed_is_told_since_when_it_is_dead(wh: Warehouse, settings: Settings, tmp_path: Path) -> None:
    with serve(Site({"/a": rss("A", "a")})) as url:
        feed = added(wh, settings, f"{url}/a").feed
    since = datetime(2026, 10, 1, tzinfo=UTC)
    stored = [replace(feed, failing_since_utc=since)]
    file = tmp_path / "list.opml"
    file.write_text(f"<opml version='2.0'><body><outline text='A' xmlUrl='{feed.url}'/></body></opml>")
    for targets in ([], ["all"], [feed.feed_id], [str(file)]):
        chosen = checking.chosen_feeds(stored, targets)
        (finding,) = asyncio.run(checking.check_feeds(settings, chosen.feeds, now=NOW))
        assert (finding.feed_id, finding.state, finding.failing_since_utc) == (feed.feed_id, "dead", since)
        assert finding.says.startswith("since 2026-10-01: ")


def test_checking_from_the_shell_gives_a_table_or_json_and_its_exit_code(tmp_path: Path) -> None:
    home = tmp_path / "home"
    today = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    site = Site({"/good": rss("Good", "a", date=today), "/old": rss("Old", "b", date="Tue, 01 Sep 2020 10:00:00 GMT")})
    with serve(site) as url:
        file = tmp_path / "list.txt"
        file.write_text(f"{url}/good\n{url}/old\n")
        assert run(home, "feeds", "check", str(file)).returncode == 0
        assert run(home, "feeds", "check", str(file), "--strict").returncode == 1
        file.write_text(f"{url}/good\n{url}/gone\n")
        done = run(home, "feeds", "check", str(file), "--json")
        assert done.returncode == 1
        good, gone = (json.loads(line) for line in done.stdout.splitlines())
        assert (good["state"], good["entry_count"], gone["state"]) == ("fine", 1, "dead")
        table = run(home, "feeds", "check", str(file)).stdout
        assert "1 of 2 feeds can be polled" in table
        listed = run(home, "feeds", "add", f"{url}/good", "--dry-run")
        assert listed.stdout.startswith("would add ")
        assert (listed.returncode, run(home, "sql", "SELECT count(*) AS n FROM feeds").stdout) == (0, "n\n0\n")


def test_an_import_says_what_became_of_every_item(tmp_path: Path) -> None:
    home = tmp_path / "home"
    file = tmp_path / "list.opml"
    file.write_text(
        "<opml version='2.0'><body><outline text='A' xmlUrl='https://a.example/f'/>"
        "<outline text='A' xmlUrl='https://a.example/f'/><outline text='B' type='rss'/></body></opml>"
    )
    done = run(home, "feeds", "import", str(file))
    assert (done.returncode, done.stdout.splitlines()) == (
        1,
        [
            "listed again: https://a.example/f",
            "not read: B: it has no xmlUrl",
            "1 feeds added, 0 known already, 1 listed again, 1 not read",
        ],
    )
    with open_warehouse(home) as wh:
        (feed,) = read_feeds(wh)
        write_feeds(wh, "twice", [feed])
    assert "0 feeds added, 1 known already" in run(home, "feeds", "import", str(file)).stdout
