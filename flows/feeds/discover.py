"""Finds the feeds that a web page announces, for users who give the address of a site instead of a feed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from flows.feeds.encodings import decode_feed
from flows.feeds.identity import identity_address, resolve_address
from flows.feeds.plain_text import tidy_line, without_declarations

FEED_TYPES = {
    "application/rss+xml": "rss", "application/atom+xml": "atom", "application/rdf+xml": "rss", "text/rss": "rss",
    "application/feed+json": "json", "application/x.atom+xml": "atom", "application/x-rss+xml": "rss",
}  # fmt: skip
MAX_PAGE_SIGNS = 1_000_000  # feeds are announced in the head
_LOOKS_LIKE_FEED = re.compile(
    r"(?:/(?:rss|feed|feeds|atom)(?:\.xml|\.aspx|\.php|/|$)|\.(?:rss|atom|rdf)(?:$|\?))", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that a page names. `kind` is rss, atom, json, or link for a mere link that looks like one."""

    url: str
    title: str
    kind: str


class _LinkCollector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.base = ""
        self.announced: list[tuple[str, str, str]] = []
        self.linked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        href = values.get("href", "")
        if tag == "base" and not self.base:
            self.base = href
        elif tag == "link" and {"alternate", "feed"} & set(values.get("rel", "").lower().split()):
            kind = FEED_TYPES.get(values.get("type", "").partition(";")[0].strip().lower())
            if kind:
                self.announced.append((href, values.get("title", ""), kind))
        elif tag == "a" and _LOOKS_LIKE_FEED.search(href):
            self.linked.append(href)


def find_feed(html: bytes | str, url: str) -> list[FoundFeed]:
    """The feeds of a page, announced ones first, feeds of comments last; empty where it names none.

    Args:
        html: the page.
        url: where it came from; relative links are resolved on it, or on the page's own base.
    """
    text = html if isinstance(html, str) else decode_feed(html, None)[0]
    collector = _LinkCollector()
    try:
        collector.feed(without_declarations(text[:MAX_PAGE_SIGNS]))
        collector.close()
    except (AssertionError, ValueError):
        # What was collected before the malformed declaration still counts.
        pass
    base = resolve_address(collector.base, url) or url
    candidates = collector.announced + [(href, "", "link") for href in collector.linked]
    found: dict[str, FoundFeed] = {}
    for href, title, kind in candidates:
        address = resolve_address(href, base)
        if address:
            found.setdefault(identity_address(address), FoundFeed(url=address, title=tidy_line(title), kind=kind))
    return sorted(found.values(), key=lambda feed: "comments" in feed.url.lower())
