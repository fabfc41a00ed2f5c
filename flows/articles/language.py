"""Which language an article is written in, from its title and lead.

The detector knows the languages of the catalogue and no more: each further one costs memory and takes short
headlines away from the right answer. Indonesian and Malay share most of their words, so that a headline alone is
often a coin toss; words that only one of them spells so decide, then what the feed says of itself.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

# Eight hundred characters settle all that can be settled; the models see no gain beyond.
LEAD_LENGTH = 800
# Below this many letters every detector guesses, so the outlet's word is better. A sign that writes a syllable or a
# word is worth several letters.
LETTERS_NEEDED = 12
SYLLABLE_WORTH = 3
_SYLLABLES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# A hint wins when the detector gives it at least this share of what its first choice gets.
HINT_SHARE = 0.35

LANGUAGES = (
    Language.ARABIC, Language.BENGALI, Language.CHINESE, Language.ENGLISH, Language.FRENCH, Language.GERMAN,
    Language.HEBREW, Language.HINDI, Language.INDONESIAN, Language.ITALIAN, Language.JAPANESE, Language.KOREAN,
    Language.MALAY, Language.PERSIAN, Language.PORTUGUESE, Language.RUSSIAN, Language.SPANISH, Language.TAGALOG,
    Language.THAI, Language.TURKISH, Language.UKRAINIAN, Language.URDU, Language.VIETNAMESE,
)  # fmt: skip

# Chosen on 600 Indonesian and 10 Malay headlines: by letters alone Malay wins far too often, and Malay news is told by
# its words nearly always, so that without such a word it must be this many times as likely.
MALAY_MARGIN = 10.0

# A language that does not write some letters may still quote a name with them.
STRANGE_SHARE = 1 / 30

_WORDS = tomllib.loads(Path(__file__).with_name("indonesian_malay.toml").read_text(encoding="utf-8"))
_SIGNS = tomllib.loads(Path(__file__).with_name("language_signs.toml").read_text(encoding="utf-8"))
INDONESIAN_WORDS = frozenset(_WORDS["indonesian"])
MALAY_WORDS = frozenset(_WORDS["malay"])


def detect_language(title: str, text: str, hint: str | None = None) -> str | None:
    """The ISO 639-1 code of the language, or None where there is too little to tell and no hint.

    Args:
        title: the headline, may be empty.
        text: the body; only its lead is read.
        hint: what the feed or page claims (`id`, `id-ID`, `en_US`); breaks ties, never overrules a clear answer.

    The first call loads the models: 0.1 s and 20 MB (high accuracy mode takes 1.3 s and 230 MB); each later call
    takes 0.1 ms. Of 600 Indonesian headlines without any text, 520 come out right without a hint and 586 with one.
    """
    claimed = _code_of(hint)
    sample = f"{title}\n{text[:LEAD_LENGTH]}".strip()
    if _count_letters(sample) < LETTERS_NEEDED:
        return claimed
    values = _detector().compute_language_confidence_values(sample)
    told = {value.language.iso_code_639_1.name.lower(): value.value for value in values if value.value > 0}
    scores = {code: value for code, value in told.items() if code not in _SIGNS or _shows_signs(sample, code)}
    if not scores:
        return claimed
    best = max(scores, key=lambda code: scores[code])
    if best in {"id", "ms"}:
        return _tell_indonesian_from_malay(sample, scores, claimed)
    if claimed in scores and scores[claimed] >= HINT_SHARE * scores[best]:
        return claimed
    return best


def _count_letters(text: str) -> int:
    """How many letters there are, each sign of a syllable or a word counted by its worth."""
    return sum(character.isalpha() for character in text) + (SYLLABLE_WORTH - 1) * len(_SYLLABLES.findall(text))


def _shows_signs(text: str, code: str) -> bool:
    """Whether the text may be of this language by what `language_signs.toml` asks of it."""
    signs, folded = _SIGNS[code], text.casefold()
    strange = sum(map(folded.count, signs.get("never", "")))
    if strange > STRANGE_SHARE * len(folded):
        return False
    words, letters = signs.get("words"), signs.get("letters")
    if words is None and letters is None:
        return True
    return any(letter in folded for letter in letters or "") or not {*(words or ())}.isdisjoint(
        re.findall(r"\w+", folded)
    )


def _tell_indonesian_from_malay(sample: str, scores: dict[str, float], claimed: str | None) -> str:
    words = re.findall(r"\w+", sample.casefold())
    indonesian = sum(word in INDONESIAN_WORDS for word in words)
    malay = sum(word in MALAY_WORDS for word in words)
    if indonesian != malay:
        return "id" if indonesian > malay else "ms"
    if claimed in {"id", "ms"}:
        return claimed
    return "ms" if scores.get("ms", 0.0) > MALAY_MARGIN * scores.get("id", 0.0) else "id"


def _code_of(hint: str | None) -> str | None:
    match = re.match(r"\s*([A-Za-z]{2})(?:[-_]|\s*$)", hint or "")
    if match is None:
        return None
    code = match[1].lower()
    return {"in": "id", "iw": "he"}.get(code, code)  # codes ISO withdrew in 1989, still sent by Java


@cache
def _detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*LANGUAGES).with_low_accuracy_mode().build()
