"""What people change about the list of feeds, and the orders by which the dashboard asks for it.

The changes are values, so that who carries out an order commits them and its outcome in one transaction. Batches and
errors as in `warehouse.write`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from warehouse.changes import Change, Rows, Statement
from warehouse.connect import Warehouse
from warehouse.questions import sql
from warehouse.records import Feed, FeedOrder
from warehouse.tables import record_of

if TYPE_CHECKING:
    import pandas as pd

# What a reader may say of an order; the rest is written by who carries it out.
_ORDERED = (
    "order_id", "kind", "feed_id", "url", "title", "outlet_name", "language", "tags", "list_base64", "ordered_by",
    "ordered_at_utc",
)  # fmt: skip
# What is known of an address and not of the feed: it means nothing at another one.
_OF_OLD_ADDRESS = (
    "etag", "last_modified", "body_hash", "redirect_url", "answered_url", "failing_since_utc", "failure_class",
    "failure_reason", "empty_since_utc",
)  # fmt: skip


def added(feeds: Sequence[Feed]) -> Change:
    """These feeds put into the list; one that is there stays as it is."""
    return Rows(feeds, is_insert_only=True)


def status_set(feed_id: str, status: str, *, next_poll_at_utc: datetime | None = None) -> Change:
    """A person's word on one feed: active, paused or retired. What polling knows of it stays as it is.

    Args:
        next_poll_at_utc: when to ask it next; None leaves that as it is.
    """
    text = (
        "UPDATE feeds SET status = $status, next_poll_at_utc = coalesce($at, next_poll_at_utc) WHERE feed_id = $feed_id"
    )
    params = {"status": status, "at": next_poll_at_utc, "feed_id": feed_id}
    return Statement(text, "feeds", params, row_count=1)


def address_set(feed: Feed, *, next_poll_at_utc: datetime) -> Change:
    """The feed's new address and status; what was known of the old address is forgotten, its rhythm is kept."""
    forgotten = ", ".join(f"{name} = NULL" for name in _OF_OLD_ADDRESS)
    text = (
        f"UPDATE feeds SET url = $url, original_url = $url, status = $status, {forgotten}, redirect_count = 0, "
        "failure_count = 0, next_poll_at_utc = $at, next_poll_reason = 'its address was replaced' "
        "WHERE feed_id = $feed_id"
    )
    params = {"url": feed.url, "status": feed.status, "at": next_poll_at_utc, "feed_id": feed.feed_id}
    return Statement(text, "feeds", params, row_count=1)


def write_feed_list(wh: Warehouse, batch_key: str, changes: Sequence[Change]) -> bool:
    """Put what a person changed about the list."""
    return wh.apply(batch_key, changes)


def write_order(wh: Warehouse, order: FeedOrder) -> bool:
    """Put an order that waits to be carried out; True when it is new. A reader may do this too.

    Its own id is what keeps it from being given twice, and no retry of it can be.
    """
    values = {name: _plain(getattr(order, name)) for name in _ORDERED}
    places = ", ".join(f"${name}" for name in _ORDERED)
    text = f"INSERT INTO feed_orders ({', '.join(_ORDERED)}) VALUES ({places}) ON CONFLICT DO NOTHING"
    return wh.execute(text, **values) > 0


def _plain(value: object) -> object:
    # SQL text cannot carry NUL, and the reader's right is to literals alone.
    if isinstance(value, str):
        return value.replace("\x00", "")
    return [one.replace("\x00", "") for one in value] if isinstance(value, tuple) else value


def read_pending_orders(wh: Warehouse) -> list[FeedOrder]:
    """Orders that wait to be carried out, the oldest first."""
    rows = wh.query("SELECT * FROM feed_orders WHERE carried_out_at_utc IS NULL ORDER BY ordered_at_utc, order_id")
    return [record_of(FeedOrder, row) for row in rows]


def write_carried_out(wh: Warehouse, order: FeedOrder, changes: Sequence[Change] = ()) -> bool:
    """Put what an order changed and its outcome, both or neither; False where another process has carried it out.

    Args:
        order: with its outcome; the file of a list is not kept any longer.
        changes: what it did to the list of feeds; nothing where it was refused.
    """
    done = replace(order, list_base64=None)
    return wh.apply(f"order {order.order_id}", [*changes, Rows([done])])


def read_managed_feeds(wh: Warehouse) -> pd.DataFrame:
    """Each feed and how it is now, troubled ones first, retired ones last; see `queries/managed_feeds.sql`."""
    return wh.frame(sql("managed_feeds"), now=datetime.now(UTC))


def read_recent_orders(wh: Warehouse, limit: int) -> pd.DataFrame:
    """The newest orders, waiting ones first, without the files of lists; see `queries/recent_orders.sql`."""
    return wh.frame(sql("recent_orders"), limit=limit)
