"""What the dashboard shows, one frame a question; the SQL of each lies in `queries/` with its grain and units."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path

import pandas as pd

from warehouse.connect import Warehouse

QUERIES = Path(__file__).parent / "queries"


@cache
def query_text(name: str) -> str:
    """The SQL of the question with this name."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def read_data_version(wh: Warehouse) -> int:
    """A number that grows with each committed batch and each label; cheap enough to ask at every turn of a page."""
    sql = "SELECT (SELECT count(*) FROM batches) + (SELECT count(*) FROM labels) AS version"
    return int(wh.query(sql)[0]["version"])


def read_is_demo(wh: Warehouse) -> bool:
    """Whether what is kept comes from the demonstration's invented newsroom."""
    return bool(wh.query("SELECT 1 AS found FROM meta WHERE name = 'is_demo' AND value = 'true'"))


def read_overview(wh: Warehouse, now: datetime) -> pd.DataFrame:
    """One row of counts and newest instants; the columns are in `queries/overview.sql`."""
    return wh.frame(query_text("overview"), now=now)


def read_moved_dyads(wh: Warehouse, on: date, days: int) -> pd.DataFrame:
    """Dyads by how far net moved between `on - days` and `on`, the furthest first; see `queries/moved_dyads.sql`."""
    return wh.frame(query_text("moved_dyads"), on=on, days=days)


def read_newest_events(
    wh: Warehouse,
    limit: int,
    *,
    side_code: str | None = None,
    direction: str | None = None,
    event_type: str | None = None,
    min_confidence: float = 0.0,
    min_family_count: int = 0,
) -> pd.DataFrame:
    """At most `limit` standing events, the last reported first; None leaves a filter out; see `newest_events.sql`."""
    return wh.frame(
        query_text("newest_events"),
        limit=limit,
        side_code=side_code,
        direction=direction,
        event_type=event_type,
        min_confidence=min_confidence,
        min_family_count=min_family_count,
    )


def read_tension_by_dyad(wh: Warehouse, on: date, limit: int) -> pd.DataFrame:
    """At most `limit` dyads with their values on this day, the tensest first; see `queries/tension_by_dyad.sql`."""
    return wh.frame(query_text("tension_by_dyad"), on=on, limit=limit)


def read_sides(wh: Warehouse) -> pd.DataFrame:
    """One row a side of a standing event: code, name (the most frequent), event_count; most events first."""
    return wh.frame(query_text("sides"))


def read_pair_series(wh: Warehouse, a: str, b: str, since: date, until: date) -> pd.DataFrame:
    """The daily_dyads rows of two sides (any order) from `since` to `until`, both included, by day."""
    return wh.frame(query_text("pair_series"), a=min(a, b), b=max(a, b), since=since, until=until)


def read_pair_events(wh: Warehouse, a: str, b: str, since: date, until: date) -> pd.DataFrame:
    """The events behind the pair's curve, one row an event and day, newest first; see `queries/pair_events.sql`."""
    return wh.frame(query_text("pair_events"), a=min(a, b), b=max(a, b), since=since, until=until)


def read_event_evidence(wh: Warehouse, event_id: str) -> pd.DataFrame:
    """One row a current mention of the event, with its article and sentence; see `queries/event_evidence.sql`."""
    return wh.frame(query_text("event_evidence"), event_id=event_id)


def read_feed_health(wh: Warehouse) -> pd.DataFrame:
    """One row a feed, the failing ones first; see `queries/feed_health.sql`."""
    return wh.frame(query_text("feed_health"))


def read_recent_polls(wh: Warehouse, limit: int = 200) -> pd.DataFrame:
    """At most `limit` polls with the feed's title, newest first; see `queries/recent_polls.sql`."""
    return wh.frame(query_text("recent_polls"), limit=limit)
