"""What only feedparser reads: broken, hostile and rare XML, within bounds."""

from __future__ import annotations

import pytest

from flows.feeds import lenient
from flows.feeds.lenient import read_leniently
from tests.feeds.world import build_feed


def test_captions_of_pictures_are_no_text_of_the_item() -> None:
    media = '<media:content url="u"><media:title type="plain">P</media:title><media:description>C</media:description>'
    own = "<title>Own</title><description>Text</description>"
    document = (
        '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
        f"<item>{own}{media}</media:content></item><item>{media}</media:content></item></channel></rss>"
    )
    feed = read_leniently(document, build_feed())
    assert feed is not None
    assert [(item.title, item.summary, item.content) for item in feed.items] == [("Own", "Text", ""), ("P", "C", "")]


def test_a_document_of_too_many_tags_is_read_up_to_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lenient, "MAX_TAGS", 50)
    document = '<rss version="2.0"><channel>' + "<item><title>x</title></item>" * 1000
    feed = read_leniently(document, build_feed())
    assert feed is not None
    assert 10 < len(feed.items) < 20


def test_what_is_no_feed_is_none() -> None:
    assert read_leniently("<html><p>x</p></html>", build_feed()) is None
