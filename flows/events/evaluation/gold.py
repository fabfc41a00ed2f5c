"""Labelled items: JSON lines with what a good coder says of each.

A line has `id`, `lang`, `text`, `relevant` and `events`, and may have `title`, `published` and `kind`. An event lists
every accepted `type`, `actor` and `target` (empty: any), and has `direction`, `symmetric`, `status`; `date`, `country`,
`killed`, `injured` are measured where they are given; `optional` events may be found or not: what a request asks for
is one of them. Further keys say how an item came to be: `reviewed` how often it was read again, `tuned_on` that the
coder was improved while looking at it; `scenario` numbers a happening that is told in every language.

`labelled/` is what the coder is improved with. `held_out/` is held out: the same happenings told in every language,
labelled before the coder had read them, and the coder is not tuned on their sentences; only so do their
figures tell how good it is on news it has never seen, and how far its confidence can be believed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.events.code import Item
from warehouse.errors import CodebookError
from warehouse.records import Direction, Status

LABELLED_FOLDER = Path(__file__).parent / "labelled"
HELD_OUT_FOLDER = Path(__file__).parent / "held_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEvent:
    """One event as it should be coded; tuples hold every accepted answer, None means not asked."""

    types: tuple[str, ...]
    direction: str
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    is_symmetric: bool
    status: str
    date: str | None
    country: str | None
    killed: int | None
    injured: int | None
    is_optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldItem:
    """A text with its events, and the kind of difficulty it stands for."""

    item: Item
    is_relevant: bool
    events: tuple[GoldEvent, ...]
    kind: str


def labelled_files() -> list[Path]:
    """The project's own labelled files, one a language."""
    return sorted(LABELLED_FOLDER.glob("*.jsonl"))


def held_out_files() -> list[Path]:
    """The labelled files that the coder is not tuned on, one a language."""
    return sorted(HELD_OUT_FOLDER.glob("*.jsonl"))


def read_gold(lines: Iterable[str], name: str) -> Iterator[GoldItem]:
    """Labelled items in order; `name` says in messages where the lines come from.

    Raises:
        CodebookError: a line is no labelled item; the message names the line and what is wrong with it.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _gold_item(json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise CodebookError(
                f"{name}, line {number} is no labelled item: {error!r}; expected id, lang, text, relevant, events",
                subject_id=f"{name}:{number}",
            ) from error


def _gold_item(raw: dict[str, Any]) -> GoldItem:
    published = datetime.fromisoformat(raw["published"]) if raw.get("published") else None
    if published is not None and published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    item = Item(
        id=str(raw["id"]), text=raw["text"], title=raw.get("title") or "", published=published, lang=raw.get("lang")
    )
    events = tuple(_gold_event(event) for event in raw["events"])
    return GoldItem(item=item, is_relevant=bool(raw["relevant"]), events=events, kind=raw.get("kind") or "plain")


def _gold_event(raw: dict[str, Any]) -> GoldEvent:
    return GoldEvent(
        types=_several(raw["type"]),
        direction=Direction(raw["direction"]),
        actors=_several(raw.get("actor")),
        targets=_several(raw.get("target")),
        is_symmetric=bool(raw.get("symmetric")),
        status=Status(raw.get("status") or Status.OCCURRED),
        date=raw.get("date"),
        country=raw.get("country"),
        killed=raw.get("killed"),
        injured=raw.get("injured"),
        is_optional=bool(raw.get("optional")),
    )


def _several(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(str(one) for one in value)
