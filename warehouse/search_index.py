"""Keeps the words of articles for the search: in batches, each one transaction, as articles come and are edited.

DuckDB's full-text search is an extension that cannot be had offline and rebuilds its index whole. Here a batch is a
segment sorted by word, in which DuckDB finds a word by the bounds it keeps of every piece of a column; eight segments
of a level are written as one of the next, so that few have to be looked into however many batches there were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from warehouse.changes import Statement
from warehouse.connect import Warehouse
from warehouse.literals import rows_literal
from warehouse.questions import sql
from warehouse.records import stable_id
from warehouse.words import words_of

ARTICLES_A_BATCH: Final = 500
SEGMENTS_TO_MERGE: Final = 8
# Segments of this level (32,000 articles) are not written anew: they are few enough, and sorting more takes too long.
LAST_LEVEL: Final = 2


def index_articles(wh: Warehouse, limit: int) -> int:
    """How many articles had their words kept now: those not there yet or edited since, the first seen first."""
    done = 0
    while done < limit:
        size = min(ARTICLES_A_BATCH, limit - done)
        waiting = wh.query(sql("search_waiting"), limit=size)
        if waiting:
            _write_segment(wh, waiting)
            merge_segments(wh)
        done += len(waiting)
        if len(waiting) < size:  # None is left; to be told so again would cost a look at every article.
            break
    return done


def merge_segments(wh: Warehouse) -> int:
    """How many times segments were written as one: while a level below the last has enough of them."""
    merged = 0
    while True:
        rows = wh.query(
            "SELECT level, list(segment_number ORDER BY segment_number) AS numbers, "
            "sum(article_count)::BIGINT AS article_count FROM search_segments "
            "WHERE level < $last GROUP BY level HAVING count(*) >= $enough ORDER BY level LIMIT 1",
            last=LAST_LEVEL,
            enough=SEGMENTS_TO_MERGE,
        )
        if not rows:
            return merged
        _merge(wh, rows[0]["level"], rows[0]["numbers"], rows[0]["article_count"])
        merged += 1


def _write_segment(wh: Warehouse, articles: Sequence[Mapping[str, object]]) -> None:
    # An edited article leaves a number behind that nobody may get again; it has got a higher one itself.
    state = wh.query(
        "SELECT coalesce((SELECT max(article_number) FROM search_articles), 0) AS article_number, "
        "coalesce((SELECT max(segment_number) FROM search_segments), 0) AS segment_number"
    )[0]
    first, segment = int(state["article_number"]) + 1, int(state["segment_number"]) + 1
    rows = [
        {
            "article_id": str(article["article_id"]),
            "article_number": first + place,
            "revision": article["revision"],
            "arrival_number": article["arrival_number"],
            "words": sorted(words_of(f"{article['title']}\n{article['text']}")),
        }
        for place, article in enumerate(articles)
    ]
    kept = {"article_id": "VARCHAR", "article_number": "BIGINT", "revision": "BIGINT", "arrival_number": "BIGINT"}
    numbers = rows_literal(kept, rows)
    words = rows_literal({"article_number": "BIGINT", "words": "VARCHAR[]"}, rows)
    key = stable_id("search", first, segment, *(f"{row['article_id']} {row['revision']}" for row in rows))
    wh.apply(
        f"search {key}",
        [
            Statement(
                f"INSERT INTO search_articles ({', '.join(kept)}) {numbers} "
                "ON CONFLICT (article_id) DO UPDATE "
                "SET article_number = excluded.article_number, revision = excluded.revision",
                "search_articles",
                row_count=len(rows),
            ),
            Statement(
                "INSERT INTO search_words (word, article_number, segment_number) "
                f"SELECT unnest(given.words) AS word, given.article_number, {segment} FROM ({words}) AS given "
                "ORDER BY word, article_number",
                "search_words",
            ),
            Statement(
                "INSERT INTO search_segments (segment_number, level, article_count) VALUES ($segment, 0, $count)",
                "search_segments",
                {"segment": segment, "count": len(rows)},
            ),
        ],
    )


def _merge(wh: Warehouse, level: int, numbers: Sequence[int], article_count: int) -> None:
    segment = wh.query("SELECT max(segment_number) + 1 AS next FROM search_segments")[0]["next"]
    given = {"numbers": list(numbers)}
    wh.apply(
        f"search {stable_id('merge', segment, *numbers)}",
        [
            Statement(
                "INSERT INTO search_words SELECT word, article_number, $segment FROM search_words "
                "SEMI JOIN search_articles USING (article_number) "
                "WHERE segment_number IN (SELECT unnest($numbers)) ORDER BY word, article_number",
                "search_words",
                given | {"segment": segment},
            ),
            Statement("DELETE FROM search_words WHERE segment_number IN (SELECT unnest($numbers))", None, given),
            Statement("DELETE FROM search_segments WHERE segment_number IN (SELECT unnest($numbers))", None, given),
            Statement(
                "INSERT INTO search_segments (segment_number, level, article_count) VALUES ($segment, $level, $count)",
                "search_segments",
                {"segment": segment, "level": level + 1, "count": article_count},
            ),
        ],
    )
