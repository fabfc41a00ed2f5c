"""Finds many names in one pass over a text, with offsets that always fit that text.

Folding works character by character and never changes the length (`"İ".lower()` would), so an offset into the folded
text is an offset into the text. The automaton only proposes; word boundaries and letter case are decided here, because
they differ by script: Han has none, Arabic glues particles to the front of a word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Generic, Literal, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

from flows.events.folding import Answers, translate

Value = TypeVar("Value")

EXACT_MARK = "!"
FEW = 16  # surfaces, such as the people of an article, that are found sooner one by one than an automaton is made
HYPHEN = "-"  # a name that ends with it is the first half of a word for two sides ("Sino-Indian")

# Written differently, meant the same: quotation marks, dashes, spaces, Arabic and Persian forms of one letter.
_SAME = {
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'",
    "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-",
    "\u00a0": " ", "\u200c": " ", "\u202f": " ", "\n": " ", "\t": " ", "\r": " ",
    "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ؤ": "و",
    "ı": "i", "ё": "е", "đ": "d", "ø": "o", "ł": "l",
}  # fmt: skip
# و ف ب ل ك س as glued particles, with or without the article; the article alone.
_PROCLITICS = frozenset(["و", "ف", "ب", "ل", "ک", "ال", "وال", "بال", "لل", "فال", "کال", "ول", "وب", "ولل", "وبال"])


def fold_character(code: int) -> str:
    """The character without case, Latin accents and typographic variants, always exactly one character."""
    character = chr(code)
    if (same := _SAME.get(character)) is not None:
        return same
    base = unicodedata.normalize("NFD", character)[0] if character.isalpha() and ord(character) < 0x250 else character
    lowered = base.lower()
    return lowered if len(lowered) == 1 else lowered[0]


_FOLDED = Answers(fold_character)


@lru_cache(maxsize=8)  # the rooms of one article fold the same text
def fold(text: str) -> str:
    """The text without case, accents and typographic variants, of exactly the same length."""
    return translate(text, _FOLDED)


def is_latin(character: str) -> bool:
    """Whether a character is a letter of the Latin script."""
    return character.isalpha() and (ord(character) < 0x250 or 0x1E00 <= ord(character) < 0x1F00)


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"


def _is_arabic(character: str) -> bool:
    return "\u0600" <= character <= "\u06ff" or "\u0750" <= character <= "\u077f"


def _is_word(character: str) -> bool:
    """Whether a character continues a word; combining vowel signs (Devanagari, Arabic) do."""
    return character.isalnum() or character == "_" or unicodedata.category(character) in ("Mn", "Mc")


# Whether a character beside a name makes it a part of a longer word; Han has no edges.
_GOES_ON: Answers[str, bool] = Answers(lambda character: _is_word(character) and not _is_han(character))
_IS_HAN: Answers[str, bool] = Answers(_is_han)


def is_bounded(folded: str, start: int, end: int) -> bool:
    """Whether folded[start:end] stands as a word of its own, by the customs of its script."""
    if _IS_HAN[folded[start]]:
        return True
    if end < len(folded) and _GOES_ON[folded[end]] and folded[end - 1] != HYPHEN:  # "russo-" joins another name
        return False
    if start == 0 or not _GOES_ON[folded[start - 1]]:
        return True
    if not _is_arabic(folded[start]):
        return False
    left = start
    while left > 0 and start - left < 5 and _is_arabic(folded[left - 1]):
        left -= 1
    return folded[left:start] in _PROCLITICS


_Case = Literal["any", "capital", "capitals", "exact"]


def _wanted_case(surface: str) -> _Case:
    if surface[-1] == EXACT_MARK:
        return "exact"
    if not surface[0].isupper():
        return "any"
    if not surface.isupper():
        return "capital"
    letters = [character for character in surface if character.isalpha()]
    # Two or three letters are words in some language ("as", "us", "who"); longer ones may be "Nato".
    return "capitals" if len(letters) <= 3 and all(character.isupper() for character in letters) else "capital"


class _Written(NamedTuple, Generic[Value]):
    """One way to write a name: a name wants its capital, a short form all, one marked "!" ("MEND!") just these."""

    surface: str  # without the mark
    case: _Case
    value: Value

    def is_cased_like(self, found: str) -> bool:
        """Whether the letters found, which are the surface's but for their case, may stand for it."""
        if self.case == "capital":
            return found[0].isupper()
        if self.case == "capitals":
            return found.upper() == found
        return self.case == "any" or self.surface == found


class NameMatcher(Generic[Value]):
    """Lists of surfaces with a value each, searched together; the first value of a list for a surface and case stays.

    One pass over the text serves all lists: most of what a search costs is waking an automaton of that size.
    """

    def __init__(self, *lists: Iterable[tuple[str, Value]]) -> None:
        ways: dict[str, dict[int, list[_Written[Value]]]] = {}
        for number, surfaces in enumerate(lists):
            for surface, value in surfaces:
                if stripped := surface.strip():
                    way = _Written(stripped.removesuffix(EXACT_MARK), _wanted_case(stripped), value)
                    known = ways.setdefault(fold(way.surface), {}).setdefault(number, [])
                    if all(way[:2] != other[:2] for other in known):
                        known.append(way)
        self._list_count = len(lists)
        self._ways = [tuple(by_list.items()) for by_list in ways.values()]
        # Most hits are plain words spelled like a name, and fall away by their first letter before anything else.
        self._wants_capital = [
            all(way.case == "capital" for found in by_list.values() for way in found) for by_list in ways.values()
        ]
        self._few = list(enumerate(ways)) if len(ways) <= FEW else []
        self._automaton = (
            AhoCorasick(list(ways), store_patterns=False, implementation=Implementation.ContiguousNFA)
            if len(ways) > FEW
            else None
        )

    def __len__(self) -> int:
        return len(self._ways)

    def find_longest(self, text: str, folded: str | None = None) -> list[tuple[int, int, Value]]:
        """Bounded matches of the first list, as `find_each` gives them."""
        return self.find_each(text, fold(text) if folded is None else folded)[0]

    def find_each(self, text: str, folded: str) -> list[list[tuple[int, int, Value]]]:
        """For each list its bounded matches with their case right, without overlap, the leftmost and longest first."""
        kept: list[list[tuple[int, int, Value]]] = [[] for _ in range(self._list_count)]
        automaton = self._automaton
        raw = automaton.find_matches_as_indexes(folded, overlapping=True) if automaton else self._find_few(folded)
        wants_capital, edged = self._wants_capital, f"{folded} "
        hits = [
            (start, -end, n)
            for n, start, end in raw
            if (not wants_capital[n] or text[start].isupper())
            # most of the rest end within a word
            and not (_GOES_ON[edged[end]] and _GOES_ON[edged[end - 1]] and not _IS_HAN[edged[start]])
        ]
        hits.sort()  # no two surfaces that are folded alike are searched: no two hits begin and end alike
        for start, backward_end, number in hits:
            end = -backward_end
            if not is_bounded(folded, start, end):
                continue
            found = text[start:end]
            for which, ways in self._ways[number]:
                before = kept[which]
                is_free = not before or start >= before[-1][1]
                if is_free and (way := _fitting(ways, found)) is not None:
                    before.append((start, end, way.value))
        return kept

    def _find_few(self, folded: str) -> list[tuple[int, int, int]]:
        """What an automaton finds, each surface looked for by itself."""
        found = []
        for number, surface in self._few:
            at = folded.find(surface)
            while at >= 0:
                found.append((number, at, at + len(surface)))
                at = folded.find(surface, at + 1)
        return found


def _fitting(ways: Sequence[_Written[Value]], found: str) -> _Written[Value] | None:
    """The one that is written just so ("JEM" is another group than "JeM"), else the first that may be written so."""
    if len(ways) == 1:
        return ways[0] if ways[0].is_cased_like(found) else None
    fitting = [way for way in ways if way.is_cased_like(found)]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    return next((way for way in fitting if way.surface == found), fitting[0])
