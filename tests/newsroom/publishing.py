"""Feeds as outlets write them: items that come, change and go, in any format, with or without dates and validators."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Literal

from tests.newsroom.room import Reply, Request

Format = Literal["rss", "atom", "rdf", "json"]
Guids = Literal["stable", "changing", "absent", "shared"]
TEXT = (
    "envoys met in the harbour town and agreed to speak again before the month is out while the ministry kept silent "
    "about the convoy that crossed the strait at dawn and the price of grain rose in both capitals"
)
WORDS = TEXT.split()


@dataclass(frozen=True, slots=True)
class Item:
    """One item; `number` names it for good, an edit changes the words only."""

    number: int
    title: str
    text: str
    published: datetime


def write_item(number: int, published: datetime, *, signs: int = 700) -> Item:
    """An item with about `signs` signs of text that no other item has."""
    words = [WORDS[(number * 7 + place * (number % 5 + 1)) % len(WORDS)] for place in range(signs // 6)]
    return Item(number, f"Report {number}: {' '.join(words[:8])}", f"Number {number}. {' '.join(words)}.", published)


@dataclass(slots=True, kw_only=True)
class Publication:
    """One feed: an `Answer` that shows the newest `window` items and honours validators.

    Attributes:
        guids: `changing` gives every item a new one each time it is shown, `shared` the same to all.
        is_dated: whether items carry their date.
        has_validators: whether ETag and Last-Modified are sent and honoured.
        repeats: how often each item stands in the feed.
        channel: XML inside the channel, such as `<ttl>30</ttl>`; RSS only.
        headers: more headers, such as Cache-Control.
    """

    name: str
    items: list[Item] = field(default_factory=list)
    window: int = 30
    format: Format = "rss"
    guids: Guids = "stable"
    is_dated: bool = True
    has_validators: bool = True
    repeats: int = 1
    channel: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    _shown: tuple[object, bytes] | None = None

    def publish(self, *items: Item) -> None:
        """Puts items in front, the last one first."""
        self.items[:0] = reversed(items)

    def edit(self, number: int, title: str) -> None:
        """Gives one item another title."""
        self.items = [replace(item, title=title) if item.number == number else item for item in self.items]

    def __call__(self, request: Request) -> Reply:
        """The feed as it stands, or 304 to whoever has it."""
        body = self.body(request.number)
        headers = {"Content-Type": CONTENT_TYPES[self.format], **self.headers}
        if self.has_validators:
            etag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
            headers["ETag"] = etag
            if request.headers.get("if-none-match") == etag:
                return Reply(status=304, headers=headers)
        return Reply(headers=headers, body=body)

    def body(self, showing: int = 1) -> bytes:
        """The bytes of the feed; `showing` matters to changing guids only."""
        shown = [item for item in self.items[: self.window] for _ in range(self.repeats)]
        key = (tuple(map(id, shown)), showing if self.guids == "changing" else 0)
        if self._shown is None or self._shown[0] != key:
            self._shown = key, WRITERS[self.format](self, shown, showing).encode()
        return self._shown[1]

    def link(self, item: Item) -> str:
        """The address of an item's page, on the outlet's own site."""
        return f"https://{self.name}/news/{item.number}"

    def guid(self, item: Item, showing: int) -> str | None:
        """What the feed calls an item."""
        if self.guids == "absent":
            return None
        if self.guids == "shared":
            return f"tag:{self.name},2026:item"
        return f"tag:{self.name},2026:{item.number}" + (f"-{showing}" if self.guids == "changing" else "")


def _rss(feed: Publication, items: list[Item], showing: int) -> str:
    parts = [
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>'
        f"<title>{escape(feed.name)}</title><link>https://{feed.name}/</link><description>News</description>"
        f"{feed.channel}"
    ]
    for item in items:
        guid = feed.guid(item, showing)
        parts.append(
            f"<item><title>{escape(item.title)}</title><link>{feed.link(item)}</link>"
            + (f'<guid isPermaLink="false">{guid}</guid>' if guid else "")
            + (f"<pubDate>{format_datetime(item.published)}</pubDate>" if feed.is_dated else "")
            + f"<description>{escape(item.text)}</description></item>"
        )
    return "".join(parts) + "</channel></rss>"


def _atom(feed: Publication, items: list[Item], showing: int) -> str:
    parts = [
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{escape(feed.name)}</title><id>tag:{feed.name},2026:feed</id>"
    ]
    for item in items:
        guid = feed.guid(item, showing)
        parts.append(
            f'<entry><title>{escape(item.title)}</title><link href="{feed.link(item)}"/>'
            + (f"<id>{guid}</id>" if guid else "")
            + (f"<published>{item.published.isoformat()}</published>" if feed.is_dated else "")
            + f"<summary>{escape(item.text)}</summary></entry>"
        )
    return "".join(parts) + "</feed>"


def _rdf(feed: Publication, items: list[Item], showing: int) -> str:
    parts = [
        '<?xml version="1.0" encoding="utf-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="https://{feed.name}/"><title>{escape(feed.name)}</title></channel>'
    ]
    parts += [
        f'<item rdf:about="{feed.guid(item, showing) or feed.link(item)}"><title>{escape(item.title)}</title>'
        f"<link>{feed.link(item)}</link><description>{escape(item.text)}</description>"
        + (f"<dc:date>{item.published.isoformat()}</dc:date>" if feed.is_dated else "")
        + "</item>"
        for item in items
    ]
    return "".join(parts) + "</rdf:RDF>"


def _json(feed: Publication, items: list[Item], showing: int) -> str:
    def row(item: Item) -> dict[str, str | None]:
        dated = {"date_published": item.published.isoformat()} if feed.is_dated else {}
        named = {"id": guid} if (guid := feed.guid(item, showing)) else {}
        return {"url": feed.link(item), "title": item.title, "content_text": item.text, **named, **dated}

    document = {"version": "https://jsonfeed.org/version/1.1", "title": feed.name, "items": [*map(row, items)]}
    return json.dumps(document)


WRITERS = {"rss": _rss, "atom": _atom, "rdf": _rdf, "json": _json}
CONTENT_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "rdf": "application/rdf+xml; charset=utf-8",
    "json": "application/feed+json",
}
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
