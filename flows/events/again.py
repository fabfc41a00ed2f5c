"""An armed group named once and then called "the group" in the same sentence: that is its name again."""

from __future__ import annotations

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
    """The sides, by start, with one more wherever "the group" follows the one armed group its sentence names before.

    Not where a side stands right beside it, which says whose it is or which ("the rebels of X").
    """
    groups = [side for side in sides if side.kind == "group"]
    found = [word for word in words if word.pattern.label == "group"] if groups else []
    again = []
    for word in found:
        start = max([s.start for s in sentences if s.start <= word.start and s.is_apart], default=0)
        before = {side.code: side for side in groups if start <= side.start and side.end <= word.start}
        if len(before) == 1 and not _is_beside(word, sides, folded):
            (group,) = before.values()
            again.append(replace(group, start=word.start, end=word.end, name=folded[word.start : word.end]))
    return sorted([*sides, *again], key=START) if again else sides


def _is_beside(word: Match, sides: Sequence[SideSpan], folded: str) -> bool:
    gaps = [folded[min(word.end, side.end) : max(word.start, side.start)] for side in sides]
    return any("," not in gap and len(gap.split()) <= 1 for gap in gaps)
