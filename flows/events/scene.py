"""One sentence with everything found in it: triggers, cues, parties, clause borders.

A *party* is a noun phrase that names one or more sides ("the foreign ministers of Iran and Pakistan"), with the
preposition that governs it. A *border* is where a clause ends; its kind says what may be carried across it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.events.inflection import Voice
from flows.events.lexicon import Match, Trigger
from flows.events.places import PlaceSpan
from flows.events.segments import Sentence
from flows.events.sides import SideSpan
from flows.events.times import TimeSpan

JOIN = re.compile(r"^\s*(?:,|-|–|—|/|&|和|与|、)?\s*$")
WORD = re.compile(r"[\w'-]+")
PREPOSITION_REACH_WORDS = 5
GROUP_REACH_CHARS = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger in the text, in the voice its surroundings give it."""

    start: int
    end: int
    trigger: Trigger
    voice: Voice


@dataclass(frozen=True, slots=True)
class Party:
    """A phrase naming sides; `sides` in text order and distinct by code; `kind` is span or anaphor."""

    start: int
    end: int
    sides: tuple[SideSpan, ...]
    preposition: str | None
    kind: str = "span"
    preposition_at: int = -1

    def preposition_after(self, at: int) -> str | None:
        """Its preposition, if that stands after an offset (what governs the trigger does not govern its owner)."""
        return self.preposition if self.preposition_at >= at else None

    @property
    def code(self) -> str:
        """The code of its first side."""
        return self.sides[0].code


@dataclass(frozen=True, slots=True)
class Border:
    """Where a clause ends and the next begins; kind complement, adverbial, coordinate, attribution or stop."""

    start: int
    end: int
    kind: str
    word: str


@dataclass(slots=True)
class Scene:
    """A sentence laid out; all offsets are in the whole text."""

    sentence: Sentence
    text: str
    folded: str
    hits: list[Hit]
    cues: list[Match]
    prepositions: list[Match]
    topics: list[Match]
    parties: list[Party]
    borders: list[Border]
    places: list[PlaceSpan]
    times: list[TimeSpan]

    def clause_of(self, at: int) -> tuple[int, int]:
        """Start and end of the clause that holds an offset."""
        start, end = self.sentence.start, self.sentence.end
        for border in self.borders:
            if border.end <= at:
                start = border.end
            elif border.start > at:
                return start, border.start
        return start, end

    def border_before(self, at: int) -> Border | None:
        """The border that opens the clause holding an offset, None in the first clause."""
        return next((border for border in reversed(self.borders) if border.end <= at), None)

    def cues_in(self, kind: str, start: int, end: int) -> list[Match]:
        """Cues of a kind that begin within an interval."""
        return [cue for cue in self.cues if cue.pattern.label == kind and start <= cue.start < end]

    def words_between(self, start: int, end: int) -> list[str]:
        """Folded words strictly between two offsets."""
        return WORD.findall(self.folded, start, max(start, end))


def group_parties(
    spans: Sequence[SideSpan],
    prepositions: Sequence[Match],
    cues: Sequence[Match],
    folded: str,
    start: int,
    stops: Sequence[int],
) -> list[Party]:
    """Parties from side spans: same-code neighbours fuse, "X and Y" joins; `stops` are offsets nothing crosses."""
    conjunctions = [cue for cue in cues if cue.pattern.label == "conjunction"]
    groups: list[list[SideSpan]] = []
    for span in spans:
        if groups and _belongs(groups[-1], span, conjunctions, prepositions, folded, stops):
            groups[-1].append(span)
        else:
            groups.append([span])
    parties: list[Party] = []
    floor = start
    for group in groups:
        distinct = tuple(
            {span.code: span for span in reversed(group)}[code] for code in dict.fromkeys(s.code for s in group)
        )
        preposition, at = _governing(prepositions, folded, floor, group[0].start, stops)
        parties.append(Party(group[0].start, group[-1].end, distinct, preposition, "span", at))
        floor = group[-1].end
    return parties


def _belongs(
    group: Sequence[SideSpan],
    span: SideSpan,
    conjunctions: Sequence[Match],
    prepositions: Sequence[Match],
    folded: str,
    stops: Sequence[int],
) -> bool:
    last = group[-1]
    gap_start, gap_end = last.end, span.start
    if gap_end - gap_start > GROUP_REACH_CHARS or any(gap_start <= stop < gap_end for stop in stops):
        return False
    gap = folded[gap_start:gap_end]
    has_conjunction = any(gap_start <= cue.start < gap_end for cue in conjunctions)
    has_preposition = any(gap_start <= p.start < gap_end and p.pattern.label not in ("genitive",) for p in prepositions)
    if has_preposition:
        return False
    if span.code == last.code:
        return has_conjunction or len(WORD.findall(gap)) <= 3
    if span.country_code == last.country_code and not has_conjunction and len(WORD.findall(gap)) <= 3:
        return False
    return has_conjunction or (JOIN.match(gap) is not None and bool(gap.strip()))


def _governing(
    prepositions: Sequence[Match], folded: str, floor: int, at: int, stops: Sequence[int]
) -> tuple[str | None, int]:
    """The label and offset of the preposition that governs the phrase beginning at `at`, None for a bare phrase."""
    nearest_stop = max((stop for stop in stops if stop < at), default=floor)
    floor = max(floor, nearest_stop)
    for match in reversed(prepositions):
        if match.start < floor or match.end > at or match.pattern.label == "genitive":
            continue
        gap = folded[match.end : at]
        if "," in gap or ";" in gap or len(WORD.findall(gap)) > PREPOSITION_REACH_WORDS:
            return None, -1
        return match.pattern.label, match.start
    return None, -1
