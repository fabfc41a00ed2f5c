"""Reads JSON Feed, versions 1.0 and 1.1 (jsonfeed.org); what is of the wrong kind is as if it were not there."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any

from flows.feeds.identity import is_web_address, resolve_address
from flows.feeds.items import RawFeed, RawItem, normalize_language
from flows.feeds.plain_text import text_of_html
from warehouse.errors import FeedError
from warehouse.records import Feed

_DECODER = json.JSONDecoder()
_SEPARATORS = re.compile(r"[,\s]*")


def read_json_feed(text: str, feed: Feed) -> RawFeed:
    """The feed in a text that looks like JSON.

    Raises:
        FeedError: it is broken, or JSON of another kind.
    """
    plain = text.lstrip("\ufeff \t\r\n")
    try:
        document = json.loads(plain)
    except (ValueError, RecursionError) as error:
        document = _what_is_whole(plain)
        if document is None:
            raise FeedError(f"feed {feed.feed_id} is broken JSON: {error!r:.200}", subject_id=feed.feed_id) from error
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(document.get("version", "")):
        raise FeedError(f"feed {feed.feed_id} is JSON, but no JSON Feed", subject_id=feed.feed_id)
    return RawFeed(
        title=_text(document, "title"),
        link=_text(document, "home_page_url"),
        language=_text(document, "language"),
        items=[_item_of(item, feed) for item in items if isinstance(item, dict)],
    )


def _what_is_whole(text: str) -> dict[str, Any] | None:
    """The feed up to its last whole item, where the text breaks off after one; None where there is none."""
    head, mark, tail = text.partition('"items"')
    start = tail.find("[")
    if not mark or start < 0 or tail[:start].strip(": \t\r\n"):
        return None
    items: list[Any] = []
    place = start + 1
    with suppress(ValueError, RecursionError):
        while place < len(tail):
            item, place = _DECODER.raw_decode(tail, _SEPARATORS.match(tail, place).end())  # type: ignore[union-attr]
            items.append(item)
    try:
        document = json.loads(head.rstrip().rstrip(",") + "}")
    except (ValueError, RecursionError):
        return None
    return {**document, "items": items} if items else None


def _item_of(item: dict[str, Any], feed: Feed) -> RawItem:
    guid = _text(item, "id")
    url = _text(item, "url") or _text(item, "external_url") or (guid if is_web_address(guid) else "")
    authors = item.get("authors")
    author = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return RawItem(
        guid=guid or None,
        url=resolve_address(url, feed.url),
        title=_text(item, "title"),
        summary=_text(item, "summary"),
        content=text_of_html(_text(item, "content_html")) or _text(item, "content_text"),
        author=_text(author, "name") if isinstance(author, dict) else None,
        language=normalize_language(_text(item, "language")),
        date_texts=tuple(filter(None, (_text(item, "date_published"), _text(item, "date_modified")))),
    )


def _text(mapping: dict[str, Any], key: str) -> str:
    value = mapping.get(key)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
