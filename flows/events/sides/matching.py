"""Finds many names in one pass over a text, with offsets that always fit that text.

Folding works character by character and never changes the length (`"İ".lower()` would), so an offset into the folded
text is an offset into the text. Names that want a capital are looked up where a word begins with one, the others are
proposed by an automaton: it takes longer the more it knows, and of ten names nine want their capital. Word boundaries
and letter case are decided here, because they differ by script: Han has none, Arabic glues particles to the front of a
word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Generic, Literal, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

from flows.events.folding import Answers, translate

Value = TypeVar("Value")

EXACT_MARK = "!"
FEW = 16  # surfaces, such as the people of an article, that are found sooner one by one than an automaton is made
FEW_ALIKE = 8  # names that begin with the same word, which are sooner tried one by one than looked up by length
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


# The letters that `isupper` knows, for which `re` has no sign of its own, and what goes on in one word.
# A modifier apostrophe is none of a word's letters: it is folded into a plain one.
_LETTERS = r"[^\W\u02bc\u3400-\u9fff\uf900-\ufaff]"
_FIRST_WORD = re.compile(f"{_LETTERS}+")
_CAPITALISED = re.compile(f"[{''.join(filter(str.isupper, map(chr, range(0x10000))))}]{_LETTERS}*")


@lru_cache(maxsize=8)  # every matcher asks for those of the same article
def _find_capitals(text: str, folded: str) -> list[tuple[int, str]]:
    """Where words begin with a capital, each with its word folded."""
    words = [word.span() for word in _CAPITALISED.finditer(text)]
    return [(start, folded[start:end]) for start, end in words if start == 0 or not _GOES_ON[folded[start - 1]]]


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


def _wants_capital(surface: str, found: Mapping[int, Sequence[_Written[Value]]]) -> bool:
    """Whether a folded surface can only begin a word, and with a capital, in every way to write it."""
    is_word = _FIRST_WORD.match(surface) is not None
    return is_word and all(way.case == "capital" for ways in found.values() for way in ways)


class _Capitalised:
    """Folded surfaces that want a capital, each with its number, looked up by the first word.

    A few of one first word are tried one by one, many ("Al ...", "San ...") by every length that they have: so one
    look-up in a large table is enough for most words, and such a look-up is what takes long.
    """

    def __init__(self, numbers: Mapping[str, int]) -> None:
        by_word: dict[str, list[tuple[str, int]]] = {}
        for surface, number in numbers.items():
            if word := _FIRST_WORD.match(surface):
                by_word.setdefault(word.group(), []).append((surface, number))
        self._few = {word: tuple(found) for word, found in by_word.items() if len(found) <= FEW_ALIKE}
        many = {word: found for word, found in by_word.items() if len(found) > FEW_ALIKE}
        self._lengths = {word: sorted({len(surface) for surface, _ in found}) for word, found in many.items()}
        self._many = {surface: number for found in many.values() for surface, number in found}
        self._padding = "\0" * (1 + max(map(len, numbers), default=0))  # behind a text: no name goes on beyond its end

    def find(self, text: str, folded: str) -> list[tuple[int, int, int]]:
        """Start, negated end and number of those that stand at a capital and end with their word."""
        few, lengths, many, padded = self._few, self._lengths, self._many, folded + self._padding
        capitals = _find_capitals(text, folded)
        found = [
            (at, -at - len(surface), number)
            for at, word in capitals
            if word in few
            for surface, number in few[word]
            if folded.startswith(surface, at)
        ]
        found += [
            (at, -at - length, many[surface])
            for at, word in capitals
            if word in lengths
            for length in lengths[word]
            if (surface := padded[at : at + length]) in many
        ]
        return [hit for hit in found if not _GOES_ON[padded[-hit[1]]] or padded[-hit[1] - 1] == HYPHEN]


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
        has_few = len(ways) <= FEW
        wanting = {surface for surface, found in ways.items() if not has_few and _wants_capital(surface, found)}
        proposed = [surface for surface in ways if surface not in wanting]
        # An automaton numbers its own from 0.
        searched = [*proposed, *(surface for surface in ways if surface in wanting)]
        self._ways = [tuple(ways[surface].items()) for surface in searched]
        self._few = list(enumerate(searched)) if has_few else []
        self._automaton = (
            None
            if has_few
            else AhoCorasick(proposed, store_patterns=False, implementation=Implementation.ContiguousNFA)
        )
        self._first_capitalised = len(proposed)
        capitalised = {one: at for at, one in enumerate(searched) if at >= len(proposed)}
        self._capitalised = _Capitalised(capitalised) if capitalised else None

    def __len__(self) -> int:
        return len(self._ways)

    def find_longest(self, text: str, folded: str | None = None) -> list[tuple[int, int, Value]]:
        """Bounded matches of the first list, as `find_each` gives them."""
        return self.find_each(text, fold(text) if folded is None else folded)[0]

    def find_each(self, text: str, folded: str) -> list[list[tuple[int, int, Value]]]:
        """For each list its bounded matches with their case right, without overlap, the leftmost and longest first."""
        kept: list[list[tuple[int, int, Value]]] = [[] for _ in range(self._list_count)]
        hits = self._propose(folded)
        if self._capitalised is not None:
            hits += self._capitalised.find(text, folded)
        hits.sort()  # no two surfaces that are folded alike are searched: no two hits begin and end alike
        for start, backward_end, number in hits:
            for which, ways in self._ways[number]:
                before = kept[which]
                if before and start < before[-1][1]:
                    continue
                is_sure = number >= self._first_capitalised and len(ways) == 1  # which was looked up by its capital
                way = ways[0] if is_sure else _fitting(ways, text[start:-backward_end])
                if way is not None:
                    before.append((start, -backward_end, way.value))
        return kept

    def _propose(self, folded: str) -> list[tuple[int, int, int]]:
        """Start, negated end and number of what the automaton finds and what is bounded, whatever its letters' case."""
        if self._automaton is None:
            return self._find_few(folded)
        edged = f"{folded} "  # so that a character stands on both sides of every offset
        return [
            (start, -end, number)
            for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True)
            # Most end within a word: what `is_bounded` asks, less a call for each.
            if not _GOES_ON[edged[end]] or edged[end - 1] == HYPHEN or _IS_HAN[edged[start]]
            if not _GOES_ON[edged[start - 1]] or is_bounded(folded, start, end)
        ]

    def _find_few(self, folded: str) -> list[tuple[int, int, int]]:
        """What an automaton finds, each surface looked for by itself."""
        found = []
        for number, surface in self._few:
            at = folded.find(surface)
            while at >= 0:
                if is_bounded(folded, at, at + len(surface)):
                    found.append((at, -at - len(surface), number))
                at = folded.find(surface, at + 1)
        return found


def _fitting(ways: Sequence[_Written[Value]], found: str) -> _Written[Value] | None:
    """The one that is written just so ("JEM" is another group than "JeM"), else the first that may be written so."""
    first = None
    for way in ways:
        if way.is_cased_like(found):
            if way.surface == found:
                return way
            first = way if first is None else first
    return first
