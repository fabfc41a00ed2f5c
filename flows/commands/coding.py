"""`mereda code` as a filter: what comes without a language gets one before it is coded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from flows.articles.language import detect_language
from flows.events.filter import code_lines


def code_items(lines: Iterable[str]) -> Iterator[str]:
    """One line of JSON out for each line in, in order; see `flows.events.filter` for their form."""
    return code_lines(_with_language(line) for line in lines)


def _with_language(line: str) -> str:
    """The line with `lang`, where it has none and its text tells; any other line as it is."""
    try:
        item = json.loads(line)
    except ValueError:
        return line
    if not isinstance(item, dict) or item.get("lang"):
        return line
    title, text = item.get("title") or "", item.get("text") or ""
    if not (isinstance(title, str) and isinstance(text, str)):
        return line
    language = detect_language(title, text)
    return json.dumps({**item, "lang": language}) if language else line
