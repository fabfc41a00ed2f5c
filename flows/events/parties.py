"""Parties: noun phrases that name one or more sides ("the foreign ministers of Iran and Pakistan"), each with its case.

A party's case says what part it plays beside a verb. Languages mark it in three ways, and a lexicon lists what its own
uses: a word before the phrase ("to Iran"), a word after it (Hindi "ईरान को"), an ending (Turkish "İran'a"). A phrase
with none of these is bare.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from flows.events.frozen import frozen
from flows.events.lexicon import BARE, Lexicon, Match
from flows.events.sides import SideSpan

JOIN = re.compile(r"^\s*(?:,|-|–|—|/|&|和|与|與|及|、)?\s*$")
_MARKS = "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u064b-\u065f\u0670"
# Two Han characters make a word, more or less; vowel signs belong to theirs.
WORD = re.compile(rf"[\u3400-\u9fff]{{1,2}}|(?:[^\W\u3400-\u9fff]|[{_MARKS}'-])+")
PAIRED_WORDS = 2  # "antara pihak X dengan tentera Y"
REACH_WORDS = 5  # between a phrase and the word that says its case
GROUP_REACH_CHARS = 60
SAME_REACH_WORDS = 3  # one side named twice in one phrase ("the Iranian army of Iran"): farther apart it is two phrases
ENDING_REACH_WORDS = 3  # an owner is followed by the noun that carries the ending ("Rusya'nın kuzey sınırına"),
BARE_REACH_WORDS = 1  # a bare name right after by its noun ("Rus ordusuna")
OWNED = ("agent", "object", "goal", "genitive")  # what a noun passes on to the name of its owner
NOMINATIVE = (None, "subject")  # the cases of who acts: a bare phrase, or one that is marked as subject
TOWN_WORDS = 3  # of the name of a town
ACTING = (*NOMINATIVE, "agent")
WHOLE = ("role", "institution", "person")
LAND = ("state", "capital", "place")
KIN_WORDS = 3  # "Myanmar's rebel X", "the Somali militant group X"
MIN_ENDING = 3  # shorter endings are trusted on names only


@frozen
class Party:
    """A phrase naming sides; `sides` in text order and distinct by code; `kind` is span or anaphor."""

    start: int
    end: int
    sides: tuple[SideSpan, ...]
    case: str | None
    kind: str = "span"
    case_at: int = -1  # where the word or ending stands that says so
    own_case: str | None = None  # what the name wears itself, where the case stands on the noun behind it

    def case_after(self, at: int) -> str | None:
        """Its case, if what says so stands after an offset (what governs the trigger does not govern its owner)."""
        return self.case if self.case_at >= at else None

    def case_for(self, start: int, end: int) -> str | None:
        """Its case beside a trigger; the ending of a noun that is the trigger itself says nothing of its owner."""
        return self.own_case if start <= self.case_at < end else self.case

    @property
    def code(self) -> str:
        """The code of its first side."""
        return self.sides[0].code

    @property
    def is_nominative(self) -> bool:
        """Whether its case is that of a subject."""
        return self.case in NOMINATIVE


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
    if markers.has_case_endings:
        groups = _parted(groups, markers, conjunctions, folded)
        following = zip(groups, [*groups[1:], []], strict=False)
        groups = [group for group, after in following if not _describes(group, after, folded)]
    elif markers.postpositions:
        following = zip(groups, [*groups[1:], []], strict=False)
        groups = [group for group, after in following if not _names_kin(group, after, folded, markers.lexicon)]
    elif markers.lexicon.is_positional:
        following = zip(groups, [*groups[1:], []], strict=False)
        groups = [group for group, after in following if not _owns_kin(group, after, folded, markers.lexicon)]
    elif markers.is_free:
        following = zip(groups, [*groups[1:], []], strict=False)
        groups = [group for group, after in following if not _names_kin(group, after, folded, markers.lexicon)]
    elif markers.lexicon.is_doer_genitive:
        following = zip(groups, [*groups[1:], []], strict=False)
        groups = [group for group, after in following if not _is_of_kin(group, after, folded, markers.lexicon)]
    parties: list[Party] = []
    floor = start
    for number, group in enumerate(groups):
        first_named: dict[str, SideSpan] = {}
        for span in group:
            first_named.setdefault(span.code, span)
        distinct = tuple(first_named.values())
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
        if case is None and parties and markers.lexicon.is_word("stacked", folded[floor : group[0].start]):
            case, at = parties[-1].case, parties[-1].case_at  # "对伊拉克北部库尔德武装"
        if (
            case is None
            and parties
            and parties[-1].case == "place"
            and _is_outside(markers.lexicon, folded, floor, group)
        ):
            case, at = "place", parties[-1].case_at  # "在拉巴斯的智利领事馆外"
        if word is not None and group[0].kind == "organisation" and markers.lexicon.is_word("forum", word.pattern.text):
            case = "place"  # before whom something is said ("told the Security Council that X ...")
        is_framed = word is not None and markers.lexicon.is_word("framing", word.pattern.text)
        if is_framed and group[0].kind != "organisation":
            at_goal = next((end for opened, end in markers.times if opened == group[-1].end), group[-1].end)
            follows = folded[at_goal : at_goal + 1]
            case = None if markers.lexicon.is_word("toward", follows) else case  # "在A对B的空袭中": in A's raid on B
        if case is None and (place := _place_beside(markers, folded, group, start)) is not None:
            case, at = "place", place
        own = _own_ending(markers, folded, group[-1]) if markers.has_case_endings else None
        parties.append(Party(group[0].start, group[-1].end, distinct, case, "span", at, own))
        floor = group[-1].end
    return parties


def _is_outside(lexicon: Lexicon, folded: str, floor: int, group: Sequence[SideSpan]) -> bool:
    """Whether a name in a town ("X的Y领事馆外") is where something was, by the word behind it."""
    is_in_it = lexicon.is_word("describing", folded[floor : group[0].start])
    return is_in_it and lexicon.kinds["beside"].match(folded, group[-1].end) is not None


def _belongs(
    group: Sequence[SideSpan], span: SideSpan, conjunctions: Sequence[Match], markers: Markers, folded: str
) -> bool:
    last = group[-1]
    gap_start, gap_end = last.end, span.start
    if gap_end - gap_start > GROUP_REACH_CHARS:
        return False
    is_owned = markers.has_case_endings and _own_ending(markers, folded, last) == "genitive"  # "Pakistan's Balochistan"
    if span.kind == "place" and last.kind != "place" and not is_owned:
        return False  # who acts is not where ("Ukraine Kherson-ACC ...")
    if markers.has_case_endings and (last.kind == "place") > (span.kind == "place"):
        return False
    if any([gap_start <= fence < gap_end for fences in (markers.stops, markers.nouns) for fence in fences]):
        return False
    gap = folded[gap_start:gap_end]
    if not gap and last.end - last.start == 1:  # "中美"
        return True
    has_conjunction = any(
        gap_start <= cue.start < gap_end and _reaches(cue, folded, span.start) for cue in conjunctions
    )
    if markers.is_free and not has_conjunction and len(_own_cases(markers, folded, (last, span))) > 1:
        return False
    if _is_paired(group, span, markers, folded):
        return True
    if any(
        gap_start <= word.start < gap_end
        and word.pattern.label != "genitive"
        and _reaches(word, folded, span.start, is_strict=True)
        and not (markers.has_case_endings and any(cue.start == word.start for cue in conjunctions))
        for word in (*markers.prepositions, *markers.postpositions)
    ):
        return False
    if span.code == last.code and "," in gap and " " not in gap:  # a Chinese comma parts clauses
        return False
    is_whole = last.kind in WHOLE and span.kind in LAND  # "Malili göstericiler Bamako'da": who, then where
    if span.code == last.code and is_whole and markers.has_case_endings and not has_conjunction:
        return False
    if span.code == last.code:
        reach = 1 if markers.has_case_endings and not is_owned else SAME_REACH_WORDS
        return has_conjunction or len(WORD.findall(gap)) <= reach
    if span.country_code == last.country_code and not has_conjunction and len(WORD.findall(gap)) <= 3:
        return False
    return has_conjunction or (JOIN.match(gap) is not None and bool(gap.strip()))


def _is_paired(group: Sequence[SideSpan], span: SideSpan, markers: Markers, folded: str) -> bool:
    """Whether a word like "with" joins two names behind "between" ("antara X dengan Y")."""
    if len(group) != 1 or group[0].code == span.code:
        return False
    first = group[0]
    before = [w for w in markers.prepositions if w.end <= first.start and w.pattern.label == "between"]
    is_between = bool(before) and len(WORD.findall(folded, before[-1].end, first.start)) <= PAIRED_WORDS
    withs = [w for w in markers.prepositions if w.start == first.end + 1 and w.pattern.label == "with"]
    return is_between and bool(withs) and len(WORD.findall(folded, withs[-1].end, span.start)) <= PAIRED_WORDS


def _parted(
    groups: Sequence[list[SideSpan]], markers: Markers, conjunctions: Sequence[Match], folded: str
) -> list[list[SideSpan]]:
    """The groups cut where case is an ending and the verb comes last: a comma there parts the subject from the rest.

    Only "A, B and C" is a list, unless C wears a case: then A does something to B and C. "B with C" is two of a kind
    where nobody stands before them or they wear one case; else A does it with B.
    """
    after = {word.start for word in markers.postpositions}
    parted: list[list[SideSpan]] = []
    for group in groups:
        last = group[-1]
        is_cased = _own_ending(markers, folded, last) is not None or bool({last.end, last.end + 1} & after)
        kinds = [_link(one, other, markers, after, conjunctions, folded) for one, other in pairwise(group)]
        commas = [n for n, kind in enumerate(kinds, 1) if kind == "comma"]
        cuts = [n for n, kind in enumerate(kinds, 1) if kind == "cut"]
        cuts += commas if "and" not in kinds else commas[:1] if is_cased else []
        has_subject = any(_own_ending(markers, folded, part[-1]) is None for part in parted)
        if not is_cased:
            cuts += [
                n for n, kind in enumerate(kinds, 1) if kind == "with" and (has_subject or min(commas, default=n) < n)
            ]
        bounds = [0, *sorted(cuts), len(group)]
        parted += [group[low:high] for low, high in pairwise(bounds)]
    return parted


def _describes(group: Sequence[SideSpan], after: Sequence[SideSpan], folded: str) -> bool:
    """Whether an adjective of nationality only describes the group behind it ("Rus paralı asker grubu Wagner")."""
    if len(group) != 1 or not after or group[0].head or group[0].kind != "demonym":
        return False
    gap = folded[group[0].end : after[0].start]
    is_kin = after[0].kind in ("group", "person") and after[0].country_code == group[0].country_code
    return is_kin and "," not in gap and len(WORD.findall(gap)) <= SAME_REACH_WORDS


def _owns_kin(group: Sequence[SideSpan], after: Sequence[SideSpan], folded: str, lexicon: Lexicon) -> bool:
    """Whether a state only says whose the armed group right behind it is ("Colombia's ELN")."""
    if len(group) != 1 or not after or group[0].kind not in ("state", "demonym") or after[0].kind != "group":
        return False
    gap = folded[group[0].end : after[0].start]
    if after[0].country_code != group[0].country_code:
        return False
    words = len(WORD.findall(gap))
    if words <= 1 and (gap == " " or lexicon.is_word("owning", gap)):
        return True
    is_joined = words <= KIN_WORDS and not any(char in gap for char in ",;:")
    return is_joined and lexicon.kinds["fighting"].search(folded, group[0].end, after[0].start) is not None


def _is_of_kin(group: Sequence[SideSpan], after: Sequence[SideSpan], folded: str, lexicon: Lexicon) -> bool:
    """Whether a nationality only describes members of the group named behind "of" ("disidentes colombianos de X")."""
    is_people = len(group) == 1 and group[0].kind == "demonym" and bool(after) and after[0].kind == "group"
    is_kin = is_people and after[0].country_code == group[0].country_code
    return is_kin and folded[group[0].end : after[0].start].strip() in lexicon.owning_words


def _names_kin(group: Sequence[SideSpan], after: Sequence[SideSpan], folded: str, lexicon: Lexicon) -> bool:
    """Whether a nationality describes the group named right behind it ("फलस्तीनी संगठन हमास")."""
    if len(group) != 1 or not after or after[0].kind != "group":
        return False
    of_fighters = lexicon.kinds["fighting"].search(folded, group[0].start, group[0].end) is not None
    if group[0].kind not in ("demonym", "state") and not (group[0].kind == "institution" and of_fighters):
        return False  # "صومالیہ کی شدت پسند تنظیم الشباب"
    words = len(WORD.findall(folded, group[0].end, after[0].start))
    if group[0].kind == "state" and lexicon.kinds["fighting"].search(folded, group[0].end, after[0].start) is None:
        return False
    return (
        after[0].country_code == group[0].country_code
        and words <= (2 if group[0].kind == "demonym" else KIN_WORDS)
        and "," not in folded[group[0].end : after[0].start]
    )


def _link(
    one: SideSpan, other: SideSpan, markers: Markers, after: set[int], conjunctions: Sequence[Match], folded: str
) -> str:
    """What joins two names of a group: comma, and, with, "same" (one side named twice), or "cut" where they part."""
    gap = folded[one.end : other.start]
    words = sum(not word.startswith("'") for word in WORD.findall(gap))
    joiners = [cue for cue in conjunctions if one.end <= cue.start < other.start]
    own = _own_ending(markers, folded, one)
    is_worn = own is not None
    if one.code == other.code and words > SAME_REACH_WORDS:
        return "cut"
    if "," in gap:
        return "comma"
    if joiners:
        is_with = any(cue.start in after for cue in joiners)
        return ("with" if words <= 1 else "cut") if is_with else "cut" if is_worn and words > 1 else "and"
    return "cut" if own not in (None, "genitive") or (is_worn and words > 1) else "same"


def _reaches(word: Match, folded: str, at: int, *, is_strict: bool = False) -> bool:
    """Whether a marker bears on the phrase at an offset: one glued to its word (Arabic "ل*") on that word alone."""
    if not word.pattern.is_open_end:
        return True
    return folded.count(" ", word.end, at) <= (0 if is_strict else 1)


def _preposition_before(markers: Markers, folded: str, floor: int, at: int) -> Match | None:
    """The preposition that governs the phrase beginning at `at`, None for none."""
    stops = bisect_left(markers.stops, at)
    floor = max(floor, markers.stops[stops - 1]) if stops else floor
    for match in reversed(markers.prepositions):
        if match.start < floor:
            return None
        if match.end > at or match.pattern.label == "genitive":
            continue
        if not _reaches(match, folded, at, is_strict=True):
            continue
        gap = folded[match.end : at]
        if gap != " " and ("," in gap or ";" in gap or len(WORD.findall(gap)) > REACH_WORDS):
            return None
        if markers.times and any(match.end <= start <= match.end + 1 for start, _ in markers.times if start < at):
            return None  # it governs the time ("on Monday X ...")
        return match
    return None


def _place_beside(markers: Markers, folded: str, group: Sequence[SideSpan], low: int) -> int | None:
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


def _governs(markers: Markers, folded: str, at: int, span: SideSpan) -> bool:
    """Whether a preposition that ends at `at` can govern a name that carries its own case."""
    case = _own_case(markers, folded, span)
    if case in ("subject", "genitive"):
        return case == "genitive"  # the owner of a noun it governs ("в столице X"); a nominative is never governed
    return all(markers.lexicon.case_of(word) == "open" for word in WORD.findall(folded, at, span.start))


def _case_behind(markers: Markers, folded: str, span: SideSpan, ceiling: int) -> tuple[str | None, int]:
    """The case that a postposition or an ending gives to the phrase that ends with `span`."""
    if not markers.postpositions and not markers.lexicon.endings:
        return None, -1
    ceiling = min([ceiling, *(stop for stop in (*markers.stops, *markers.owned) if stop >= span.end)])
    comma = folded.find(",", span.end, ceiling)
    ceiling = comma if comma >= 0 else ceiling
    owner, linked = None, None
    is_closed = markers.lexicon.nouns == "first"  # a name then ends its phrase: the sign of an object is right behind
    marked = _own_ending(markers, folded, span) if markers.lexicon.endings else None
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
    owner = _own_ending(markers, folded, span)
    if owner is not None and owner != "genitive":
        return owner, span.end - 1
    at = own.end() if own and own.group().startswith("'") else span.end
    if owner is None and span.kind in ("role", "institution", "person"):
        return None, -1  # an office is whole by itself, what follows is another phrase
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


def _own_ending(markers: Markers, folded: str, span: SideSpan) -> str | None:
    """The case a name wears itself, behind an apostrophe or in its last word."""
    own = WORD.match(folded, span.end)
    if own and own.group().startswith("'"):
        return _ending(markers, own.group(), 1)
    last = folded[span.start : span.end].rpartition(" ")[2]
    if "'" in last or span.kind in ("state", "capital"):
        return None
    found = _ending(markers, last, 2)
    return None if found == BARE else found


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
