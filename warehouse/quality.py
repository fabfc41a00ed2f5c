"""What is asked about how good the reading is: measured figures, languages, and people's labels.

All raise WarehouseError as `Warehouse.query` does.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from warehouse.connect import Warehouse
from warehouse.questions import read_event_numbers, read_told, sql, sql_of_ids

if TYPE_CHECKING:
    import pandas as pd

_LABELLED = "SELECT mention_number FROM labels WHERE mention_number IS NOT NULL"


def read_evaluations(wh: Warehouse) -> pd.DataFrame:
    """The newest figures of each source; see `queries/evaluations.sql`."""
    return wh.frame(sql("evaluations"))


def read_weeks_read(wh: Warehouse, days: int) -> pd.DataFrame:
    """How much is read, by language and week, of the articles first seen in the last days that any was.

    See `queries/read_by_week.sql`. Not of all: what was read years ago says little of how news is read now, and
    takes a pass over every mention.
    """
    last = wh.query("SELECT max(first_seen_at_utc) AS last FROM articles")[0]["last"]
    since = (last or datetime.now(UTC)) - timedelta(days=days)
    return wh.frame(sql("read_by_week"), since=since)


def read_event_labels(wh: Warehouse, event_id: str) -> pd.DataFrame:
    """Labels of an event's mentions, the latest first; see `queries/event_labels.sql`."""
    numbers = read_event_numbers(wh, [event_id])
    return wh.frame(sql_of_ids(sql("event_labels"), event_numbers=numbers))


def read_recent_labels(wh: Warehouse, limit: int) -> pd.DataFrame:
    """The last labels, newest first; see `queries/recent_labels.sql`."""
    # One label more for each that may be of a mention no longer kept; where they were still too few, all are asked of.
    for count in (2 * limit, None):
        text = f"{_LABELLED} ORDER BY labelled_at_utc DESC, label_id LIMIT $count"
        latest = [row["mention_number"] for row in wh.query(text, count=count)]
        text = "SELECT article_id FROM mentions WHERE mention_number IN ({mention_numbers})"
        article_ids = [row["article_id"] for row in wh.query(sql_of_ids(text, mention_numbers=latest))]
        asked = sql_of_ids(sql("recent_labels"), mention_numbers=latest, article_ids=article_ids)
        found = wh.frame(asked, limit=limit)
        if len(found) == limit or count is None or len(latest) < count:
            break
    return found


def read_labelled_sentences(wh: Warehouse) -> pd.DataFrame:
    """Labelled sentences with all their mentions; see `queries/labelled_sentences.sql`."""
    numbers = [row["mention_number"] for row in wh.query(_LABELLED)]
    text = "SELECT DISTINCT article_id, arrival_number FROM mentions WHERE mention_number IN ({mention_numbers})"
    articles = wh.query(sql_of_ids(text, mention_numbers=numbers))
    asked = sql_of_ids(
        sql("labelled_sentences"),
        mention_numbers=numbers,
        article_ids=[row["article_id"] for row in articles],
        arrival_numbers=[row["arrival_number"] for row in articles],
    )
    return wh.frame(asked)


def read_event_revisions(wh: Warehouse, event_id: str) -> pd.DataFrame:
    """How our reading of an event changed, the first reading first; see `queries/event_revisions.sql`."""
    numbers = read_event_numbers(wh, [event_id])
    return wh.frame(sql_of_ids(sql("event_revisions"), event_numbers=numbers))


def read_events_nearby(wh: Warehouse, event_id: str, *, days: int, limit: int) -> pd.DataFrame:
    """Events that may be one happening with this one, the likeliest first; see `queries/events_nearby.sql`.

    Args:
        days: how far apart they lie at most.
    """
    own = wh.query("SELECT type, starts_on FROM events WHERE event_id = $event_id", event_id=event_id)
    # Of an event that is not there nothing is near, on whatever day.
    kind, begun = (own[0]["type"], own[0]["starts_on"]) if own else ("", date(2000, 1, 1))
    near = {"since": begun - timedelta(days=days), "until": begun + timedelta(days=days), "limit": limit}
    rows = wh.query(sql("nearby_event_ids"), event_id=event_id, type=kind, starts_on=begun, **near)
    text = read_told(wh, [row["event_number"] for row in rows]).in_text(sql("events_nearby"))
    return wh.frame(text, type=kind, starts_on=begun)
