"""Archives through the real pipeline, and the index that comes out."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from flows.feeds.plain_text import text_of_html
from flows.indices.formula import load_formula
from flows.rounds.assessing import assess_all
from flows.rounds.history import read_archive
from flows.settings import Settings
from warehouse.connect import Warehouse, open_warehouse
from warehouse.read import read_half_life_days

# Clocks of Jakarta, where the headlines were published.
JAKARTA = "+07:00"
VALUES = ("tension", "deescalation", "net")
# The newest formula, and the plain sums beside it: of an archive of articles, version 2 says what version 3 says.
COMPARED = (load_formula().version, "1")


def replay(home: Path, source: str, paths: list[Path]) -> None:
    """Reads archives into a warehouse in this home and assesses them; what is there already is not read again."""
    with open_warehouse(home) as wh:
        read_archive(wh, source, paths, datetime.now(UTC), lambda done, total: None)
        assess_all(wh, Settings(home=home, older_formulas=COMPARED[1:]), datetime.now(UTC))


def write_story(source: Path, target: Path) -> None:
    """The feed items of a story as an article list; summaries are HTML there, as feeds bring them."""
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for item in map(json.loads, lines):
            told = {"url": item["link"], "published": item["published"], "outlet": item["outlet"]}
            texts = {"title": text_of_html(item["title"]), "text": text_of_html(item["summary"])}
            out.write(json.dumps(told | texts, ensure_ascii=False) + "\n")


def write_headlines(source: Path, target: Path) -> None:
    """Dated headlines as an article list of titles alone."""
    with source.open(encoding="utf-8", newline="") as rows, target.open("w", encoding="utf-8") as out:
        for row in csv.DictReader(rows):
            on, _, clock = row["published"].partition(" ")
            published = f"{on}T{clock or '12:00:00'}{JAKARTA}"
            told = {"url": row["url"], "title": row["headline"], "published": published, "outlet": row["outlet"]}
            out.write(json.dumps(told | {"text": "", "lang": "id"}, ensure_ascii=False) + "\n")


def read_days(wh: Warehouse, a: str, b: str, version: str) -> pd.DataFrame:
    """Every day of a dyad from its first to its last row: sums of the day (0 without a row) and decayed values."""
    first, second = sorted((a, b))
    rows = wh.query(
        "SELECT * FROM daily_dyads WHERE side_a_code = $a AND side_b_code = $b AND formula_version = $version "
        "ORDER BY on_date",
        a=first,
        b=second,
        version=version,
    )
    half_life = read_half_life_days(wh)
    return pd.DataFrame(list(_filled(rows, half_life)), columns=["on", "conflict", "cooperation", *VALUES, "events"])


def _filled(rows: list[dict[str, Any]], half_life_days: float) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(rows):
        after = rows[number + 1] if number + 1 < len(rows) else None
        yield (
            row["on_date"],
            row["conflict"],
            row["cooperation"],
            *(row[name] for name in VALUES),
            row["event_count"],
        )
        gap = (after["on_date"] - row["on_date"]).days if after else 1
        for days in range(1, gap):
            left = 0.5 ** (days / half_life_days)
            yield row["on_date"] + timedelta(days=days), 0.0, 0.0, *(row[name] * left for name in VALUES), 0


def by_week(days: pd.DataFrame, anchor: date) -> pd.DataFrame:
    """One row a week, weeks counted from the anchor's: sums of conflict, cooperation and events, means of levels.

    `week` is the first day; `net_sum` cooperation less conflict.
    """
    numbers = days["on"].map(lambda on: (on - anchor).days // 7)
    told = days.assign(week=numbers.map(lambda number: anchor + timedelta(days=7 * int(number))))
    weeks = told.groupby("week").agg(
        conflict=("conflict", "sum"),
        cooperation=("cooperation", "sum"),
        tension=("tension", "mean"),
        deescalation=("deescalation", "mean"),
        events=("events", "sum"),
    )
    return weeks.assign(net_sum=weeks["cooperation"] - weeks["conflict"])
