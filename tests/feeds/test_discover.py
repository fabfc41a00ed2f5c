"""Feeds that a page names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.feeds.discover import find_feed
from flows.feeds.plain_text import text_of_html

PAGE = b"""<html><head><base href="https://cdn.example/x/">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
<link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" title="News &amp; views" href="atom.xml">
<link rel="alternate" hreflang="fr" href="/fr"><link rel="stylesheet" href="a.css">
</head><body><a href="/rss">RSS</a><a href="/rssa-news">no</a><a href="https://cdn.example/x/atom.xml">again</a></body></html>"""


def test_announced_feeds_come_first_and_comments_last() -> None:
    found = find_feed(PAGE, "https://news.example/")
    assert [(feed.url, feed.kind) for feed in found] == [
        ("https://cdn.example/x/atom.xml", "atom"),
        ("https://cdn.example/rss", "link"),
        ("https://cdn.example/comments/feed", "rss"),
    ]
    assert found[0].title == "News & views"


def test_a_page_without_feeds_gives_none() -> None:
    assert find_feed("<p>hello</p>", "https://news.example/") == []


@settings(deadline=None)
@given(
    st.binary(max_size=80),
    st.sampled_from([b"<![x", b"<!--", b"<link rel=alternate type=application/rss+xml href='http://[::1'>", b""]),
)
def test_no_page_raises(noise: bytes, markup: bytes) -> None:
    assert isinstance(find_feed(markup + noise, "https://news.example/"), list)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["<!--", "<!DOCTYPE ", "<![CDATA[", "<div ", "<", "&"])
def test_markup_that_never_closes_costs_no_more_than_its_length(piece: str) -> None:
    assert find_feed(piece * 50_000, "https://news.example/") == []
    assert "end" in text_of_html(f"<p>end</p>{piece * 50_000}")
