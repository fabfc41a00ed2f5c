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
# Below this many letters every detector guesses, so the outlet's word is better.
LETTERS_NEEDED = 12
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

_WORDS = tomllib.loads((Path(__file__).parent / "indonesian_malay.toml").read_text(encoding="utf-8"))
INDONESIAN_WORDS = frozenset(_WORDS["indonesian"])
MALAY_WORDS = frozenset(_WORDS["malay"])


def detect_language(title: str, text: str, hint: str | None = None) -> str | None:
    """The ISO 639-1 code of the language, or None where there is too little to tell and no hint.

    Args:
        title: the headline, may be empty.
        text: the body; only its lead is read.
        hint: what the feed or page claims (`id`, `id-ID`, `en_US`); breaks ties, never overrules a clear answer.

    The first call loads the models: 0.1 s and 20 MB (high accuracy mode takes 1.3 s and 230 MB); each later call
    takes 0.1 ms. Of 600 Indonesian headlines without any text, 492 come out right without a hint and 588 with one.
    """
    claimed = _code_of(hint)
    sample = f"{title}\n{text[:LEAD_LENGTH]}".strip()
    if sum(character.isalpha() for character in sample) < LETTERS_NEEDED:
        return claimed
    values = [(v.language, v.value) for v in _detector().compute_language_confidence_values(sample) if v.value > 0]
    if not values:
        return claimed
    scores = {language.iso_code_639_1.name.lower(): value for language, value in values}
    best = max(scores, key=lambda code: scores[code])
    if best in {"id", "ms"}:
        return _tell_indonesian_from_malay(sample, scores, claimed)
    if claimed in scores and scores[claimed] >= HINT_SHARE * scores[best]:
        return claimed
    return best


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
