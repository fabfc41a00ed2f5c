"""The questions that pages ask: SQL in `queries/`, one file each.

Rows of a few known ids are found by the index of a key only where the ids stand in the question as they are; a join, or
a list to be unnested, reads the whole table. So such a question is asked in steps, each naming what the one before
found in its `{..}`; and its rows are found first (MATERIALIZED), or what a join passes down takes the index's place.

Events and mentions are looked up by their numbers, not by their ids: what an index of ids has been asked about stays in
memory, and ids that lie together in time lie anywhere in it. Only one event at a time is found by its id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from warehouse.connect import Warehouse
from warehouse.literals import LOOKED_UP, text_literal

T = TypeVar("T")
# Of events it looks up fewer links: each has dozens, which lie apart.
EVENTS_LOOKED_UP = 50
# The numbers that rows are found by, and the ids that they stand for.
ID_COLUMNS = {"event_number": "event_id", "arrival_number": "article_id"}
_QUERIES = Path(__file__).parent / "queries"


@cache
def sql(name: str) -> str:
    """The text of a question."""
    return (_QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def sql_of_ids(text: str, **ids: Iterable[str | int]) -> str:
    """The text of a question with each `{name}` replaced by these ids or numbers, as what stands within `IN (..)`.

    None become the id or, of a name in `_numbers`, the number of nothing (for NULL the whole table would be read). An
    id is a literal, so a `$` in it is no parameter.
    """
    for name, given in ids.items():
        if name.endswith("_numbers"):
            named = ", ".join(map(str, sorted({int(number) for number in given}))) or "-1"
        else:
            named = ", ".join(map(text_literal, sorted({str(one) for one in given}))) or "''"
        text = text.replace(f"{{{name}}}", named)
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


def ask_of_links(
    ask: Callable[..., list[T]],
    text: str,
    ids: Iterable[str],
    numbers_of: Callable[[list[str]], list[int]],
    *,
    column: str,
    looked_up: int = LOOKED_UP,
) -> list[T]:
    """As `ask_of_ids`, of rows that are found by what they belong to: by its number where few are asked for.

    Args:
        ask: as there.
        text: the question, `{which}` in it the condition.
        ids: of what the rows belong to.
        numbers_of: the numbers of such ids, those that are kept.
        column: the rows' column of that number, one of `ID_COLUMNS`.
        looked_up: as there.
    """
    asked = sorted(set(ids))
    if len(asked) > looked_up:
        return ask(text.replace("{which}", f"{ID_COLUMNS[column]} IN (SELECT unnest($ids))"), ids=asked)
    numbers = ", ".join(map(str, sorted(numbers_of(asked)))) if asked else ""
    return ask(text.replace("{which}", f"{column} IN ({numbers})")) if numbers else []


def ask_together(*asks: Callable[[], Any]) -> list[Any]:
    """What each of these gives, in their order; asked at once, so that one need not wait for another.

    Raises what the first of them raises, when all have ended.
    """
    with ThreadPoolExecutor(len(asks)) as threads:
        return [answer.result() for answer in [threads.submit(ask) for ask in asks]]


@dataclass(frozen=True, slots=True)
class Told:
    """What tells of what, by number: events, mentions, and the articles by their ids."""

    event_numbers: list[int]
    mention_numbers: list[int]
    article_ids: list[str]

    def in_text(self, text: str, **more: Iterable[str | int]) -> str:
        """The text of a question with these in their braces, and more."""
        named: dict[str, Iterable[str | int]] = {
            "event_numbers": self.event_numbers,
            "mention_numbers": self.mention_numbers,
            "article_ids": self.article_ids,
        }
        return sql_of_ids(text, **named | more)


def read_event_numbers(wh: Warehouse, event_ids: Iterable[str]) -> list[int]:
    """The numbers of these events, those that are kept."""
    text = "SELECT event_number FROM events WHERE event_id IN ({event_ids})"
    return [row["event_number"] for row in wh.query(sql_of_ids(text, event_ids=event_ids))]


def read_arrival_numbers(wh: Warehouse, article_ids: Iterable[str]) -> list[int]:
    """The numbers of these articles, by which their mentions are found."""
    text = "SELECT arrival_number FROM articles WHERE article_id IN ({article_ids})"
    return [row["arrival_number"] for row in wh.query(sql_of_ids(text, article_ids=article_ids))]


def read_events_told_in(wh: Warehouse, mention_numbers: Iterable[int]) -> list[int]:
    """The numbers of the events that these mentions report."""
    text = (
        "SELECT DISTINCT event_number FROM event_mentions "
        "WHERE mention_number IN ({mention_numbers}) AND event_number IS NOT NULL"
    )
    return [row["event_number"] for row in wh.query(sql_of_ids(text, mention_numbers=mention_numbers))]


def read_told_in(
    wh: Warehouse, arrival_numbers: Iterable[int], *, limit: int | None = None
) -> tuple[list[int], list[int]]:
    """(current mentions of these articles, the events they report); the first so many mentions, all where None."""
    text = (
        "SELECT mention_number FROM mentions "
        "WHERE arrival_number IN ({arrival_numbers}) AND superseded_at_utc IS NULL LIMIT $limit"
    )
    rows = wh.query(sql_of_ids(text, arrival_numbers=arrival_numbers), limit=limit)
    mention_numbers = [row["mention_number"] for row in rows]
    return mention_numbers, read_events_told_in(wh, mention_numbers)


def read_told(wh: Warehouse, event_numbers: Iterable[int]) -> Told:
    """These events, the mentions that report them, and the articles of these mentions."""
    numbers = list(event_numbers)
    text = (
        "SELECT mention_number FROM event_mentions "
        "WHERE event_number IN ({event_numbers}) AND mention_number IS NOT NULL"
    )
    links = wh.query(sql_of_ids(text, event_numbers=numbers))
    mention_numbers = [row["mention_number"] for row in links]
    text = "SELECT DISTINCT article_id FROM mentions WHERE mention_number IN ({mention_numbers})"
    told = wh.query(sql_of_ids(text, mention_numbers=mention_numbers))
    return Told(numbers, mention_numbers, [row["article_id"] for row in told])
