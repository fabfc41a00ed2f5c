"""What is there already of what an archive brings, so that history read twice adds nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from warehouse.connect import Warehouse
from warehouse.records import Article


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """The present state of a stored entry, and when it was last seen to change."""

    content_hash: str
    revision: int
    article_id: str | None
    changed_at_utc: datetime


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """The present state of a stored article, and when it was last seen to change."""

    content_hash: str
    revision: int
    text_source: str
    text_length: int  # characters
    changed_at_utc: datetime


def read_known_entries(wh: Warehouse, entry_ids: Iterable[str]) -> dict[str, KnownEntry]:
    """Entry id to its state, for those of these that are there."""
    rows = wh.query(
        """
        SELECT e.entry_id, e.content_hash, e.revision, e.article_id,
               coalesce(max(r.seen_at_utc), any_value(e.first_seen_at_utc)) AS changed_at_utc
        FROM entries AS e LEFT JOIN entry_revisions AS r USING (entry_id)
        WHERE e.entry_id IN (SELECT unnest($ids)) GROUP BY ALL
        """,
        ids=sorted(set(entry_ids)),
    )
    return {
        row["entry_id"]: KnownEntry(row["content_hash"], row["revision"], row["article_id"], _utc(row)) for row in rows
    }


def read_known_articles(wh: Warehouse, article_ids: Iterable[str]) -> dict[str, KnownArticle]:
    """Article id to its state, for those of these that are there."""
    rows = wh.query(
        """
        SELECT a.article_id, a.content_hash, a.revision, a.text_source, any_value(length(a.text)) AS text_length,
               coalesce(max(r.seen_at_utc), any_value(a.first_seen_at_utc)) AS changed_at_utc
        FROM articles AS a LEFT JOIN article_revisions AS r USING (article_id)
        WHERE a.article_id IN (SELECT unnest($ids)) GROUP BY ALL
        """,
        ids=sorted(set(article_ids)),
    )
    return {
        row["article_id"]: KnownArticle(
            row["content_hash"], row["revision"], row["text_source"], row["text_length"] or 0, _utc(row)
        )
        for row in rows
    }


def read_new_articles(wh: Warehouse, articles: Iterable[Article]) -> list[Article]:
    """Those of these articles that are not there, neither by id nor at their address; in order."""
    given = list(articles)
    rows = wh.query(
        """
        SELECT article_id AS known FROM articles WHERE article_id IN (SELECT unnest($ids))
        UNION SELECT url FROM articles WHERE url IN (SELECT unnest($urls))
        """,
        ids=sorted({one.article_id for one in given}),
        urls=sorted({one.url for one in given} - {""}),
    )
    known = {row["known"] for row in rows}
    return [one for one in given if known.isdisjoint((one.article_id, one.url))]


def read_known_gdelt_events(wh: Warehouse, gdelt_event_ids: Iterable[int]) -> set[int]:
    """Those of these numbers that `gdelt_events` has."""
    ids = sorted(set(gdelt_event_ids))
    if not ids:
        return set()
    # The bounds let whole blocks of rows be passed over: GDELT numbers events in order of time.
    rows = wh.query(
        "SELECT gdelt_event_id FROM gdelt_events WHERE gdelt_event_id BETWEEN $first AND $last "
        "AND gdelt_event_id IN (SELECT unnest($ids))",
        first=ids[0],
        last=ids[-1],
        ids=ids,
    )
    return {row["gdelt_event_id"] for row in rows}


def _utc(row: dict[str, datetime | None]) -> datetime:
    return row["changed_at_utc"] or datetime.min.replace(tzinfo=UTC)
