"""Parties: noun phrases that name one or more sides ("the foreign ministers of Iran and Pakistan"), each with its case.

A party's case says what part it plays beside a verb. Languages mark it in three ways, and a lexicon lists what its own
uses: a word before the phrase ("to Iran"), a word after it (Hindi "ईरान को"), an ending (Turkish "İran'a"). A phrase
with none of these is bare.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.events.lexicon import Lexicon, Match
from flows.events.sides import SideSpan

JOIN = re.compile(r"^\s*(?:,|-|–|—|/|&|和|与|與|及|、)?\s*$")
_MARKS = "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u064b-\u065f\u0670"
# Two Han characters make a word, more or less; vowel signs belong to theirs.
WORD = re.compile(rf"[\u3400-\u9fff]{{1,2}}|(?:[^\W\u3400-\u9fff]|[{_MARKS}'-])+")
REACH_WORDS = 5  # between a phrase and the word that says its case
GROUP_REACH_CHARS = 60
ENDING_REACH_WORDS = 2  # a name may be followed by the noun that carries the ending ("Rus ordusuna")
STACKING = frozenset(
    [
        "北部",
        "南部",
        "东部",
        "西部",
        "中部",
        "境内",
        "境内的",
        "東部",
        "境內",
        "境內的",
        "首都",
        "西北部",
        "东北部",
        "東北部",
    ]
)
OWNED = ("agent", "object", "goal", "genitive")  # what a noun passes on to the name of its owner
# The Hindi and Urdu "of" that stands before a noun without a case word: one that comes later is another phrase's.
DIRECT_GENITIVES = ("का", "کا")
MIN_ENDING = 3  # shorter endings are trusted on names only


@dataclass(frozen=True, slots=True)
class Party:
    """A phrase naming sides; `sides` in text order and distinct by code; `kind` is span or anaphor."""

    start: int
    end: int
    sides: tuple[SideSpan, ...]
    case: str | None
    kind: str = "span"
    case_at: int = -1  # where the word or ending stands that says so

    def case_after(self, at: int) -> str | None:
        """Its case, if what says so stands after an offset (what governs the trigger does not govern its owner)."""
        return self.case if self.case_at >= at else None

    @property
    def code(self) -> str:
        """The code of its first side."""
        return self.sides[0].code


@dataclass(frozen=True, slots=True)
class Markers:
    """What says the cases in one sentence: words before, words after, endings; `stops` are offsets nothing crosses."""

    prepositions: Sequence[Match]
    postpositions: Sequence[Match]
    endings: Sequence[tuple[str, str]]
    stops: Sequence[int]
    times: Sequence[tuple[int, int]]
    lexicon: Lexicon
    is_noun_first: bool = False  # a name then ends its phrase, and the sign of an object stands right behind it
    nouns: Sequence[int] = ()  # where acts are named, if nouns precede their owners: no list of parties crosses one
    owned: Sequence[int] = ()  # the same if owners come first: a case behind an act is its own, not its owner's

    @property
    def is_free(self) -> bool:
        """Whether each name carries its own case, and nothing behind it does."""
        return self.lexicon.order == "free"


def group_parties(
    spans: Sequence[SideSpan], markers: Markers, conjunctions: Sequence[Match], folded: str, start: int, end: int
) -> list[Party]:
    """Parties of a sentence (start, end) from its side spans: same-code neighbours fuse, "X and Y" joins."""
    groups: list[list[SideSpan]] = []
    for span in spans:
        if groups and _belongs(groups[-1], span, conjunctions, markers, folded):
            groups[-1].append(span)
        else:
            groups.append([span])
    parties: list[Party] = []
    floor = start
    for number, group in enumerate(groups):
        distinct = tuple(
            {span.code: span for span in reversed(group)}[code] for code in dict.fromkeys(s.code for s in group)
        )
        ceiling = groups[number + 1][0].start if number + 1 < len(groups) else end
        case: str | None
        word = _preposition_before(markers, folded, floor, group[0].start)
        if word is not None and (not markers.is_free or _governs(markers, folded, word.end, group[0])):
            case, at = word.pattern.label, word.start
            if case == "agent" and any(word.end <= noun < group[0].start for noun in markers.nouns):
                case = "other"  # "sanctions for the invasion of X": why, not by whom
        elif markers.is_free:
            case, at = _case_of_name(markers, folded, group[0], floor)
        else:
            case, at = _case_behind(markers, folded, group[-1], ceiling)
        if case is None and parties and _is_stacked(folded[floor : group[0].start]):
            case, at = parties[-1].case, parties[-1].case_at  # "对伊拉克北部库尔德武装"
        parties.append(Party(group[0].start, group[-1].end, distinct, case, "span", at))
        floor = group[-1].end
    return parties


def _is_stacked(gap: str) -> bool:
    """Whether only where something lies parts two names of one Chinese noun phrase."""
    return gap in STACKING


def _belongs(
    group: Sequence[SideSpan], span: SideSpan, conjunctions: Sequence[Match], markers: Markers, folded: str
) -> bool:
    last = group[-1]
    if span.kind == "place" and last.kind != "place":
        return False  # who acts is not where ("Ukraine Kherson-ACC ...")
    gap_start, gap_end = last.end, span.start
    fences = (*markers.stops, *markers.nouns)
    if gap_end - gap_start > GROUP_REACH_CHARS or any(gap_start <= stop < gap_end for stop in fences):
        return False
    gap = folded[gap_start:gap_end]
    if not gap and last.end - last.start == 1:  # "中美"
        return True
    has_conjunction = any(
        gap_start <= cue.start < gap_end and _reaches(cue, folded, span.start) for cue in conjunctions
    )
    if markers.is_free and not has_conjunction and len(_own_cases(markers, folded, (last, span))) > 1:
        return False
    if any(
        gap_start <= word.start < gap_end
        and word.pattern.label != "genitive"
        and _reaches(word, folded, span.start, is_strict=True)
        for word in (*markers.prepositions, *markers.postpositions)
    ):
        return False
    if span.code == last.code and "," in gap and " " not in gap:  # a Chinese comma parts clauses
        return False
    if span.code == last.code:
        return has_conjunction or len(WORD.findall(gap)) <= 3
    if span.country_code == last.country_code and not has_conjunction and len(WORD.findall(gap)) <= 3:
        return False
    return has_conjunction or (JOIN.match(gap) is not None and bool(gap.strip()))


def _reaches(word: Match, folded: str, at: int, *, is_strict: bool = False) -> bool:
    """Whether a marker bears on the phrase at an offset: one glued to its word (Arabic "ل*") on that word alone."""
    if not word.pattern.is_open_end:
        return True
    return folded.count(" ", word.end, at) <= (0 if is_strict else 1)


def _preposition_before(markers: Markers, folded: str, floor: int, at: int) -> Match | None:
    """The preposition that governs the phrase beginning at `at`, None for none."""
    nearest_stop = max((stop for stop in markers.stops if stop < at), default=floor)
    floor = max(floor, nearest_stop)
    for match in reversed(markers.prepositions):
        if match.start < floor or match.end > at or match.pattern.label == "genitive":
            continue
        if not _reaches(match, folded, at, is_strict=True):
            continue
        gap = folded[match.end : at]
        if "," in gap or ";" in gap or len(WORD.findall(gap)) > REACH_WORDS:
            return None
        if any(match.end <= start <= match.end + 1 for start, _ in markers.times if start < at):
            return None  # it governs the time ("on Monday X ...")
        return match
    return None


def _governs(markers: Markers, folded: str, at: int, span: SideSpan) -> bool:
    """Whether a preposition that ends at `at` can govern a name that carries its own case."""
    case = _own_case(markers, folded, span)
    if case in ("subject", "genitive"):
        return case == "genitive"  # the owner of a noun it governs ("в столице X"); a nominative is never governed
    return all(markers.lexicon.case_of(word) == "open" for word in WORD.findall(folded, at, span.start))


def _case_behind(markers: Markers, folded: str, span: SideSpan, ceiling: int) -> tuple[str | None, int]:
    """The case that a postposition or an ending gives to the phrase that ends with `span`."""
    if not markers.postpositions and not markers.endings:
        return None, -1
    ceiling = min([ceiling, *(stop for stop in (*markers.stops, *markers.owned) if stop >= span.end)])
    comma = folded.find(",", span.end, ceiling)
    ceiling = comma if comma >= 0 else ceiling
    owner = None
    for match in markers.postpositions:
        if match.start < span.end or match.end > ceiling:
            continue
        words = len(WORD.findall(folded, span.end, match.start))
        if words > (0 if markers.is_noun_first and match.pattern.label == "object" else REACH_WORDS):
            break
        if match.pattern.label != "genitive":
            return match.pattern.label, match.start
        if owner is None and words <= 1:
            owner = match.start
            if match.pattern.text in DIRECT_GENITIVES:
                break
    if owner is not None:
        return "genitive", owner
    return _case_of_ending(markers, folded, span, ceiling) if markers.endings else (None, -1)


def _case_of_ending(markers: Markers, folded: str, span: SideSpan, ceiling: int) -> tuple[str | None, int]:
    """The case that an ending gives: on the name itself, else on the noun right behind it."""
    own = WORD.match(folded, span.end)
    if own and own.group().startswith("'"):
        found = _ending(markers, own.group(), 1)
        if found is not None and found != "genitive":
            return found, span.end
        at, owner = own.end(), found
    else:
        last = folded[span.start : span.end].rpartition(" ")[2]
        if (
            "'" not in last
            and (found := _ending(markers, last, 2)) is not None
            and span.kind not in ("state", "capital")
        ):
            return found, span.start
        at, owner = span.end, None
    for number, word in enumerate(WORD.finditer(folded, at, ceiling)):
        is_time = any(start <= word.start() < end for start, end in markers.times)
        if number >= ENDING_REACH_WORDS or is_time:
            break
        found = _ending(markers, word.group(), MIN_ENDING)
        if found is not None and found != "genitive":
            return found, word.start()
    return (owner, span.end) if owner else (None, -1)


def _case_of_name(markers: Markers, folded: str, span: SideSpan, floor: int) -> tuple[str | None, int]:
    """The case that a name carries itself, and its start; of an owner ("ракетами X") that of the noun before it."""
    case = _own_case(markers, folded, span)
    if case not in (None, "genitive"):
        return case, span.start
    before = _noun_before(markers, folded, span, floor)
    owned = markers.lexicon.case_of(before, MIN_ENDING if case is None else 1) if before else case
    if owned == "genitive" and before and folded.startswith(before, floor):
        return None, -1  # the first word of all is rather a nominative that looks so ("толпа сербов")
    if case is None:  # a name that never declines
        return (owned, span.start) if owned == "agent" else (None, -1)
    return (owned if owned in OWNED else None), span.start


def _own_cases(markers: Markers, folded: str, spans: Sequence[SideSpan]) -> set[str]:
    return {case for span in spans if (case := _own_case(markers, folded, span))}


def _own_case(markers: Markers, folded: str, span: SideSpan) -> str | None:
    """The case of a name's first word; where that leaves it open, of the next ("российской армией")."""
    for word in WORD.finditer(folded, span.start, span.end):
        written = span.name[word.start() - span.start : word.end() - span.start]
        if written.isupper() and len(written) > 1:
            return None  # letters that stand for words have no ending of their own
        case = markers.lexicon.case_of(word.group())
        if case != "open":
            return None if case == "bare" else case
    return None


def _noun_before(markers: Markers, folded: str, span: SideSpan, floor: int) -> str:
    """The word right before a name, unless it is a trigger or stands behind another sign; empty for none."""
    low = folded.rfind(" ", floor, max(floor, span.start - 1)) + 1
    word = WORD.fullmatch(folded, max(low, floor), max(low, floor, span.start - 1))
    is_beside = word is not None and folded[word.end() : span.start] == " "
    return word.group() if word and is_beside and word.start() not in markers.stops else ""


def _ending(markers: Markers, word: str, least: int) -> str | None:
    return (
        next(
            (
                case
                for ending, case in markers.endings
                if len(ending) >= least and word.endswith(ending) and word != ending
            ),
            None,
        )
        if not word.startswith("'")
        else next((case for ending, case in markers.endings if word == ending), None)
    )
