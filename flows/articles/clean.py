"""Which lines of a page are no part of its story: links to other stories, comment forms, consent, calls to share.

The phrases lie in `boilerplate/lines.toml`, a table a language. All languages are tried on every page, since outlets
run Indonesian text in an English theme: "Leave a Reply" stands under stories of any language.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BOILERPLATE = Path(__file__).parent / "boilerplate" / "lines.toml"
# Links to other stories are headlines; what is longer is a paragraph that happens to begin like one.
HEADLINE_LENGTH = 200
# Words that also begin ordinary sentences ("Read the statement said", "Watch"): only a colon or a link proves them.
WEAK_CUES = frozenset(
    {
        "read",
        "watch",
        "related",
        "recommended",
        "explainer",
        "more from",
        "also on",
        "بخوانید",
        "ببینید",
        "مرتبط",
        "قد يهمك",
        "ذات صلة",
        "по теме",
    }
)
SENTENCE_END = re.compile(r"[.。؟۔।!…][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Phrases:
    """All phrases of all languages, folded; cues sorted longest first inside their expression."""

    read_also: re.Pattern[str]
    exact: frozenset[str]
    starts: tuple[str, ...]


def fold(text: str) -> str:
    """Text for comparison: compatibility forms, no case, single spaces, no marks of direction."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    return " ".join(re.sub(r"[\u200b-\u200f\u202a-\u202e\ufeff]", "", folded).split())


def _bare(text: str) -> str:
    """Text without punctuation at its ends. Vowel signs of Indic scripts are marks, not letters, and stay."""
    kept = [i for i, character in enumerate(text) if unicodedata.category(character)[0] in "LNM"]
    return text[kept[0] : kept[-1] + 1] if kept else ""


@cache
def load_phrases() -> Phrases:
    """The phrases of `boilerplate/lines.toml`."""
    tables = tomllib.loads(BOILERPLATE.read_text(encoding="utf-8")).values()
    cues = {fold(cue) for table in tables for cue in table["read_also"]}
    longest_first = "|".join(re.escape(cue) for cue in sorted(cues, key=lambda cue: (-len(cue), cue)))
    return Phrases(
        read_also=re.compile(
            rf"^[^\w]*(?P<cue>{longest_first})(?!\w)\s*(?P<colon>[:：>»|–—-]+)?\s*(?P<rest>.*)$", re.DOTALL
        ),
        exact=frozenset(_bare(fold(line)) for table in tables for line in table["exact"]),
        starts=tuple(sorted(fold(start) for table in tables for start in table["starts"])),
    )


def is_read_also(line: str, *, is_linked: bool = False) -> bool:
    """Whether a line or element is a link to another story.

    A sentence that begins with the same words stays: it ends like a sentence, has no colon, or is long. With
    `is_linked` (the words after the cue are a link on the page) the cue alone decides.
    """
    folded = fold(line)
    if len(folded) > HEADLINE_LENGTH:
        return False
    match = load_phrases().read_also.match(folded)
    if match is None:
        return False
    if is_linked or not match["rest"] or match["colon"]:
        return True
    return match["cue"] not in WEAK_CUES and not SENTENCE_END.search(folded)


def is_read_also_cue(text: str) -> bool:
    """Whether the text is a cue and nothing more ("Baca Juga :")."""
    match = load_phrases().read_also.match(fold(text))
    return match is not None and not match["rest"]


def is_boilerplate(line: str) -> bool:
    """Whether a whole line belongs to the page and not to its story."""
    folded = fold(line)
    bare = _bare(folded)
    if not bare:
        return bool(folded) and len(folded) <= 3  # lone bullets and rules
    phrases = load_phrases()
    return bare in phrases.exact or bare.startswith(phrases.starts) or is_read_also(line)


def clean_lines(lines: list[str], titles: tuple[str, ...] = ()) -> list[str]:
    """The lines of the story itself, in order; a title repeated within the first three lines is dropped."""
    heads = {_bare(fold(title)) for title in titles if title}
    kept: list[str] = []
    for line in (" ".join(line.split()) for line in lines):
        is_title = len(kept) < 3 and _bare(fold(line)) in heads
        if line and not is_title and not is_boilerplate(line):
            kept.append(line)
    return kept
