"""Finds the feed behind an address that a person gives: the address itself, a convention, what the site announces, or a
place where feeds often lie. Every candidate is asked, so that what is added is a feed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import httpx

from flows.feeds.addresses import feed_of_address
from flows.feeds.conventions import conventional_address, known_addresses
from flows.feeds.discover import find_feed
from flows.feeds.fetch import Failed, FailureClass, Fetched, Outcome, Postponed, fetch_feed
from flows.feeds.parse import ParsedFeed, parse_feed
from flows.rounds.asking import feed_limits, open_settings_client
from flows.rounds.politeness import shared_limiter
from flows.settings import Settings
from warehouse.errors import FeedError

# More than any honest page announces of its own.
CANDIDATES = 12
# Servers that turn a program away from their pages often give it their feeds.
PAGE_REFUSED = frozenset({401, 403, 406, 429})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A feed that was found and read; `how` says where: itself, convention, announced, linked, or known path."""

    url: str
    title: str
    language: str | None
    how: str
    entry_count: int
    newest_at_utc: datetime | None
    entry_keys: frozenset[str]


class _Asker:
    """Asks addresses politely, each once, through the same code as a poll."""

    def __init__(self, client: httpx.AsyncClient, settings: Settings, now: datetime) -> None:
        self._client, self._now = client, now
        self._limits = feed_limits(settings)
        self._limiter = shared_limiter(settings)

    async def ask(self, url: str) -> tuple[Outcome, ParsedFeed | None]:
        """What the address answers, and the feed in it where it is one."""
        feed = feed_of_address(url)
        outcome = await fetch_feed(self._client, feed, now=self._now, limits=self._limits, turns=self._limiter)
        if isinstance(outcome, Postponed):
            return Failed(failure_class=FailureClass.TEMPORARY, reason=outcome.reason), None
        if not isinstance(outcome, Fetched):
            return outcome, None
        try:
            return outcome, parse_feed(outcome.body, feed=feed, content_type=outcome.content_type, now=self._now)
        except FeedError:
            return outcome, None

    async def candidates(self, urls: Iterable[str], how: str) -> list[Candidate]:
        """Those of these addresses that are feeds, in order."""
        answers = await asyncio.gather(*(self.ask(url) for url in urls))
        return [
            _candidate(outcome, parsed, how)
            for outcome, parsed in answers
            if isinstance(outcome, Fetched) and parsed is not None
        ]


async def discover_feeds(settings: Settings, url: str, *, now: datetime) -> list[Candidate]:
    """The feeds behind an address, the likeliest first, each once; never empty.

    Args:
        url: an http(s) address, of a feed or a page.

    Raises:
        FeedError: the address does not answer, or there is no feed to be found.
    """
    async with open_settings_client(settings) as client:
        asker = _Asker(client, settings, now)
        convention = conventional_address(url)
        if convention and (found := await asker.candidates([convention], "convention")):
            return found
        outcome, parsed = await asker.ask(url)
        if isinstance(outcome, Fetched) and parsed is not None:
            return [_candidate(outcome, parsed, "itself")]
        if isinstance(outcome, Failed) and outcome.http_status not in PAGE_REFUSED:
            raise FeedError(f"{url}: {outcome.reason}; check the address", subject_id=url)
        if isinstance(outcome, Fetched) and (found := await _named_by_page(asker, outcome)):
            return found
        for known in known_addresses(outcome.url if isinstance(outcome, Fetched) else url):
            if found := await asker.candidates([known], "known path"):
                return found
    refused = f" ({outcome.reason})" if isinstance(outcome, Failed) else ""
    raise FeedError(
        f"{url}: neither a feed nor a site that names one{refused}; give the feed's own address", subject_id=url
    )


async def _named_by_page(asker: _Asker, page: Fetched) -> list[Candidate]:
    """The feeds a page announces, else those it links to; feeds of comments only where there is no other."""
    named = find_feed(page.body, page.url)
    for how, chosen in (
        ("announced", [one for one in named if one.kind != "link"]),
        ("linked", [one for one in named if one.kind == "link"]),
    ):
        own = [one.url for one in chosen if "comments" not in one.url.lower() and "comments" not in one.title.lower()]
        for urls in (own, [one.url for one in chosen]):
            if found := _without_twins(await asker.candidates(urls[:CANDIDATES], how)):
                return found
    return []


def _without_twins(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Without feeds that show the same entries as one before them: RSS beside Atom of the same list."""
    kept: list[Candidate] = []
    for one in candidates:
        if not any(one.url == other.url or (one.entry_keys and one.entry_keys == other.entry_keys) for other in kept):
            kept.append(one)
    return kept


def _candidate(outcome: Fetched, parsed: ParsedFeed, how: str) -> Candidate:
    return Candidate(
        url=outcome.moved_to_url or outcome.url,
        title=parsed.title,
        language=parsed.language,
        how=how,
        entry_count=len(parsed.entries),
        newest_at_utc=parsed.newest_stated_at_utc,
        entry_keys=frozenset(entry.url or entry.title for entry in parsed.entries),
    )
