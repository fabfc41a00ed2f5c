"""What the grouping of stories asks for: what is alike in wording or in keys, of some days; never the whole history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from operator import itemgetter

from warehouse.connect import Warehouse
from warehouse.literals import literal
from warehouse.questions import ask_of_ids
from warehouse.records import ArticleSignature, Story


def read_alike_signatures(
    wh: Warehouse, band_keys: Iterable[int], since: datetime, until: datetime
) -> list[ArticleSignature]:
    """Signatures of articles told in this time that share a band, each with the story its article is in now."""
    found = wh.records(
        ArticleSignature,
        """
        WITH given AS (SELECT unnest($keys)::BIGINT AS band_key),
        near AS (
            SELECT DISTINCT article_id FROM (
                SELECT article_id, unnest(band_keys) AS band_key FROM article_signatures
                WHERE published_at_utc BETWEEN $since AND $until)
            SEMI JOIN given USING (band_key)
        )
        SELECT s.* FROM article_signatures AS s SEMI JOIN near USING (article_id)
        WHERE s.published_at_utc BETWEEN $since AND $until ORDER BY s.article_id
        """,
        keys=[str(key) for key in sorted(set(band_keys))],
        since=since,
        until=until,
    )
    placed = ask_of_ids(
        wh.query,
        "SELECT article_id, story_id FROM articles WHERE article_id IN ({ids})",
        (one.article_id for one in found),
        near=f"published_at_utc BETWEEN {literal(since)} AND {literal(until)}",
        id_of=itemgetter("article_id"),
    )
    stories = {row["article_id"]: row["story_id"] for row in placed}
    return [replace(one, story_id=stories[one.article_id]) for one in found if one.article_id in stories]


def read_stories_alike(
    wh: Warehouse,
    keys: Iterable[str],
    story_ids: Iterable[str],
    since: datetime,
    until: datetime,
    *,
    parted_since: datetime,
) -> list[Story]:
    """Stories told in this time that have one of these keys or ids and still stand, the first told first.

    Args:
        parted_since: the same for stories parted from another, which are not parted from it twice.
    """
    return wh.records(
        Story,
        """
        WITH alike AS (
            SELECT story_id FROM story_keys
            WHERE last_published_at_utc BETWEEN $parted_since AND $until AND story_key IN (SELECT unnest($keys))
            UNION SELECT unnest($ids)
        )
        SELECT s.* FROM stories AS s SEMI JOIN alike USING (story_id)
        WHERE s.merged_into_id IS NULL AND s.first_published_at_utc <= $until
            AND s.last_published_at_utc >= $parted_since
            AND s.last_published_at_utc >= CASE WHEN s.split_from_id IS NULL THEN $since ELSE $parted_since END
        ORDER BY s.first_published_at_utc, s.story_id
        """,
        keys=sorted(set(keys)),
        ids=sorted(set(story_ids)),
        since=since,
        until=until,
        parted_since=parted_since,
    )
