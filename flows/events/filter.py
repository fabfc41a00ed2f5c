"""The filter behind `mereda code`: JSON lines in, JSON lines out, one for one and in order.

A line that cannot be read gives {"id", "error"} in its place and the run goes on.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from flows.events.code import CodedEvent, Item, Pair, code_item
from flows.events.sides import SideSpan
from warehouse.side_names import english_name


class BadLineError(ValueError):
    """A line of input breaks the contract; the message says how."""


def code_lines(lines: Iterable[str]) -> Iterator[str]:
    """One JSON line for each line in; a bad one gives {"id", "error"}, with id null where none could be read."""
    for line in lines:
        item_id: Any = None
        try:
            raw = json.loads(line)
            if not isinstance(raw, dict):
                raise BadLineError("a line must be a JSON object")
            item_id = raw.get("id")
            yield _dump(describe_coding(_item(raw), item_id))
        except (BadLineError, json.JSONDecodeError, RecursionError) as error:
            yield _dump({"id": item_id, "error": str(error)})


def describe_coding(item: Item, item_id: Any) -> dict[str, Any]:
    """The coding of an item as `mereda code` prints it."""
    coding = code_item(item)
    described: dict[str, Any] = {
        "id": item_id,
        "lang": coding.lang,
        "relevant": coding.is_relevant,
        "relevance": coding.relevance,
        "events": [_describe_event(event) for event in coding.mentions],
    }
    if item.pair is not None:
        described["pair_type"] = coding.pair_type
    return described


def _dump(value: dict[str, Any]) -> str:
    """JSON on one line; lone surrogates are escaped, since no UTF-8 stream takes them."""
    line = json.dumps(value, ensure_ascii=False)
    return line if line.isascii() or not any("\ud800" <= char <= "\udfff" for char in line) else json.dumps(value)


def _item(raw: dict[str, Any]) -> Item:
    for name, is_required in (("id", True), ("text", True), ("title", False), ("lang", False), ("url", False)):
        value = raw.get(name)
        if name == "id" and isinstance(value, int) and not isinstance(value, bool):
            continue
        if not isinstance(value, str) and (is_required or value is not None):
            raise BadLineError(f"{name} must be text" if name in raw else f"{name} is missing")
    return Item(
        id=str(raw["id"]),
        text=raw["text"],
        title=raw.get("title") or "",
        published=_instant(raw.get("published")),
        lang=raw.get("lang") or None,
        url=raw.get("url"),
        pair=_pair(raw.get("pair")),
    )


def _instant(value: object) -> datetime | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise BadLineError("published must be an ISO 8601 text")
    try:
        instant = datetime.fromisoformat(value.strip())
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadLineError(f"published is not ISO 8601: {value[:40]!r}") from error


def _pair(value: object) -> Pair | None:
    if value is None:
        return None
    if not isinstance(value, dict) or not all(isinstance(value.get(key), str) for key in ("actor", "target")):
        raise BadLineError("pair must be an object with actor and target as text")
    return Pair(actor=value["actor"], target=value["target"])


def _describe_side(side: SideSpan | None) -> dict[str, Any] | None:
    if side is None:
        return None
    # One name whatever the language; how the text names the side stands in the evidence.
    name = english_name(side.code) or side.name
    return {"code": side.code, "name": name, "country": side.country_code, "sector": side.sector}


def _describe_event(event: CodedEvent) -> dict[str, Any]:
    return {
        "type": event.type,
        "mode": event.mode,
        "direction": event.direction,
        "score": event.score,
        "actor": _describe_side(event.actor),
        "target": _describe_side(event.target),
        "symmetric": event.is_symmetric,
        "status": event.status,
        "date": event.starts_on.isoformat() if event.starts_on else None,
        "date_end": event.ends_on.isoformat() if event.ends_on else None,
        "date_precision": event.date_precision,
        "place": event.place_name,
        "country": event.place_country_code,
        "killed": event.killed_min,
        "injured": event.injured_min,
        "attribution": event.attribution,
        "confidence": event.confidence,
        "evidence": {"start": event.evidence_start, "end": event.evidence_end, "text": event.evidence_text},
    }


def main() -> int:
    """Code standard input to standard output; 1 when any line was bad."""
    status = 0
    for line in code_lines(line for line in sys.stdin if line.strip()):
        status = status or int('"error":' in line and "error" in json.loads(line))
        sys.stdout.write(line + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
