"""Asks feeds side by side, and politely: those of one site one after the other, each answer as it comes.

A site that asks us to wait, or does not answer, is left alone for the rest of the round. Nothing is stored here.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime

import httpx

from flows.feeds.fetch import Failed, FailureClass, FetchLimits, Outcome, Postponed, open_client
from flows.feeds.hosts import HostLimiter, registrable_domain
from flows.feeds.parse import ParsedFeed
from flows.feeds.parsing import Parser, ParserHere, ParserOfMany
from flows.feeds.poll import ask_feed
from flows.rounds.politeness import shared_limiter
from flows.settings import Settings
from warehouse.records import Feed

MIB = 1024 * 1024
MOST_WAITING = 200  # answers held in memory until they are taken
SILENT_ANSWERS = 2  # in a row without any answer, and the site is left alone for this round
HELD_S = 180.0
LARGE_ROUND = 200  # feeds; a smaller round is over before a process to parse beside it has paid


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


async def ask_feeds(settings: Settings, feeds: Sequence[Feed], now: datetime) -> list[Answered]:
    """What each feed answers, in the order given; nothing is stored. A feed of a site that is held has no answer."""
    async with open_answers(settings, feeds, lambda: now, None, shared_limiter(settings)) as answers:
        found = {answer.feed.feed_id: answer async for answer in answers}
    return [_as_answered(found[feed.feed_id], now) for feed in feeds]


def _as_answered(answer: Answered | Held, now: datetime) -> Answered:
    if isinstance(answer, Answered):
        return answer
    failed = Failed(failure_class=FailureClass.TEMPORARY, reason=f"not asked: {answer.reason}")
    return Answered(answer.feed, failed, None, now)


@asynccontextmanager
async def open_answers(
    settings: Settings,
    feeds: Sequence[Feed],
    clock: Callable[[], datetime],
    open_other: Client | None,
    limiter: HostLimiter,
) -> AsyncIterator[AsyncIterator[Answered | Held]]:
    """The answers as they come in; what is still being asked when the block is left is given up.

    Args:
        clock: the time of each answer.
        open_other: opens another client than that of the settings.
        limiter: keeps the distance between requests to one site.
    """
    sites: defaultdict[str, list[Feed]] = defaultdict(list)
    for feed in feeds:
        sites[registrable_domain(feed.url)].append(feed)
    open_client_here = open_other or (lambda: open_settings_client(settings))
    async with open_client_here() as client, parser_for(len(feeds)) as parser:
        this_round = _Round(limiter, clock, feed_limits(settings), parser)
        asking = [asyncio.create_task(this_round.ask_site(client, site)) for site in sites.values()]
        try:
            yield this_round.take(len(feeds))
        finally:
            for task in asking:
                task.cancel()
            await asyncio.gather(*asking, return_exceptions=True)


def parser_for(feed_count: int) -> AbstractAsyncContextManager[Parser]:
    """Who parses the answers of so many feeds, ready in `async with`."""
    return ParserOfMany() if feed_count >= LARGE_ROUND else nullcontext(ParserHere())


class _Round:
    """Answers between those who ask, a task for each site, and the one who takes them."""

    def __init__(
        self, limiter: HostLimiter, clock: Callable[[], datetime], limits: FetchLimits, parser: Parser
    ) -> None:
        self._limiter, self._clock, self._limits, self._parser = limiter, clock, limits, parser
        self._came: asyncio.Queue[Answered | Held | BaseException] = asyncio.Queue()
        # Taken before a feed is asked, given back when its answer is taken.
        self._room = asyncio.Semaphore(MOST_WAITING)

    async def ask_site(self, client: httpx.AsyncClient, site: Sequence[Feed]) -> None:
        """Asks the feeds of one site one after the other; what none foresaw reaches who takes the answers."""
        try:
            await self._ask_site(client, site)
        except BaseException as error:
            self._came.put_nowait(error)
            raise

    async def take(self, count: int) -> AsyncIterator[Answered | Held]:
        """So many answers, as they come in."""
        for _ in range(count):
            answer = await self._came.get()
            if isinstance(answer, BaseException):
                raise answer
            if isinstance(answer, Answered):
                self._room.release()
            yield answer

    async def _ask_site(self, client: httpx.AsyncClient, site: Sequence[Feed]) -> None:
        held: Held | None = None
        silent_count = 0
        for feed in site:
            if held is not None:
                self._came.put_nowait(replace(held, feed=feed))
                continue
            await self._room.acquire()
            outcome, parsed = await self._ask_safely(client, feed)
            if isinstance(outcome, Postponed):
                self._room.release()
                held = Held(feed, outcome.wait_s, outcome.reason)
                self._came.put_nowait(held)
                continue
            self._came.put_nowait(Answered(feed, outcome, parsed, self._clock()))
            silent_count = silent_count + 1 if _is_silent(outcome) else 0
            held = _hold_of(feed, outcome, silent_count)

    async def _ask_safely(self, client: httpx.AsyncClient, feed: Feed) -> tuple[Outcome | Postponed, ParsedFeed | None]:
        """As `ask_feed`; what no part of it foresaw is a failure of this one feed, or it would stop all for ever."""
        try:
            return await ask_feed(
                client, self._limiter, feed, clock=self._clock, limits=self._limits, parser=self._parser
            )
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


def feed_limits(settings: Settings) -> FetchLimits:
    """How long and how large one request of a feed may be, as set."""
    return FetchLimits(total_s=settings.total_timeout_s, max_bytes=int(settings.max_feed_mib * MIB))
