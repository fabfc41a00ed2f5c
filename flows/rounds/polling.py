"""One round of polling: due feeds -> outcomes -> new and revised entries, committed as the answers come in.

A round first claims its feeds (`plan_round`), so that another round, or the next one after a crash, asks none of them
within the floor. What was answered is committed some hundred feeds at a time while the others are still being asked, so
a slow server holds nobody up and a crash loses only what is asked again anyway.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from flows.feeds.cadence import CEILING_S, FLOOR_S, RETRY_AFTER_LIMIT_S, spread_first_polls
from flows.feeds.fetch import Failed
from flows.feeds.hosts import HostLimiter, registrable_domain
from flows.feeds.parse import ParsedFeed
from flows.feeds.poll import Polled, settle_poll
from flows.feeds.reach import list_days_read
from flows.feeds.revise import recognise_entries
from flows.rounds.asking import Answered, Client, Held, open_answers
from flows.rounds.politeness import remembered_rests, shared_limiter
from flows.rounds.report import StageCount
from flows.settings import Settings
from warehouse.connect import Warehouse
from warehouse.read import read_due_feeds, read_entries_at, read_feeds, read_poll_ids, read_states_of_entries
from warehouse.records import Entry, FamilyDay, Feed, stable_id
from warehouse.write import claim_feeds, write_next_polls, write_poll_round

STAGE = "poll feeds"
# Whichever comes first; a commit costs a tenth of a second before it writes anything.
FEEDS_A_COMMIT, ENTRIES_A_COMMIT = 500, 3000
# A round lasts about this long for each feed, at worst; its claim must outlast it.
CLAIM_S_A_FEED = 0.1
FIRST_AT_ONCE = 50  # of feeds never asked before; the rest begin a second apart
# The demo's newsroom is ours, brings something every few seconds, and dates it years back: asked in every round.
DEMO_INTERVAL_S = 20


def plan_round(
    wh: Warehouse, now: datetime, *, limit: int, feed_ids: Collection[str] = (), is_forced: bool = False
) -> list[Feed]:
    """Feeds to ask now, the longest waiting first, claimed: no other round gets them before the floor has passed.

    Of many feeds never asked before, most are given a first time of their own instead, a second apart.

    Args:
        feed_ids: only these, where any are named.
        is_forced: active feeds that are not due too, and all that are new at once.
    """
    asked = [feed for feed in read_feeds(wh) if feed.status == "active"] if is_forced else read_due_feeds(wh, now)
    chosen = [feed for feed in asked if not feed_ids or feed.feed_id in feed_ids]
    if not is_forced:
        later = _spread(wh, [feed for feed in chosen if feed.next_poll_at_utc is None], now)
        chosen = [feed for feed in chosen if feed.feed_id not in later]
    chosen = chosen[:limit]
    until = now + timedelta(seconds=FLOOR_S + CLAIM_S_A_FEED * len(chosen))
    ids = [feed.feed_id for feed in chosen]
    claimed = claim_feeds(wh, ids, now=now, until=until, is_forced=is_forced)
    return [feed for feed in chosen if feed.feed_id in claimed]


def _spread(wh: Warehouse, new: Sequence[Feed], now: datetime) -> set[str]:
    """Ids of the new feeds that were given a later first time."""
    if len(new) <= FIRST_AT_ONCE:
        return set()
    rng = random.Random(stable_id("first", now.isoformat()))
    times = sorted(spread_first_polls(new, now=now, rng=rng).items(), key=lambda pair: pair[1])
    later = {feed_id: (at, "first poll: many feeds were added at once") for feed_id, at in times[FIRST_AT_ONCE:]}
    write_next_polls(wh, stable_id("first polls", now.isoformat(), *later), later)
    return set(later)


async def poll_feeds(
    wh: Warehouse,
    settings: Settings,
    feeds: Sequence[Feed],
    now: datetime,
    *,
    clock: Callable[[], datetime] | None = None,
    client: Client | None = None,
    limiter: HostLimiter | None = None,
) -> StageCount:
    """Asks these feeds, side by side, and commits all they brought, some hundred feeds in a transaction.

    One feed's failure touches no other. Polling the same feeds at the same `now` again asks none twice and changes
    nothing.

    Args:
        now: names the round.
        clock: the time of each answer; `now` for all of them where None.
        client: opens another client than that of the settings.
        limiter: keeps the distance between requests to one site; the one of this process where None.
    """
    known_polls = await asyncio.to_thread(read_poll_ids, wh, [_poll_id(feed, now) for feed in feeds])
    asked = [feed for feed in feeds if _poll_id(feed, now) not in known_polls]
    total = StageCount(STAGE)
    waiting: list[Answered | Held] = []
    entry_count = 0
    committing: asyncio.Task[StageCount] | None = None
    clock = clock or (lambda: now)
    async with (
        remembered_rests(wh, limiter or shared_limiter(settings), clock) as limiter,
        open_answers(settings, asked, clock, client, limiter) as answers,
    ):
        try:
            async for answer in answers:
                waiting.append(answer)
                is_idle = committing is None or committing.done()
                entry_count += len(answer.parsed.entries) if isinstance(answer, Answered) and answer.parsed else 0
                # Where commits are the slower part, answers must not pile up in memory: a second batch waits.
                batches = max(len(waiting) / FEEDS_A_COMMIT, entry_count / ENTRIES_A_COMMIT)
                if batches < (1 if is_idle else 2):
                    continue
                total += await committing if committing is not None else StageCount(STAGE)
                committing = asyncio.create_task(asyncio.to_thread(_commit, wh, waiting, now))
                waiting, entry_count = [], 0
        finally:
            # Also when the round is broken off: a commit under way is seen to its end.
            total += await committing if committing is not None else StageCount(STAGE)
    if waiting:
        total += await asyncio.to_thread(_commit, wh, waiting, now)
    return total


def _poll_id(feed: Feed, now: datetime) -> str:
    return stable_id(feed.feed_id, now.isoformat())


def _commit(wh: Warehouse, answers: Sequence[Answered | Held], now: datetime) -> StageCount:
    answered = [one for one in answers if isinstance(one, Answered)]
    held = [one for one in answers if isinstance(one, Held)]
    _postpone(wh, answered, held, now)
    shown = {entry.entry_id for one in answered if one.parsed for entry in one.parsed.entries}
    known = read_states_of_entries(wh, shown)
    answered = _recognised(wh, answered, known)
    settled: list[Polled] = []
    for one in answered:
        rng = random.Random(_poll_id(one.feed, now))
        floor_s, ceiling_s = (DEMO_INTERVAL_S,) * 2 if one.feed.origin == "demo" else (FLOOR_S, CEILING_S)
        polled = settle_poll(
            one.feed, one.outcome, one.parsed, known, now=one.at_utc, rng=rng, floor_s=floor_s, ceiling_s=ceiling_s
        )
        # Two feeds of one outlet may carry the same item in one round.
        known |= {entry.entry_id: (entry.content_hash, entry.revision) for entry in _news(polled)}
        polled = replace(polled, poll=replace(polled.poll, poll_id=_poll_id(one.feed, now)))
        settled.append(_described(polled, one.parsed))
    polls = [polled.poll for polled in settled]
    if polls:
        write_poll_round(
            wh,
            stable_id("poll", now.isoformat(), *(poll.feed_id for poll in polls)),
            polls,
            [(one.feed, polled.feed) for one, polled in zip(answered, settled, strict=True)],
            [entry for polled in settled for entry in _news(polled)],
            [revision for polled in settled for revision in polled.news.revisions],
            [problem for polled in settled for problem in polled.problems],
            [day for one in answered for day in _days_read(one)],
        )
    return _count(settled, held)


def _recognised(wh: Warehouse, answered: Sequence[Answered], known: dict[str, tuple[str, int]]) -> list[Answered]:
    """The answers with the ids that items of changing guids are kept under, whose states join `known`."""
    links = {
        entry.url
        for one in answered
        for entry in (one.parsed.entries if one.parsed else ())
        if entry.url and entry.guid and entry.entry_id not in known
    }
    kept = read_entries_at(wh, links) if links else []
    if not kept:
        return list(answered)
    known |= {entry.entry_id: (entry.content_hash, entry.revision) for entry in kept}
    return [
        replace(one, parsed=replace(one.parsed, entries=recognise_entries(one.parsed.entries, known, kept)))
        if one.parsed
        else one
        for one in answered
    ]


def _postpone(wh: Warehouse, answered: Sequence[Answered], held: Sequence[Held], now: datetime) -> None:
    """Puts off the feeds that were not asked, and every other feed of a site that asked us to wait.

    Up to a tenth later than they must wait, so that they do not come back at once.
    """
    waits = {one.feed.feed_id: (one.wait_s, one.reason) for one in held}
    asked_to_wait = {
        registrable_domain(one.feed.url): one.outcome.retry_after_s
        for one in answered
        if isinstance(one.outcome, Failed) and one.outcome.retry_after_s
    }
    if asked_to_wait:
        settled = {one.feed.feed_id for one in answered}
        for feed in read_feeds(wh):
            wait_s = asked_to_wait.get(registrable_domain(feed.url))
            if wait_s and feed.status == "active" and feed.feed_id not in settled:
                waits.setdefault(feed.feed_id, (wait_s, f"its site asked to wait {wait_s:.0f} s"))
    if not waits:
        return
    times = {}
    for feed_id, (wait_s, reason) in waits.items():
        longest_s = min(max(FLOOR_S, wait_s), RETRY_AFTER_LIMIT_S)
        late = 1 + random.Random(stable_id(feed_id, now.isoformat())).random() / 10
        times[feed_id] = (now + timedelta(seconds=longest_s * late), reason)
    write_next_polls(wh, stable_id("held", now.isoformat(), *times), times)


def _count(settled: Sequence[Polled], held: Sequence[Held]) -> StageCount:
    polls = [polled.poll for polled in settled]
    return StageCount(
        STAGE,
        read=len(polls),
        kept=sum(poll.outcome == "fetched" for poll in polls),
        refused=sum(poll.outcome == "unchanged" for poll in polls) + len(held),
        failed=sum(poll.outcome == "failed" for poll in polls),
        note=f"{sum(p.new_count for p in polls)} new entries, {sum(p.revised_count for p in polls)} revised",
        failures=tuple((poll.feed_id, poll.reason or "") for poll in polls if poll.outcome == "failed"),
    )


def _days_read(one: Answered) -> list[FamilyDay]:
    """The days whose news this answer held."""
    if isinstance(one.outcome, Failed):
        return []
    shown = one.parsed.entries if one.parsed else None
    days = list_days_read(shown, at=one.at_utc, last_answer_at=one.feed.last_success_at_utc)
    return [FamilyDay(family_id=one.feed.family_id, on_date=day) for day in days]


def _news(polled: Polled) -> list[Entry]:
    return [*polled.news.new, *polled.news.revised]


def _described(polled: Polled, parsed: ParsedFeed | None) -> Polled:
    """With what the feed says of itself, where nobody else has said it."""
    feed = polled.feed
    if parsed is None or (feed.title and feed.language):
        return polled
    return replace(
        polled, feed=replace(feed, title=feed.title or parsed.title, language=feed.language or parsed.language)
    )
