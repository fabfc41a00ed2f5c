"""One round of polling: due feeds -> outcomes -> new and revised entries, committed a batch at a time."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import httpx
from warehouse.read import read_entry_states

from flows.feeds.cadence import decide_next_poll
from flows.feeds.fetch import Failed, Fetched, FetchLimits, Outcome, fetch_feed, open_client
from flows.feeds.hosts import HostLimiter
from flows.feeds.parse import ParsedFeed, parse_feed
from flows.feeds.revise import NewAndRevised, compare_entries
from flows.rounds.report import StageCount
from flows.settings import Settings
from warehouse.connect import Warehouse
from warehouse.errors import FeedError
from warehouse.records import Entry, EntryRevision, FailureClass, Feed, Poll, Quarantined, stable_id
from warehouse.write import write_poll_round

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class PolledFeed:
    """One feed after its request: what came, and what was in it where it could be read."""

    feed: Feed
    outcome: Outcome
    parsed: ParsedFeed | None


async def poll_feeds(wh: Warehouse, settings: Settings, feeds: Sequence[Feed], now: datetime) -> StageCount:
    """Asks these feeds, side by side, and commits all they brought in one transaction.

    One feed's failure touches no other. Polling the same feeds at the same `now` again changes nothing.
    """
    polled = await ask_feeds(settings, feeds, now)
    return await asyncio.to_thread(_commit, wh, polled, now)


async def ask_feeds(settings: Settings, feeds: Sequence[Feed], now: datetime) -> list[PolledFeed]:
    """What each feed answers, in the order given; nothing is stored."""
    limits = FetchLimits(total_s=settings.total_timeout_s, max_bytes=int(settings.max_feed_mib * MIB))
    limiter = HostLimiter(spacing_s=min(1.0, settings.host_spacing_s), total_concurrency=settings.feed_concurrency)
    async with open_settings_client(settings) as client:

        async def ask(feed: Feed) -> PolledFeed:
            async with limiter.turn(feed.url):
                outcome = await fetch_feed(client, feed, now=now, limits=limits)
            if not isinstance(outcome, Fetched):
                return PolledFeed(feed, outcome, None)
            try:
                parsed = await asyncio.to_thread(
                    parse_feed, outcome.body, feed=feed, content_type=outcome.content_type, now=now
                )
            except FeedError as error:
                failed = Failed(failure_class=FailureClass.HARD, reason=str(error), http_status=outcome.http_status)
                return PolledFeed(feed, failed, None)
            return PolledFeed(feed, outcome, parsed)

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


def _commit(wh: Warehouse, polled: Sequence[PolledFeed], now: datetime) -> StageCount:
    """Compares with what is known and commits; polls that failed are counted, and named in the artifact."""
    known = read_entry_states(wh, [one.feed.feed_id for one in polled])
    entries: list[Entry] = []
    revisions: list[EntryRevision] = []
    quarantined: list[Quarantined] = []
    polls: list[Poll] = []
    feeds: list[Feed] = []
    for one in polled:
        compared = compare_entries(one.parsed.entries, known, now) if one.parsed else None
        if one.parsed and compared:
            entries += [*compared.new, *compared.revised]
            revisions += compared.revisions
            quarantined += one.parsed.problems
        polls.append(_poll_of(one, compared, now))
        feeds.append(_feed_after(one, compared, now))
    key = stable_id("poll", now.isoformat(), *(one.feed.feed_id for one in polled))
    write_poll_round(wh, key, polls, feeds, entries, revisions, quarantined)
    return StageCount(
        "poll feeds",
        read=len(polls),
        kept=sum(poll.outcome == "fetched" for poll in polls),
        refused=sum(poll.outcome == "unchanged" for poll in polls),
        failed=sum(poll.outcome == "failed" for poll in polls),
        note=f"{sum(p.new_count for p in polls)} new entries, {sum(p.revised_count for p in polls)} revised",
        failures=tuple((poll.feed_id, poll.reason or "") for poll in polls if poll.outcome == "failed"),
    )


def _poll_of(one: PolledFeed, compared: NewAndRevised | None, now: datetime) -> Poll:
    outcome, failed = one.outcome, one.outcome if isinstance(one.outcome, Failed) else None
    name = "failed" if failed else "fetched" if isinstance(outcome, Fetched) else "unchanged"
    return Poll(
        poll_id=stable_id("poll", one.feed.feed_id, now.isoformat()),
        feed_id=one.feed.feed_id,
        polled_at_utc=now,
        outcome=name,
        http_status=outcome.http_status,
        byte_count=len(outcome.body) if isinstance(outcome, Fetched) else 0,
        entry_count=len(one.parsed.entries) if one.parsed else 0,
        new_count=len(compared.new) if compared else 0,
        revised_count=len(compared.revised) if compared else 0,
        duration_s=outcome.duration_s,
        failure_class=failed.failure_class if failed else None,
        reason=failed.reason if failed else None,
    )


def _feed_after(one: PolledFeed, compared: NewAndRevised | None, now: datetime) -> Feed:
    """The feed's row after this poll: validators, failure, rhythm and next turn."""
    feed, outcome = one.feed, one.outcome
    new_count = len(compared.new) if compared else 0
    decision = decide_next_poll(
        feed,
        outcome,
        now=now,
        new_count=new_count,
        ttl_s=one.parsed.ttl_s if one.parsed else None,
        rng=random.Random(stable_id(feed.feed_id, now.isoformat())),
    )
    feed = replace(
        feed,
        last_polled_at_utc=now,
        next_poll_at_utc=decision.next_poll_at_utc,
        poll_interval_s=decision.poll_interval_s,
        status=decision.status,
        failure_count=decision.failure_count,
    )
    if isinstance(outcome, Failed):
        return replace(
            feed,
            failing_since_utc=feed.failing_since_utc or now,
            failure_class=str(outcome.failure_class),
            failure_reason=outcome.reason,
            status="retired" if outcome.http_status == 410 else feed.status,
        )
    return replace(
        feed,
        etag=outcome.etag,
        last_modified=outcome.last_modified,
        body_hash=outcome.body_hash,
        title=feed.title or (one.parsed.title if one.parsed else ""),
        language=feed.language or (one.parsed.language if one.parsed else None),
        last_success_at_utc=now,
        last_new_at_utc=now if new_count else feed.last_new_at_utc,
        failing_since_utc=None,
        failure_class=None,
        failure_reason=None,
    )
