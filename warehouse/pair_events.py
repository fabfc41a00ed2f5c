"""The events of a pair, some of many: the newest, the weightiest, one by its id, and how many there are.

The busiest pairs of three years have hundreds of thousands; a page shows those it can, and tells how many those are of.
A frame has the columns of `events`, and of `event_dyads` on_date, weight, impact (weight points that the event adds to
its day) and dyad_reason (how it belongs here); of the weightiest only what is drawn of them. All raise WarehouseError
as `Warehouse.query` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from warehouse.connect import Warehouse
from warehouse.questions import ask_together, read_event_numbers, sql, sql_of_ids

if TYPE_CHECKING:
    import pandas as pd

# Of more than so many rows each half is asked for by itself.
_LOOKED_UP_ALONE = 500
# Of a thousand rows each column costs.
_MARKED = "event_id, starts_on, direction, type, headline, family_count"


def read_pair_event_count(wh: Warehouse, a: str, b: str, since: date, until: date) -> dict[str, Any]:
    """How many events move a dyad, and the first and last of their days; see `queries/pair_event_count.sql`."""
    first, second = sorted((a, b))
    return wh.query(_of_standing(wh, "pair_event_count"), a=first, b=second, since=since, until=until)[0]


def read_newest_pair_events(wh: Warehouse, a: str, b: str, since: date, until: date, limit: int) -> pd.DataFrame:
    """The last of the events that move a dyad, by day; sides in either order; see `queries/newest_pair_events.sql`."""
    keys = _ask(wh, "newest_pair_events", a, b, since=since, until=until, limit=limit)
    return _in_order(_read_standing(wh, keys["event_number"]), keys)


def read_newest_pair_event_numbers(wh: Warehouse, a: str, b: str, since: date, until: date, limit: int) -> list[int]:
    """Numbers of the last of the events that move a dyad, the newest first; see `queries/newest_pair_events.sql`."""
    keys = _ask(wh, "newest_pair_events", a, b, since=since, until=until, limit=limit)
    return [int(number) for number in keys["event_number"]]


def read_weightiest_pair_events(wh: Warehouse, a: str, b: str, since: date, until: date, limit: int) -> pd.DataFrame:
    """Of the events that move a dyad those that move it most, by day; with on_date and impact, and of `events` only
    what a marker needs.

    See `queries/weightiest_pair_events.sql`.
    """
    keys = _ask(wh, "weightiest_pair_events", a, b, since=since, until=until, limit=limit)
    found = _in_order(_read_standing(wh, keys["event_number"], columns=f"event_number, {_MARKED}"), keys)
    return found.drop(columns="event_number")


def read_pair_event(wh: Warehouse, a: str, b: str, event_id: str) -> pd.DataFrame:
    """This event where it moves the dyad, else no row; see `queries/pair_events_of.sql`."""
    return read_pair_events_of(wh, a, b, [event_id])


def read_pair_events_of(wh: Warehouse, a: str, b: str, event_ids: Iterable[str]) -> pd.DataFrame:
    """Those of these events that move the dyad, by day; see `queries/pair_events_of.sql`."""
    first, second = sorted((a, b))
    events = _read_standing(wh, read_event_numbers(wh, event_ids))
    # Only the days that they lie within are looked through.
    days = [day.date() for name in ("starts_on", "ends_on") for day in events[name]]
    since, until = min(days, default=date.min), max(days, default=date.min)
    text = sql_of_ids(sql("pair_events_of"), event_numbers=events["event_number"])
    return _in_order(events, wh.frame(text, a=first, b=second, since=since, until=until))


def _ask(wh: Warehouse, name: str, a: str, b: str, **asked: Any) -> pd.DataFrame:
    first, second = sorted((a, b))
    return wh.frame(_of_standing(wh, name), a=first, b=second, **asked)


def _of_standing(wh: Warehouse, name: str) -> str:
    return sql(name).replace("{standing}", standing(wh))


def standing(wh: Warehouse) -> str:
    """The condition that keeps out withdrawn events which still move the dyad: since the indices were last made.

    There is mostly none, and then no id has to be read: of a busy pair that takes four times as long as all else.
    """
    gone = [row["event_id"] for row in wh.query(sql("withdrawn_since_indexed"))]
    return sql_of_ids("event_id NOT IN ({gone})", gone=gone) if gone else "true"


def _read_standing(wh: Warehouse, numbers: Iterable[int], *, columns: str = "*") -> pd.DataFrame:
    asked = list(numbers)
    if len(asked) > _LOOKED_UP_ALONE:
        from pandas import concat

        # Rows are looked up by one processor, each.
        half = len(asked) // 2
        parts = (partial(_read_standing, wh, part, columns=columns) for part in (asked[:half], asked[half:]))
        both: list[pd.DataFrame] = ask_together(*parts)
        return concat(both, ignore_index=True)
    text = f"SELECT {columns} FROM events WHERE event_number IN ({{event_numbers}}) AND withdrawn_at_utc IS NULL"
    return wh.frame(sql_of_ids(text, event_numbers=asked))


def _in_order(events: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """The events of these keys, by day; within a day the greatest impact first."""
    by = "event_id" if "event_id" in keys else "event_number"
    found = events.merge(keys if by == "event_number" else keys.drop(columns="event_number", errors="ignore"), on=by)
    order = found.sort_values(["on_date", "impact", "event_id"], ascending=[True, False, True])
    return order.reset_index(drop=True)
