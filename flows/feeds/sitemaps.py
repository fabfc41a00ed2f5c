"""Reads news sitemaps, which many outlets keep where they have no feed, and indexes of sitemaps.

Source: sitemaps.org protocol 0.9 and Google's news extension 0.9 (publication, publication_date, title). A sitemap
without titles names pages and tells no news, so it is refused.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from flows.feeds.identity import resolve_address
from flows.feeds.items import RawFeed, RawItem
from flows.feeds.mend import mend
from flows.feeds.xml_tree import parse_xml
from warehouse.errors import FeedError
from warehouse.records import Feed

# An index can name thousands of months; news is in the newest few, and each is one more request.
MAX_SITEMAPS = 4
# Never backtracks into what stands before the root: each part of it is taken once.
_ROOT = re.compile(r"(?:\s++|<!--.*?(?:-->|\Z)|<\?[^>]*>)*+<(?:[\w.-]+:)?(?:urlset|sitemapindex)(?![\w.-])", re.DOTALL)


def is_sitemap(document: str) -> bool:
    """True where the document begins as a sitemap or an index of sitemaps."""
    return _ROOT.match(document, 0, 20_000) is not None


def read_sitemap(document: str, feed: Feed) -> RawFeed:
    """The titled pages of a news sitemap as items; of an index no items, but the addresses to ask next.

    Raises:
        FeedError: it is empty or broken from the start, or names pages without titles.
    """
    try:
        root = _root_of(document)
    except (etree.LxmlError, ValueError) as error:
        raise FeedError(f"feed {feed.feed_id} is a broken sitemap: {error}", subject_id=feed.feed_id) from error
    if root is None:
        raise FeedError(f"feed {feed.feed_id} is a broken sitemap", subject_id=feed.feed_id)
    if _local(root) == "sitemapindex":
        return RawFeed(title="", link="", language="", items=[], further_urls=_further(root, feed))
    pages = [(url, _find(url, "news")) for url in _children(root, "url")]
    items = [_item_of(url, news, feed) for url, news in pages if news is not None and _text(news, "title")]
    if pages and not items:
        message = f"feed {feed.feed_id} is a sitemap without titles; expected a news sitemap"
        raise FeedError(message, subject_id=feed.feed_id)
    news = next((news for _, news in pages if news is not None), None)
    publication = None if news is None else _find(news, "publication")
    return RawFeed(
        title="" if publication is None else _text(publication, "name"),
        link="",
        language="" if publication is None else _text(publication, "language"),
        items=items,
    )


def _root_of(document: str) -> Any:
    try:
        return parse_xml(document)
    except (etree.LxmlError, ValueError):
        return parse_xml(mend(document), is_broken=True)


def _item_of(url: Any, news: Any, feed: Feed) -> RawItem:
    dates = (_text(news, "publication_date"), _text(url, "lastmod"))
    return RawItem(
        guid=None,
        url=resolve_address(_text(url, "loc"), feed.url),
        title=_text(news, "title"),
        summary="",
        content="",
        author=None,
        language=None,
        date_texts=tuple(filter(None, dates)),
    )


def _further(index: Any, feed: Feed) -> tuple[str, ...]:
    """The sitemaps to ask: those of news before others, the newest first."""
    found = [
        (_text(one, "lastmod"), address)
        for one in _children(index, "sitemap")
        if (address := resolve_address(_text(one, "loc"), feed.url))
    ]
    found.sort(key=lambda pair: pair[0], reverse=True)
    found.sort(key=lambda pair: "news" not in pair[1].lower().rpartition("/")[2])
    return tuple(dict.fromkeys(address for _, address in found[:MAX_SITEMAPS]))


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _children(element: Any, name: str) -> list[Any]:
    return [child for child in element if _local(child) == name]


def _find(element: Any, name: str) -> Any | None:
    return next((child for child in element if _local(child) == name), None)


def _text(element: Any, name: str) -> str:
    child = _find(element, name)
    return "" if child is None else "".join(child.itertext()).strip()
