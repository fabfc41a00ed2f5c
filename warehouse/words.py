"""The words of a text as the search knows them, the same for what is kept and for what is asked.

Without capitals, accents and vowel signs that writers leave out; letters that Arabic, Persian and Urdu keyboards write
differently are one letter. Scripts without spaces (Chinese, Japanese) are kept as pairs of characters, so that any part
of a sentence is found. An Arabic word is kept with and without the article and conjunction that are written as one with
it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# Marks are parts of words (Hindi vowels), which \w does not know.
_MARKS: Final = "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M")
_WORD: Final = re.compile(rf"[\w{re.escape(_MARKS)}]+")
_ASKED_WORD: Final = re.compile(rf"{_WORD.pattern}\*?")
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_UNSPACED_OR_WORD: Final = re.compile(f"{_UNSPACED.pattern}|{_WORD.pattern}")
_ARABIC: Final = re.compile(r"[\u0600-\u06ff]")
# Accents and vowel points that writers leave out (Latin, Greek, Cyrillic; Hebrew; Arabic); not the vowels of Hindi.
_LEFT_OUT: Final = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]"
)
_ONE_LETTER: Final = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ی",
        "ي": "ی",
        "ئ": "ی",
        "ك": "ک",
        "ة": "ه",
        "ۀ": "ه",
        "ہ": "ه",
        "ھ": "ه",
        "ؤ": "و",
        "ı": "i",
        "ё": "е",
    }
)
_PROCLITIC: Final = re.compile(r"^(?:[وفبلک]?ال|لل|و)(?=\w{3})")
LONGEST_WORD: Final = 40
# Words of one question that are looked up; more would narrow no further.
MOST_WORDS: Final = 12


@dataclass(frozen=True, slots=True)
class AskedWords:
    """What is looked up for a question.

    Attributes:
        ranges: the first and last word of each range, both included; the same word twice for an exact one.
        phrases: texts that must stand in the article as they are, case and accents aside.
    """

    ranges: tuple[tuple[str, str], ...]
    phrases: tuple[str, ...]


def fold(text: str) -> str:
    """Gives the text without capitals, accents and differences of keyboards; its length may change."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", _LEFT_OUT.sub("", decomposed).translate(_ONE_LETTER)).translate(_ONE_LETTER)


def words_of(text: str) -> set[str]:
    """Gives every word of a text, to be kept."""
    found: set[str] = set()
    for word in _WORD.findall(fold(text)):
        rest = word
        if _UNSPACED.search(word):
            for run in _UNSPACED.findall(word):
                found.update(_pairs(run))
            rest = _UNSPACED.sub(" ", word)
        for part in rest.split():
            found.add(part[:LONGEST_WORD])
            if _ARABIC.match(part) and (bare := _PROCLITIC.sub("", part)) != part:
                found.add(bare[:LONGEST_WORD])
    return found


def asked_words(question: str) -> AskedWords:
    """Gives what to look up for a reader's question: all words must be there.

    A word that ends in `*` stands for all words that begin so; text in quotation marks must stand there as it is.
    """
    quoted = [piece.strip() for piece in re.findall(r'["“”«»](.+?)["“”«»]', question) if piece.strip()]
    ranges: list[tuple[str, str]] = []
    phrases = list(quoted)
    for piece in _ASKED_WORD.findall(fold(question)):
        is_beginning = piece.endswith("*")
        word = piece.rstrip("*")
        runs = _UNSPACED.findall(word)
        phrases += [run for run in runs if len(run) > 2]
        for run in runs:
            ranges += [(pair, pair) for pair in _pairs(run)] if len(run) > 1 else [(run, run + "\U0010ffff")]
        ranges += [
            (part[:LONGEST_WORD], part[:LONGEST_WORD] + ("\U0010ffff" if is_beginning else ""))
            for part in _UNSPACED.sub(" ", word).split()
        ]
    return AskedWords(tuple(dict.fromkeys(ranges))[:MOST_WORDS], tuple(dict.fromkeys(phrases))[:3])


def places_of(text: str, asked: AskedWords) -> Iterator[tuple[int, int]]:
    """Gives where asked words stand in the text, in order: first character, and after the last one."""
    asked_runs = _asked_runs(asked)
    for match in _UNSPACED_OR_WORD.finditer(text):
        if _UNSPACED.match(match.group()):
            at = min((match.group().find(run) for run in asked_runs if run in match.group()), default=-1)
            if at >= 0:
                longest = max(len(run) for run in asked_runs if match.group().startswith(run, at))
                yield match.start() + at, match.start() + at + longest
            continue
        folded = fold(match.group())
        forms = {folded, _PROCLITIC.sub("", folded)}
        if any(first <= form <= last for first, last in asked.ranges for form in forms):
            yield match.start(), match.end()


def _asked_runs(asked: AskedWords) -> list[str]:
    runs = [phrase for phrase in asked.phrases if _UNSPACED.fullmatch(phrase)]
    return runs or [first for first, _ in asked.ranges if _UNSPACED.fullmatch(first)]


def _pairs(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]
