"""Asks the few sitemaps that an index of sitemaps names, so that the index can be followed like a feed.

They are asked whenever the index itself has changed; an index that is as before names sitemaps that are as before. An
index within an index is not followed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import httpx

from flows.feeds.fetch import Failed, Fetched, FetchLimits, Postponed, Turns, fetch_feed
from flows.feeds.parse import ParsedFeed, parse_feed
from warehouse.errors import FeedError
from warehouse.records import Feed, Quarantined, stable_id


async def ask_sitemaps(
    client: httpx.AsyncClient,
    turns: Turns,
    feed: Feed,
    index: ParsedFeed,
    *,
    clock: Callable[[], datetime],
    limits: FetchLimits | None = None,
) -> ParsedFeed:
    """The index with the entries of the sitemaps it names, each once; what could not be had is in `problems`."""
    entries = {entry.entry_id: entry for entry in index.entries}
    problems = list(index.problems)
    title, language = index.title, index.language
    for url in index.further_urls:
        sitemap = replace(feed, url=url, etag=None, last_modified=None, body_hash=None)
        outcome = await fetch_feed(client, sitemap, now=clock, limits=limits, turns=turns)
        if isinstance(outcome, Failed | Postponed):
            problems.append(_problem(feed, url, outcome.reason, clock()))
            if isinstance(outcome, Postponed) or outcome.retry_after_s:
                break  # its host asks to be left alone
        if not isinstance(outcome, Fetched):
            continue
        answered = replace(sitemap, url=outcome.url)
        try:
            parsed = parse_feed(outcome.body, feed=answered, content_type=outcome.content_type, now=clock())
        except FeedError as error:
            problems.append(_problem(feed, url, str(error), clock()))
            continue
        for entry in parsed.entries:
            entries.setdefault(entry.entry_id, entry)
        problems += parsed.problems
        title, language = title or parsed.title, language or parsed.language
    return replace(index, title=title, language=language, entries=list(entries.values()), problems=problems)


def _problem(feed: Feed, url: str, reason: str, now: datetime) -> Quarantined:
    return Quarantined(
        quarantine_id=stable_id("sitemap", feed.feed_id, url, reason),
        stage="poll",
        subject_id=feed.feed_id,
        reason=f"a sitemap of its index could not be read: {reason}",
        input=url,
        quarantined_at_utc=now,
    )
