"""Text as patterns are looked for in it: lower case, variants of one sign made equal, every offset kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

# Written differently, read the same: quotation marks, commas, joiners, some letters of Arabic script and of Turkish.
_SAME = {
    "’": "'", "‘": "'", "ʼ": "'", "،": ",", "，": ",", "؛": ";", "；": ";", "：": ":", "\u200c": " ", "\u00a0": " ",
    "ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ۀ": "ه", "ة": "ه", "ہ": "ه", "ھ": "ه", "ؤ": "و",
    "ı": "i", "İ": "i", "ё": "е",
}  # fmt: skip


class Answers(dict[Key, Value]):
    """What a function says of each key, asked once for each: a look-up costs less than a call.

    As a table of `str.translate` it must know every character: one that is missing there raises within, which takes
    ten times as long as finding it.
    """

    def __init__(self, ask: Callable[[Key], Value]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, key: Key) -> Value:
        value = self[key] = self._ask(key)
        return value


_PLAIN = re.compile("([\x00-\x7f]{16,})")
_MOSTLY_PLAIN = 1.05  # bytes a character, up to which most of a text lies in such stretches


def translate(text: str, table: Answers[int, str]) -> str:
    """The text with every character as the table says it, in its place.

    Python translates pure ASCII twenty times as fast as any other text: one with but some quotation marks or accents is
    translated in pieces.
    """
    if text.isascii() or len(text.encode("utf-8", "surrogatepass")) > _MOSTLY_PLAIN * len(text):
        return text.translate(table)
    return "".join([piece.translate(table) for piece in _PLAIN.split(text)])


def _fold_character(code: int) -> str:
    character = chr(code)
    same = _SAME.get(character, character)
    lowered = same.lower()
    lowered = lowered if len(lowered) == 1 else same  # some letters grow when lowered: those stay as they are
    return _SAME.get(lowered, lowered)


_FOLDED = Answers(_fold_character)


@lru_cache(maxsize=8)  # the rooms of one article fold the same text
def fold(text: str) -> str:
    """The text in lower case, variants of one sign made equal, with every offset kept."""
    return translate(text, _FOLDED)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_" or (char > "\u02ff" and unicodedata.category(char) in ("Mn", "Mc"))


# Whether a character continues a word; the vowel signs of Indian and Arabic scripts do.
IS_WORD = Answers(_is_word)
