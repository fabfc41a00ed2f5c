"""One round of reading: entries without an article -> pages -> articles, committed a batch at a time.

An entry is in the warehouse before its page is asked for, so a crash here loses nothing: the entry is simply still
without an article the next time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

import httpx

from flows.articles.compose import Revised, article_from_entry, revise_article
from flows.articles.extract import Extracted, extract_article
from flows.articles.fetch import PageFailed, PageFetched, PageOutcome, PageRefused, fetch_page
from flows.articles.manners import Manners
from flows.rounds.asking import MIB, open_settings_client
from flows.rounds.politeness import remembered_manners
from flows.rounds.report import StageCount
from flows.settings import Settings
from warehouse.connect import Warehouse
from warehouse.read import read_article_states, read_feeds
from warehouse.records import Article, Entry, Feed, stable_id
from warehouse.write import write_articles

STAGE = "read articles"


async def fetch_articles(
    wh: Warehouse, settings: Settings, entries: Sequence[Entry], *, fetches_pages: bool, now: datetime
) -> StageCount:
    """Fetches the pages behind these entries and stores an article for each, from the page or the entry's own text."""
    feeds = {feed.feed_id: feed for feed in read_feeds(wh)}
    async with open_settings_client(settings) as client, remembered_manners(wh, settings, now) as manners:

        async def read(entry: Entry) -> tuple[Article, PageOutcome | None]:
            outcome = await _page_of(client, settings, entry, manners, now) if fetches_pages else None
            extracted = await asyncio.to_thread(_extract, outcome)
            return article_from_entry(entry, feeds[entry.feed_id], outcome, extracted, now), outcome

        known = [entry for entry in entries if entry.feed_id in feeds]
        read_ones = await asyncio.gather(*(read(entry) for entry in known))
    await asyncio.to_thread(store_articles, wh, [(e, a) for e, (a, _) in zip(known, read_ones, strict=True)], now)
    return _count(known, [outcome for _, outcome in read_ones], feeds)


async def _page_of(
    client: httpx.AsyncClient, settings: Settings, entry: Entry, manners: Manners, now: datetime
) -> PageOutcome | None:
    if entry.url is None:
        return None
    return await fetch_page(
        client,
        entry.url,
        manners=manners,
        now=now,
        time_limit_s=settings.total_timeout_s,
        size_limit=int(settings.max_page_mib * MIB),
    )


def _extract(outcome: PageOutcome | None) -> Extracted | None:
    if not isinstance(outcome, PageFetched):
        return None
    return extract_article(outcome.html, outcome.final_url, charset=outcome.charset)


def store_articles(wh: Warehouse, pairs: Sequence[tuple[Entry, Article]], now: datetime) -> list[Revised]:
    """Commits articles with their links from entries; a text that changed becomes the article's next revision."""
    # Two entries of one outlet may be one article: the fuller text is kept, and both entries point to it.
    by_id: dict[str, Article] = {}
    for _, article in pairs:
        other = by_id.get(article.article_id)
        if other is None or len(article.text) > len(other.text):
            by_id[article.article_id] = article
    states = read_article_states(wh, list(by_id))
    revised = [revise_article(states.get(article.article_id), article, now) for article in by_id.values()]
    write_articles(
        wh,
        stable_id("articles", now.isoformat(), *(entry.entry_id for entry, _ in pairs)),
        [one.article for one in revised if one.change != "same"],
        [one.revision for one in revised if one.revision is not None],
        {entry.entry_id: article.article_id for entry, article in pairs},
    )
    return revised


def _count(entries: Sequence[Entry], outcomes: Sequence[PageOutcome | None], feeds: dict[str, Feed]) -> StageCount:
    failures = [
        (f"{feeds[entry.feed_id].outlet_name}: {entry.url}", outcome.reason)
        for entry, outcome in zip(entries, outcomes, strict=True)
        if isinstance(outcome, PageFailed | PageRefused)
    ]
    return StageCount(
        STAGE,
        read=len(entries),
        kept=len(entries),
        refused=sum(isinstance(outcome, PageRefused) for outcome in outcomes),
        failed=sum(isinstance(outcome, PageFailed) for outcome in outcomes),
        note="where a page could not be had, the entry's own text is kept",
        failures=tuple(failures),
    )
