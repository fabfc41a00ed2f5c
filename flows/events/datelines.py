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


def find_datelines(text: str, body_start: int, sides: Sequence[SideSpan]) -> list[tuple[int, int]]:
    """Start and end of each dateline after `body_start`, in text order."""
    found = []
    lines = [0] if body_start == 0 else []
    lines += [end.end() for end in LINE_END.finditer(text, max(0, body_start - 1))]
    dashed = _find_dashes(text)
    for pattern, dashes in ((WITH_DASH, dashed), (DATED, dashed), (CITY_FIRST, None)):
        for match in _find_at_lines(pattern, dashes, text, lines, body_start):
            start, end = match.span("dateline")
            inside = [span for span in sides if start <= span.start < end]
            is_city = pattern is CITY_FIRST
            if (
                end - start <= MAX_CHARS
                and (
                    _opens_with_city(match, inside)
                    if pattern is DATED
                    else _is_dateline(text[start:end], inside, is_city)
                )
                and not (is_city and _names_side_next(match.end(), sides))
            ):
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


def _is_dateline(words: str, inside: Sequence[SideSpan], is_city: bool) -> bool:
    """Whether the words are a city or an agency: capitalised throughout, and opening with no state."""
    if len(words.split()) > MAX_WORDS or any(word[0].islower() for word in words.split() if word[0].isalpha()):
        return False
    opens_with_state = bool(inside) and inside[0].kind not in ("capital", "place") and not words.isupper()
    is_agency = words.isupper() or words.endswith(")")
    if is_city:
        return bool(inside) and inside[0].kind in ("capital", "place") and inside[0].end - inside[0].start == len(words)
    return is_agency or not opens_with_state


def _opens_with_city(match: re.Match[str], inside: Sequence[SideSpan]) -> bool:
    """Whether a city or a word in capitals opens what a day, an agency or a full stop shows to be a dateline."""
    start, end = match.span("city")
    is_marked = match.group("dateline")[-1:] in ".)" or any(sign.isdigit() for sign in match.group("dateline"))
    is_city = (
        bool(inside) and inside[0].kind in ("capital", "place") and (inside[0].start, inside[0].end) == (start, end)
    )
    return is_marked and (is_city or match.group("city").isupper())


def _names_side_next(at: int, sides: Sequence[SideSpan]) -> bool:
    """Whether a list of sides goes on after the comma ("Oslo, Stockholm and Helsinki agreed")."""
    return any(span.start == at for span in sides)
