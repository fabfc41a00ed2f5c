"""`mereda evaluate`: the coder held against labelled items, as a table, and kept in the warehouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from flows.articles.language import detect_language
from flows.events.code import CODER_VERSION
from flows.events.evaluation import Figure, GoldItem, labelled_files, measure_coder, read_gold
from warehouse.connect import Warehouse
from warehouse.records import Evaluation, stable_id
from warehouse.write import write_evaluations

OWN = "own"
# Which groups a table shows: one row a group, one column a measure.
SHOWN = (("language", "By language"), ("type", "By type"), ("status", "By status"), ("kind", "By kind of sentence"))


def read_items(path: Path | None) -> tuple[str, list[GoldItem]]:
    """The name of a labelled set and its items: a file's, or the project's own where `path` is None.

    Raises:
        CodebookError: a line is no labelled item.
    """
    paths = [path] if path else labelled_files()
    items: list[GoldItem] = []
    for one in paths:
        with one.open(encoding="utf-8", errors="surrogateescape") as lines:
            items += map(_with_language, read_gold(lines, one.name))
    return (path.name if path else OWN), items


def _with_language(gold: GoldItem) -> GoldItem:
    """The item with the language its text tells, where its line names none."""
    item = gold.item
    if item.lang:
        return gold
    return replace(gold, item=replace(item, lang=detect_language(item.title, item.text)))


def evaluate_items(items: Sequence[GoldItem]) -> list[Figure]:
    """The figures of the coder on these items."""
    return measure_coder(items)


def store_figures(wh: Warehouse, source_name: str, figures: Sequence[Figure], now: datetime) -> None:
    """Keeps the figures for the dashboard; the same source and coder version are measured anew, not twice."""
    rows = [
        Evaluation(
            evaluation_id=stable_id(
                source_name, CODER_VERSION, one.group_kind, one.group_name, one.measure, one.f1 is None
            ),
            source_name=source_name,
            coder_version=CODER_VERSION,
            evaluated_at_utc=now,
            group_kind=one.group_kind,
            group_name=one.group_name,
            measure=one.measure,
            item_count=one.item_count,
            precision=one.precision,
            recall=one.recall,
            f1=one.f1,
            accuracy=one.accuracy,
        )
        for one in figures
    ]
    write_evaluations(wh, stable_id("evaluate", source_name, CODER_VERSION, now.isoformat()), rows)


def print_figures(figures: Sequence[Figure], console: Console) -> None:
    """The figures as tables: everything first, then each kind of group, one row a group."""
    whole = Table("measure", "items", "precision", "recall", "F1", "accuracy", title="All items")
    for one in (figure for figure in figures if figure.group_kind == "all"):
        whole.add_row(
            one.measure, str(one.item_count), *map(_percent, (one.precision, one.recall, one.f1, one.accuracy))
        )
    console.print(whole)
    for kind, title in SHOWN:
        _print_group([figure for figure in figures if figure.group_kind == kind], title, console)


def _print_group(figures: Sequence[Figure], title: str, console: Console) -> None:
    if not figures:
        return
    found = list(dict.fromkeys(one.measure for one in figures if one.f1 is not None))
    fields = list(dict.fromkeys(one.measure for one in figures if one.f1 is None))
    table = Table("", "items", *(f"{name} F1" for name in found), *fields, title=f"{title} (F1 and accuracy, %)")
    for name in dict.fromkeys(one.group_name for one in figures):
        own = [one for one in figures if one.group_name == name]
        f1s = {one.measure: one.f1 for one in own if one.f1 is not None}
        shares = {one.measure: one.accuracy for one in own if one.f1 is None}
        count = max(one.item_count for one in own)
        table.add_row(
            name, str(count), *(_percent(f1s.get(n)) for n in found), *(_percent(shares.get(n)) for n in fields)
        )
    console.print(table)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}"
