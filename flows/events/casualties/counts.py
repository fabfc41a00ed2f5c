"""Reads one count as the text gives it: a number in digits or words, with its least, its most and whom it counts."""

from __future__ import annotations

import re

from flows.events.casualties.words import CasualtyWords
from flows.events.frozen import frozen

_MOST = 5_000_000
SMALL_WORD_CHARS = 6
_SPREAD_REACH = 40  # from the least of a range to its most


@frozen
class Count:
    """A number of a text; offsets are characters, end exclusive; maximum None where open."""

    start: int
    end: int
    minimum: int
    maximum: int | None
    is_of_people: bool
    number_start: int  # where its number begins, behind "at least" and "about"
    is_alone: bool  # one person, named without a number


def read_count(match: re.Match[str], words: CasualtyWords, folded: str) -> Count | None:
    """The count that a match of the pattern of counts is; None where it is a year, a part of a count or nobody's."""
    minimum = _number(match["number"], words)
    upper = int(re.sub(r"[., ]", "", match["upper"])) if match["upper"] else None
    maximum: int | None = upper if upper is not None and upper >= minimum else minimum
    if match["number"] in words.vague or match["modifier"] in words.at_least or match["behind"] in words.at_least:
        maximum = upper
    elif match["modifier"] in words.at_most and upper is None:
        minimum, maximum = 0, minimum
    is_aged = words.ages.match(folded, match.end()) is not None  # "a twelve-year-old girl" is one
    minimum, maximum = (1, 1) if is_aged else (minimum, maximum)
    if minimum > _MOST or _is_year(match["number"]) or (_is_of_things(match.end(), words, folded) and not is_aged):
        return None
    behind = (words.people, words.parted, words.containing)
    if minimum == 1 and words.families.match(folded, match.end()):
        return None
    of_people = any(pattern.match(folded, match.end()) for pattern in behind)
    of_people = of_people or (minimum > 1 and match["number"] in words.persons)
    of_people = of_people or bool(match["modifier"] and words.people.fullmatch(match["modifier"]))  # "otros cinco"
    if words.including.search(folded, max(0, match.start() - 25), match.start()):
        return None
    if words.included.match(folded, match.end()):
        return None
    if match["number"] in words.articles and not of_people and not _is_fallen(match.end(), words, folded):
        return None
    start, least = _least_of(match, minimum, words, folded)
    is_alone = is_aged or match["number"] in words.alone
    return Count(start, match.end(), least, maximum, of_people or is_alone, match.start("number"), is_alone)


def _is_of_things(end: int, words: CasualtyWords, folded: str) -> bool:
    """Whether a number counts things; a hospital that people were taken to is told of them ("बीस अस्पताल में भर्ती")."""
    is_thing = words.measures.match(folded, end) or words.things.match(folded, end)
    return is_thing is not None and words.outcomes.match(folded, end + 1) is None


def _least_of(match: re.Match[str], most: int, words: CasualtyWords, folded: str) -> tuple[int, int]:
    """Where a count begins and its least: the number before it in a range ("between five and", "five to")."""
    number = match.start("number")
    spread = words.spread.search(folded, max(0, number - _SPREAD_REACH), number)
    if spread is None or not (spread["between"] or spread["and"] in words.ranging):
        return match.start(), most
    least = _number(spread["least"], words)
    return (min(match.start(), spread.start()), least) if least < most else (match.start(), most)


def _is_fallen(end: int, words: CasualtyWords, folded: str) -> bool:
    """Whether what became of people stands behind "one" at once, or behind a small word ("ایک کو زخمی")."""
    return any(words.outcomes.match(folded, at) for at in range(end + 1, end + SMALL_WORD_CHARS))


def _number(written: str, words: CasualtyWords) -> int:
    if written in words.vague:
        return words.vague[written]
    if (parts := words.thousands.fullmatch(written)) is not None:
        return int(parts[1]) * 1000 + int(parts[2] or 0)
    if (summed := _compound(written, words)) is not None:
        return summed
    return int(re.sub(r"[., ]", "", written))


def _compound(written: str, words: CasualtyWords) -> int | None:
    """The sum of the numbers that a count told in several words is made of, None where it cannot be divided so."""
    if not written:
        return 0
    for end in range(len(written), 0, -1):
        if written[:end] in words.numbers and (rest := _compound(written[end:].lstrip(), words)) is not None:
            return words.numbers[written[:end]] + rest
    return None


def _is_year(written: str) -> bool:
    return written.isdigit() and len(written) == 4 and 1900 <= int(written) < 2100
