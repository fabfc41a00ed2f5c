"""The codebook: what each PLOVER type and mode means, and what it weighs.

One reviewable TOML file a type in `codebook/`. Types, quads and scores follow the PLOVER manual, draft 0.8; where the
manual disagrees with itself the file says what was decided. This module only loads and checks; it codes nothing.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.errors import CodebookError
from warehouse.records import Direction

CODEBOOK_FOLDER = Path(__file__).parent / "codebook"
REQUIRED_KEYS = (
    "type",
    "quad",
    "score",
    "direction",
    "definition",
    "examples_for",
    "examples_against",
    "source",
    "modes",
)
# Types by which people come to harm.
HARMS = frozenset({"ASSAULT", "COERCE"})
TYPE_NAMES = frozenset(
    [
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "AID",
        "RETREAT",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "PROTEST",
        "SANCTION",
        "MOBILIZE",
        "COERCE",
        "ASSAULT",
    ]
)


@dataclass(frozen=True, slots=True)
class Mode:
    """A finer kind of a type; `score` lies in -10..+10."""

    name: str
    score: float
    definition: str


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER type: its quad (1-4), score (-10..+10), default direction, and what roles it needs."""

    name: str
    quad: int
    score: float
    direction: Direction
    definition: str
    examples_for: tuple[str, ...]
    examples_against: tuple[str, ...]
    source: str
    modes: dict[str, Mode]
    is_mutual: bool = False
    needs_target: bool = True

    @property
    def is_material(self) -> bool:
        """Whether the act is done rather than said (quads 2 and 4)."""
        return self.quad in (2, 4)


def load_type(path: Path) -> EventType:
    """One type from its file; CodebookError names the file and the rule that is broken."""
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CodebookError(f"{path.name} is not readable TOML: {error}", subject_id=path.name) from error
    missing = [key for key in REQUIRED_KEYS if key not in raw]
    if missing:
        raise CodebookError(f"{path.name} lacks {', '.join(missing)}", subject_id=path.name)
    if raw["type"] not in TYPE_NAMES:
        raise CodebookError(f"{path.name} names unknown type {raw['type']!r}", subject_id=path.name)
    if raw["direction"] not in set(Direction):
        raise CodebookError(f"{path.name} has unknown direction {raw['direction']!r}", subject_id=path.name)
    modes = {name: _load_mode(path, name, mode) for name, mode in raw["modes"].items()}
    _check_score(path, raw["type"], raw["score"])
    return EventType(
        name=raw["type"],
        quad=raw["quad"],
        score=float(raw["score"]),
        direction=Direction(raw["direction"]),
        definition=raw["definition"],
        examples_for=tuple(raw["examples_for"]),
        examples_against=tuple(raw["examples_against"]),
        source=raw["source"],
        modes=modes,
        is_mutual=bool(raw.get("is_mutual", False)),
        needs_target=bool(raw.get("needs_target", True)),
    )


def _load_mode(path: Path, name: str, raw: dict[str, Any]) -> Mode:
    if set(raw) != {"score", "definition"}:
        raise CodebookError(f"{path.name}: mode {name} needs exactly score and definition", subject_id=path.name)
    _check_score(path, name, raw["score"])
    return Mode(name, float(raw["score"]), raw["definition"])


def _check_score(path: Path, name: str, score: object) -> None:
    if not isinstance(score, int | float) or not -10 <= score <= 10:
        raise CodebookError(
            f"{path.name}: the score of {name} must lie in -10..10, not {score!r}", subject_id=path.name
        )


@cache
def load_codebook(folder: Path = CODEBOOK_FOLDER) -> dict[str, EventType]:
    """All sixteen types by name; CodebookError when one is missing, doubled or malformed."""
    types: dict[str, EventType] = {}
    for path in sorted(folder.glob("*.toml")):
        loaded = load_type(path)
        if loaded.name in types:
            raise CodebookError(f"{path.name} defines {loaded.name} a second time", subject_id=path.name)
        types[loaded.name] = loaded
    missing = TYPE_NAMES - set(types)
    if missing:
        raise CodebookError(f"the codebook lacks {', '.join(sorted(missing))}", subject_id=str(folder))
    return types
