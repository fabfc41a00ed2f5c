"""Datelines: the city and agency before a story's first words ("OSLO (AP) -"), which are no side and no place of it.

Only a line's beginning is looked at. A dash parts the dateline from the story; without one ("Oslo, Outlet Name The
minister ...") only the city before the comma is taken, and only where no second side follows it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from flows.events.sides import SideSpan

MAX_CHARS = 70
WITH_DASH = re.compile(
    r"^[ \t]*(?P<dateline>[^\W\d_][^\n.!?:;\"“”()–—]{0,50}?\s*(?:\([^()\n]{1,30}\)|\d{1,2}/\d{1,2})?)"
    r"\s*(?:\s-|[–—]|--)\s",
    re.MULTILINE,
)
# "Washington, 14 mar (EFE).-", "WASHINGTON, 14 mars (Reuters) -", "BOGOTÁ.-": with a day, an agency or a full stop.
DATED = re.compile(
    r"^[ \t]*(?P<dateline>(?P<city>[^\W\d_][\w' -]{1,29}\w)(?:,\s[^\W\d_][\w'. -]{1,25})?"
    r"(?:,?\s(?:le\s)?\d{1,2}(?:\sde)?\s[^\W\d_]{3,10}\.?(?:\s(?:de\s)?\d{4})?)?"
    r"(?:\s*\([^()\n]{1,30}\))?\.?)\s?[-–—]\s",
    re.MULTILINE,
)
CITY_FIRST = re.compile(r"^[ \t]*(?P<dateline>[^\W\d_][\w' -]{2,25}),\s+(?=[^\W\d_a-z])", re.MULTILINE)
DASH = re.compile("[-–—]")
LINE_END = re.compile("\n")
DASH_CHARS = 120  # from the beginning of its line to the dash behind a dateline, with room for blanks
MAX_WORDS = 6
CITY_KINDS = ("capital", "place")


def find_datelines(text: str, body_start: int, sides: Sequence[SideSpan]) -> list[tuple[int, int]]:
    """Start and end of each dateline after `body_start`, in text order."""
    found = []
    lines = [0] if body_start == 0 else []
    lines += [end.end() for end in LINE_END.finditer(text, max(0, body_start - 1))]
    dashed = _find_dashes(text)
    patterns = ((WITH_DASH, dashed, _is_named), (DATED, dashed, _is_dated), (CITY_FIRST, None, _is_city))
    for pattern, dashes, is_dateline in patterns:
        for match in _find_at_lines(pattern, dashes, text, lines, body_start):
            start, end = match.span("dateline")
            if end - start <= MAX_CHARS and is_dateline(match, sides):
                found.append((start, end))
    return sorted(set(found))


def _find_dashes(text: str) -> list[int]:
    """Where dashes stand that may part a dateline from its story: long or double ones, behind a blank or full stop."""
    dashes = (dash.start() for dash in DASH.finditer(text))
    return [
        at
        for at in dashes
        if text[at] != "-" or text[at - 1 : at].isspace() or text[at - 1 : at] == "." or text[at + 1 : at + 2] == "-"
    ]


def _find_at_lines(
    pattern: re.Pattern[str], dashes: Sequence[int] | None, text: str, lines: Sequence[int], body_start: int
) -> Iterator[re.Match[str]]:
    """Every match of a pattern that begins a line, asked for there alone and, if it wants a dash, where one is near."""
    taken = body_start
    for at in lines:
        if at < taken or not (dashes is None or _is_near(dashes, at)):
            continue
        if (match := pattern.match(text, at)) is not None:
            yield match
            taken = match.end()


def _is_near(dashes: Sequence[int], at: int) -> bool:
    following = bisect_left(dashes, at)
    return following < len(dashes) and dashes[following] - at <= DASH_CHARS


def _is_named(match: re.Match[str], sides: Sequence[SideSpan]) -> bool:
    """Whether what a dash parts from the story is a city or an agency: all words with a capital, no state first."""
    if not _is_capitalised(match):
        return False
    words = match.group("dateline")
    start, end = match.span("dateline")
    first = next((side for side in sides if start <= side.start < end), None)
    return words.isupper() or words.endswith(")") or first is None or first.kind in CITY_KINDS


def _is_dated(match: re.Match[str], sides: Sequence[SideSpan]) -> bool:
    """Whether a city or a word in capitals opens what a day, an agency or a full stop shows to be a dateline."""
    words = match.group("dateline")
    is_marked = words[-1:] in ".)" or any(sign.isdigit() for sign in words)
    return is_marked and (match.group("city").isupper() or _names_city(*match.span("city"), sides))


def _is_city(match: re.Match[str], sides: Sequence[SideSpan]) -> bool:
    """Whether a city before a comma opens no list of sides ("Oslo, Stockholm and Helsinki agreed")."""
    is_listed = any(side.start == match.end() for side in sides)
    return not is_listed and _is_capitalised(match) and _names_city(*match.span("dateline"), sides)


def _is_capitalised(match: re.Match[str]) -> bool:
    words = match.group("dateline").split()
    return len(words) <= MAX_WORDS and not any(word[0].islower() for word in words if word[0].isalpha())


def _names_city(start: int, end: int, sides: Sequence[SideSpan]) -> bool:
    return any(side.kind in CITY_KINDS and (side.start, side.end) == (start, end) for side in sides)
