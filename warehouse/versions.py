"""What a question depends on: the tables it names, and how often each of them was changed.

An answer is right for as long as none of the tables it was read from has changed. Tables are found in the text of the
question by their names, whatever those stand for there: one too many costs an answer that is asked anew in vain, one
too few would show what is no longer true.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from warehouse.connect import Warehouse
from warehouse.questions import sql
from warehouse.tables import tables

# Tables whose rows are no records.
_WITHOUT_RECORDS: Final = frozenset(
    {
        "meta",
        "merge_queue",
        "merged_labels",
        "search_articles",
        "search_words",
        "search_segments",
        "place_days",
        "dyad_spans",
    }
)
# Views and macros, and the tables they read.
_READ_BY: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    dict.fromkeys(("feed_health", "feed_health_at"), frozenset({"feeds", "polls", "entries"}))
)
_COMMENT, _NAME = re.compile(r"--[^\n]*"), re.compile(r"[a-z_]+")


@cache
def known_tables() -> frozenset[str]:
    """The name of every table that a question may be about."""
    return frozenset(tables()) | _WITHOUT_RECORDS


def tables_in(text: str) -> frozenset[str]:
    """The tables that this question (SQL) reads, and those that are named in it for another reason."""
    names = frozenset(_NAME.findall(_COMMENT.sub("", text)))
    behind = [read for name, read in _READ_BY.items() if name in names]
    return (names & known_tables()).union(*behind)


def read_table_versions(wh: Warehouse) -> dict[str, int]:
    """Table to a number that grows with each batch, label, order, note and acknowledged alert that changes it.

    Raises WarehouseError as `Warehouse.query` does.
    """
    versions = dict.fromkeys(known_tables(), 0)
    for row in wh.query(sql("table_versions")):
        # A batch that names no table, or one we do not know, may have changed any.
        named = known_tables() & frozenset((row["table_names"] or "").split(",")) or known_tables()
        for name in named:
            versions[name] += int(row["change_count"])
    return versions
