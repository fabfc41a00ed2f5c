"""Reads any XML feed, however broken, by feedparser; slow, so `swift` goes first where it is sure to agree.

Nothing goes to the network: feedparser is never given a string, which it would take for an address or a file. It
reads no external entity and strips internal ones that are more than a sign.
"""

from __future__ import annotations

import re
import xml.sax
from io import BytesIO
from typing import Any

import feedparser

from flows.feeds.identity import is_web_address
from flows.feeds.items import RawFeed
from flows.feeds.plain_text import text_of_html
from flows.feeds.xml_items import MEDIA_TEXT, MEDIA_TITLE, ItemParts, Markup, item_of_parts
from warehouse.errors import FeedError
from warehouse.records import Feed

_parse_with_feedparser: Any = feedparser.parse  # type: ignore[attr-defined]  # it publishes no types
# What feedparser and the parsers below it raise on hostile input.
PARSER_ERRORS = (
    ValueError, TypeError, AttributeError, KeyError, IndexError, AssertionError, RecursionError, LookupError,
    xml.sax.SAXException,
)  # fmt: skip
# feedparser takes time with each tag, and a hostile body is made of them; what lies beyond is not read.
MAX_TAGS = 150_000
MAX_SIGNS = 8_000_000
# feedparser takes a picture's title and caption for the item's own; under another name it keeps them apart.
_MEDIA_TEXT = re.compile(r"<(/?)media:(title|description)(?:\s[^<>]*?)?(/?)>", re.IGNORECASE)


def read_leniently(document: str, feed: Feed) -> RawFeed | None:
    """The feed in a document without its XML declaration; None where it is none.

    Raises:
        FeedError: feedparser gave up on it.
    """
    document = _bounded(document)
    if "media:" in document:
        document = _MEDIA_TEXT.sub(r"<\1media:mereda_\2\3>", document)
    # feedparser gets UTF-8 under a declaration that says so, whatever the original claimed.
    data = b'<?xml version="1.0" encoding="utf-8"?>\n' + document.encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8"}
    if is_web_address(feed.url):
        headers["content-location"] = feed.url
    try:
        parsed = _parse_with_feedparser(
            BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
        version, channel, found = parsed.version, parsed.feed, parsed.entries
        items = [item_of_parts(_parts_of(entry, version), feed.url) for entry in found]
    except PARSER_ERRORS as error:
        raise FeedError(f"feed {feed.feed_id} cannot be read: {error!r:.300}", subject_id=feed.feed_id) from error
    if not version and not items:
        return None
    title, link, language = (_text(channel, key) for key in ("title", "link", "language"))
    return RawFeed(title=text_of_html(title), link=link, language=language, items=items)


def _bounded(document: str) -> str:
    bounded = document[:MAX_SIGNS]
    if bounded.count("<") <= MAX_TAGS:
        return bounded
    return "<".join(bounded.split("<", MAX_TAGS + 1)[: MAX_TAGS + 1])


def _parts_of(entry: Any, version: str) -> ItemParts:
    links = [link for link in dict.get(entry, "links") or [] if isinstance(link, dict)]
    alternates = (_text(link, "href") for link in links if link.get("rel") == "alternate")
    contents = (part for part in dict.get(entry, "content") or [] if isinstance(part, dict))
    return ItemParts(
        guid=_text(entry, "id"),
        links=(_text(entry, "link"), *alternates),
        original_link=_text(entry, "feedburner_origlink"),
        title=_markup_of(entry, "title", version),
        summary=_markup_of(entry, "summary", version),
        contents=tuple(_markup(part, version) for part in contents),
        author=_text(entry, "author"),
        published=_text(entry, "published"),
        created=_text(entry, "created"),
        updated=_text(entry, "updated"),
        media_title=_text(entry, MEDIA_TITLE),
        media_text=_text(entry, MEDIA_TEXT),
    )


def _text(mapping: Any, key: str) -> str:
    # dict.get, since feedparser's own answers `updated` with `published`, and warns.
    value = dict.get(mapping, key)
    return value if isinstance(value, str) else ""


def _markup_of(entry: Any, key: str, version: str) -> Markup:
    detail = dict.get(entry, f"{key}_detail")
    return _markup(detail, version) if isinstance(detail, dict) else Markup(_text(entry, key))


def _markup(detail: dict[str, Any], version: str) -> Markup:
    value = detail.get("value")
    # In Atom `text` means text, so `<b>` is to be seen; RSS never says, and its titles hold entities and tags.
    is_text = version.startswith("atom") and detail.get("type") == "text/plain"
    return Markup(value if isinstance(value, str) else "", is_text)
