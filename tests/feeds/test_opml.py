"""Lists of subscriptions, as other readers write them."""

from __future__ import annotations

from pathlib import Path

import lxml.etree
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.feeds.addresses import feed_of_address, outlets_by_domain
from flows.feeds.catalogue import load_catalogue
from flows.feeds.opml import read_opml
from flows.feeds.plain_text import tidy_line
from tests.feeds.world import NOW, build_feed
from warehouse.errors import FeedError
from warehouse.opml import write_opml
from warehouse.records import Feed

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
    found = read_opml(LIST, now=NOW)
    feeds = found.feeds
    assert [(feed.url, feed.title, feed.tags) for feed in feeds] == [
        ("https://one.example/rss?a=1&b=2", "Q&A", ("Asia", "Java")),
        ("https://two.example/rss", "Two", ("world/gulf", "wire")),
    ]
    assert {(feed.origin, feed.added_at_utc) for feed in feeds} == {("opml", NOW)}
    assert found.repeated == ["http://two.example/rss/"]
    assert [(one.item, one.reason) for one in found.unread] == [
        ("Bad", "'javascript:alert(1)' is not an http or https address")
    ]


def test_a_list_cut_short_is_read_as_far_as_it_goes() -> None:
    assert len(read_opml(LIST[: LIST.index(b'<outline text="Again"')]).feeds) == 2


@pytest.mark.parametrize("body", [b"", b"hello", b"<html></html>", b"\x00\xff\x00", b"<opm"])
def test_what_is_no_list_is_a_feed_error(body: bytes) -> None:
    with pytest.raises(FeedError):
        read_opml(body)


def test_entities_of_a_list_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml><body><outline text="&b;" xmlUrl="https://x.example/"/></body></opml>'
    assert [feed.title for feed in read_opml(bomb).feeds] == ["&b;"]


def test_writing_and_reading_keeps_addresses_titles_and_tags() -> None:
    feeds = [
        build_feed("https://a.example/?x=1&y=2", feed_id="a", title="<A> & Ä", tags=("asia", "wire")),
        build_feed("https://b.example/", feed_id="b", title="B"),
        build_feed("https://c.example/", feed_id="c", title="C", tags=("asia",)),
    ]
    back = {feed.url: (feed.title, feed.tags) for feed in read_opml(write_opml(feeds, now=NOW)).feeds}
    assert back == {feed.url: (feed.title, feed.tags) for feed in feeds}


def test_the_whole_catalogue_survives_export_with_its_outlets_and_families() -> None:
    def told(feeds: list[Feed]) -> set[tuple[str | None, ...]]:
        return {(one.url, one.outlet_id, one.outlet_name, one.family_id, one.country_code) for one in feeds}

    feeds = load_catalogue()
    assert told(read_opml(write_opml(feeds)).feeds) == told(feeds)


def test_an_outlet_that_a_list_of_ours_names_wins_over_that_of_the_domain() -> None:
    feed = build_feed("https://hosted.example/a", outlet_id="small", outlet_name="Small", family_id="owner")
    known = outlets_by_domain([build_feed("https://hosted.example/b", outlet_id="other", family_id="other")])
    (back,) = read_opml(write_opml([feed]), outlets=known).feeds
    assert (back.outlet_id, back.outlet_name, back.family_id) == ("small", "Small", "owner")


def test_a_country_code_is_kept_without_what_cannot_be_seen() -> None:
    list_of_ours = write_opml([build_feed("https://paper.example/a", country_code="IDN\u200b")])
    assert [feed.country_code for feed in read_opml(list_of_ours).feeds] == ["IDN"]


def test_what_other_readers_write_under_our_names_without_our_namespace_is_nothing_to_us() -> None:
    body = LIST.replace(b'<outline type="rss"', b'<outline type="rss" outletId="x" familyId="y"')
    assert [feed.outlet_id for feed in read_opml(body).feeds] == ["one.example", "two.example"]


@settings(deadline=None)
@given(st.text(max_size=30), st.lists(st.text(max_size=8), max_size=3))
def test_any_title_can_be_written(title: str, tags: list[str]) -> None:
    feed = build_feed(title=title, tags=tuple(tags))
    assert [each.url for each in read_opml(write_opml([feed])).feeds] == [feed.url]


WORDS = st.text(max_size=12).map(tidy_line).filter(bool)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(WORDS, st.lists(WORDS, max_size=4, unique=True), st.sampled_from([None, "id", "en"])), max_size=5
    )
)
def test_a_list_that_is_written_and_read_is_the_same_list(items: list[tuple[str, list[str], str | None]]) -> None:
    feeds = [
        build_feed(f"https://n{number}.example/feed?a=1&b={number}", title=title, tags=tuple(tags), language=language)
        for number, (title, tags, language) in enumerate(items)
    ]
    written = write_opml(feeds, now=NOW)
    back = {feed.url: (feed.title, feed.tags, feed.language) for feed in read_opml(written).feeds}
    assert back == {feed.url: (feed.title, feed.tags, feed.language) for feed in feeds}
    assert lxml.etree.fromstring(written).get("version") == "2.0"


def test_nested_folders_stay_nested_where_a_category_could_not_say_them() -> None:
    feed = build_feed(tags=("Asia, South", "a/b", "wire"))
    written = write_opml([feed]).decode()
    assert '<outline text="Asia, South"' in written
    assert 'category="a/b,wire"' in written
    assert read_opml(written.encode()).feeds[0].tags == feed.tags


BROKEN = """<?xml version="1.0" encoding="utf-8"?>
<!-- exported by hand -->
<opml version="1.1"><head><title>Caf&eacute;</title></head><body>
<!-- <outline text="Out" xmlUrl="https://out.example/rss"/> -->
<outline text="Caf&eacute; &nbsp;du coin &copy" type="rss" xmlUrl="feed://one.example/rss?a=1&b=2&eacute=3"/>
<outline text="Old" type="rss" url="feed:https://two.example/rss"/>
<outline text="Site" htmlUrl="https://three.example/"/>
<outline text="Nothing" type="rss"/>
<outline text="More" type="include" url="https://four.example/list.opml"/>
<outline text="Folder"><outline text="Again" type="rss" xmlUrl="https://two.example/rss"/></outline>
<outline text="Empty folder"></outline>
</body></opml>"""


@pytest.mark.parametrize(
    "body",
    [
        BROKEN.encode("latin-1"),  # whatever the declaration says
        b"\xef\xbb\xbf" + BROKEN.encode(),
        BROKEN.encode("utf-16"),
        BROKEN.replace("<opml", "<OPML").replace("</opml", "</OPML").encode(),
    ],
    ids=["latin-1 declared utf-8", "byte order mark", "utf-16", "capitals"],
)
def test_a_broken_list_is_read_and_what_could_not_be_is_said(body: bytes) -> None:
    found = read_opml(body)
    assert [(feed.url, feed.title, feed.tags) for feed in found.feeds] == [
        ("https://one.example/rss?a=1&b=2&eacute=3", "Café du coin &copy", ()),
        ("https://two.example/rss", "Old", ("Folder",)),
    ]
    assert found.repeated == ["https://two.example/rss"]
    assert [(one.item, one.reason) for one in found.unread] == [
        ("Site", "it has no xmlUrl; add https://three.example/ by itself"),
        ("Nothing", "it has no xmlUrl"),
        ("More", "it includes another list, 'https://four.example/list.opml'; import that one by itself"),
    ]


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
            assert all(feed.url for feed in read_opml(path.read_bytes()).feeds)
        except FeedError:
            continue
