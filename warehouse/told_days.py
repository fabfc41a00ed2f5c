"""What is stored of the days of a block: how often each is told, and the keys of chosen ones; never all around.

Counted by SQL, since a busy block has thousands of keys within reach of which a round changes a few. A family is heard
as `flows.events.merging.counting` hears it: a sentence that is copied is said by who published it first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from warehouse.connect import Warehouse
from warehouse.literals import rows_literal
from warehouse.records import MergeKey

# Days that are read along rather than left out by another condition.
JOINED_DAYS = 30


@dataclass(frozen=True, slots=True)
class Span:
    """Days of a block, both ends included."""

    block: str
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Cell:
    """The keys of a block that are taken for one day, of one precision (day, wide, era, bare)."""

    block: str
    precision: str
    on: date


@dataclass(frozen=True, slots=True)
class DayRow:
    """How often a day of a block is told."""

    block: str
    on: date
    # day: stated; toll: stated with so many dead in this place; bare: not stated.
    kind: str
    place_key: str | None
    toll_key: str | None
    # Families heard; of bare the reports themselves, and those of them that tell of something themselves.
    count: int
    own_count: int


def read_days(wh: Warehouse, spans: Sequence[Span], *, smallest_toll: int, is_as_told: bool) -> list[DayRow]:
    """How often the days of these spans are told by the stored keys; days that nothing tells of are absent.

    Args:
        spans: those of one block do not overlap.
        smallest_toll: tolls below it are not counted.
        is_as_told: undated reports count on the day they are taken for, else on that of their publication.
    """
    if not spans:
        return []
    on = "told_on" if is_as_told else "starts_on"
    rows = wh.query(
        f"""
        WITH given AS ({_spans_literal(spans)}),
        near AS (
            SELECT k.block, k.{on} AS on_date, k.precision, k.is_pointing, k.published_at_utc, k.mention_id,
                k.family_id, CASE WHEN NOT starts_with(k.sentence_key, '~') THEN k.sentence_key END AS sentence_key,
                CASE WHEN k.toll_key::INT >= $smallest THEN k.place_key END AS place_key, k.toll_key
            FROM merge_keys AS k
            JOIN given AS g ON k.block = g.block AND k.{on} BETWEEN g.first_on AND g.last_on
            WHERE k.precision IN ('day', 'bare') AND {within(f"k.{on}", [(s.first_on, s.last_on) for s in spans])}
        ),
        heard AS ({_heard("block, on_date")}),
        heard_of_tolls AS ({_heard("block, on_date, place_key, toll_key", "place_key IS NOT NULL")})
        SELECT block, on_date, 'day' AS kind, NULL AS place_key, NULL AS toll_key,
            count(DISTINCT family_id) AS told_count, 0 AS own_count
        FROM heard GROUP BY ALL
        UNION ALL
        SELECT block, on_date, 'toll', place_key, toll_key, count(DISTINCT family_id), 0
        FROM heard_of_tolls GROUP BY ALL
        UNION ALL
        SELECT block, on_date, 'bare', NULL, NULL, count(*), count(*) FILTER (NOT is_pointing)
        FROM near WHERE precision = 'bare' GROUP BY ALL
        """,
        smallest=smallest_toll,
    )
    return [DayRow(*row.values()) for row in rows]


def _heard(group: str, condition: str = "true") -> str:
    """SQL of who speaks in each group of stated keys, a row a family at least: each copied sentence once."""
    return f"""
        SELECT {group}, family_id FROM near WHERE precision = 'day' AND sentence_key IS NULL AND {condition}
        UNION ALL
        SELECT {group}, arg_min(family_id, (published_at_utc, mention_id)) AS family_id
        FROM near WHERE precision = 'day' AND sentence_key IS NOT NULL AND {condition} GROUP BY {group}, sentence_key
        """


def read_cells(wh: Warehouse, cells: Collection[Cell]) -> list[MergeKey]:
    """All stored keys of these cells."""
    if not cells:
        return []
    given = rows_literal(
        {"block": "VARCHAR", "precision": "VARCHAR", "on_date": "DATE"},
        [{"block": cell.block, "precision": cell.precision, "on_date": cell.on} for cell in cells],
    )
    return wh.records(
        MergeKey,
        f"WITH given AS ({given}) SELECT k.* FROM merge_keys AS k "
        "SEMI JOIN given AS g ON k.block = g.block AND k.precision = g.precision AND k.told_on = g.on_date "
        f"WHERE {within('k.told_on', [(cell.on, cell.on) for cell in cells])}",
    )


def read_open_intervals(wh: Warehouse, spans: Sequence[Span]) -> list[MergeKey]:
    """Stored keys of intervals without a stated day that are taken for a day of these spans."""
    if not spans:
        return []
    return wh.records(
        MergeKey,
        f"WITH given AS ({_spans_literal(spans)}) SELECT DISTINCT k.* FROM merge_keys AS k "
        "JOIN given AS g ON k.block = g.block AND k.told_on BETWEEN g.first_on AND g.last_on "
        "WHERE k.precision = 'wide' AND k.told_by <> 'interval' AND "
        + within("k.told_on", [(span.first_on, span.last_on) for span in spans]),
    )


def _spans_literal(spans: Iterable[Span]) -> str:
    columns: Mapping[str, str] = {"block": "VARCHAR", "first_on": "DATE", "last_on": "DATE"}
    return rows_literal(
        columns, [{"block": span.block, "first_on": span.first_on, "last_on": span.last_on} for span in spans]
    )


def within(column: str, spans: Iterable[tuple[date, date]], before: int = 0, after: int = 0) -> str:
    """SQL that holds for days of these spans (both ends included), and so many around; false where there are none.

    Keys are stored nearly in the order of time, so it keeps the rest from being read.
    """
    joined: list[list[date]] = []
    for first, last in sorted(spans):
        if joined and (first - joined[-1][1]).days <= before + after + JOINED_DAYS:
            joined[-1][1] = max(last, joined[-1][1])
        else:
            joined.append([first, last])
    parts = [f"{column} BETWEEN DATE '{first}' - {before} AND DATE '{last}' + {after}" for first, last in joined]
    return f"({' OR '.join(parts)})" if parts else "false"
