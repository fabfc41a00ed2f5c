"""The questions that pages ask: SQL in `queries/`, one file each.

Rows of a few known ids are found by the index of a key only where the ids stand in the question as they are; a join, or
a list to be unnested, reads the whole table. So such a question is asked in steps, each naming what the one before
found in its `{..}`; and its rows are found first (MATERIALIZED), or what a join passes down takes the index's place.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from warehouse.connect import Warehouse
from warehouse.literals import text_literal

_QUERIES = Path(__file__).parent / "queries"


@cache
def sql(name: str) -> str:
    """The text of a question."""
    return (_QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def sql_of_ids(text: str, **ids: Iterable[str]) -> str:
    """The text of a question with each `{name}` replaced by these ids, as what stands within `IN (..)`.

    None become an empty text, which is the id of nothing (NULL would not be looked up: the whole table is read for it).
    An id is a literal, so a `$` in it is no parameter.
    """
    for name, given in ids.items():
        text = text.replace(f"{{{name}}}", ", ".join(map(text_literal, sorted(set(given)))) or "''")
    return text


def read_ids_told_in(
    wh: Warehouse, article_ids: Iterable[str], *, limit: int | None = None
) -> tuple[list[str], list[str]]:
    """(current mentions of these articles, the events they report); the first so many mentions, all where None."""
    text = (
        "SELECT mention_id FROM mentions WHERE article_id IN ({article_ids}) AND superseded_at_utc IS NULL LIMIT $limit"
    )
    mention_ids = [row["mention_id"] for row in wh.query(sql_of_ids(text, article_ids=article_ids), limit=limit)]
    text = "SELECT DISTINCT event_id FROM event_mentions WHERE mention_id IN ({mention_ids})"
    return mention_ids, [row["event_id"] for row in wh.query(sql_of_ids(text, mention_ids=mention_ids))]


def read_told_ids(wh: Warehouse, event_ids: Iterable[str]) -> tuple[list[str], list[str]]:
    """(mentions that report these events, articles of these mentions)."""
    links = wh.query(
        sql_of_ids("SELECT mention_id FROM event_mentions WHERE event_id IN ({event_ids})", event_ids=event_ids)
    )
    mention_ids = [row["mention_id"] for row in links]
    told = wh.query(
        sql_of_ids("SELECT article_id FROM mentions WHERE mention_id IN ({mention_ids})", mention_ids=mention_ids)
    )
    return mention_ids, [row["article_id"] for row in told]
