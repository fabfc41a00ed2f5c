"""Names that are plain words or names of people as well: Persian, Urdu and Arabic write Mali as they write "financial".

Such a name counts only beside one of the cues that data/ambiguous.csv lists for it. A cue is a word right before or
right after the name ("in", "of"; Arabic may glue it to the name), the apostrophe of Turkish names, a word's end after
a star (the feminine "-t" of an Arabic verb), or one of four places: `^` the beginning of a sentence, `@office` an
office or body of a state right before, `@side` another side joined to it by "and" or a comma, `@beside` another side
right before.

A name of data/first_names.csv ("Jordan", "Chad") is a person's where a lone surname stands behind it ("Jordan Smith
said") and no word of where before it ("in Jordan Monday").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from flows.events.sides.lexicon import DATA, Named, RoleWord, read_rows
from flows.events.sides.matching import fold

BEGINS_SENTENCE, OFFICE, SIDE, BESIDE = "^", "@office", "@side", "@beside"

_WORD_BEFORE = re.compile(r"(\w+)[ \u200c]?$")
_WORD_AFTER = re.compile(r" (\w+)")
_START = re.compile(r"(?:^|[.!?؟؛:۔\n«»\"'|-])\s*$")
_JOINED = re.compile(r"(?: و ?| اور | ve | ile |، ?|, )$")
_JOIN = re.compile(r" و ?| اور | ve | ile |، ?|, ")
_NEAR = 24
_SURNAME = re.compile(r" ([A-Z][\w-]+)(?=['’.,:;]| [^A-Z\W]|$)")


@dataclass(frozen=True, slots=True)
class Cues:
    """What may stand beside an ambiguous name that does mean the side; folded words."""

    before: frozenset[str] = field(default_factory=frozenset)
    after: frozenset[str] = field(default_factory=frozenset)


@cache
def ambiguous_names(lang: str) -> Mapping[str, Cues]:
    """The ambiguous names of a language, folded, with their cues; empty for most languages."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for row in read_rows(DATA / "ambiguous.csv"):
        if row["lang"] == lang:
            words = frozenset(fold(word) for word in row["words"].split("|"))
            for name in row["names"].split("|"):
                found.setdefault(fold(name), {})[row["cue"]] = words
    return {name: Cues(**cues) for name, cues in found.items()}


@cache
def first_names(lang: str) -> Mapping[str, frozenset[str]]:
    """Names of states, as written, that people of that language bear as well, with words before them that say where."""
    rows = [row for row in read_rows(DATA / "first_names.csv") if row["lang"] == lang]
    return {name: frozenset(row["words"].split("|")) for row in rows for name in row["names"].split("|")}


def drop_people(
    text: str, lang: str, names: list[tuple[int, int, Named]], roles: list[tuple[int, int, RoleWord]]
) -> list[tuple[int, int, Named]]:
    """The names found, without those that are the first name of somebody."""
    known = first_names(lang)
    if not any(text[start:end] in known for start, end, _ in names):
        return names
    taken = {start for start, _, _ in names} | {start for start, _, _ in roles}
    return [
        (start, end, named)
        for start, end, named in names
        if (where := known.get(text[start:end])) is None or not _has_surname(text, start, end, where, taken)
    ]


def _has_surname(text: str, start: int, end: int, where: frozenset[str], taken: set[int]) -> bool:
    surname = _SURNAME.match(text, end)
    if surname is None or surname.start(1) in taken:
        return False
    before = _WORD_BEFORE.search(text, max(0, start - _NEAR), start)
    return before is None or before[1] not in where


def drop_plain_words(
    text: str,
    folded: str,
    lang: str,
    names: list[tuple[int, int, Named]],
    roles: list[tuple[int, int, RoleWord]],
) -> list[tuple[int, int, Named]]:
    """The names found, without the ambiguous ones that no cue shows to be meant as a side."""
    known = ambiguous_names(lang)
    if not known:
        return names
    doubtful = {start for start, end, _ in names if folded[start:end] in known}
    if not doubtful:
        return names
    sure = [name for name in names if name[0] not in doubtful]
    starts, ends = {start for start, _, _ in sure}, {end for _, end, _ in sure}
    offices = {end for _, end, _ in roles}
    kept = sure
    for name in names:
        if name[0] not in doubtful:
            continue
        cues = known[folded[name[0] : name[1]]]
        here = {*_before(text, folded, name[0], ends, offices)} & cues.before
        if here or {*_after(folded, name[1], starts)} & cues.after:
            kept = [*kept, name]
            ends.add(name[1])
    return sorted(kept, key=lambda name: name[:2])


def _before(text: str, folded: str, start: int, ends: set[int], offices: set[int]) -> Iterator[str]:
    """The cues that stand before a name."""
    left = folded[max(0, start - _NEAR) : start]
    if word := _WORD_BEFORE.search(left):
        yield word[1]
        yield "*" + word[1][-1]
    if start == 0 or _START.search(text[max(0, start - 3) : start]):
        yield BEGINS_SENTENCE
    if start - 1 in offices:
        yield OFFICE
    joint = _JOINED.search(left)
    if joint and start - len(joint[0]) in ends:
        yield SIDE
    if start - 1 in ends and folded[start - 1] == " ":
        yield BESIDE


def _after(folded: str, end: int, starts: set[int]) -> Iterator[str]:
    """The cues that stand after a name."""
    yield folded[end : end + 1]
    if word := _WORD_AFTER.match(folded, end):
        yield word[1]
    joint = _JOIN.match(folded, end)
    if joint and joint.end() in starts:
        yield SIDE
