"""Every question others ask of the warehouse, by name. The dashboard's own are in `read_views`, given on from here.

Records come back as tuples of records, in the order said; frames have the same columns when there are no rows.
All raise WarehouseError as `Warehouse.query` does.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypeVar

from warehouse.connect import Warehouse
from warehouse.read_views import (
    read_data_version,
    read_event_evidence,
    read_feed_health,
    read_is_demo,
    read_moved_dyads,
    read_newest_events,
    read_overview,
    read_pair_events,
    read_pair_series,
    read_recent_polls,
    read_sides,
    read_tension_by_dyad,
)
from warehouse.records import (
    Article,
    DailyDyad,
    Entry,
    Event,
    EventDyad,
    EventMention,
    Feed,
    Label,
    Mention,
    Story,
)
from warehouse.tables import record_of, table_of

R = TypeVar("R")


def read_records(wh: Warehouse, record: type[R], sql_tail: str = "", /, **params: Any) -> list[R]:
    """The records of one kind; `sql_tail` is what follows FROM (WHERE, ORDER BY, LIMIT), with `$name` parameters."""
    columns = ", ".join(table_of(record).columns)
    rows = wh.query(f"SELECT {columns} FROM {table_of(record).name} {sql_tail}", **params)
    return [record_of(record, row) for row in rows]


def read_feeds(wh: Warehouse) -> list[Feed]:
    """Every feed, by id."""
    return read_records(wh, Feed, "ORDER BY feed_id")


def read_due_feeds(wh: Warehouse, now: datetime) -> list[Feed]:
    """Active feeds whose next poll is not after `now`, or that were never polled; the longest due first."""
    tail = "WHERE status = 'active' AND coalesce(next_poll_at_utc <= $now, TRUE) ORDER BY next_poll_at_utc NULLS FIRST, feed_id"
    return read_records(wh, Feed, tail, now=now)


def read_entry_states(wh: Warehouse, feed_ids: Collection[str]) -> dict[str, tuple[str, int]]:
    """entry_id -> (content_hash, revision) of all entries of these feeds, to tell new and revised ones."""
    sql = "SELECT entry_id, content_hash, revision FROM entries WHERE list_contains($feeds, feed_id)"
    rows = wh.query(sql, feeds=sorted(feed_ids))
    return {row["entry_id"]: (row["content_hash"], row["revision"]) for row in rows}


def read_entries_without_article(wh: Warehouse, limit: int) -> list[Entry]:
    """At most `limit` entries that no article stands behind yet, the first seen first."""
    return read_records(
        wh, Entry, "WHERE article_id IS NULL ORDER BY first_seen_at_utc, entry_id LIMIT $limit", limit=limit
    )


def read_article_states(wh: Warehouse, article_ids: Collection[str]) -> dict[str, tuple[str, int]]:
    """article_id -> (content_hash, revision) of those that are there."""
    sql = "SELECT article_id, content_hash, revision FROM articles WHERE list_contains($articles, article_id)"
    rows = wh.query(sql, articles=sorted(article_ids))
    return {row["article_id"]: (row["content_hash"], row["revision"]) for row in rows}


def read_articles(wh: Warehouse, article_ids: Collection[str]) -> list[Article]:
    """These articles, those that are there, by id."""
    return read_records(
        wh, Article, "WHERE list_contains($ids, article_id) ORDER BY article_id", ids=sorted(article_ids)
    )


def read_uncoded_articles(wh: Warehouse, coder_version: str, limit: int) -> list[Article]:
    """At most `limit` articles this version of the coder has not read, the newest first."""
    tail = (
        "WHERE coder_version IS DISTINCT FROM $coder "
        "ORDER BY coalesce(published_at_utc, first_seen_at_utc) DESC NULLS LAST, article_id LIMIT $limit"
    )
    return read_records(wh, Article, tail, coder=coder_version, limit=limit)


def read_articles_for_stories(wh: Warehouse, since: datetime) -> list[Article]:
    """Relevant articles without a story, published (or first seen) from `since` on, oldest first."""
    tail = (
        "WHERE is_relevant AND story_id IS NULL AND coalesce(published_at_utc, first_seen_at_utc) >= $since "
        "ORDER BY coalesce(published_at_utc, first_seen_at_utc), article_id"
    )
    return read_records(wh, Article, tail, since=since)


def read_stories(wh: Warehouse, since: datetime) -> list[Story]:
    """Stories whose last article was published from `since` on, newest first."""
    return read_records(
        wh, Story, "WHERE last_published_at_utc >= $since ORDER BY last_published_at_utc DESC, story_id", since=since
    )


def read_current_mentions(
    wh: Warehouse,
    article_ids: Collection[str] | None = None,
    dyads: Collection[tuple[str, str]] | None = None,
    since: datetime | None = None,
) -> list[Mention]:
    """Mentions not superseded, by id: of these articles, of these dyads (either order), coded from `since` on."""
    tests, params = ["superseded_at_utc IS NULL"], {}
    values: dict[str, Any] = params
    if article_ids is not None:
        tests.append("list_contains($articles, article_id)")
        values["articles"] = sorted(article_ids)
    if dyads is not None:
        tests.append(
            "list_contains($dyads, least(actor_code, target_code) || ' ' || greatest(actor_code, target_code))"
        )
        values["dyads"] = sorted({" ".join(sorted(dyad)) for dyad in dyads})
    if since is not None:
        tests.append("coded_at_utc >= $since")
        values["since"] = since
    return read_records(wh, Mention, f"WHERE {' AND '.join(tests)} ORDER BY mention_id", **values)


def read_events(
    wh: Warehouse,
    event_ids: Collection[str] | None = None,
    dyads: Collection[tuple[str, str]] | None = None,
    since: datetime | None = None,
    is_withdrawn_included: bool = False,
) -> list[Event]:
    """Events by id: these ones, of these dyads (either order), last reported from `since` on; standing ones only."""
    tests: list[str] = ["TRUE"] if is_withdrawn_included else ["withdrawn_at_utc IS NULL"]
    values: dict[str, Any] = {}
    if event_ids is not None:
        tests.append("list_contains($events, event_id)")
        values["events"] = sorted(event_ids)
    if dyads is not None:
        tests.append(
            "list_contains($dyads, least(actor_code, target_code) || ' ' || greatest(actor_code, target_code))"
        )
        values["dyads"] = sorted({" ".join(sorted(dyad)) for dyad in dyads})
    if since is not None:
        tests.append("last_reported_at_utc >= $since")
        values["since"] = since
    return read_records(wh, Event, f"WHERE {' AND '.join(tests)} ORDER BY event_id", **values)


def read_event_mentions(wh: Warehouse, event_ids: Collection[str]) -> list[EventMention]:
    """Which mentions report these events, by event and mention."""
    tail = "WHERE list_contains($events, event_id) ORDER BY event_id, mention_id"
    return read_records(wh, EventMention, tail, events=sorted(event_ids))


def read_event_families(wh: Warehouse, event_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """event_id -> the outlet families that report it, sorted, by its current mentions; events without any are absent."""
    sql = (
        "SELECT em.event_id, list_sort(list(DISTINCT a.family_id)) AS families FROM event_mentions em "
        "JOIN mentions m USING (mention_id) JOIN articles a USING (article_id) "
        "WHERE m.superseded_at_utc IS NULL AND list_contains($events, em.event_id) GROUP BY em.event_id"
    )
    return {row["event_id"]: tuple(row["families"]) for row in wh.query(sql, events=sorted(event_ids))}


def read_event_dyads(wh: Warehouse, event_ids: Collection[str]) -> list[EventDyad]:
    """What these events add to dyads, by event, dyad and day."""
    tail = "WHERE list_contains($events, event_id) ORDER BY event_id, side_a_code, side_b_code, on_date"
    return read_records(wh, EventDyad, tail, events=sorted(event_ids))


def read_daily_dyads(wh: Warehouse, dyads: Collection[tuple[str, str]]) -> list[DailyDyad]:
    """The days of these dyads, by dyad and day."""
    tail = "WHERE list_contains($dyads, side_a_code || ' ' || side_b_code) ORDER BY side_a_code, side_b_code, on_date"
    return read_records(wh, DailyDyad, tail, dyads=sorted({" ".join(sorted(dyad)) for dyad in dyads}))


def read_labels(wh: Warehouse) -> list[Label]:
    """Every label, oldest first."""
    return read_records(wh, Label, "ORDER BY labelled_at_utc, label_id")


def get_meta(wh: Warehouse, name: str) -> str | None:
    """One fact about this warehouse as a whole; None where it was never set."""
    rows = wh.query("SELECT value FROM meta WHERE name = $name", name=name)
    return rows[0]["value"] if rows else None


__all__ = [
    "get_meta",
    "read_article_states",
    "read_articles",
    "read_articles_for_stories",
    "read_current_mentions",
    "read_daily_dyads",
    "read_data_version",
    "read_due_feeds",
    "read_entries_without_article",
    "read_entry_states",
    "read_event_dyads",
    "read_event_evidence",
    "read_event_families",
    "read_event_mentions",
    "read_events",
    "read_feed_health",
    "read_feeds",
    "read_is_demo",
    "read_labels",
    "read_moved_dyads",
    "read_newest_events",
    "read_overview",
    "read_pair_events",
    "read_pair_series",
    "read_recent_polls",
    "read_records",
    "read_sides",
    "read_stories",
    "read_tension_by_dyad",
    "read_uncoded_articles",
]
