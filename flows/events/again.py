"""An armed group named once and then called "the group", or by a part of its name in a headline: the same group."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from flows.events.frozen import replace
from flows.events.lexicon import Match
from flows.events.segments import Sentence
from flows.events.sides import SideSpan

START = attrgetter("start")


def name_groups_again(
    sides: list[SideSpan], words: Sequence[Match], sentences: Sequence[Sentence], folded: str
) -> list[SideSpan]:
    """The sides, by start, with one more wherever "the group" follows the one armed group that the text names before.

    Not where another land's side stands right beside it, which says whose it is or which ("the rebels of X"), nor
    across the border to other news.
    """
    found = [word for word in words if word.pattern.label == "group"]
    if not found or not any(side.kind == "group" for side in sides):
        return sides
    starts, borders = [side.start for side in sides], [s.start for s in sentences if s.is_apart]
    again, before, seen = [], dict[str, SideSpan](), 0
    for word in found:
        while borders and borders[0] <= word.start:
            seen, before = bisect_left(starts, borders.pop(0)), {}
        at = bisect_left(starts, word.start)
        while seen < at and sides[seen].end <= word.start:
            if sides[seen].kind == "group":
                before[sides[seen].code] = sides[seen]
            seen += 1
        if len(before) != 1:
            continue
        (group,) = before.values()
        others = [side for side in sides[max(0, at - 1) : at + 2] if side.country_code != group.country_code]
        if not _is_beside(word, others, folded):
            again.append(replace(group, start=word.start, end=word.end, name=folded[word.start : word.end]))
    return sorted([*sides, *again], key=START) if again else sides


def lengthen_groups(sides: list[SideSpan], title_length: int, folded: str) -> list[SideSpan]:
    """The sides, a group that only a headline names being one that the text names at length ("Taliban", the TTP).

    The headline's name is a part of the longer one and stands nowhere else by itself.
    """
    told = [side for side in sides if side.kind == "group" and side.start >= title_length]
    short = [side for side in sides if side.kind == "group" and side.end <= title_length]
    known = {side.code for side in told}
    longer: dict[str, SideSpan] = {}
    names = {side.code: folded[side.start : side.end] for side in short if side.code not in known}
    for code, name in names.items():
        if (whole := next((one for one in told if name in folded[one.start : one.end]), None)) is not None:
            longer[code] = whole
    if not longer:
        return sides
    return [
        replace(longer[side.code], start=side.start, end=side.end, name=side.name)
        if side.code in longer and side.end <= title_length
        else side
        for side in sides
    ]


def _is_beside(word: Match, sides: Sequence[SideSpan], folded: str) -> bool:
    gaps = [folded[min(word.end, side.end) : max(word.start, side.start)] for side in sides]
    return any("," not in gap and len(gap.split()) <= 1 for gap in gaps)
