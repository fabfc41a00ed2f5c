"""Histories of any length: days of generated articles that went through the rounds once, and copies of them by SQL."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import duckdb

from flows.rounds.indexing import compute_indices
from flows.rounds.merging import merge_events
from flows.rounds.telling import group_stories
from flows.settings import Settings
from tests.benchmarks.large.fill import take_keys_off
from tests.benchmarks.merging.happenings import FIRST_DAY, World, letters_of, store
from warehouse.connect import open_warehouse
from warehouse.endpoint import DATABASE_NAME
from warehouse.place_days import count_places

LENGTHEN = Path(__file__).with_name("lengthen.sql")
# What grouping and merging make of a day.
LENGTHENED = (
    "articles", "article_signatures", "article_copies", "stories", "story_keys", "mentions", "merge_keys", "events",
    "event_mentions", "event_revisions",
)  # fmt: skip
# The end of the day that a history ends with.
END = datetime.combine(FIRST_DAY + timedelta(days=1), time.min, UTC)


def make_history(homes: Path, world: World, article_count: int) -> Path:
    """The home of a history of so many articles, grouped, merged and indexed; one that is there is used again.

    Up to a day's articles go through the rounds; more are whole days, copied to earlier ones.
    """
    home = homes / f"{article_count}"
    if (home / DATABASE_NAME).is_file():
        return home
    draft = homes / f"{article_count}.draft"
    shutil.rmtree(draft, ignore_errors=True)
    a_day = len(world.before)
    if article_count <= a_day:
        _read_day(draft, world, article_count)
    else:
        shutil.copytree(make_history(homes, world, a_day), draft)
        _lengthen(draft, -(-article_count // a_day) - 1)
    with open_warehouse(draft) as wh:
        wh.execute("DELETE FROM meta WHERE name = 'indexed_with'")
        compute_indices(wh, Settings(home=draft), END)
    return draft.rename(home)


def _read_day(home: Path, world: World, article_count: int) -> None:
    with open_warehouse(home) as wh:
        store(wh, "history", world.before[:article_count])
        group_stories(wh, END)
        merge_events(wh, END)


def _lengthen(home: Path, day_count: int) -> None:
    """Puts that many days before the one that is there, the oldest first."""
    with duckdb.connect(str(home / DATABASE_NAME)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        for table in LENGTHENED:
            connection.execute(f"CREATE TEMP TABLE day_{table} AS FROM {table}")
        keys = take_keys_off(connection, LENGTHENED)
        for shift in range(day_count, 0, -1):
            then = FIRST_DAY - timedelta(days=shift)
            given = {
                "shift": shift,
                "name": f"-{shift}",
                "tail": letters_of(shift),
                "day": str(FIRST_DAY),
                "after": str(END.date()),
                "day_then": str(then),
                "after_then": str(then + timedelta(days=1)),
            }
            for name, value in given.items():
                connection.execute(f"SET VARIABLE {name} = ?", [value])
            connection.execute("BEGIN")
            connection.execute(LENGTHEN.read_text("utf-8"))
            connection.execute("COMMIT")
        for table in LENGTHENED:
            connection.execute(f"INSERT INTO {table} FROM day_{table}")
        for key in keys:
            connection.execute(key)
        count_places(connection)
        connection.execute("CHECKPOINT")
