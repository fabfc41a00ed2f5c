"""Regular expressions (RE2) that find a text in any capitals and with any accents.

Taking the accents off a text takes ten times as long as looking through it; so where most texts do not have what is
looked for, a pattern says so first, and accents are taken off those alone that it leaves.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

# Accents may be characters of their own, which stand after the one they are written on: those of each script, since all
# of them make a pattern that takes longer to read than most texts. First characters of scripts, the last ones first.
_MARKS: Final = (
    (0x2E80, r"[\x{302a}-\x{302f}\x{3099}\x{309a}\x{fe00}-\x{fe0f}]*"),
    (0x700, r"\p{M}*"),
    (0x590, r"[\x{300}-\x{36f}\x{591}-\x{5c7}\x{610}-\x{61a}\x{64b}-\x{65f}\x{670}\x{6d6}-\x{6ed}]*"),
    (0x0, r"[\x{300}-\x{36f}\x{483}-\x{487}\x{1ab0}-\x{1aff}\x{1dc0}-\x{1dff}\x{20d0}-\x{20f0}]*"),
)
# Letters after which nothing much is left out: of each the pattern is as long as all accents are.
_LONGEST: Final = 40
# Where characters lie that are another with an accent: the first two planes, and what is kept double of Chinese.
_WRITTEN: Final = (*range(0x80, 0xD800), *range(0xE000, 0x20000), *range(0x2F800, 0x2FA20))


def pattern_of(text: str) -> str:
    """A pattern that matches wherever this text stands, case and accents aside; and perhaps elsewhere too."""
    return "(?i)" + "".join(_any_of(letter) + _marks_of(letter) for letter in _bare(text)[:_LONGEST])


def _marks_of(letter: str) -> str:
    return next(marks for first, marks in _MARKS if ord(letter) >= first)


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", "".join(one for one in decomposed if unicodedata.category(one)[0] != "M"))


def _any_of(letter: str) -> str:
    own = re.escape(letter) if letter.isascii() else letter
    others = _written_with().get(letter, "")
    return f"(?:{own}|[{others}])" if others else own


@cache
def _written_with() -> dict[str, str]:
    """Character without accents to those that become it without theirs."""
    found: dict[str, list[str]] = {}
    for code in _WRITTEN:
        bare = _bare(chr(code))
        if len(bare) == 1 and bare != chr(code):
            found.setdefault(bare, []).append(chr(code))
    return {letter: "".join(written) for letter, written in found.items()}
