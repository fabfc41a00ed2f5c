"""One sentence with everything found in it: triggers, cues, parties, clause borders.

A *border* is where a clause ends; its kind says what may be carried across it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.events.cases import WORD
from flows.events.entries import Trigger
from flows.events.frozen import frozen
from flows.events.inflection import Voice
from flows.events.lexicon import Lexicon, Match
from flows.events.parties import Party
from flows.events.places import PlaceSpan
from flows.events.segments import Sentence
from flows.events.sides import SideSpan
from flows.events.times import TimeSpan


@frozen
class Hit:
    """A trigger in the text, in the voice its surroundings give it."""

    start: int
    end: int
    trigger: Trigger
    voice: Voice


@frozen
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
    lexicon: Lexicon
    neighbours: dict[str, list[int]]  # where the words begin that triggers ask for beside them
    postpositions: list[Match] = field(default_factory=list)
    # What the lexicon says, which rules ask dozens of times a sentence.
    order: str = field(init=False)  # where the verb stands among its parties: "svo", "sov", "vso" or "free"
    nouns: str = field(init=False)  # where a noun stands among its owners: "first" ("serangan Iran") or "last"
    has_case_endings: bool = field(init=False)  # nouns wear their case and the verb is last: a bare phrase is a subject
    is_postposed: bool = field(init=False)  # verbs and nouns come last and a word behind says the case (Hindi, Urdu)
    _cues_by_kind: dict[str, list[Match]] = field(default_factory=dict, init=False)
    futures: dict[int, str | None] = field(default_factory=dict, init=False)  # by the start of a hit, once asked
    together: list[tuple[SideSpan, SideSpan]] | None = field(default=None, init=False)  # as one phrase, once asked
    _clauses: dict[int, tuple[int, int]] = field(default_factory=dict, init=False)
    _openings: dict[int, Border | None] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.order, self.nouns = self.lexicon.order, self.lexicon.nouns
        self.has_case_endings = self.lexicon.has_case_endings
        self.is_postposed = self.order == "sov" and self.nouns == "last" and not self.has_case_endings
        for cue in self.cues:  # which are asked for by kind again and again
            self._cues_by_kind.setdefault(cue.pattern.label, []).append(cue)

    def clause_of(self, at: int) -> tuple[int, int]:
        """Start and end of the clause that holds an offset."""
        if at not in self._clauses:
            self._clauses[at] = self._find_clause(at)
        return self._clauses[at]

    def start_before(self, border: Border) -> int:
        """Where the clause begins that a border ends."""
        return self.clause_of(max(self.sentence.start, border.start - 1))[0]

    def _find_clause(self, at: int) -> tuple[int, int]:
        start, end = self.sentence.start, self.sentence.end
        for border in self.borders:
            if border.end <= at:
                start = border.end
            elif border.start > at:
                return start, border.start
        return start, end

    def reach_of(self, hit: Hit) -> tuple[int, int]:
        """Start and end of a hit's clause, with the "that" clause right behind it where the hit tells its act."""
        start, end = self.clause_of(hit.start)
        border = next((b for b in self.borders if b.start >= hit.end), None)
        if border is not None and border.kind == "complement" and border.start == end and not hit.voice.is_noun:
            _, end = self.clause_of(border.end)
        return start, end

    def is_aside(self, hit: Hit) -> bool:
        """Whether a hit stands in a subordinate clause that does not open its sentence."""
        border = self.border_before(hit.start)
        return border is not None and border.kind == "adverbial" and border.start > self.sentence.start

    def has_form(self, hit: Hit, kind: str) -> bool:
        """Whether the hit's own form is one of a kind that the lexicon lists under `forms`."""
        inside = [time for time in self.times if hit.start < time.start and time.end < hit.end]
        if not inside:
            return self.lexicon.forms[kind].fullmatch(self.folded, hit.start, hit.end) is not None
        # A day parts the phrase: its form is that of the two halves.
        parts = self.folded[hit.start : inside[0].start], self.folded[inside[-1].end : hit.end]
        return self.lexicon.forms[kind].fullmatch(" ".join(map(str.strip, parts))) is not None

    def word_before(self, at: int) -> str:
        """The folded word that ends at the blank right before an offset, empty where none does."""
        if self.folded[at - 1 : at] != " ":
            return ""
        return self.folded[self.folded.rfind(" ", self.sentence.start, at - 1) + 1 : at - 1]

    def word_behind(self, at: int, case: str) -> bool:
        """Whether a word that says this case stands right behind an offset (Hindi "हमले में")."""
        return any(word.pattern.label == case and 0 <= word.start - at <= 1 for word in self.postpositions)

    def border_before(self, at: int) -> Border | None:
        """The border that opens the clause holding an offset, None in the first clause."""
        if at not in self._openings:
            self._openings[at] = self._find_opening(at)
        return self._openings[at]

    def _find_opening(self, at: int) -> Border | None:
        for border in reversed(self.borders):
            if border.end <= at:
                return border
        return None

    def cues_of(self, kind: str) -> Sequence[Match]:
        """Cues of a kind, in their order."""
        return self._cues_by_kind.get(kind, ())

    def cues_in(self, kind: str, start: int, end: int) -> list[Match]:
        """Cues of a kind that begin within an interval."""
        if kind not in self._cues_by_kind:
            return []
        return [cue for cue in self._cues_by_kind[kind] if start <= cue.start < end]

    def words_between(self, start: int, end: int) -> list[str]:
        """Folded words strictly between two offsets."""
        return WORD.findall(self.folded, start, max(start, end))
