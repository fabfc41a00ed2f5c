"""Lists of subscriptions, as other readers write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.feeds.addresses import feed_of_address, outlets_by_domain
from flows.feeds.catalogue import load_catalogue
from flows.feeds.opml import read_opml, write_opml
from tests.feeds.world import NOW, build_feed
from warehouse.errors import FeedError

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "feeds"
LIST = b"""<?xml version="1.0" encoding="utf-8"?>
<opml version="1.0"><head><title>My feeds</title></head><body>
<outline text="Asia"><outline text="Java">
  <outline type="rss" text="Q&A" title="Q&A" xmlUrl="https://one.example/rss?a=1&b=2"/>
</outline></outline>
<outline text="Two" xmlurl="https://two.example/rss" category="/world/gulf,wire"/>
<outline text="Again" xmlUrl="http://two.example/rss/"/>
<outline text="Bad" xmlUrl="javascript:alert(1)"/>
</body></opml>"""


def test_folders_and_categories_become_tags_and_bare_ampersands_are_read() -> None:
    feeds = read_opml(LIST, now=NOW)
    assert [(feed.url, feed.title, feed.tags) for feed in feeds] == [
        ("https://one.example/rss?a=1&b=2", "Q&A", ("Asia", "Java")),
        ("https://two.example/rss", "Two", ("world/gulf", "wire")),
    ]
    assert {(feed.origin, feed.added_at_utc) for feed in feeds} == {("opml", NOW)}


def test_a_list_cut_short_is_read_as_far_as_it_goes() -> None:
    assert len(read_opml(LIST[: LIST.index(b'<outline text="Again"')])) == 2


@pytest.mark.parametrize("body", [b"", b"hello", b"<html></html>", b"\x00\xff\x00", b"<opm"])
def test_what_is_no_list_is_a_feed_error(body: bytes) -> None:
    with pytest.raises(FeedError):
        read_opml(body)


def test_entities_of_a_list_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml><body><outline text="&b;" xmlUrl="https://x.example/"/></body></opml>'
    assert [feed.title for feed in read_opml(bomb)] == ["&b;"]


def test_writing_and_reading_keeps_addresses_titles_and_tags() -> None:
    feeds = [
        build_feed("https://a.example/?x=1&y=2", feed_id="a", title="<A> & Ä", tags=("asia", "wire")),
        build_feed("https://b.example/", feed_id="b", title="B"),
        build_feed("https://c.example/", feed_id="c", title="C", tags=("asia",)),
    ]
    back = {feed.url: (feed.title, feed.tags) for feed in read_opml(write_opml(feeds, now=NOW))}
    assert back == {feed.url: (feed.title, feed.tags) for feed in feeds}


def test_the_whole_catalogue_survives_export() -> None:
    feeds = load_catalogue()
    assert {feed.url for feed in read_opml(write_opml(feeds))} == {feed.url for feed in feeds}


@settings(deadline=None)
@given(st.text(max_size=30), st.lists(st.text(max_size=8), max_size=3))
def test_any_title_can_be_written(title: str, tags: list[str]) -> None:
    feed = build_feed(title=title, tags=tuple(tags))
    assert [each.url for each in read_opml(write_opml([feed]))] == [feed.url]


def test_an_added_feed_joins_the_outlet_of_its_domain() -> None:
    known = outlets_by_domain([build_feed("https://rss.example.com/a", outlet_id="news", family_id="owner")])
    feed = feed_of_address("feed://www.example.com/b", outlets=known)
    assert (feed.url, feed.outlet_id, feed.family_id) == ("https://www.example.com/b", "news", "owner")
    with pytest.raises(FeedError, match="not an http"):
        feed_of_address("mailto:x@y.example")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus of feeds is not here")
def test_lists_of_the_corpus_are_read() -> None:
    paths = sorted(CORPUS.rglob("*.opml"))
    assert paths
    for path in paths:
        try:
            assert all(feed.url for feed in read_opml(path.read_bytes()))
        except FeedError:
            continue
