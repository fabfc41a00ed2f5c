"""What the reader's token may do: read with SELECT, insert labels, acknowledge alerts, say which
dyads are watched. All else is the writer's.

The statement is judged by its parse tree, not by its text, so quoting and comments hide nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb

# The shape `write_labels` gives. What follows it must itself be a SELECT.
_LABEL_INSERT = re.compile(r"INSERT INTO labels \([a-z_, ]+\) (?P<select>SELECT .*)", re.DOTALL)
# The shape `acknowledge_alert` gives; nothing but literals may stand in it, so nothing can hide in it.
_TEXT = r"'(?:[^']|'')*'"
_ACKNOWLEDGEMENT = re.compile(
    rf"UPDATE alerts SET acknowledged_at_utc = TIMESTAMPTZ '[-0-9T:.+ Z]+', acknowledged_by = {_TEXT} "
    rf"WHERE alert_id = {_TEXT} AND acknowledged_at_utc IS NULL"
)
# The shapes that `watch` and `unwatch` give: two codes and an instant, nothing else.
_SIDE = r"'[A-Za-z0-9_-]{1,80}'"
_WATCHING = re.compile(
    rf"INSERT INTO watched_dyads \(side_a_code, side_b_code, watched_since_utc\) "
    rf"VALUES \({_SIDE}, {_SIDE}, TIMESTAMPTZ '[-0-9T:.+ Z]+'\) ON CONFLICT DO NOTHING"
    rf"|DELETE FROM watched_dyads WHERE side_a_code = {_SIDE} AND side_b_code = {_SIDE}"
)
# Functions with an effect, and those that run SQL hidden in a text.
_REFUSED = re.compile(
    r"quack_.*|query|query_table|checkpoint|force_checkpoint|json_execute_serialized_sql|pragma_.*|nextval|getenv"
    r"|read_.*|glob|.*_scan|set_.*|enable_.*|disable_.*|duckdb_secrets|which_secret|duckdb_logs.*|parse_duckdb_log.*"
)


class Rights:
    """Judges statements on a connection of its own, in memory; not shared between threads."""

    def __init__(self) -> None:
        self._parser = duckdb.connect(":memory:", config={"enable_external_access": "false"})

    def is_reader_allowed(self, sql: str) -> bool:
        """Whether a reader may run this text: one harmless SELECT, labels made from one, or one of three changes."""
        if _ACKNOWLEDGEMENT.fullmatch(sql.strip()) or _WATCHING.fullmatch(sql.strip()):
            return True
        insert = _LABEL_INSERT.fullmatch(sql.strip())
        return self._is_harmless_select(insert.group("select") if insert else sql)

    def _is_harmless_select(self, sql: str) -> bool:
        parser = self._parser.cursor()
        row = parser.execute("SELECT json_serialize_sql(?)", [sql]).fetchone()
        tree: dict[str, Any] = json.loads(row[0]) if row else {"error": True}
        if tree.get("error") or len(tree.get("statements", [])) != 1:
            return False
        return not any(_REFUSED.fullmatch(name) for name in _function_names(tree))


def _function_names(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "function_name" and isinstance(value, str):
                yield value.lower()
            else:
                yield from _function_names(value)
    elif isinstance(node, list):
        for item in node:
            yield from _function_names(item)
