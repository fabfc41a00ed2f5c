"""What the reader's token may do: SELECT, insert labels and orders, acknowledge alerts, say which dyads are watched,
put and remove notes.

All else is the writer's. What is asked is judged by its parse tree, not by its text, so quoting and comments hide
nothing; what is changed has a shape in which nothing can hide.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

import duckdb

from warehouse.literals import text_literal
from warehouse.records import NOTE_LENGTH

# The shape `write_labels` gives. What follows it must itself be a SELECT.
_LABEL_INSERT = re.compile(r"INSERT INTO labels \([a-z_, ]+\) (?P<select>SELECT .*)", re.DOTALL)
# The shape `acknowledge_alert` gives; nothing but literals may stand in it, so nothing can hide in it.
_INSTANT = r"TIMESTAMPTZ '[-0-9T:.+ Z]+'"
_TEXT = r"'(?:[^']|'')*'"
_ACKNOWLEDGEMENT = re.compile(
    rf"UPDATE alerts SET acknowledged_at_utc = {_INSTANT}, acknowledged_by = {_TEXT} "
    rf"WHERE alert_id = {_TEXT} AND acknowledged_at_utc IS NULL"
)
# The shapes that `watch` and `unwatch` give: two codes and an instant, nothing else.
_SIDE = r"'[A-Za-z0-9_-]{1,80}'"
_WATCHING = re.compile(
    rf"INSERT INTO watched_dyads \(side_a_code, side_b_code, watched_since_utc\) "
    rf"VALUES \({_SIDE}, {_SIDE}, {_INSTANT}\) ON CONFLICT DO NOTHING"
    rf"|DELETE FROM watched_dyads WHERE side_a_code = {_SIDE} AND side_b_code = {_SIDE}"
)
# The shapes `write_dyad_note` and `remove_dyad_note` give, likewise literals alone; a note is no longer than it may be.
_NOTE = re.compile(
    r"INSERT INTO dyad_notes \(note_id, side_a_code, side_b_code, on_date, text, noted_by, noted_at_utc\) "
    rf"VALUES \({_TEXT}, {_TEXT}, {_TEXT}, DATE '[-0-9]+', '(?:[^']|''){{1,{NOTE_LENGTH}}}', {_TEXT}, {_INSTANT}\) "
    r"ON CONFLICT DO NOTHING"
)
_NOTE_REMOVAL = re.compile(
    rf"UPDATE dyad_notes SET removed_at_utc = {_INSTANT}, removed_by = {_TEXT} "
    rf"WHERE note_id = {_TEXT} AND removed_at_utc IS NULL"
)
# The shape `write_order` gives: literals alone, and of what its carrying out will write nothing.
_MAYBE = rf"(?:NULL|{_TEXT})"
_TAGS = rf"(?:\[\]::VARCHAR\[\]|from_json\({_TEXT}, '\[\"VARCHAR\"\]'\))"
_ORDER = re.compile(
    r"INSERT INTO feed_orders \(order_id, kind, feed_id, url, title, outlet_name, language, tags, list_base64, "
    r"ordered_by, ordered_at_utc\) "
    rf"VALUES \({_TEXT}, '(?:add|replace|pause|resume|retire|import)', {_MAYBE}, {_MAYBE}, {_MAYBE}, {_MAYBE}, "
    rf"{_MAYBE}, {_TAGS}, (?:NULL|'[A-Za-z0-9+/=]*'), {_TEXT}, {_INSTANT}\) "
    r"ON CONFLICT DO NOTHING"
)
_CHANGES = (_ACKNOWLEDGEMENT, _WATCHING, _NOTE, _NOTE_REMOVAL, _ORDER)
_NUMBER_LIST = re.compile(r"\([0-9]+(?:, [0-9]+)+\)")
# Functions with an effect, and those that run SQL hidden in a text.
_REFUSED = re.compile(
    r"quack_.*|query|query_table|checkpoint|force_checkpoint|json_execute_serialized_sql|pragma_.*|nextval|getenv"
    r"|read_.*|glob|.*_scan|set_.*|enable_.*|disable_.*|duckdb_secrets|which_secret|duckdb_logs.*|parse_duckdb_log.*"
)


# Pages ask the same few questions after every commit; judging one takes as long as a small answer.
REMEMBERED = 512


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    """A database in memory that only parses, one a process: making one takes longer than most questions."""
    return duckdb.connect(":memory:", config={"enable_external_access": "false"})


class Rights:
    """Judges statements by their parse tree; a question that was judged is not judged again."""

    def __init__(self) -> None:
        self.is_reader_allowed = lru_cache(maxsize=REMEMBERED)(self._is_reader_allowed)

    def _is_reader_allowed(self, sql: str) -> bool:
        """Whether a reader may run this text: one harmless SELECT, labels made from one, or one of `_CHANGES`."""
        if any(shape.fullmatch(sql.strip()) for shape in _CHANGES):
            return True
        insert = _LABEL_INSERT.fullmatch(sql.strip())
        return self._is_harmless_select(insert.group("select") if insert else sql)

    def _is_harmless_select(self, sql: str) -> bool:
        parser = _parser().cursor()
        # Numbers of a list can hide nothing, and their parse tree is a thousand times as long as they are.
        sql = _NUMBER_LIST.sub("(0)", sql)
        # Not a bound value: for one DuckDB imports pandas, half a second that most commands never need.
        row = parser.execute(f"SELECT json_serialize_sql({text_literal(sql)})").fetchone()
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
