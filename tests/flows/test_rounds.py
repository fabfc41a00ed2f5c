"""The rounds against the demo newsroom over real HTTP, and against archives; a real DuckDB, no Prefect."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.rounds import assessing, care, fetching, history, polling, subscriptions
from flows.settings import Settings
from flows.wire import Wire, serve_wire
from tests.feeds.world import Answer, serve
from warehouse.checks import check_warehouse
from warehouse.connect import Warehouse
from warehouse.read import read_entries_without_article, read_feeds, read_outlet_families
from warehouse.records import Feed
from warehouse.write import write_feeds

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CAPTURES = Path(__file__).parents[3] / "shared" / "corpus" / "feeds" / "captures"


@pytest.fixture
def wire() -> Iterator[Wire]:
    with serve_wire(start_full=True) as serving:
        yield serving


@pytest.fixture
def stocked(settings: Settings, wire: Wire, wh: Warehouse) -> Settings:
    port = int(wire.base_url.rsplit(":", 1)[1])
    ready = settings.model_copy(update={"wire_port": port})
    subscriptions.stock_feeds(ready)
    return ready


def poll(wh: Warehouse, settings: Settings, now: datetime = NOW) -> None:
    feeds = [feed for feed in read_feeds(wh) if feed.status == "active"]
    asyncio.run(polling.poll_feeds(wh, settings, feeds, now))


def fetch(wh: Warehouse, settings: Settings, now: datetime = NOW) -> None:
    entries = read_entries_without_article(wh, 10_000)
    asyncio.run(fetching.fetch_articles(wh, settings, entries, fetches_pages=True, now=now))


def count(wh: Warehouse, sql: str) -> int:
    return int(next(iter(wh.query(sql)[0].values())))


def test_a_round_reads_feeds_pages_events_and_indices(wh: Warehouse, stocked: Settings) -> None:
    poll(wh, stocked)
    poll(wh, stocked, NOW + timedelta(minutes=1))  # one feed of the wire refuses now and then
    fetch(wh, stocked)
    counts = {one.stage: one for one in assessing.assess_all(wh, stocked, NOW)}
    assert count(wh, "SELECT count(*) FROM entries") >= 60
    assert count(wh, "SELECT count(*) FROM articles WHERE text_source = 'page'") >= 50
    assert count(wh, "SELECT count(*) FROM entries WHERE article_id IS NULL") == 0
    assert counts["code articles"].failed == 0
    assert count(wh, "SELECT count(*) FROM daily_dyads WHERE side_a_code = 'IRN' AND side_b_code = 'PAK'") >= 4
    assert check_warehouse(wh) == []


def test_the_same_round_again_changes_nothing(wh: Warehouse, stocked: Settings) -> None:
    tables = ["entries", "articles", "mentions", "events", "event_mentions", "event_dyads", "daily_dyads"]

    def state() -> list[object]:
        return [wh.query(f"SELECT count(*) AS n FROM {table}") for table in tables] + [
            wh.query("SELECT * EXCLUDE (coded_at_utc) FROM mentions ORDER BY mention_id"),
            wh.query("SELECT * FROM daily_dyads ORDER BY ALL"),
        ]

    for minute in range(3):  # the feed that refuses now and then has spoken by now
        poll(wh, stocked, NOW + timedelta(minutes=minute))
    fetch(wh, stocked)
    assessing.assess_all(wh, stocked, NOW)
    before = state()
    poll(wh, stocked, NOW + timedelta(hours=1))
    fetch(wh, stocked)
    assessing.assess_all(wh, stocked, NOW + timedelta(hours=1))
    assert state() == before


def test_an_unchanged_feed_is_not_read_again(wh: Warehouse, stocked: Settings) -> None:
    for minute in range(3):
        poll(wh, stocked, NOW + timedelta(minutes=minute))
    outcomes = {row["outcome"] for row in wh.query("SELECT outcome FROM polls ORDER BY polled_at_utc DESC LIMIT 6")}
    assert "fetched" not in outcomes


def test_a_correction_is_a_revision_and_is_read_anew(settings: Settings, wh: Warehouse) -> None:
    seconds = 0.0
    with serve_wire(pace=10.0, clock=lambda: seconds) as wire:
        ready = settings.model_copy(update={"wire_port": int(wire.base_url.rsplit(":", 1)[1])})
        subscriptions.stock_feeds(ready)
        poll(wh, ready)
        fetch(wh, ready)
        assessing.assess_all(wh, ready, NOW)
        seconds = 2000.0
        later = NOW + timedelta(hours=1)
        poll(wh, ready, later)
        poll(wh, ready, later + timedelta(minutes=1))
        fetch(wh, ready, later)
        assessing.assess_all(wh, ready, later)
    assert count(wh, "SELECT count(*) FROM entries WHERE revision > 1") >= 1
    assert count(wh, "SELECT count(*) FROM articles WHERE revision > 1") >= 1
    assert (
        count(wh, "SELECT count(*) FROM (SELECT guid FROM entries GROUP BY outlet_id, guid HAVING count(*) > 1)") == 0
    )
    assert check_warehouse(wh) == []


def test_owners_of_outlets_are_stocked_and_brought_up_to_date(wh: Warehouse, stocked: Settings) -> None:
    families = {family.family_id: family for family in read_outlet_families(wh)}
    assert families["bbc"].owner_kind == "public"
    wh.execute("UPDATE outlet_families SET owner_kind = 'private' WHERE family_id = 'bbc'")
    subscriptions.stock_feeds(stocked)
    subscriptions.stock_feeds(stocked)
    assert {family.family_id: family for family in read_outlet_families(wh)} == families
    # Written at first and after the change, not with each start.
    assert count(wh, "SELECT count(*) FROM batches WHERE table_names LIKE '%outlet_families%'") == 2


def test_a_failing_feed_touches_no_other(wh: Warehouse, stocked: Settings) -> None:
    feeds = [feed for feed in read_feeds(wh) if feed.status == "active"]
    broken = replace(feeds[0], feed_id="broken", url="http://127.0.0.1:9/feed", status="active")
    found = asyncio.run(polling.poll_feeds(wh, stocked, [broken, *feeds], NOW))
    assert found.kept >= len(feeds) - 1
    row = wh.query("SELECT failure_class, failure_reason FROM feeds WHERE feed_id = 'broken'")[0]
    assert row["failure_class"] == "temporary"
    assert row["failure_reason"]


def test_a_feed_paused_while_its_server_answers_stays_paused(wh: Warehouse, settings: Settings) -> None:
    def answer() -> bytes:
        subscriptions.set_status(wh, "slow", "paused", now=NOW)
        return feed_bytes(("1", "One"))

    with serve_feed(answer) as url:
        feed = Feed(feed_id="slow", url=url, title="Slow", outlet_id="s", outlet_name="S", family_id="s")
        write_feeds(wh, "stock", [feed])
        assert asyncio.run(polling.poll_feeds(wh, settings, [feed], NOW)).kept == 1
    found = read_feeds(wh)[0]
    assert (found.status, found.last_success_at_utc) == ("paused", NOW)


@contextmanager
def serve_feed(answer: Callable[[], bytes]) -> Iterator[str]:
    """A loopback feed whose body is what `answer` gives at each request."""
    headers = {"Content-Type": "application/rss+xml; charset=UTF-8"}
    with serve(lambda path, asked: Answer(body=answer(), headers=headers)) as url:
        yield f"{url}/feed"


def test_health_says_why_a_feed_fails(wh: Warehouse, stocked: Settings) -> None:
    feed = replace(read_feeds(wh)[0], url="http://127.0.0.1:9/feed")
    write_feeds(wh, "moved", [feed])
    asyncio.run(polling.poll_feeds(wh, stocked, [feed], NOW))
    _, rows = care.read_health(wh, NOW)
    assert rows[0]["state"] == "failing"
    assert "connection" in str(rows[0]["why"])


def test_a_backup_can_be_read_and_old_ones_go(wh: Warehouse, stocked: Settings) -> None:
    few = stocked.model_copy(update={"keep_backups": 2})
    for day in range(4):
        care.store_backup(wh, few, NOW + timedelta(days=day))
    copies = sorted(path.name for path in (few.home / "backups").iterdir())
    assert copies == ["20261126T120000Z", "20261127T120000Z"]
    import pyarrow.parquet

    assert pyarrow.parquet.read_metadata(few.home / "backups" / copies[0] / "feeds.parquet").num_rows == 6  # type: ignore[no-untyped-call]


def lines_of(*items: object) -> bytes:
    return b"".join(item if isinstance(item, bytes) else json.dumps(item).encode() + b"\n" for item in items)


def test_article_lists_are_read_and_bad_lines_kept_aside(wh: Warehouse, settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "list.jsonl"
    good = {
        "url": "https://news.example/1",
        "title": "Ruritania strikes Graustark",
        "text": "Iran attacked Pakistan on Tuesday.",
        "published": "2024-01-17",
        "outlet": "News",
        "lang": "en",
    }
    file.write_bytes(
        lines_of(good, b"{broken\n", {"title": 3}, {**good, "url": "https://news.example/2", "published": "?"})
    )
    found = history.read_archive(wh, "articles", [file], NOW)
    assert (found.kept, found.failed) == (1, 3)
    assert count(wh, "SELECT count(*) FROM quarantine") == 3
    again = history.read_archive(wh, "articles", [file], NOW)
    assert again.kept == 0
    assert count(wh, "SELECT count(*) FROM articles") == 1


def feed_bytes(*titles: tuple[str, str]) -> bytes:
    items = "".join(
        f"<item><guid>{guid}</guid><link>https://n.example/{guid}</link><title>{title}</title></item>"
        for guid, title in titles
    )
    return f'<rss version="2.0"><channel><title>n</title>{items}</channel></rss>'.encode()


def test_captures_give_each_entry_once_and_keep_changed_titles(
    wh: Warehouse, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "captures"
    folder.mkdir()
    (folder / "n__20240101000000__a.xml").write_bytes(feed_bytes(("1", "One"), ("2", "Two")))
    (folder / "n__20240102000000__b.xml").write_bytes(feed_bytes(("2", "Two, corrected"), ("3", "Three")))
    (folder / "n__20240103000000__c.xml").write_bytes(b"not a feed")
    found = history.read_archive(wh, "captures", [folder], NOW)
    assert (found.kept, found.failed) == (2, 1)
    titles = wh.query("SELECT title, revision FROM entries ORDER BY guid")
    assert [(row["title"], row["revision"]) for row in titles] == [("One", 1), ("Two, corrected", 2), ("Three", 1)]
    assert count(wh, "SELECT count(*) FROM entry_revisions") == 4
    again = history.read_archive(wh, "captures", [folder], NOW)
    assert again.refused + again.failed == 3
    assert count(wh, "SELECT count(*) FROM entry_revisions") == 4


@pytest.mark.slow
@pytest.mark.skipif(not CAPTURES.is_dir(), reason="the archived captures are not beside the project")
def test_real_captures_give_as_many_entries_as_an_independent_count(wh: Warehouse, settings: Settings) -> None:
    """Counted without any feed parser: distinct guids (links where there are none) of each outlet's files."""
    seen: set[tuple[str, str]] = set()
    for path in (found for found in CAPTURES.rglob("*__*") if found.is_file()):
        text = path.read_bytes().decode("utf-8", "replace")
        for item in re.findall(r"<item[\s>].*?</item>|<entry[\s>].*?</entry>", text, re.DOTALL):
            found = re.search(r"<(?:guid|id)[^>]*>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</(?:guid|id)>", item, re.DOTALL)
            link = re.search(r"<link[^>]*>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</link>", item, re.DOTALL)
            key = found or link
            if key:
                seen.add((path.name.split("__")[0], key[1]))
    found_counts = history.read_archive(wh, "captures", [CAPTURES], NOW)
    entries = count(wh, "SELECT count(*) FROM entries")
    assert found_counts.failed == 0
    assert entries == len(seen)
    assert (
        count(wh, "SELECT count(*) FROM (SELECT 1 FROM entries GROUP BY feed_id, guid, url HAVING count(*) > 1)") == 0
    )
    assert count(wh, "SELECT count(*) FROM entry_revisions") > entries
