"""The same item is the same entry, however often and however written it is seen."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.feeds.identity import entry_id_of, guid_key, identity_address, resolve_address
from flows.feeds.parse import parse_feed
from tests.feeds.world import NOW, build_feed
from warehouse.records import Entry


def entries_of(items: str, now: datetime = NOW) -> list[Entry]:
    body = f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode()
    return parse_feed(body, feed=build_feed(), now=now).entries


def item(title: str, *, guid: str = "", link: str = "", date: datetime | None = None) -> str:
    parts = f"<title>{title}</title>"
    parts += f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    parts += f"<link>{link}</link>" if link else ""
    parts += f"<pubDate>{format_datetime(date)}</pubDate>" if date else ""
    return f"<item>{parts}</item>"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://news.example/1#0", "https://news.example/1#3"),
        ("http://news.example/1", "https://news.example/1"),
        ("https://news.example/1?utm_source=rss", "https://news.example/1"),
        ("https://news.example/1/#top", "https://NEWS.example:443/1"),
    ],
)
def test_what_changes_about_a_guid_or_link_changes_no_entry(first: str, second: str) -> None:
    by_guid = {entries_of(item("x", guid=address))[0].entry_id for address in (first, second)}
    by_link = {entries_of(item("x", link=address))[0].entry_id for address in (first, second)}
    assert (len(by_guid), len(by_link)) == (1, 1)


def test_posts_of_a_live_report_are_entries_of_their_own() -> None:
    posts = "".join(item(f"Post {n}", link=f"https://news.example/live#post-{n}") for n in range(100, 103))
    assert len({entry.entry_id for entry in entries_of(posts)}) == 3


def test_a_link_that_items_of_different_titles_share_names_none_of_them() -> None:
    shared = "".join(item(f"Post {n}", link="https://news.example/live") for n in range(3))
    assert len({entry.entry_id for entry in entries_of(shared)}) == 3


def test_title_and_date_name_an_item_that_has_nothing_else() -> None:
    day = timedelta(days=1)
    dates = (NOW - day, NOW - day, NOW - 2 * day)
    ids = [entries_of(item("x", date=date))[0].entry_id for date in dates]
    assert ids[0] == ids[1] != ids[2]


def test_a_feed_that_stamps_all_items_with_the_request_tells_no_dates() -> None:
    stamped = "".join(item(f"Title {n}", guid=str(n), date=NOW) for n in range(5))
    assert {entry.published_source for entry in entries_of(stamped)} == {"first_seen"}
    later = NOW + timedelta(hours=1)
    again = "".join(item(f"Title {n}", guid=str(n), date=later) for n in range(5))
    hashes = [[entry.content_hash for entry in entries] for entries in (entries_of(stamped), entries_of(again, later))]
    assert hashes[0] == hashes[1]
    one_is_older = stamped + item("Old", guid="9", date=NOW - timedelta(hours=3))
    assert {entry.published_source for entry in entries_of(one_is_older)} == {"feed"}


def test_a_new_date_of_the_same_text_is_an_edit() -> None:
    hashes = {entries_of(item("x", guid="1", date=NOW - timedelta(hours=n)))[0].content_hash for n in (1, 2, 2)}
    assert len(hashes) == 2


def test_the_order_of_names_is_guid_link_title() -> None:
    feed = build_feed()

    def named(guid: str | None, url: str | None, title: str) -> str:
        return entry_id_of(feed, guid=guid, url=url, title=title, published_at_utc=None)

    assert named("g", "https://a.example/1", "t") == named("g", "https://a.example/2", "u")
    assert named(None, "https://a.example/1", "t") == named(None, "https://a.example/1", "u")
    assert named(None, None, "t") != named(None, None, "u")


ADDRESSES = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "https", "HTTPS"]),
    st.sampled_from(["News.example", "news.example:443", "[::1]", "[", "a:x"]),
    st.sampled_from(["", "/", "/a/", "/a//b", "/%41"]),
    st.sampled_from(["", "?utm_id=1", "?b=2&a=1&fbclid=3", "?x"]),
    st.sampled_from(["", "#top", "#0", "#post-12", "#!/x"]),
)


@given(ADDRESSES | st.text(max_size=20))
def test_reducing_twice_is_reducing_once(address: str) -> None:
    assert identity_address(identity_address(address)) == identity_address(address)
    assert guid_key(guid_key(address)) == guid_key(address)


@given(st.text(max_size=30), st.text(max_size=30) | ADDRESSES)
def test_no_link_raises(link: str, base: str) -> None:
    address = resolve_address(link, base)
    assert address is None or address.startswith(("http:", "https:"))
