"""Which record lies in which table, with its key and column types. The DDL in `schema/` says the same in SQL."""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypeVar

from warehouse import records

SQL_TYPES: dict[Any, str] = {
    str: "VARCHAR",
    int: "BIGINT",
    float: "DOUBLE",
    bool: "BOOLEAN",
    date: "DATE",
    datetime: "TIMESTAMP WITH TIME ZONE",
}

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Number:
    """A column that no record has: the number of the row in another table that a row belongs to, found by its id."""

    name: str
    of_table: str
    id_name: str
    number_name: str


@dataclass(frozen=True, slots=True)
class Table:
    """A public table: its record, its primary key, and its columns with their SQL types in order.

    Attributes:
        own_number: the column that numbers its rows in the order of arrival, and the sequence it comes from.
        numbers: those of other tables that a row has.
    """

    name: str
    record: type
    key: tuple[str, ...]
    columns: dict[str, str]
    own_number: tuple[str, str] | None = None
    numbers: tuple[Number, ...] = ()

    @property
    def number_names(self) -> list[str]:
        """Columns that no record has: its own number and those of what a row belongs to."""
        own = [self.own_number[0]] if self.own_number else []
        return own + [number.name for number in self.numbers]


_EVENT = Number("event_number", "events", "event_id", "event_number")
_MENTION = Number("mention_number", "mentions", "mention_id", "mention_number")
# By table: the column that numbers its rows, and the sequence.
_OWN_NUMBERS = {
    "events": ("event_number", "event_numbers"),
    "mentions": ("mention_number", "mention_numbers"),
    "articles": ("arrival_number", "arrival_numbers"),
}
# By table. A row belongs to the same ones as long as it is there.
_NUMBERS: dict[str, tuple[Number, ...]] = {
    "mentions": (Number("arrival_number", "articles", "article_id", "arrival_number"),),
    "event_mentions": (_EVENT, _MENTION),
    "labels": (_MENTION,),
    "event_revisions": (_EVENT,),
    "event_dyads": (_EVENT,),
}

_KEYS: dict[str, tuple[type, tuple[str, ...]]] = {
    "feeds": (records.Feed, ("feed_id",)),
    "feed_orders": (records.FeedOrder, ("order_id",)),
    "outlet_families": (records.OutletFamily, ("family_id",)),
    "polls": (records.Poll, ("poll_id",)),
    "family_days": (records.FamilyDay, ("family_id", "on_date")),
    "daily_coverage": (records.DailyCoverage, ("on_date",)),
    "site_rests": (records.SiteRest, ("domain",)),
    "robots_files": (records.RobotsFile, ("origin",)),
    "entries": (records.Entry, ("entry_id",)),
    "entry_revisions": (records.EntryRevision, ("entry_id", "revision")),
    "articles": (records.Article, ("article_id",)),
    "article_revisions": (records.ArticleRevision, ("article_id", "revision")),
    "article_signatures": (records.ArticleSignature, ("article_id",)),
    "article_copies": (records.ArticleCopy, ("article_id",)),
    "stories": (records.Story, ("story_id",)),
    "story_keys": (records.StoryKey, ("story_key", "story_id")),
    "mentions": (records.Mention, ("mention_id",)),
    "events": (records.Event, ("event_id",)),
    "event_mentions": (records.EventMention, ("event_id", "mention_id")),
    "merge_keys": (records.MergeKey, ("mention_id",)),
    "event_revisions": (records.EventRevision, ("event_id", "revision")),
    "event_dyads": (records.EventDyad, ("event_id", "side_a_code", "side_b_code", "on_date")),
    "daily_dyads": (records.DailyDyad, ("side_a_code", "side_b_code", "on_date", "formula_version")),
    "daily_states": (records.DailyState, ("state_code", "on_date", "formula_version")),
    "standing_marks": (records.StandingMark, ("subject", "partner_code", "on_date", "formula_version")),
    "indexed_events": (records.IndexedEvent, ("event_id",)),
    "dyad_phases": (records.DyadPhase, ("side_a_code", "side_b_code", "starts_on")),
    "alerts": (records.Alert, ("alert_id",)),
    "alert_standings": (records.AlertStanding, ("side_a_code", "side_b_code", "rule", "until_on")),
    "watched_dyads": (records.WatchedDyad, ("side_a_code", "side_b_code")),
    "dyad_notes": (records.DyadNote, ("note_id",)),
    "labels": (records.Label, ("label_id",)),
    "evaluations": (records.Evaluation, ("evaluation_id",)),
    "codebook": (records.CodebookCode, ("type", "mode")),
    "formula_numbers": (records.FormulaNumber, ("formula_version", "name")),
    "validity_checks": (records.ValidityCheck, ("formula_version", "check_name", "measure")),
    "second_readings": (records.SecondReading, ("reading_id",)),
    "llm_requests": (records.LlmRequest, ("request_id",)),
    "gdelt_events": (records.GdeltEvent, ("gdelt_event_id",)),
    "quarantine": (records.Quarantined, ("quarantine_id",)),
    "batches": (records.Batch, ("batch_key",)),
}


def _sql_type(hint: Any) -> str:
    origin = typing.get_origin(hint)
    if origin is tuple:
        return f"{_sql_type(typing.get_args(hint)[0])}[]"
    if origin in (types.UnionType, typing.Union):
        return _sql_type(next(arg for arg in typing.get_args(hint) if arg is not types.NoneType))
    return SQL_TYPES[hint]


@cache
def tables() -> dict[str, Table]:
    """Every table that holds records, by name."""
    found = {}
    for name, (record, key) in _KEYS.items():
        hints = typing.get_type_hints(record)
        columns = {field.name: _sql_type(hints[field.name]) for field in dataclasses.fields(record)}
        found[name] = Table(name, record, key, columns, _OWN_NUMBERS.get(name), _NUMBERS.get(name, ()))
    return found


@cache
def _tables_by_record() -> dict[type, Table]:
    return {table.record: table for table in tables().values()}


def table_of(record: type) -> Table:
    """The table that holds this record; KeyError for a class that is none."""
    return _tables_by_record()[record]


def record_of(record: type[R], row: dict[str, Any]) -> R:
    """The record a row stands for: lists become tuples, instants aware UTC. Columns it does not name are left out."""
    columns, converted = _columns_of(record)  # type: ignore[arg-type]  # a class is hashable
    values = {column: row[column] for column in columns}
    for column in converted:
        value = values[column]
        if isinstance(value, list):
            values[column] = tuple(value)
        elif isinstance(value, datetime) and value.tzinfo is not UTC:
            values[column] = value.astimezone(UTC)
    return record(**values)


@cache
def _columns_of(record: type) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(all columns, those whose values may come otherwise than the record has them)."""
    columns = table_of(record).columns
    return tuple(columns), tuple(
        name for name, kind in columns.items() if kind.endswith("[]") or kind.startswith("TIMESTAMP")
    )
