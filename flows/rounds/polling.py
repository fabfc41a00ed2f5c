"""One round of polling: due feeds -> outcomes -> new and revised entries, committed as the answers come in.

A round first claims its feeds (`plan_round`), so that another round, or the next one after a crash, asks none of them
within the floor. Feeds of one site are asked one after the other; a site that asks us to wait, or does not answer, is
left alone for the rest of the round. What was answered is committed a hundred feeds at a time while the others are
still being asked, so a slow server holds nobody up and a crash loses only what is asked again anyway.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import httpx

from flows.feeds.cadence import CEILING_S, FLOOR_S, RETRY_AFTER_LIMIT_S, spread_first_polls
from flows.feeds.fetch import Failed, FailureClass, FetchLimits, Outcome, Postponed, open_client
from flows.feeds.hosts import HostLimiter, registrable_domain
from flows.feeds.parse import ParsedFeed
from flows.feeds.poll import Polled, ask_feed, settle_poll
from flows.feeds.revise import recognise_entries
from flows.rounds.politeness import remembered_rests, shared_limiter
from flows.rounds.report import StageCount
from flows.settings import Settings
from warehouse.connect import Warehouse
from warehouse.read import read_due_feeds, read_entries_at, read_feeds, read_poll_ids, read_states_of_entries
from warehouse.records import Entry, Feed, stable_id
from warehouse.write import claim_feeds, write_next_polls, write_poll_round

MIB = 1024 * 1024
STAGE = "poll feeds"
FEEDS_A_COMMIT = 50
MOST_WAITING = 100  # answers held in memory while a commit is under way
# A round lasts about this long for each feed, at worst; its claim must outlast it.
CLAIM_S_A_FEED = 0.1
FIRST_AT_ONCE = 50  # of feeds never asked before; the rest begin a second apart
SILENT_ANSWERS = 2  # in a row without any answer, and the site is left alone for this round
HELD_S = 180.0
# The demo's newsroom is ours, brings something every few seconds, and dates it years back: asked in every round.
DEMO_INTERVAL_S = 20


@dataclass(frozen=True, slots=True)
class Answered:
    """One feed after its request: what came and when, and what was in it where it could be read."""

    feed: Feed
    outcome: Outcome
    parsed: ParsedFeed | None
    at_utc: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """One feed that was not asked, since its site asked us to wait or does not answer."""

    feed: Feed
    wait_s: float
    reason: str


Client = Callable[[], httpx.AsyncClient]


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
    """Asks these feeds, side by side, and commits all they brought, some fifty feeds in a transaction.

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
    committing: asyncio.Task[StageCount] | None = None
    clock = clock or (lambda: now)
    async with (
        remembered_rests(wh, limiter or shared_limiter(settings), clock) as limiter,
        _answers(settings, asked, clock, client, limiter) as answers,
    ):
        try:
            async for answer in answers:
                waiting.append(answer)
                is_idle = committing is None or committing.done()
                # Where commits are the slower part, answers must not pile up in memory: a full batch waits.
                if len(waiting) < (FEEDS_A_COMMIT if is_idle else MOST_WAITING):
                    continue
                total += await committing if committing is not None else StageCount(STAGE)
                committing = asyncio.create_task(asyncio.to_thread(_commit, wh, waiting, now))
                waiting = []
        finally:
            # Also when the round is broken off: a commit under way is seen to its end.
            total += await committing if committing is not None else StageCount(STAGE)
    if waiting:
        total += await asyncio.to_thread(_commit, wh, waiting, now)
    return total


async def ask_feeds(settings: Settings, feeds: Sequence[Feed], now: datetime) -> list[Answered]:
    """What each feed answers, in the order given; nothing is stored. A feed of a site that is held has no answer."""
    async with _answers(settings, feeds, lambda: now, None, shared_limiter(settings)) as answers:
        found = {answer.feed.feed_id: answer async for answer in answers}
    return [_as_answered(found[feed.feed_id], now) for feed in feeds]


def _as_answered(answer: Answered | Held, now: datetime) -> Answered:
    if isinstance(answer, Answered):
        return answer
    failed = Failed(failure_class=FailureClass.TEMPORARY, reason=f"not asked: {answer.reason}")
    return Answered(answer.feed, failed, None, now)


@asynccontextmanager
async def _answers(
    settings: Settings,
    feeds: Sequence[Feed],
    clock: Callable[[], datetime],
    open_other: Client | None,
    limiter: HostLimiter,
) -> AsyncIterator[AsyncIterator[Answered | Held]]:
    """The answers as they come in; what is still being asked when the block is left is given up."""
    limits = FetchLimits(total_s=settings.total_timeout_s, max_bytes=int(settings.max_feed_mib * MIB))
    sites: defaultdict[str, list[Feed]] = defaultdict(list)
    for feed in feeds:
        sites[registrable_domain(feed.url)].append(feed)
    came: asyncio.Queue[Answered | Held | BaseException] = asyncio.Queue()
    room = asyncio.Semaphore(MOST_WAITING)  # taken before a feed is asked, given back when its answer is taken

    async def ask_site(client: httpx.AsyncClient, site: Sequence[Feed]) -> None:
        try:
            held: Held | None = None
            silent_count = 0
            for feed in site:
                if held is not None:
                    came.put_nowait(replace(held, feed=feed))
                    continue
                await room.acquire()
                outcome, parsed = await _ask_safely(client, limiter, feed, clock, limits)
                if isinstance(outcome, Postponed):
                    room.release()
                    held = Held(feed, outcome.wait_s, outcome.reason)
                    came.put_nowait(held)
                    continue
                came.put_nowait(Answered(feed, outcome, parsed, clock()))
                silent_count = silent_count + 1 if _is_silent(outcome) else 0
                held = _hold_of(feed, outcome, silent_count)
        except BaseException as error:
            came.put_nowait(error)
            raise

    async def take() -> AsyncIterator[Answered | Held]:
        for _ in feeds:
            answer = await came.get()
            if isinstance(answer, BaseException):
                raise answer
            if isinstance(answer, Answered):
                room.release()
            yield answer

    async with (open_other or (lambda: open_settings_client(settings)))() as client:
        asking = [asyncio.create_task(ask_site(client, site)) for site in sites.values()]
        try:
            yield take()
        finally:
            for task in asking:
                task.cancel()
            await asyncio.gather(*asking, return_exceptions=True)


async def _ask_safely(
    client: httpx.AsyncClient, limiter: HostLimiter, feed: Feed, clock: Callable[[], datetime], limits: FetchLimits
) -> tuple[Outcome | Postponed, ParsedFeed | None]:
    """As `ask_feed`; what no part of it foresaw is a failure of this one feed, or it would stop all for ever."""
    try:
        return await ask_feed(client, limiter, feed, clock=clock, limits=limits)
    except Exception as error:  # noqa: BLE001 - the edge of one feed
        return Failed(failure_class=FailureClass.SOFT, reason=f"it could not be read: {error!r:.300}"), None


def _is_silent(outcome: Outcome) -> bool:
    return isinstance(outcome, Failed) and outcome.failure_class is FailureClass.TEMPORARY


def _hold_of(feed: Feed, outcome: Outcome, silent_count: int) -> Held | None:
    """Why the other feeds of this site are not asked in this round; None where they are."""
    if isinstance(outcome, Failed) and outcome.retry_after_s:
        return Held(feed, outcome.retry_after_s, f"its site asked to wait {outcome.retry_after_s:.0f} s")
    if silent_count >= SILENT_ANSWERS:
        return Held(feed, HELD_S, "its site does not answer")
    return None


def open_settings_client(settings: Settings) -> httpx.AsyncClient:
    """The client for feeds and pages, with the limits of the settings; to be used in `async with`."""
    return open_client(
        contact=settings.contact or None,
        allow_private_hosts=frozenset(settings.allow_private_hosts),
        connect_timeout_s=settings.connect_timeout_s,
        read_timeout_s=settings.read_timeout_s,
        max_connections=settings.feed_concurrency + settings.page_concurrency,
    )


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
