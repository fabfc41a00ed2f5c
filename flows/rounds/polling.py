"""One round of polling: due feeds -> outcomes -> new and revised entries, committed a batch at a time."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import httpx

from flows.feeds.fetch import FetchLimits, Outcome, open_client
from flows.feeds.hosts import HostLimiter
from flows.feeds.parse import ParsedFeed
from flows.feeds.poll import Polled, ask_feed, settle_poll
from flows.rounds.report import StageCount
from flows.settings import Settings
from warehouse.connect import Warehouse
from warehouse.read import read_entry_states
from warehouse.records import Entry, Feed, stable_id
from warehouse.write import write_poll_round

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answered:
    """One feed after its request: what came, and what was in it where it could be read."""

    feed: Feed
    outcome: Outcome
    parsed: ParsedFeed | None


async def poll_feeds(wh: Warehouse, settings: Settings, feeds: Sequence[Feed], now: datetime) -> StageCount:
    """Asks these feeds, side by side, and commits all they brought in one transaction.

    One feed's failure touches no other. Polling the same feeds at the same `now` again changes nothing.
    """
    answers = await ask_feeds(settings, feeds, now)
    return await asyncio.to_thread(_commit, wh, answers, now)


async def ask_feeds(settings: Settings, feeds: Sequence[Feed], now: datetime) -> list[Answered]:
    """What each feed answers, in the order given; nothing is stored."""
    limits = FetchLimits(total_s=settings.total_timeout_s, max_bytes=int(settings.max_feed_mib * MIB))
    limiter = HostLimiter(spacing_s=min(1.0, settings.host_spacing_s), total_concurrency=settings.feed_concurrency)
    async with open_settings_client(settings) as client:

        async def ask(feed: Feed) -> Answered:
            outcome, parsed = await ask_feed(client, limiter, feed, now=now, limits=limits)
            return Answered(feed, outcome, parsed)

        return await asyncio.gather(*(ask(feed) for feed in feeds))


def open_settings_client(settings: Settings) -> httpx.AsyncClient:
    """The client for feeds and pages, with the limits of the settings; to be used in `async with`."""
    return open_client(
        contact=settings.contact or None,
        allow_private_hosts=frozenset(settings.allow_private_hosts),
        connect_timeout_s=settings.connect_timeout_s,
        read_timeout_s=settings.read_timeout_s,
        max_connections=settings.feed_concurrency + settings.page_concurrency,
    )


def _commit(wh: Warehouse, answers: Sequence[Answered], now: datetime) -> StageCount:
    known = read_entry_states(wh, [one.feed.feed_id for one in answers])
    settled: list[Polled] = []
    for one in answers:
        rng = random.Random(stable_id(one.feed.feed_id, now.isoformat()))
        polled = settle_poll(one.feed, one.outcome, one.parsed, known, now=now, rng=rng)
        # Two feeds of one outlet may carry the same item in one round.
        known |= {entry.entry_id: (entry.content_hash, entry.revision) for entry in _news(polled)}
        settled.append(_described(polled, one.parsed))
    polls = [polled.poll for polled in settled]
    write_poll_round(
        wh,
        stable_id("poll", now.isoformat(), *(poll.feed_id for poll in polls)),
        polls,
        [(one.feed, polled.feed) for one, polled in zip(answers, settled, strict=True)],
        [entry for polled in settled for entry in _news(polled)],
        [revision for polled in settled for revision in polled.news.revisions],
        [problem for polled in settled for problem in polled.problems],
    )
    return StageCount(
        "poll feeds",
        read=len(polls),
        kept=sum(poll.outcome == "fetched" for poll in polls),
        refused=sum(poll.outcome == "unchanged" for poll in polls),
        failed=sum(poll.outcome == "failed" for poll in polls),
        note=f"{sum(p.new_count for p in polls)} new entries, {sum(p.revised_count for p in polls)} revised",
        failures=tuple((poll.feed_id, poll.reason or "") for poll in polls if poll.outcome == "failed"),
    )


def _news(polled: Polled) -> list[Entry]:
    return [*polled.news.new, *polled.news.revised]


def _described(polled: Polled, parsed: ParsedFeed | None) -> Polled:
    """With what the feed says of itself, where nobody else has said it."""
    if parsed is None:
        return polled
    feed = polled.feed
    return replace(
        polled, feed=replace(feed, title=feed.title or parsed.title, language=feed.language or parsed.language)
    )
