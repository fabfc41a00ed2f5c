"""Cases of phrases: how a sentence says what part a name plays beside a verb.

Languages mark it in three ways, and a lexicon lists what its own uses: a word before the phrase ("to Iran"), a word
after it (Hindi "ईरान को"), an ending (Turkish "İran'a"). A phrase with none of these is bare.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from flows.events.frozen import frozen
from flows.events.lexicon import BARE, Lexicon, Match
from flows.events.sides import SideSpan

_MARKS = "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u064b-\u065f\u0670"
# Two Han characters make a word, more or less; vowel signs belong to theirs.
WORD = re.compile(rf"[\u3400-\u9fff]{{1,2}}|(?:[^\W\u3400-\u9fff]|[{_MARKS}'-])+")
REACH_WORDS = 5  # between a phrase and the word that says its case
ENDING_REACH_WORDS = 3  # an owner is followed by the noun that carries the ending ("Rusya'nın kuzey sınırına"),
BARE_REACH_WORDS = 1  # a bare name right after by its noun ("Rus ordusuna")
OWNED = ("agent", "object", "goal", "genitive")  # what a noun passes on to the name of its owner
TOWN_WORDS = 3  # of the name of a town
MIN_ENDING = 3  # shorter endings are trusted on names only


@frozen
class Markers:
    """What says the cases in one sentence: words before, words after, endings; `stops` are offsets nothing crosses.

    All stand in order.
    """

    prepositions: Sequence[Match]
    postpositions: Sequence[Match]
    stops: Sequence[int]
    times: Sequence[tuple[int, int]]
    lexicon: Lexicon
    nouns: Sequence[int] = ()  # where acts are named, if nouns precede their owners: no list of parties crosses one
    owned: Sequence[int] = ()  # the same if owners come first: a case behind an act is its own, not its owner's

    @property
    def is_free(self) -> bool:
        """Whether each name carries its own case, and nothing behind it does."""
        return self.lexicon.order == "free"

    @property
    def has_case_endings(self) -> bool:
        """Whether names and the nouns behind them wear their case as an ending."""
        return self.lexicon.has_case_endings


def reaches(word: Match, folded: str, at: int, *, is_strict: bool = False) -> bool:
    """Whether a marker bears on the phrase at an offset: one glued to its word (Arabic "ل*") on that word alone."""
    if not word.pattern.is_open_end:
        return True
    return folded.count(" ", word.end, at) <= (0 if is_strict else 1)


def preposition_before(markers: Markers, folded: str, floor: int, at: int) -> Match | None:
    """The preposition that governs the phrase beginning at `at`, None for none."""
    stops = bisect_left(markers.stops, at)
    floor = max(floor, markers.stops[stops - 1]) if stops else floor
    for match in reversed(markers.prepositions):
        if match.start < floor:
            return None
        if match.end > at or match.pattern.label == "genitive":
            continue
        if not reaches(match, folded, at, is_strict=True):
            continue
        gap = folded[match.end : at]
        if gap != " " and ("," in gap or ";" in gap or len(WORD.findall(gap)) > REACH_WORDS):
            return None
        if markers.times and any(match.end <= start <= match.end + 1 for start, _ in markers.times if start < at):
            return None  # it governs the time ("on Monday X ...")
        return match
    return None


def place_beside(markers: Markers, folded: str, group: Sequence[SideSpan], low: int) -> int | None:
    """Where the word before a town stands, if a country between commas only says where that is ("in Jizan, X, ...")."""
    opened, closed = group[0].start, folded[group[-1].end : group[-1].end + 1]
    if len(group) != 1 or group[0].kind != "state" or not folded.endswith(", ", low, opened) or closed.isspace():
        return None
    if closed == "," and folded.startswith(" ", group[-1].end + 1) is False:
        return None
    for word in reversed(markers.prepositions):
        if low <= word.start and word.end < opened:
            town = folded[word.end : opened - 2]
            is_town = "," not in town and 0 < len(WORD.findall(town)) <= TOWN_WORDS
            return word.start if word.pattern.label == "place" and is_town else None
    return None


def governs(markers: Markers, folded: str, at: int, span: SideSpan) -> bool:
    """Whether a preposition that ends at `at` can govern a name that carries its own case."""
    case = _own_case(markers, folded, span)
    if case in ("subject", "genitive"):
        return case == "genitive"  # the owner of a noun it governs ("в столице X"); a nominative is never governed
    return all(markers.lexicon.case_of(word) == "open" for word in WORD.findall(folded, at, span.start))


def case_behind(markers: Markers, folded: str, span: SideSpan, ceiling: int) -> tuple[str | None, int]:
    """The case that a postposition or an ending gives to the phrase that ends with `span`."""
    if not markers.postpositions and not markers.lexicon.endings:
        return None, -1
    ceiling = min([ceiling, *(stop for stop in (*markers.stops, *markers.owned) if stop >= span.end)])
    comma = folded.find(",", span.end, ceiling)
    ceiling = comma if comma >= 0 else ceiling
    owner, linked = None, None
    is_closed = markers.lexicon.nouns == "first"  # a name then ends its phrase: the sign of an object is right behind
    marked = own_ending(markers, folded, span) if markers.lexicon.endings else None
    for match in markers.postpositions:
        if match.start < span.end or match.end > ceiling:
            continue
        words = len(WORD.findall(folded, linked if linked is not None else span.end, match.start))
        is_office = markers.lexicon.has_case_endings and span.kind in ("role", "institution", "person")
        reach = 1 if marked not in (None, "genitive") or is_office else REACH_WORDS
        if words > (0 if is_closed and match.pattern.label == "object" else reach):
            break
        if match.pattern.label != "genitive":
            return match.pattern.label, match.start
        if owner is not None and not markers.has_case_endings:
            linked = match.end  # "चीन के युन्नान प्रांत के एक गांव पर": each owner may have one of its own
        if marked is not None and words <= 1:  # "X'e ait", X's: what it owns has the case
            agents = [
                m for m in markers.postpositions if match.end <= m.start <= ceiling and m.pattern.label == "agent"
            ]
            if agents and len(WORD.findall(folded, match.end, agents[0].start)) <= REACH_WORDS:
                return "agent", agents[0].start
            return _case_on(markers, folded, match.end, ceiling, ENDING_REACH_WORDS) or (None, -1)
        if owner is None and words <= 1:
            owner = match.start
            if markers.lexicon.is_word("direct_genitive", match.pattern.text):
                break  # its noun has no case word: one that comes later is another phrase's
    if owner is not None:
        return "genitive", owner
    return _case_of_ending(markers, folded, span, ceiling) if markers.lexicon.endings else (None, -1)


def _case_of_ending(markers: Markers, folded: str, span: SideSpan, ceiling: int) -> tuple[str | None, int]:
    """The case that an ending gives: on the name itself, else on the noun right behind it."""
    own = WORD.match(folded, span.end)
    owner = own_ending(markers, folded, span)
    if owner is not None and owner != "genitive":
        return owner, span.end - 1
    at = own.end() if own and own.group().startswith("'") else span.end
    if owner is None and span.kind in ("role", "institution", "person"):
        return None, -1  # an office is whole by itself, what follows is another phrase
    if owner is None and markers.lexicon.is_word("closed", folded[span.start : span.end].rpartition(" ")[2]):
        return None, -1
    reach = ENDING_REACH_WORDS if owner or span.kind == "demonym" else BARE_REACH_WORDS
    found = _case_on(markers, folded, at, ceiling, reach, is_owned=owner is None and span.kind != "demonym")
    return found or ((owner, span.end) if owner else (None, -1))


def _case_on(
    markers: Markers, folded: str, at: int, ceiling: int, reach: int, *, is_owned: bool = False
) -> tuple[str, int] | None:
    """The case on one of the few words behind an offset, and where that word stands; numbers do not count.

    `is_owned`: only a noun that shows it is owned can be that of a bare name ("Rusya sınırına", not "Rusya orduya").
    """
    for word in WORD.finditer(folded, at, ceiling):
        if reach == 0 or any(start <= word.start() < end for start, end in markers.times):
            return None
        found = _ending(markers, word.group(), MIN_ENDING)
        if found == BARE or (found is None and is_participle(markers.lexicon, word.group())):
            return None
        is_bare = is_owned and word.group() in markers.lexicon.cases
        if found is not None and not is_bare and (found != "genitive" or markers.lexicon.order == "sov"):
            return found, word.start()
        reach -= not word.group().isdigit()
    return None


def is_participle(lexicon: Lexicon, word: str) -> bool:
    """Whether a verb's form without a case describes the noun behind it ("vurduğu", that it struck)."""
    return lexicon.forms["participle"].fullmatch(word) is not None and ending_of(lexicon, word) is None


def ending_of(lexicon: Lexicon, word: str) -> str | None:
    """The case a common noun's ending gives it, None for a bare one."""
    found = lexicon.worn_case(word, MIN_ENDING)
    return None if found == BARE or "'" in word else found


def own_ending(markers: Markers, folded: str, span: SideSpan) -> str | None:
    """The case a name wears itself, behind an apostrophe or in its last word."""
    own = WORD.match(folded, span.end)
    if own and own.group().startswith("'"):
        return _ending(markers, own.group(), 1)
    last = folded[span.start : span.end].rpartition(" ")[2]
    if "'" in last or span.kind in ("state", "capital"):
        return None
    found = _ending(markers, last, 2)
    return None if found == BARE else found


def case_of_name(markers: Markers, folded: str, span: SideSpan, floor: int) -> tuple[str | None, int]:
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


def own_cases(markers: Markers, folded: str, spans: Sequence[SideSpan]) -> set[str]:
    """The cases that names carry themselves, by their forms."""
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
        if span.kind == "organisation":
            return None  # its first word is a noun, and those behind belong to it ("Лига арабских государств")
    behind = WORD.match(folded, span.end + 1)  # "иранским военным кораблём": an adjective may leave it to its noun
    is_by = behind is not None and markers.lexicon.case_of(behind.group()) == "agent"
    return "agent" if is_by and span.kind in ("institution", "demonym") else None


def _noun_before(markers: Markers, folded: str, span: SideSpan, floor: int) -> str:
    """The word right before a name, unless it is a trigger or stands behind another sign; empty for none."""
    low = folded.rfind(" ", floor, max(floor, span.start - 1)) + 1
    word = WORD.fullmatch(folded, max(low, floor), max(low, floor, span.start - 1))
    is_beside = word is not None and folded[word.end() : span.start] == " "
    return word.group() if word and is_beside and word.start() not in markers.stops else ""


def _ending(markers: Markers, word: str, least: int) -> str | None:
    if word.startswith("'"):
        return markers.lexicon.cases.get(word)
    return markers.lexicon.worn_case(word, least)
