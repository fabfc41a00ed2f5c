"""Set phrases that a day stands in: "puso el lunes en libertad", "lashed out on Friday at".

They are looked for once more around each day, in the text without it. What is found across the gap is given with the
offsets of the whole, the day included.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import merge
from operator import itemgetter

from flows.events.lexicon import Lexicon
from flows.events.times import TimeSpan

REACH = 48  # characters of a phrase on either side of its day
END = itemgetter(2)

Found = tuple[int, int, int]  # number, start and end of a text of the lexicon


def with_parted(raw: list[Found], folded: str, times: Sequence[TimeSpan], lexicon: Lexicon) -> list[Found]:
    """What `Lexicon.search` found in a folded text and what it finds across its days, by their ends."""
    across = [found for time in times for found in _across(folded, time, lexicon)]
    return list(merge(raw, sorted(across, key=END), key=END)) if across else raw


def _across(folded: str, time: TimeSpan, lexicon: Lexicon) -> list[Found]:
    if time.precision != "day" or time.kind == "anaphoric":
        return []
    opened, closed = _gap(folded, time, lexicon)
    if closed <= opened or folded[opened - 1 : opened].isspace() or not folded[closed - 1 : closed].isspace():
        return []
    low = max(0, opened - REACH)
    joined = f"{folded[low:opened]} {folded[closed : closed + REACH]}"
    cut, length = opened - low, closed - opened - 1
    return [
        (number, low + start, low + end + length)
        for number, start, end in lexicon.search(joined)
        if start < cut and end > cut + 1
    ]


def _gap(folded: str, time: TimeSpan, lexicon: Lexicon) -> tuple[int, int]:
    """Where the words of a day begin, with the blank before them and the small words that lead it, and where they end.

    A day between two commas is taken with both.
    """
    low = max(0, time.start - REACH)
    before, closed = folded[low : time.start].rstrip(" "), time.end
    while lexicon.is_word("day_lead", word := before[before.rfind(" ") + 1 :]):
        before = before.removesuffix(word).rstrip(" ")
    opened = low + len(before)
    if before.endswith(",") and folded[closed : closed + 2] == ", ":
        return opened - 1, closed + 2
    return opened, closed + (folded[closed : closed + 1] == " ")
