"""Feeds by convention, and who publishes what on hosts that many share."""

from __future__ import annotations

import pytest

from flows.feeds.addresses import feed_of_address, outlets_by_domain, plain_address
from flows.feeds.conventions import conventional_address, known_addresses, publisher_domain
from tests.feeds.world import build_feed
from warehouse.errors import FeedError

CHANNEL = "UC" + "a1_-" * 5 + "bc"


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        (
            f"https://www.youtube.com/channel/{CHANNEL}/videos",
            f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}",
        ),
        (
            "https://youtube.com/playlist?si=x&list=PLabc-1",
            "https://www.youtube.com/feeds/videos.xml?playlist_id=PLabc-1",
        ),
        ("https://berita.blogspot.com/2024/01/a.html", "https://berita.blogspot.com/feeds/posts/default"),
        ("https://berita.blogspot.co.id/", "https://berita.blogspot.co.id/feeds/posts/default"),
        ("https://talks.wordpress.com", "https://talks.wordpress.com/feed/"),
        ("https://medium.com/@someone/a-story-1", "https://medium.com/feed/@someone"),
        ("https://letter.substack.com/p/one", "https://letter.substack.com/feed"),
        ("https://old.reddit.com/r/geopolitics/", "https://www.reddit.com/r/geopolitics/.rss"),
        ("https://news.example/channel/UC", None),
        ("https://notblogspot.com/", None),
        ("http://[::1", None),
    ],
)
def test_pages_of_known_makers_have_their_feed_at_a_known_place(page: str, feed: str | None) -> None:
    assert conventional_address(page) == feed


def test_known_places_lie_on_the_same_site() -> None:
    found = known_addresses("https://news.example:8443/section/page.html?a=1")
    assert found[0] == "https://news.example:8443/feed/"
    assert all(address.startswith("https://news.example:8443/") for address in found)


def test_neighbours_on_a_shared_host_are_not_one_outlet() -> None:
    outlets = outlets_by_domain([build_feed("https://one.blogspot.com/feeds/posts/default", outlet_id="one")])
    assert feed_of_address("https://one.blogspot.com/feeds/posts/default/-/news", outlets=outlets).outlet_id == "one"
    assert (
        feed_of_address("https://two.blogspot.com/feeds/posts/default", outlets=outlets).outlet_id == "two.blogspot.com"
    )
    assert publisher_domain("https://feeds.feedburner.com/a") != publisher_domain("https://feeds.feedburner.com/b")
    assert publisher_domain("https://medium.com/feed/@a") != publisher_domain("https://medium.com/feed/@b")
    assert publisher_domain("https://rss.bbc.co.uk/a") == publisher_domain("https://www.bbc.co.uk/b") == "bbc.co.uk"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("feed://news.example/a", "https://news.example/a"),
        ("feed:https://news.example/a", "https://news.example/a"),
        ("news.example/feed", "https://news.example/feed"),
        (" HTTP://news.example/ ", "http://news.example/"),
    ],
)
def test_an_address_is_taken_as_people_write_it(written: str, meant: str) -> None:
    assert plain_address(written) == meant


@pytest.mark.parametrize(
    "text", ["", "nonsense", "mailto:x@y.example", "javascript:alert(1)", "ftp://a.example/", "./a.xml"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(FeedError, match="not an http or https address"):
        plain_address(text)
