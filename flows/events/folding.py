"""Text as patterns are looked for in it: lower case, variants of one sign made equal, every offset kept."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

# Written differently, read the same: quotation marks, commas, joiners, some letters of Arabic script and of Turkish.
_SAME = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "،": ",", "，": ",", "؛": ";", "；": ";", "：": ":", "\u200c": " ", "\u00a0": " ",
        "ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ۀ": "ه", "ة": "ه", "ہ": "ه", "ھ": "ه", "ؤ": "و",
        "ı": "i", "İ": "i", "ё": "е",
    }
)  # fmt: skip


@lru_cache(maxsize=8)  # the rooms of one article fold the same text
def fold(text: str) -> str:
    """The text in lower case, variants of one sign made equal, with every offset kept."""
    lowered = text.translate(_SAME).lower()
    if len(lowered) != len(text):  # some letters grow when lowered: those stay as they are
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text.translate(_SAME))
    return lowered.translate(_SAME)


@cache
def is_word(char: str) -> bool:
    """Whether a character continues a word; the vowel signs of Indian and Arabic scripts do."""
    return char.isalnum() or char == "_" or (char > "\u02ff" and unicodedata.category(char) in ("Mn", "Mc"))
