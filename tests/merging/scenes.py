"""Labelled scenes: invented short articles, which story each tells, and which happening each marked sentence reports.

A scene is a block of a text file in `scenes/`:

    ## name of the scene
    : happening TYPE ACTOR TARGET          (one line each; a side is a code, or - where the articles name none)
    > language published outlet story      (one article: this line, its title, its text)
    Title
    [happening: a sentence that reports it] and words that report nothing.

`open/` is for looking at while merging is improved; `unseen/` is only measured. Two articles of a scene that share a
happening, a story, or neither make a labelled pair each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

FOLDER = Path(__file__).parent / "scenes"
PARTS = ("open", "unseen")
RELATIONS = ("same happening", "follow-up", "same story", "different happening")
_MARK = re.compile(r"\[(?P<names>[a-z0-9, ]+): (?P<words>[^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Happening:
    """What took place: its id is unique in all scenes; a side is None where the articles name none."""

    happening_id: str
    type: str
    actor_code: str | None
    target_code: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """That characters start to end of title, line break and text report a happening."""

    happening: Happening
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Telling:
    """One labelled article."""

    article_id: str
    scene: str
    language: str
    published_at_utc: datetime
    outlet_id: str
    story: str
    title: str
    text: str
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles of one scene and how they belong together (one of `RELATIONS`)."""

    first: Telling
    second: Telling
    relation: str


def load_tellings(part: str) -> list[Telling]:
    """All labelled articles of a part, in order of file and line.

    Raises:
        ValueError: a line is not what the module says it must be; names file and line.
    """
    return [telling for path in sorted((FOLDER / part).glob("*.txt")) for telling in _read_file(path)]


def pairs_of(tellings: list[Telling]) -> list[Pair]:
    """Every two articles of one scene."""
    return [
        Pair(a, b, _relation(a, b))
        for a, b in combinations(sorted(tellings, key=lambda t: (t.scene, t.published_at_utc, t.article_id)), 2)
        if a.scene == b.scene
    ]


def _relation(earlier: Telling, later: Telling) -> str:
    happenings = [[report.happening.happening_id for report in one.reports] for one in (earlier, later)]
    if happenings[0][:1] == happenings[1][:1] and happenings[0]:
        return "same happening"
    if set(happenings[0]) & set(happenings[1]):
        return "follow-up"
    return "same story" if earlier.story == later.story else "different happening"


def _read_file(path: Path) -> Iterator[Telling]:
    scene, happenings, head = "", dict[str, Happening](), ""
    lines: list[str] = []
    numbered = enumerate([*path.read_text(encoding="utf-8").splitlines(), "## end"], 1)
    for number, line in numbered:
        if line[:2] in ("##", "> ") and head:
            yield _telling(scene, happenings, head, lines, f"{path.name} line {number}")
            head = ""
        if line.startswith("## "):
            scene, happenings = line[3:].strip(), {}
        elif line.startswith(": "):
            name, kind, actor, target = line[2:].split()
            sides = [None if side == "-" else side for side in (actor, target)]
            happenings[name] = Happening(f"{scene} {name}", kind, *sides)
        elif line.startswith("> "):
            head, lines = line[2:], []
        elif line.strip():
            lines.append(line.strip())


def _telling(scene: str, happenings: dict[str, Happening], head: str, lines: list[str], place: str) -> Telling:
    try:
        language, published, outlet, story = head.split()
        title, *body = lines
    except ValueError as error:
        raise ValueError(f"{place}: expected '> language published outlet story', a title and a text") from error
    text, reports = _read_marks("\n".join([title, *body]), happenings, place)
    title, _, text = text.partition("\n")
    return Telling(
        article_id=f"{scene}-{language}-{published}-{outlet}",
        scene=scene,
        language=language,
        published_at_utc=datetime.fromisoformat(f"{published}:00").replace(tzinfo=UTC),
        outlet_id=outlet,
        story=f"{scene} {story}",
        title=title,
        text=text,
        reports=reports,
    )


def _read_marks(marked: str, happenings: dict[str, Happening], place: str) -> tuple[str, tuple[Report, ...]]:
    plain, reports, at = "", [], 0
    for mark in _MARK.finditer(marked):
        plain += marked[at : mark.start()]
        start, at = len(plain), mark.end()
        plain += mark["words"]
        for name in mark["names"].split(","):
            if name.strip() not in happenings:
                raise ValueError(f"{place}: the scene declares no happening {name.strip()!r}")
            reports.append(Report(happenings[name.strip()], start, len(plain)))
    plain += marked[at:]
    if "[" in plain or "]" in plain:
        raise ValueError(f"{place}: a mark is not closed or not named")
    return plain, tuple(reports)
