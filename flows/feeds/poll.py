"""One poll of one feed from request to decision: what was said, what of it is news, when to ask again.

The only module here that joins the others; it stores nothing. Known entries come in, rows to write go out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import httpx

from flows.feeds.cadence import CEILING_S, FLOOR_S, NextPoll, Shown, decide_next_poll
from flows.feeds.fetch import (
    Failed,
    FailureClass,
    Fetched,
    FetchLimits,
    Outcome,
    Postponed,
    Turns,
    Unchanged,
    fetch_feed,
)
from flows.feeds.habits import Habit, habit_of, learn_habit, with_habit
from flows.feeds.moves import settle_address
from flows.feeds.parse import ParsedFeed
from flows.feeds.parsing import Parser, ParserHere
from flows.feeds.revise import NewAndRevised, compare_entries
from flows.feeds.sitemap_index import ask_sitemaps
from warehouse.errors import FeedError
from warehouse.records import Feed, Poll, Quarantined, stable_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one poll leaves to write: the poll, the feed as it is now, its news, and what could not be used."""

    poll: Poll
    feed: Feed
    news: NewAndRevised
    problems: list[Quarantined]
    decision: NextPoll


async def ask_feed(
    client: httpx.AsyncClient,
    turns: Turns,
    feed: Feed,
    *,
    clock: Callable[[], datetime],
    limits: FetchLimits | None = None,
    parser: Parser | None = None,
) -> tuple[Outcome | Postponed, ParsedFeed | None]:
    """The outcome of one polite request, and what its body says; a body that is no feed is `Failed` of class hard.

    `clock` is read when the answer is there; without a parser, this process parses.
    """
    outcome = await fetch_feed(client, feed, now=clock, limits=limits, turns=turns)
    if not isinstance(outcome, Fetched):
        return outcome, None
    # Relative links belong to the address that answered, not to the one that was asked.
    answered = replace(feed, url=outcome.url)
    try:
        parsed = await (parser or ParserHere()).parse(
            outcome.body, feed=answered, content_type=outcome.content_type, now=clock()
        )
    except FeedError as error:
        failed = Failed(
            failure_class=FailureClass.HARD,
            reason=str(error),
            http_status=outcome.http_status,
            duration_s=outcome.duration_s,
        )
        return failed, None
    if parsed.further_urls:
        parsed = await ask_sitemaps(client, turns, answered, parsed, clock=clock, limits=limits)
    return outcome, parsed


def settle_poll(
    feed: Feed,
    outcome: Outcome,
    parsed: ParsedFeed | None,
    known_states: Mapping[str, tuple[str, int]],
    *,
    now: datetime,
    rng: random.Random,
    floor_s: int = FLOOR_S,
    ceiling_s: int = CEILING_S,
) -> Polled:
    """The rows that one poll leaves; pure, so it can follow one read of the known states of many feeds."""
    news = compare_entries(parsed.entries if parsed else [], known_states, now)
    said = _with_wishes(feed, parsed)
    habit = habit_of(feed)
    if not isinstance(outcome, Failed):
        habit = learn_habit(habit, news.new, since=feed.last_success_at_utc, now=now)
    decision = decide_next_poll(
        said,
        outcome,
        habit=habit,
        shown=Shown(new_count=len(news.new), entry_count=len(parsed.entries) if parsed else 0),
        now=now,
        rng=rng,
        floor_s=floor_s,
        ceiling_s=ceiling_s,
    )
    return Polled(
        poll=_poll_of(feed, outcome, parsed, news, now),
        feed=_feed_after(said, outcome, parsed, news, habit, decision, now),
        news=news,
        problems=parsed.problems if parsed else [],
        decision=decision,
    )


def _with_wishes(feed: Feed, parsed: ParsedFeed | None) -> Feed:
    """The feed with what its publisher says now of its rhythm; an answer without a body says what the last one said."""
    if parsed is None:
        return feed
    interval_s = max(parsed.ttl_s or 0, parsed.update_interval_s or 0) or None
    hours, weekdays = tuple(sorted(parsed.skip_hours_utc)), tuple(sorted(parsed.skip_weekdays))
    if (interval_s, hours, weekdays) == (feed.hint_interval_s, feed.skip_hours, feed.skip_weekdays):
        return feed
    return replace(feed, hint_interval_s=interval_s, skip_hours=hours, skip_weekdays=weekdays)


def _poll_of(feed: Feed, outcome: Outcome, parsed: ParsedFeed | None, news: NewAndRevised, now: datetime) -> Poll:
    failed = outcome if isinstance(outcome, Failed) else None
    reason = None if isinstance(outcome, Fetched) else outcome.reason
    if parsed and feed.last_success_at_utc and len(news.new) == len(parsed.entries) > 1:
        reason = "nothing it showed was known: some entries may have been missed"
    kinds: dict[type, str] = {Fetched: "fetched", Unchanged: "unchanged", Failed: "failed"}
    byte_count = len(outcome.body) if isinstance(outcome, Fetched) else 0
    return Poll(
        poll_id=stable_id(feed.feed_id, now.isoformat()),
        feed_id=feed.feed_id,
        polled_at_utc=now,
        outcome=kinds[type(outcome)],
        http_status=outcome.http_status,
        byte_count=outcome.byte_count if isinstance(outcome, Unchanged) else byte_count,
        entry_count=len(parsed.entries) if parsed else 0,
        new_count=len(news.new),
        revised_count=len(news.revised),
        duration_s=outcome.duration_s,
        failure_class=failed.failure_class.value if failed else None,
        reason=reason,
    )


def _feed_after(
    feed: Feed,
    outcome: Outcome,
    parsed: ParsedFeed | None,
    news: NewAndRevised,
    habit: Habit,
    decision: NextPoll,
    now: datetime,
) -> Feed:
    after = replace(
        feed,
        next_poll_reason=decision.reason,
        poll_interval_s=decision.poll_interval_s,
        next_poll_at_utc=decision.next_poll_at_utc,
        last_polled_at_utc=now,
        status=decision.status,
        failure_count=decision.failure_count,
    )
    if isinstance(outcome, Failed):
        failing = replace(
            after,
            failing_since_utc=feed.failing_since_utc or now,
            failure_class=outcome.failure_class.value,
            failure_reason=outcome.reason,
        )
        return settle_address(feed, failing, outcome)
    empty_since_utc = feed.empty_since_utc
    if parsed is not None:
        empty_since_utc = None if parsed.entries else (empty_since_utc or now)
    succeeding = replace(
        with_habit(after, habit),
        empty_since_utc=empty_since_utc,
        original_url=feed.original_url or feed.url,
        etag=outcome.etag,
        last_modified=outcome.last_modified,
        body_hash=outcome.body_hash,
        last_success_at_utc=now,
        last_new_at_utc=now if news.new else feed.last_new_at_utc,
        failing_since_utc=None,
        failure_class=None,
        failure_reason=None,
    )
    return settle_address(feed, succeeding, outcome)
