"""Reads a feed's bytes into entries: RSS, RDF, Atom, JSON Feed and news sitemaps, however broken.

Each format has a module that gives raw items; XML has two, a swift one in front of a lenient one. Bytes are decoded
before by `encodings`, dates and identity settled behind by `items`. HTML becomes plain text and is not interpreted.
Nothing goes to the network.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.feeds.encodings import decode_feed
from flows.feeds.hints import Hints, read_hints
from flows.feeds.identity import resolve_address
from flows.feeds.items import RawFeed, entries_of_items, normalize_language
from flows.feeds.json_feed import read_json_feed
from flows.feeds.lenient import read_leniently
from flows.feeds.mend import is_well_formed, mend
from flows.feeds.plain_text import tidy_line
from flows.feeds.refusals import what_came
from flows.feeds.sitemaps import is_sitemap, read_sitemap
from flows.feeds.swift import read_swiftly
from flows.feeds.xml_tree import without_declaration
from warehouse.errors import FeedError
from warehouse.records import Entry, Feed, Quarantined

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
    further_urls: tuple[str, ...] = ()  # of an index of sitemaps: where the entries are

    @property
    def newest_stated_at_utc(self) -> datetime | None:
        """The latest date that an entry gives itself; None where none does."""
        dates = [entry.published_at_utc for entry in self.entries if entry.published_source != "first_seen"]
        return max((at for at in dates if at), default=None)


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
    is_json = text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")
    read = read_json_feed(text, feed) if is_json else _read_xml(text, feed)
    hints = Hints() if is_json else read_hints(text)
    language = normalize_language(read.language)
    entries, problems = entries_of_items(read.items[:MAX_ENTRIES], feed=feed, language=language, now=now)
    return ParsedFeed(
        title=tidy_line(read.title),
        home_url=resolve_address(read.link, feed.url),
        language=language,
        ttl_s=hints.ttl_s,
        update_interval_s=hints.update_interval_s,
        skip_hours_utc=hints.skip_hours_utc,
        skip_weekdays=hints.skip_weekdays,
        encoding=encoding,
        entries=entries,
        problems=problems,
        further_urls=read.further_urls,
    )


def _read_xml(text: str, feed: Feed) -> RawFeed:
    document = without_declaration(text)
    if is_sitemap(document):
        return read_sitemap(document, feed)
    read = read_swiftly(document, feed.url)
    if read is None and not is_well_formed(document):
        document = mend(document)
        read = read_swiftly(document, feed.url)
    read = read or read_leniently(document, feed)
    if read is None:
        raise FeedError(f"feed {feed.feed_id} {what_came(text)}", subject_id=feed.feed_id)
    return read
