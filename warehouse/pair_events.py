"""The events of a pair, some of many: the newest, the weightiest, one by its id, and how many there are.

The busiest pairs of three years have hundreds of thousands; a page shows those it can, and tells how many those are of.
A frame has the columns of `events`, and of `event_dyads` on_date, weight, impact (weight points that the event adds to
its day) and dyad_reason (how it belongs here). All raise WarehouseError as `Warehouse.query` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from warehouse.connect import Warehouse
from warehouse.questions import sql, sql_of_ids

if TYPE_CHECKING:
    import pandas as pd

# Of a thousand rows each column costs.
_MARKED = "event_id, starts_on, direction, type, headline, family_count"


def read_pair_event_count(wh: Warehouse, a: str, b: str, since: date, until: date) -> dict[str, Any]:
    """How many events move a dyad, and the first and last of their days; see `queries/pair_event_count.sql`."""
    first, second = sorted((a, b))
    return wh.query(sql("pair_event_count"), a=first, b=second, since=since, until=until)[0]


def read_newest_pair_events(wh: Warehouse, a: str, b: str, since: date, until: date, limit: int) -> pd.DataFrame:
    """The last of the events that move a dyad, by day; sides in either order; see `queries/pair_event_keys.sql`."""
    return _read_keyed(wh, a, b, since, until, limit, is_by_weight=False)


def read_weightiest_pair_events(wh: Warehouse, a: str, b: str, since: date, until: date, limit: int) -> pd.DataFrame:
    """Of the events that move a dyad those that move it most, by day; of `events` only what a marker needs."""
    return _read_keyed(wh, a, b, since, until, limit, is_by_weight=True)


def read_pair_event(wh: Warehouse, a: str, b: str, event_id: str) -> pd.DataFrame:
    """This event where it moves the dyad, else no row; see `queries/pair_events_of.sql`."""
    return read_pair_events_of(wh, a, b, [event_id])


def read_pair_events_of(wh: Warehouse, a: str, b: str, event_ids: Iterable[str]) -> pd.DataFrame:
    """Those of these events that move the dyad, by day; see `queries/pair_events_of.sql`."""
    first, second = sorted((a, b))
    return _with_events(wh, wh.frame(sql_of_ids(sql("pair_events_of"), event_ids=event_ids), a=first, b=second))


def _read_keyed(
    wh: Warehouse, a: str, b: str, since: date, until: date, limit: int, *, is_by_weight: bool
) -> pd.DataFrame:
    first, second = sorted((a, b))
    keys = wh.frame(
        sql("pair_event_keys"), a=first, b=second, since=since, until=until, limit=limit, is_by_weight=is_by_weight
    )
    return _with_events(wh, keys, columns=_MARKED if is_by_weight else "*")


def _with_events(wh: Warehouse, keys: pd.DataFrame, *, columns: str = "*") -> pd.DataFrame:
    """The events of these keys, by day; within a day the greatest impact first."""
    text = f"SELECT {columns} FROM events WHERE event_id IN ({{event_ids}})"
    events = wh.frame(sql_of_ids(text, event_ids=keys["event_id"]))
    found = events.merge(keys, on="event_id")
    order = found.sort_values(["on_date", "impact", "event_id"], ascending=[True, False, True])
    return order.reset_index(drop=True)
