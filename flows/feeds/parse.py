"""Reads a feed's bytes into entries: RSS, RDF, Atom and JSON Feed, however broken.

feedparser does the reading of XML; bytes are decoded and dates read before and after it by our own `encodings` and
`dates`. HTML becomes plain text here and is not interpreted. Nothing goes to the network: feedparser is never given a
string, which it would take for an address or a file.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.feeds.encodings import decode_feed
from flows.feeds.hints import Hints, read_hints
from flows.feeds.identity import is_web_address, resolve_address
from flows.feeds.items import RawItem, entries_of_items
from flows.feeds.lenient import read_leniently
from flows.feeds.plain_text import text_of_html, tidy_line
from flows.feeds.swift import read_swiftly
from warehouse.errors import FeedError
from warehouse.records import Entry, Feed, Quarantined

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>", re.IGNORECASE)
MAX_ENTRIES = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What one body of a feed says. What the publisher says of its rhythm is described at `hints.Hints`."""

    title: str
    home_url: str | None
    language: str | None
    ttl_s: int | None
    update_interval_s: int | None
    skip_hours_utc: frozenset[int]
    skip_weekdays: frozenset[int]
    encoding: str
    entries: list[Entry]
    problems: list[Quarantined]


def parse_feed(body: bytes, *, feed: Feed, content_type: str | None = None, now: datetime) -> ParsedFeed:
    """The entries of one body, in its order, each entry once; an item that says nothing is in `problems`.

    Args:
        body: as received, decompressed.
        feed: names the outlet that entries belong to, and the base of relative links.
        content_type: the header's value; its charset counts where the bytes agree.
        now: first seen; also the limit that later publication dates are clamped to.

    Raises:
        FeedError: the bytes are no feed. A retry helps only when the server sends something else.
    """
    text, encoding = decode_feed(body, content_type)
    is_json = text.lstrip()[:1] == "{"
    title, home_url, language, items = _read_json(text, feed) if is_json else _read_xml(text, feed)
    hints = Hints() if is_json else read_hints(text)
    entries, problems = entries_of_items(items[:MAX_ENTRIES], feed=feed, language=language, now=now)
    return ParsedFeed(
        title=title,
        home_url=home_url,
        language=language,
        ttl_s=hints.ttl_s,
        update_interval_s=hints.update_interval_s,
        skip_hours_utc=hints.skip_hours_utc,
        skip_weekdays=hints.skip_weekdays,
        encoding=encoding,
        entries=entries,
        problems=problems,
    )


_Read = tuple[str, str | None, str | None, list[RawItem]]


def without_declaration(text: str) -> str:
    """The document behind its mark and XML declaration, whose encoding says nothing any more once it is text."""
    return _DECLARATION.sub("", text.lstrip("\ufeff"), count=1).lstrip()


def _read_xml(text: str, feed: Feed) -> _Read:
    document = without_declaration(text)
    read = read_swiftly(document, feed.url) or read_leniently(document, feed)
    if read is None:
        start = " ".join(text[:80].split())
        raise FeedError(f"feed {feed.feed_id} is not a feed; it begins {start!r}", subject_id=feed.feed_id)
    return (
        tidy_line(text_of_html(read.title)),
        resolve_address(read.link, feed.url),
        normalize_language(read.language),
        read.items,
    )


def normalize_language(text: str) -> str | None:
    """The two- or three-letter code of a language tag (`in-ID` -> `id`), or None."""
    code = re.split(r"[-_]", text.strip().lower(), maxsplit=1)[0]
    if not re.fullmatch(r"[a-z]{2,3}", code):
        return None
    return {"in": "id", "iw": "he", "ind": "id", "eng": "en"}.get(code, code)


def _read_json(text: str, feed: Feed) -> _Read:
    try:
        document = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise FeedError(f"feed {feed.feed_id} is broken JSON: {error!r:.200}", subject_id=feed.feed_id) from error
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(document.get("version", "")):
        raise FeedError(f"feed {feed.feed_id} is JSON, but no JSON Feed", subject_id=feed.feed_id)
    return (
        tidy_line(_json_text(document, "title")),
        resolve_address(_json_text(document, "home_page_url"), feed.url),
        normalize_language(_json_text(document, "language")),
        [_item_of_json(item, feed) for item in items if isinstance(item, dict)],
    )


def _json_text(mapping: dict[str, Any], key: str) -> str:
    value = mapping.get(key)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _item_of_json(item: dict[str, Any], feed: Feed) -> RawItem:
    guid = _json_text(item, "id")
    url = _json_text(item, "url") or _json_text(item, "external_url") or (guid if is_web_address(guid) else "")
    authors = item.get("authors")
    author = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return RawItem(
        guid=guid or None,
        url=resolve_address(url, feed.url),
        title=_json_text(item, "title"),
        summary=_json_text(item, "summary"),
        content=text_of_html(_json_text(item, "content_html")) or _json_text(item, "content_text"),
        author=_json_text(author, "name") if isinstance(author, dict) else None,
        language=normalize_language(_json_text(item, "language")),
        date_texts=tuple(filter(None, (_json_text(item, "date_published"), _json_text(item, "date_modified")))),
    )
