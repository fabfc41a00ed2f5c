"""Finds many names in one pass over a text, with offsets that always fit that text.

Folding works character by character and never changes the length (`"İ".lower()` would), so an offset into the folded
text is an offset into the text. The automaton only proposes; word boundaries and letter case are decided here, because
they differ by script: Han has none, Arabic glues particles to the front of a word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from operator import itemgetter
from typing import Generic, Literal, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

from flows.events.folding import Answers

Value = TypeVar("Value")

EXACT_MARK = "!"

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
    return text.translate(_FOLDED)


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


@cache
def _goes_on(character: str) -> bool:
    """Whether a character beside a name makes it a part of a longer word; Han has no edges."""
    return _is_word(character) and not _is_han(character)


def is_bounded(folded: str, start: int, end: int) -> bool:
    """Whether folded[start:end] stands as a word of its own, by the customs of its script."""
    if _is_han(folded[start]):
        return True
    if end < len(folded) and _goes_on(folded[end]):
        return False
    if start == 0 or not _goes_on(folded[start - 1]):
        return True
    if not _is_arabic(folded[start]):
        return False
    left = start
    while left > 0 and start - left < 5 and _is_arabic(folded[left - 1]):
        left -= 1
    return folded[left:start] in _PROCLITICS


def is_cased_like(surface: str, found: str) -> bool:
    """Whether the letters found may stand for the surface: a name wants its capital, a short form all.

    A surface that ends in "!" is written just so: "MEND!" is no "Mend".
    """
    wanted = _wanted_case(surface)
    if wanted == "capital":
        return found[0].isupper()
    if wanted == "capitals":
        return found.upper() == found
    return wanted == "any" or surface[:-1] == found


@cache
def _wanted_case(surface: str) -> Literal["any", "capital", "capitals", "exact"]:
    if surface[-1] == EXACT_MARK:
        return "exact"
    if not surface[0].isupper():
        return "any"
    letters = [character for character in surface if character.isalpha()]
    # Two or three letters are words in some language ("as", "us", "who"); longer ones may be "Nato".
    return "capitals" if len(letters) <= 3 and all(character.isupper() for character in letters) else "capital"


class NameMatcher(Generic[Value]):
    """Surfaces with a value each, searched together; the first value given for a surface and case stays."""

    def __init__(self, surfaces: Iterable[tuple[str, Value]]) -> None:
        self._values: dict[str, list[tuple[str, Value]]] = {}
        for surface, value in surfaces:
            stripped = surface.strip()
            if stripped:
                self._values.setdefault(fold(stripped.removesuffix(EXACT_MARK)), []).append((stripped, value))
        self._patterns = list(self._values)
        self._candidates = list(self._values.values())
        self._automaton = (
            AhoCorasick(self._patterns, store_patterns=False, implementation=Implementation.ContiguousNFA)
            if self._patterns
            else None
        )

    def __len__(self) -> int:
        return len(self._patterns)

    def find_all(self, text: str, folded: str) -> Iterator[tuple[int, int, Value]]:
        """Every bounded match with its case right, overlapping ones included, in no promised order."""
        if self._automaton is None or not folded:
            return
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if not is_bounded(folded, start, end):
                continue
            found = text[start:end]
            fitting = [(surface.removesuffix(EXACT_MARK) != found, value) for surface, value in self._candidates[number]
                       if is_cased_like(surface, found)]  # fmt: skip
            if fitting:  # "JEM" is another group than "JeM": the one written just so, else the first
                yield start, end, min(fitting, key=itemgetter(0))[1]

    def find_longest(self, text: str, folded: str | None = None) -> list[tuple[int, int, Value]]:
        """Matches without overlap, the leftmost first and of those the longest."""
        found = sorted(self.find_all(text, fold(text) if folded is None else folded), key=lambda hit: (hit[0], -hit[1]))
        kept: list[tuple[int, int, Value]] = []
        for hit in found:
            if not kept or hit[0] >= kept[-1][1]:
                kept.append(hit)
        return kept
