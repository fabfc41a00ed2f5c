"""Who only stands behind others: "Iran-backed Houthis", "M23 rebels supported by Rwanda". They did nothing here.

The words are blanked before a text is laid out, so that who is backed acts and backing is no event of today's. Lexicons
give them under `kinds`: `backed_behind` follows a sponsor's name, `backed_before` precedes it, `fighting` is who may be
backed beside the groups known by name; "a US-backed plan" stays America's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.events.folding import fold
from flows.events.lexicon import NUMBER, Lexicon
from flows.events.sides import SideSpan

_BEFORE_CHARS = 40  # the longest words before a sponsor's name, with room for an article
WORD_BEFORE = re.compile(r"(?<!\w)(\w+) \Z")
_BESIDE_CHARS = 24  # how far who is backed stands from the phrase


def names_sponsors(raw: Sequence[tuple[int, int, int]], lexicon: Lexicon) -> bool:
    """Whether words that may make a sponsor are anywhere among what `Lexicon.search` found."""
    return not lexicon.backing.isdisjoint(map(NUMBER, raw))


def find_sponsors(sides: Sequence[SideSpan], folded: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Where words only say who backs a fighting group, by start; `sides` are all of the folded text."""
    phrases = (_phrase(side, folded, lexicon) for side in sides)
    return [
        (start, end) for start, end in phrases if start < end and _is_of_fighters(start, end, sides, folded, lexicon)
    ]


def blank(text: str, intervals: Sequence[tuple[int, int]], lexicon: Lexicon) -> str:
    """The text with a space for every letter of these intervals; its length stays.

    An article before one is moved behind it, so that "the X-backed group" reads "the group".
    """
    for start, end in intervals:
        before = WORD_BEFORE.search(text, max(0, start - _BESIDE_CHARS), start) if lexicon.is_analytic else None
        is_moved = before is not None and lexicon.is_word("pointing", fold(before[1])) and text[end : end + 1] == " "
        opened, moved = (before.start(1), before[1]) if before is not None and is_moved else (start, "")
        text = f"{text[:opened]}{moved:>{end - opened}}{text[end:]}"
    return text


def _phrase(side: SideSpan, folded: str, lexicon: Lexicon) -> tuple[int, int]:
    """Where the words stand that make this side a sponsor, its name included; empty where there are none."""
    if (behind := lexicon.kinds["backed_behind"].match(folded, side.end)) is not None:
        return side.start, behind.end()
    low = max(0, side.start - _BEFORE_CHARS)
    for before in lexicon.kinds["backed_before"].finditer(folded, low, side.start):
        if before.end() == side.start and not folded[before.start() - 1 : before.start()].isalpha():
            return _with_commas(before.start(), side.end, folded)
    return 0, 0


def _with_commas(start: int, end: int, folded: str) -> tuple[int, int]:
    """The phrase with the two commas around it, where it stands between two."""
    opening = len(folded[:start].rstrip())
    is_between = folded[max(0, opening - 1) : opening] == "," and folded[end : end + 1] == ","
    return (opening - 1, end + 1) if is_between else (start, end)


def _is_of_fighters(start: int, end: int, sides: Sequence[SideSpan], folded: str, lexicon: Lexicon) -> bool:
    low, high = max(0, start - _BESIDE_CHARS), end + _BESIDE_CHARS
    if any(side.kind == "group" and (low <= side.end <= start or end <= side.start < high) for side in sides):
        return True
    fighting = lexicon.kinds["fighting"]
    return fighting.search(folded, low, start) is not None or fighting.search(folded, end, high) is not None
