"""Carries out what people asked for on the Feeds page, by what `mereda feeds` does, and says in a sentence what became
of it.

The outcome is committed with what it changed, in one batch under the order's own key: a killed process leaves an order
waiting, and of two that carry out the same one only one counts.
"""

from __future__ import annotations

import asyncio
import base64
import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from flows.feeds.credentials import hide_credentials
from flows.rounds import subscriptions
from flows.rounds.report import StageCount
from flows.rounds.subscriptions import Added, Imported, Several, Wish
from flows.settings import Settings
from warehouse.changes import Change
from warehouse.connect import Warehouse
from warehouse.errors import FeedError, WarehouseError
from warehouse.feed_list import added, address_set, read_pending_orders, write_carried_out
from warehouse.records import FeedOrder

logger = logging.getLogger(__name__)

STAGE = "carry out orders"
ORDERS_AT_ONCE = 8
UNREAD_TOLD = 3
STATUSES = {"pause": "paused", "resume": "active", "retire": "retired"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an order comes to: the sentence, and what is to be changed; nothing where it is refused."""

    says: str
    changes: Sequence[Change] = ()
    feed_id: str | None = None
    choices: tuple[str, ...] = ()
    is_refused: bool = False


async def carry_out_orders(wh: Warehouse, settings: Settings, now: datetime) -> StageCount:
    """Carries out every order that waits, those of one feed or address in their order, others side by side.

    Raises:
        WarehouseError: the warehouse could not be reached; what was not committed waits for the next time.
    """
    pending = await asyncio.to_thread(read_pending_orders, wh)
    by_subject: dict[str, list[FeedOrder]] = defaultdict(list)
    for order in pending:
        by_subject[order.feed_id or order.url or order.kind].append(order)
    turns, settling = asyncio.Semaphore(ORDERS_AT_ONCE), asyncio.Lock()

    async def carry_out(orders: Sequence[FeedOrder]) -> list[tuple[FeedOrder, Outcome]]:
        async with turns:
            return [(order, await _carry_out(wh, settings, order, now, settling)) for order in orders]

    # Each to its end, whatever becomes of another.
    groups = await asyncio.gather(*map(carry_out, by_subject.values()), return_exceptions=True)
    for group in groups:
        if isinstance(group, BaseException):
            raise group
    done = [pair for group in groups if isinstance(group, list) for pair in group]
    refused = [(order, outcome) for order, outcome in done if outcome.is_refused]
    return StageCount(
        STAGE,
        read=len(pending),
        kept=len(done) - len(refused),
        refused=len(refused),
        failures=tuple((order.feed_id or order.kind, outcome.says) for order, outcome in refused),
    )


async def _carry_out(
    wh: Warehouse, settings: Settings, order: FeedOrder, now: datetime, settling: asyncio.Lock
) -> Outcome:
    try:
        settle = await _prepare(wh, settings, order, now)
        # From looking at the list to changing it nobody else changes it: two orders may come to one feed.
        async with settling:
            outcome = settle()
            _write(wh, order, outcome, now)
            return outcome
    except FeedError as error:
        outcome = Outcome(_sentence(str(error)), is_refused=True)
    except WarehouseError:
        raise
    except Exception:
        logger.exception("order %s failed", order.order_id)
        outcome = Outcome(
            "A fault of Mereda's own kept this from being done; the log of collect says more.", is_refused=True
        )
    _write(wh, order, outcome, now)
    return outcome


def _write(wh: Warehouse, order: FeedOrder, outcome: Outcome, now: datetime) -> None:
    done = replace(
        order,
        url=hide_credentials(order.url) if order.url else None,
        feed_id=outcome.feed_id or order.feed_id,
        carried_out_at_utc=now,
        is_refused=outcome.is_refused,
        outcome=outcome.says,
        choices=outcome.choices,
    )
    write_carried_out(wh, done, outcome.changes)


async def _prepare(wh: Warehouse, settings: Settings, order: FeedOrder, now: datetime) -> Callable[[], Outcome]:
    """Whatever of an order asks the network; what is left looks at the list and changes it."""
    if order.kind in STATUSES:
        return partial(_set_status, wh, order, now)
    if order.kind == "import":
        return partial(_import, wh, order, now)
    if order.kind not in ("add", "replace"):
        raise FeedError(f"nobody knows how to '{order.kind}'")
    wish = Wish(order.url or "", order.title, outlet_name=order.outlet_name, language=order.language, tags=order.tags)
    if order.kind == "replace":
        subscriptions.named_feed(wh, order.feed_id or "")
    found = await subscriptions.find_candidates(wh, settings, wish, now=now)
    if order.kind == "add":
        return lambda: _told(subscriptions.choose_added(wh, wish, found, now=now), order, now)
    return lambda: _told(subscriptions.choose_replaced(wh, order.feed_id or "", wish, found), order, now)


def _told(chosen: Added | Several, order: FeedOrder, now: datetime) -> Outcome:
    if isinstance(chosen, Several):
        choices = tuple(f"{hide_credentials(one.url)} {one.title}".strip() for one in chosen.candidates)
        count = len(choices)
        return Outcome(
            f"This site has {count} feeds; nothing was done. Choose one of them.", choices=choices, is_refused=True
        )
    feed, found = chosen.feed, chosen.candidate
    where = hide_credentials(feed.url)
    newest = f", the newest of {found.newest_at_utc:%Y-%m-%d}" if found.newest_at_utc else ""
    if order.kind == "add":
        says = f"Added: {feed.title}, {where}, with {found.entry_count} entries{newest}."
        return Outcome(says, [added([feed])], feed.feed_id)
    says = f"{feed.title} is now asked at {where}, which has {found.entry_count} entries{newest}."
    return Outcome(says, [address_set(feed, next_poll_at_utc=now)], feed.feed_id)


def _set_status(wh: Warehouse, order: FeedOrder, now: datetime) -> Outcome:
    feed = subscriptions.with_status(wh, order.feed_id or "", STATUSES[order.kind], now=now)
    says = {
        "paused": f"{feed.title} is paused: it is not asked until it is resumed.",
        "active": f"{feed.title} is asked again.",
        "retired": f"{feed.title} is retired: it is not asked any more, and what it brought stays.",
    }[feed.status]
    return Outcome(says, [subscriptions.status_change(feed, now)], feed.feed_id)


def _import(wh: Warehouse, order: FeedOrder, now: datetime) -> Outcome:
    try:
        body = base64.b64decode(order.list_base64 or "", validate=True)
    except ValueError as error:
        raise FeedError("the file was not sent whole; send it again") from error
    new, imported = subscriptions.read_new_feeds(wh, body, now=now)
    says = _sentence(_imported(imported))
    return Outcome(says, [added(new)] if new else [], is_refused=not new and not imported.known_count)


def _imported(one: Imported) -> str:
    feeds = "feed" if one.added_count == 1 else "feeds"
    parts = [f"{one.added_count} {feeds} added", f"{one.known_count} known already"]
    if one.repeated:
        parts.append(f"{len(one.repeated)} listed again")
    if one.unread:
        told = "; ".join(f"{unread.item}: {unread.reason}" for unread in one.unread[:UNREAD_TOLD])
        more = f"; and {len(one.unread) - UNREAD_TOLD} more" if len(one.unread) > UNREAD_TOLD else ""
        parts.append(f"{len(one.unread)} not read ({told}{more})")
    return hide_credentials(", ".join(parts))


def _sentence(text: str) -> str:
    """The text as one line that begins with a capital, unless with an address, and ends with a full stop."""
    line = " ".join(hide_credentials(text).split())
    begins = line if line.startswith("http") else line[:1].upper() + line[1:]
    return begins if line.endswith((".", "!", "?")) else f"{begins}."
