"""Orders of the Feeds page, carried out against sites on the loopback: real HTTP, a real warehouse."""

from __future__ import annotations

import asyncio
import base64
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from flows.rounds import ordering, polling
from flows.rounds.report import StageCount
from flows.settings import Settings
from tests.feeds.world import Answer, serve
from tests.flows.test_discovery import Site, link, page, rss
from tests.warehouse.world import feed
from warehouse.connect import Warehouse, open_warehouse
from warehouse.feed_list import write_order
from warehouse.read import read_feeds
from warehouse.records import Feed, FeedOrder, stable_id
from warehouse.write import write_feeds

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def give(wh: Warehouse, kind: str, *, after_s: float = 0, **fields: Any) -> str:
    """An order by its id, given so many seconds after the first."""
    order_id = stable_id(kind, str(fields), after_s)
    at = NOW + timedelta(seconds=after_s)
    assert write_order(wh, FeedOrder(order_id=order_id, kind=kind, ordered_by="desk", ordered_at_utc=at, **fields))
    return order_id


def carry_out(wh: Warehouse, settings: Settings) -> StageCount:
    return asyncio.run(ordering.carry_out_orders(wh, settings, NOW))


def outcome(wh: Warehouse, order_id: str) -> str:
    """The sentence, led by `refused: ` where it was."""
    row = wh.query("SELECT is_refused, outcome FROM feed_orders WHERE order_id = $id", id=order_id)[0]
    return f"refused: {row['outcome']}" if row["is_refused"] else str(row["outcome"])


def feeds_of(wh: Warehouse) -> dict[str, Feed]:
    return {one.feed_id: one for one in read_feeds(wh)}


def test_a_feed_is_added_by_the_address_of_its_site(wh: Warehouse, settings: Settings) -> None:
    site = Site({"/": page(link("/feed.xml", "News")), "/feed.xml": rss("The News", "a", "b")})
    with serve(site) as url:
        order_id = give(wh, "add", url=f"{url}/", title="My News", outlet_name="Paper", language="id", tags=("asia",))
        assert carry_out(wh, settings) == StageCount(ordering.STAGE, read=1, kept=1)
        (one,) = read_feeds(wh)
    assert (one.url, one.title, one.outlet_name, one.language, one.tags) == (
        f"{url}/feed.xml", "My News", "Paper", "id", ("asia",)
    )  # fmt: skip
    assert (one.status, one.origin) == ("active", "user")
    assert outcome(wh, order_id) == f"Added: My News, {url}/feed.xml, with 2 entries, the newest of 2026-11-24."
    assert wh.query("SELECT feed_id FROM feed_orders") == [{"feed_id": one.feed_id}]
    assert carry_out(wh, settings).read == 0


def test_a_site_with_several_feeds_offers_them(wh: Warehouse, settings: Settings) -> None:
    site = Site({
        "/": page(link("/world", "World"), link("/home", "Home")),
        "/world": rss("World", "a"), "/home": rss("Home", "b"),
    })  # fmt: skip
    with serve(site) as url:
        order_id = give(wh, "add", url=f"{url}/")
        assert carry_out(wh, settings).refused == 1
        assert outcome(wh, order_id) == "refused: This site has 2 feeds; nothing was done. Choose one of them."
        assert wh.query("SELECT choices FROM feed_orders")[0]["choices"] == [f"{url}/world World", f"{url}/home Home"]
        give(wh, "add", url=f"{url}/home", after_s=1)
        carry_out(wh, settings)
    assert [one.title for one in read_feeds(wh)] == ["Home"]


def test_an_order_that_cannot_be_done_says_why_and_changes_nothing(wh: Warehouse, settings: Settings) -> None:
    strict = settings.model_copy(update={"allow_private_hosts": ()})
    with serve(Site({"/feed": rss("Inside", "a")})) as url:
        private = give(wh, "add", url=f"{url.replace('http://', 'http://desk:secret@')}/feed")
        odd = give(wh, "add", url="javascript:alert(1)")
        language = give(wh, "add", url="https://paper.example/", language="Indonesian")
        gone = give(wh, "pause", feed_id="nobody")
        unsent = give(wh, "import", list_base64="PG9wbWw+PG")
        other = give(wh, "import", list_base64=base64.b64encode(b"<html/>").decode(), after_s=1)
        count = carry_out(wh, strict)
    assert (count.read, count.refused, count.kept) == (6, 6, 0)
    assert "private" in outcome(wh, private)
    assert "is not an http or https address" in outcome(wh, odd)
    assert "no language code" in outcome(wh, language)
    assert "no feed is called 'nobody'" in outcome(wh, gone).lower()
    assert outcome(wh, unsent) == "refused: The file was not sent whole; send it again."
    assert outcome(wh, other) == "refused: The list is not OPML: it has no <opml> element."
    assert read_feeds(wh) == []
    assert "secret" not in str(wh.query("SELECT * FROM feed_orders"))


def test_two_orders_for_one_feed_add_it_once(wh: Warehouse, settings: Settings) -> None:
    site = Site({"/": page(link("/feed", "N")), "/feed": rss("N", "a")})
    with serve(site) as url:
        ids = [give(wh, "add", url=f"{url}/"), give(wh, "add", url=f"{url}/feed", after_s=1)]
        assert carry_out(wh, settings) == StageCount(ordering.STAGE, read=2, kept=1, refused=1)
        (one,) = read_feeds(wh)
    refused = next(text for text in (outcome(wh, one) for one in ids) if text.startswith("refused"))
    assert refused == f"refused: {url}/feed is in the list already, as {one.feed_id}."


def test_orders_on_one_feed_are_carried_out_in_their_order(wh: Warehouse, settings: Settings) -> None:
    write_feeds(wh, "stock", [feed("f", title="World")])
    ids = [give(wh, kind, feed_id="f", after_s=n) for n, kind in enumerate(("pause", "resume", "retire"))]
    carry_out(wh, settings)
    assert [outcome(wh, one) for one in ids] == [
        "World is paused: it is not asked until it is resumed.",
        "World is asked again.",
        "World is retired: it is not asked any more, and what it brought stays.",
    ]
    assert (feeds_of(wh)["f"].status, feeds_of(wh)["f"].next_poll_at_utc) == ("retired", NOW)


def test_a_feed_gets_the_address_its_site_names_now(wh: Warehouse, settings: Settings) -> None:
    old = feed("f", title="World", etag="e", failing_since_utc=NOW, failure_count=9, status="paused")
    write_feeds(wh, "stock", [old, feed("other", url="http://127.0.0.1:9/other")], keeps_history=False)
    site = Site({"/": page(link("/new.xml", "News")), "/new.xml": rss("The News", "a")})
    with serve(site) as url:
        order_id = give(wh, "replace", feed_id="f", url=url)
        taken = give(wh, "replace", feed_id="f", url="http://127.0.0.1:9/other", after_s=1)
        carry_out(wh, settings)
    found = feeds_of(wh)["f"]
    assert (found.url, found.status, found.title, found.etag) == (f"{url}/new.xml", "active", "World", None)
    assert (found.failing_since_utc, found.failure_count, found.next_poll_at_utc) == (None, 0, NOW)
    assert outcome(wh, order_id).startswith(f"World is now asked at {url}/new.xml, which has 1 entries")
    assert "in the list already, as other" in outcome(wh, taken)


def test_a_list_is_imported_and_says_what_was_not_read(wh: Warehouse, settings: Settings) -> None:
    write_feeds(wh, "stock", [feed("known", url="https://known.example/rss")])
    body = b"""<opml version="2.0"><body><outline text="asia">
      <outline type="rss" text="New" xmlUrl="https://new.example/rss"/>
      <outline type="rss" text="Known" xmlUrl="https://known.example/rss"/>
      <outline type="rss" text="Odd" xmlUrl="gopher://odd.example/"/></outline></body></opml>"""
    order_id = give(wh, "import", list_base64=base64.b64encode(body).decode())
    carry_out(wh, settings)
    assert [(one.url, one.tags) for one in read_feeds(wh) if one.origin == "opml"] == [
        ("https://new.example/rss", ("asia",))
    ]
    assert outcome(wh, order_id).startswith("1 feed added, 1 known already, 1 not read (Odd: ")


def test_a_feed_paused_by_an_order_while_its_server_answers_stays_paused(wh: Warehouse, settings: Settings) -> None:
    give(wh, "pause", feed_id="slow")

    def answer(path: str, headers: dict[str, str]) -> Answer:
        with open_warehouse(settings.home) as beside:
            asyncio.run(ordering.carry_out_orders(beside, settings, NOW))
        return rss("Slow", "a")

    with serve(answer) as url:
        slow = feed("slow", url=f"{url}/feed")
        write_feeds(wh, "stock", [slow])
        assert asyncio.run(polling.poll_feeds(wh, settings, [slow], NOW)).kept == 1
    found = feeds_of(wh)["slow"]
    assert (found.status, found.last_success_at_utc) == ("paused", NOW)


def test_an_order_broken_off_waits_whole_and_is_carried_out_later(wh: Warehouse, settings: Settings) -> None:
    asked, ended = threading.Event(), threading.Event()

    def answer(path: str, headers: dict[str, str]) -> Answer:
        asked.set()
        ended.wait(30)
        return rss("News", "a")

    async def break_off() -> None:
        working = asyncio.create_task(ordering.carry_out_orders(wh, settings, NOW))
        await asyncio.to_thread(asked.wait, 30)
        working.cancel()
        with pytest.raises(asyncio.CancelledError):
            await working

    with serve(answer) as url:
        order_id = give(wh, "add", url=f"{url}/feed")
        asyncio.run(break_off())
        assert read_feeds(wh) == []
        assert outcome(wh, order_id) == "None"
        ended.set()
        carry_out(wh, settings)
    assert outcome(wh, order_id).startswith("Added: News")
    assert len(read_feeds(wh)) == 1


def test_a_fault_of_ours_refuses_its_order_and_keeps_no_other_waiting(wh: Warehouse, settings: Settings) -> None:
    write_feeds(wh, "stock", [feed("f")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ordering, "_import", lambda *_: 1 / 0)
        bad = give(wh, "import", list_base64="PG9wbWw+")
        give(wh, "pause", feed_id="f", after_s=1)
        assert carry_out(wh, settings) == StageCount(ordering.STAGE, read=2, kept=1, refused=1)
    assert (
        outcome(wh, bad) == "refused: A fault of Mereda's own kept this from being done; the log of collect says more."
    )
    assert feeds_of(wh)["f"].status == "paused"
