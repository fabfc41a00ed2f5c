"""Parties: noun phrases that name one or more sides ("the foreign ministers of Iran and Pakistan"), each with its case.

A party's case says what part it plays beside a verb; how it is told is the business of `flows.events.cases`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from flows.events.cases import (
    WORD,
    Markers,
    case_behind,
    case_of_name,
    governs,
    own_cases,
    own_ending,
    place_beside,
    preposition_before,
    reaches,
)
from flows.events.frozen import frozen, replace
from flows.events.lexicon import Lexicon, Match
from flows.events.sides import SideSpan

JOIN = re.compile(r"^\s*(?:,|-|–|—|/|&|和|与|與|及|、)?\s*$")
PAIRED_WORDS = 2  # "antara pihak X dengan tentera Y"
GROUP_REACH_CHARS = 60
SAME_REACH_WORDS = 3  # one side named twice in one phrase ("the Iranian army of Iran"): farther apart it is two phrases
NOMINATIVE = (None, "subject")  # the cases of who acts: a bare phrase, or one that is marked as subject
ACTING = (*NOMINATIVE, "agent")
WHOLE = ("role", "institution", "person")
LAND = ("state", "capital", "place")
QUOTES = "“”‘’\"'「」『』《》"
KIN_WORDS = 3  # "Myanmar's rebel X", "the Somali militant group X"


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
        groups = _objects_apart(groups, markers, folded)
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
        word = preposition_before(markers, folded, floor, group[0].start)
        if word is not None and (not markers.is_free or governs(markers, folded, word.end, group[0])):
            case, at = word.pattern.label, word.start
            if case == "agent" and any(word.end <= noun < group[0].start for noun in markers.nouns):
                case = "other"  # "sanctions for the invasion of X": why, not by whom
        elif markers.is_free:
            case, at = case_of_name(markers, folded, group[0], floor)
        else:
            case, at = case_behind(markers, folded, group[-1], ceiling)
        if case is None and parties and markers.lexicon.is_word("stacked", folded[floor : group[0].start]):
            case, at = parties[-1].case, parties[-1].case_at  # "对伊拉克北部库尔德武装"
        if case is None and parties and _stands_in(markers.lexicon, folded, parties[-1], group):
            case, at = parties[-1].case, parties[-1].case_at
            parties[-1] = replace(parties[-1], case="place")  # "对叙利亚首都大马士革的伊朗领事馆"
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
        if case is None and (place := place_beside(markers, folded, group, start)) is not None:
            case, at = "place", place
        own = own_ending(markers, folded, group[-1]) if markers.has_case_endings else None
        parties.append(Party(group[0].start, group[-1].end, distinct, case, "span", at, own))
        floor = group[-1].end
    return parties


def _stands_in(lexicon: Lexicon, folded: str, land: Party, group: Sequence[SideSpan]) -> bool:
    """Whether a land that is acted on is only where the one named behind "of" stands."""
    is_marked = land.case in ("goal", "object") and land.sides[-1].kind in LAND and group[0].kind not in LAND
    return is_marked and lexicon.is_preverbal and lexicon.is_word("describing", folded[land.end : group[0].start])


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
    is_owned = markers.has_case_endings and own_ending(markers, folded, last) == "genitive"  # "Pakistan's Balochistan"
    if span.kind == "place" and last.kind != "place" and not is_owned:
        return False  # who acts is not where ("Ukraine Kherson-ACC ...")
    if markers.has_case_endings and (last.kind == "place") > (span.kind == "place"):
        return False
    if any([gap_start <= fence < gap_end for fences in (markers.stops, markers.nouns) for fence in fences]):
        return False
    gap = folded[gap_start:gap_end]
    if not gap and last.end - last.start == 1:  # "中美"
        return True
    has_conjunction = any(gap_start <= cue.start < gap_end and reaches(cue, folded, span.start) for cue in conjunctions)
    if markers.is_free and not has_conjunction and len(own_cases(markers, folded, (last, span))) > 1:
        return False
    if _is_paired(group, span, markers, folded):
        return True
    if any(
        gap_start <= word.start < gap_end
        and word.pattern.label != "genitive"
        and reaches(word, folded, span.start, is_strict=True)
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
        is_cased = own_ending(markers, folded, last) is not None or bool({last.end, last.end + 1} & after)
        kinds = [_link(one, other, markers, after, conjunctions, folded) for one, other in pairwise(group)]
        commas = [n for n, kind in enumerate(kinds, 1) if kind == "comma"]
        cuts = [n for n, kind in enumerate(kinds, 1) if kind == "cut"]
        cuts += commas if "and" not in kinds else commas[:1] if is_cased else []
        has_subject = any(own_ending(markers, folded, part[-1]) is None for part in parted)
        if not is_cased:
            cuts += [
                n for n, kind in enumerate(kinds, 1) if kind == "with" and (has_subject or min(commas, default=n) < n)
            ]
        bounds = [0, *sorted(cuts), len(group)]
        parted += [group[low:high] for low, high in pairwise(bounds)]
    return parted


def _objects_apart(groups: Sequence[list[SideSpan]], markers: Markers, folded: str) -> list[list[SideSpan]]:
    """The groups cut at the one comma behind which stands what wears an object's mark ("ایران، اسرائیل را")."""
    objects = {word.start - 1 for word in markers.postpositions if word.pattern.label == "object"}
    apart: list[list[SideSpan]] = []
    for group in groups:
        commas = [n for n, (one, other) in enumerate(pairwise(group), 1) if "," in folded[one.end : other.start]]
        is_cut = len(commas) == 1 and group[-1].end in objects
        apart += [group[: commas[0]], group[commas[0] :]] if is_cut else [group]
    return apart


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
    if not gap.strip(QUOTES) or (words <= 1 and (gap == " " or lexicon.is_word("owning", gap))):
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
    own = own_ending(markers, folded, one)
    is_worn = own is not None
    if one.code == other.code and words > SAME_REACH_WORDS:
        return "cut"
    if "," in gap:
        return "comma"
    if joiners:
        is_with = any(cue.start in after for cue in joiners)
        return ("with" if words <= 1 else "cut") if is_with else "cut" if is_worn and words > 1 else "and"
    return "cut" if own not in (None, "genitive") or (is_worn and words > 1) else "same"
