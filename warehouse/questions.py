"""The questions that pages ask: SQL in `queries/`, one file each.

Rows of a few known ids are found by the index of a key only where the ids stand in the question as they are; a join, or
a list to be unnested, reads the whole table. So such a question is asked in steps, each naming what the one before
found in its `{..}`; and its rows are found first (MATERIALIZED), or what a join passes down takes the index's place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

from warehouse.connect import Warehouse
from warehouse.literals import text_literal

T = TypeVar("T")
# As many as the database looks up by a key's index in one question; more it finds in one pass over the table.
LOOKED_UP = 1_000
# Of events it looks up fewer links: each has dozens, which lie apart.
EVENTS_LOOKED_UP = 50
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


def ask_of_ids(
    ask: Callable[..., list[T]],
    text: str,
    ids: Iterable[str],
    *,
    near: str = "",
    id_of: Callable[[T], str] | None = None,
    looked_up: int = LOOKED_UP,
) -> list[T]:
    """The answer to a question that ends with a condition whose `{ids}` stand within `IN (..)`.

    Few ids stand in it as they are, so that a key's index finds them; many are found in one pass over the table, which
    costs less than looking up each.

    Args:
        ask: the warehouse's `query`, or its `records` for one kind.
        text: the question.
        ids: any.
        near: a condition under which most of many are thought to lie, and by which the rest is left unread: a time, in
            whose order rows are stored. What is not found there is looked for everywhere: it never changes the answer.
        id_of: the id of a row of the answer, of which there is one at most; needed with `near`.
        looked_up: how many are few.
    """
    asked = sorted(set(ids))
    if len(asked) <= looked_up:
        return ask(sql_of_ids(text, ids=asked)) if asked else []
    many = text.replace("{ids}", "SELECT unnest($ids)")
    if not near or id_of is None:
        return ask(many, ids=asked)
    found = ask(f"{many} AND {near}", ids=asked)
    return found + ask_of_ids(ask, text, set(asked).difference(map(id_of, found)))


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
