"""The lexicon of one language: triggers, cues and case markers, compiled once into an automaton.

One TOML file a language in `lexicon/`; a new language is a new file. A pattern may end in `*` (any ending of the word)
or begin with it (any proclitic). With `boundary = "none"` words need no edges, as in Chinese. What a file may say:

    order           "svo" (as if not given), "sov" or "vso": where the verb stands among its parties; "free" where
                    it stands anywhere and each name carries its own case
    nouns           "first" or "last" (as if not given): a noun precedes its owner ("attack of Iran") or follows it
    genitive        "sufferer" (as if not given: "invasion of X") or "doer": whom a word like "of" names beside an act
    inverted        true where a verb may stand before its subject at the head of a sentence ("Condena X el ataque")
    source_acts     true where a noun's doer may be told by the source ("attack from X on Y")
    preverbal       true where a phrase before the verb may be its object by its preposition (Chinese "对X")
    prepositions    words before a phrase that say its case (CASES)
    postpositions   words after a phrase that say its case
    endings         endings that say the case of the word they stand on; those with an apostrophe are for names;
                    `bare` holds words that end like one and say none
    forms           what a trigger's own form looks like when it says so: `future`, `negative` ("*acak", "sa*"),
                    `participle`, `definite` (known already), `owned` (of one named before), `feminine` (its
                    subject's gender), `unfinished` (the only verb forms a word of the future may govern; none: all),
                    `hypothetical`, `gerund`, `infinitive`, `relative` (a participle whose subject follows)
    cues, topics, triggers, boilerplate, abbreviations, function_words
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from flows.events.codebook import load_codebook
from flows.events.inflection import INFLECTIONS, Voice
from warehouse.errors import CodebookError
from warehouse.records import Direction

LEXICON_FOLDER = Path(__file__).parent / "lexicon"
CUE_KINDS = frozenset(
    [
        "negation",
        "denial",
        "allegation",
        "hypothetical",
        "future",
        "plot",
        "historical",
        "reciprocal",
        "both",
        "pronoun",
        "third",
        "demonstrative",
        "relative",
        "complement",
        "adverbial",
        "coordinate",
        "attribution",
        "attribution_after",
        "light",
        "agentive",
        "auxiliary",
        "modal",
        "determiner",
        "victim",
        "anti",
        "conjunction",
        "deadline",
        "ignore",
        "mediation",
        "noun_before",
        "passive_by",
        "whose",
        "venue",
        "refusal",
        "purpose",
        "abstention",
        "backdrop",
        "indication",
        "finite",
        "perfect",
        "claimed",
    ]
)
CASES = frozenset(["subject", "object", "place", "goal", "with", "source", "agent", "between", "other", "genitive"])
LONGEST_ENDING = 16
ORDERS = ("svo", "sov", "vso", "free")
# In [endings] also: "bare" leaves a name without a case, "open" asks its next word.
ENDING_KINDS = CASES | {"bare", "open"}
FORM_KINDS = (
    "future", "negative", "participle", "definite", "owned", "feminine", "unfinished",
    "hypothetical", "gerund", "infinitive", "relative",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trigger:
    """One reviewable entry: which words report which type."""

    key: str
    type: str
    mode: str | None
    direction: Direction | None
    near: tuple[str, ...]  # one of these must stand nearby
    apart: tuple[str, ...]  # none of these may
    is_mutual: bool
    is_owner_actor: bool  # in the passive, whose thing it is acts ("the airspace of X was reopened")
    is_swapped: bool  # the subject suffers it
    is_objective: bool  # beside its noun stands who suffers it ("обстрел X"), not who does it
    future_type: str | None
    joint_type: str | None  # what it is when two sides do it together (an exercise)
    topic: str | None  # what is talked about, where that makes it an event of its own
    example: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A surface form: either a trigger in a voice, a cue, a preposition, or a topic word."""

    text: str
    kind: str  # trigger, cue, preposition, postposition, topic
    label: str  # voice, cue kind, case, topic
    trigger: Trigger | None = None
    is_open_start: bool = False
    is_open_end: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern stands in the text, end exclusive."""

    start: int
    end: int
    pattern: Pattern


@dataclass(frozen=True)
class Lexicon:
    """Everything one language knows; immutable and safe to share between threads."""

    language: str
    triggers: tuple[Trigger, ...]
    patterns: tuple[tuple[Pattern, ...], ...]
    automaton: AhoCorasick
    has_boundaries: bool
    order: str  # one of ORDERS
    nouns: str  # first or last
    is_preverbal: bool
    is_doer_genitive: bool
    is_inverted: bool
    is_source_acting: bool
    endings: tuple[tuple[str, str], ...]  # (ending, case), the longest first
    forms: dict[str, re.Pattern[str]]  # of FORM_KINDS: what a trigger's own form looks like
    boilerplate: re.Pattern[str]
    abbreviations: frozenset[str]
    future_words: frozenset[str]
    raw: dict[str, Any] = field(repr=False)

    @cached_property
    def cases(self) -> dict[str, str]:
        """What each ending says, for names that carry their own ("free" order)."""
        return dict(self.endings)

    def case_of(self, word: str, least: int = 1) -> str | None:
        """What the longest known ending of a word says, of at least so many letters; None for no ending."""
        for at in range(max(0, len(word) - LONGEST_ENDING), len(word) - least + 1):
            if (case := self.cases.get(word[at:])) is not None:
                return case
        return None

    def find(self, folded: str, names: Sequence[tuple[int, int]] = ()) -> list[Match]:
        """Matches with proper word edges, by start; of matches of one kind that overlap the longest stays.

        Where words have no edges, the edges of names (start, end; by start) are edges: nothing is read across them.
        """
        found: list[Match] = []
        for index, start, end in self.automaton.find_matches_as_indexes(folded, overlapping=True):
            found += [
                Match(start, end, pattern)
                for pattern in self.patterns[index]
                if not self.has_boundaries or _has_edges(folded, start, end, pattern)
            ]
        if not self.has_boundaries:
            found = [match for match in found if not _cuts_name(match, names)]
        return _keep_longest(found)


def _cuts_name(match: Match, names: Sequence[tuple[int, int]]) -> bool:
    """Whether a match lies in a name, or begins or ends within one."""
    at = bisect_right(names, (match.start, match.start))
    if at and match.start < names[at - 1][1] and names[at - 1] != (match.start, match.end):
        return True
    at = bisect_right(names, (match.end - 1, match.end))
    return bool(at) and names[at - 1][0] > match.start and names[at - 1][1] > match.end


# Written differently, read the same: quotation marks, commas, joiners, some letters of Arabic script and of Turkish.
_SAME = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "،": ",", "，": ",", "؛": ";", "；": ";", "：": ":", "\u200c": " ", "\u00a0": " ",
        "ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ۀ": "ه", "ة": "ه", "ہ": "ه", "ھ": "ه", "ؤ": "و",
        "ı": "i", "İ": "i", "ё": "е",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """The text in lower case, variants of one sign made equal, with every offset kept."""
    lowered = text.translate(_SAME).lower()
    if len(lowered) != len(text):  # some letters grow when lowered: those stay as they are
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text.translate(_SAME))
    return lowered.translate(_SAME)


def _has_edges(text: str, start: int, end: int, pattern: Pattern) -> bool:
    if not pattern.is_open_start and start and _is_word(text[start - 1]) and _is_word(text[start]):
        return False
    return pattern.is_open_end or end >= len(text) or not (_is_word(text[end]) and _is_word(text[end - 1]))


def _is_word(char: str) -> bool:
    """Whether a character continues a word; the vowel signs of Indian and Arabic scripts do."""
    return char.isalnum() or char == "_" or (char > "\u02ff" and unicodedata.category(char) in ("Mn", "Mc"))


def _keep_longest(found: list[Match]) -> list[Match]:
    """Longest match wins over those it covers; equals stay together (several senses of one form)."""
    found.sort(key=lambda match: (match.start, -match.end))
    kept: list[Match] = []
    for match in found:
        last = kept[-1] if kept else None
        if last is None or match.start >= last.end or (match.start, match.end) == (last.start, last.end):
            kept.append(match)
    return kept


@cache
def _read_file(language: str, folder: Path) -> dict[str, Any]:
    path = folder / f"{language}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CodebookError(f"no lexicon for language {language!r}", subject_id=language) from error
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{path.name} is not readable TOML: {error}", subject_id=language) from error


@cache
def load_function_words(language: str, folder: Path = LEXICON_FOLDER) -> frozenset[str]:
    """The folded words by which a language is known; much cheaper than the whole lexicon. Raises as it does."""
    return frozenset(fold(word) for word in _read_file(language, folder).get("function_words", ()))


@cache
def load_lexicon(language: str, folder: Path = LEXICON_FOLDER) -> Lexicon:
    """The compiled lexicon of a language; CodebookError when the file is missing or breaks a rule."""
    path = folder / f"{language}.toml"
    raw = _read_file(language, folder)
    patterns = [*_trigger_patterns(path, raw), *_cue_patterns(path, raw)]
    by_text: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        by_text.setdefault(pattern.text, []).append(pattern)
    triggers = {id(p.trigger): p.trigger for p in patterns if p.trigger}
    return Lexicon(
        language=language,
        triggers=tuple(triggers.values()),
        patterns=tuple(tuple(group) for group in by_text.values()),
        automaton=AhoCorasick(list(by_text), matchkind=MatchKind.Standard),
        has_boundaries=raw.get("boundary", "word") == "word",
        order=_choice(path, raw, "order", ORDERS, "svo"),
        nouns=_choice(path, raw, "nouns", ("first", "last"), "last"),
        is_preverbal=bool(raw.get("preverbal", False)),
        is_doer_genitive=_choice(path, raw, "genitive", ("sufferer", "doer"), "sufferer") == "doer",
        is_inverted=bool(raw.get("inverted", False)),
        is_source_acting=bool(raw.get("source_acts", False)),
        endings=_endings(path, raw),
        forms={kind: _forms(raw.get("forms", {}).get(kind, ())) for kind in FORM_KINDS},
        boilerplate=re.compile("|".join(f"(?:{line})" for line in raw["boilerplate"]), re.IGNORECASE),
        abbreviations=frozenset(raw.get("abbreviations", ())),
        future_words=frozenset(fold(word) for word in raw.get("cues", {}).get("future", ())),
        raw=raw,
    )


def _choice(path: Path, raw: dict[str, Any], key: str, known: Sequence[str], default: str) -> str:
    chosen = raw.get(key, default)
    if chosen not in known:
        raise CodebookError(f"{path.name}: unknown {key} {chosen!r}; expected one of {known}", subject_id=path.stem)
    return str(chosen)


def _endings(path: Path, raw: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    endings: dict[str, str] = {}
    for label, words in raw.get("endings", {}).items():
        if label not in ENDING_KINDS:
            raise CodebookError(f"{path.name}: unknown ending {label!r}", subject_id=label)
        endings |= {fold(word): label for word in words}
    return tuple(sorted(endings.items(), key=lambda pair: -len(pair[0])))


def _forms(patterns: Sequence[str]) -> re.Pattern[str]:
    """What matches a whole form by any of these patterns, where `*` stands for any letters."""
    alternatives = [".*".join(re.escape(part) for part in fold(pattern).split("*")) for pattern in patterns]
    return re.compile("|".join(alternatives) or r"(?!)")


@cache
def lexicon_languages(folder: Path = LEXICON_FOLDER) -> tuple[str, ...]:
    """Codes of the languages that have a lexicon, sorted."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def _trigger_patterns(path: Path, raw: dict[str, Any]) -> Iterable[Pattern]:
    codebook = load_codebook()
    inflect = INFLECTIONS[raw.get("inflection", "none")]
    for type_name, entries in raw["triggers"].items():
        if type_name not in codebook:
            raise CodebookError(f"{path.name}: unknown type {type_name!r}", subject_id=type_name)
        for entry in entries:
            trigger = _load_trigger(path, type_name, entry)
            forms = (
                inflect(
                    entry["root"],
                    entry.get("suffixes", _DEFAULT_SUFFIXES.get(raw.get("inflection", "none"), ())),
                    entry.get("nouns", ()),
                )
                if "root" in entry
                else []
            )
            forms += [(form, Voice(voice)) for voice in Voice for form in entry.get(voice.value, ())]
            for form, voice in dict(reversed(forms)).items():
                yield _pattern(fold(form), "trigger", voice.value, trigger)


_DEFAULT_SUFFIXES: dict[str, tuple[str, ...]] = {"id": ("",)}
_TRIGGER_KEYS = frozenset(
    {
        "root",
        "suffixes",
        "nouns",
        "mode",
        "direction",
        "near",
        "apart",
        "mutual",
        "owner_acts",
        "swapped",
        "objective",
        "future_type",
        "joint_type",
        "topic",
        "example",
        *(voice.value for voice in Voice),
    }
)


def _load_trigger(path: Path, type_name: str, entry: dict[str, Any]) -> Trigger:
    key = entry.get("root") or next((entry[v.value][0] for v in Voice if entry.get(v.value)), "")
    unknown = set(entry) - _TRIGGER_KEYS
    if unknown or not key or "example" not in entry:
        raise CodebookError(
            f"{path.name}: entry {key!r} of {type_name} lacks key/example or has unknown {unknown}", subject_id=str(key)
        )
    event_type = load_codebook()[type_name]
    mode = entry.get("mode")
    if mode is not None and mode not in event_type.modes:
        raise CodebookError(f"{path.name}: {type_name} has no mode {mode!r} ({key})", subject_id=str(key))
    direction = Direction(entry["direction"]) if "direction" in entry else None
    return Trigger(
        key=f"{path.stem}:{type_name}:{key}",
        type=type_name,
        mode=mode,
        direction=direction,
        near=tuple(fold(word) for word in entry.get("near", ())),
        apart=tuple(fold(word) for word in entry.get("apart", ())),
        is_mutual=bool(entry.get("mutual", False)),
        is_owner_actor=bool(entry.get("owner_acts", False)),
        is_swapped=bool(entry.get("swapped", False)),
        is_objective=bool(entry.get("objective", False)),
        future_type=entry.get("future_type"),
        joint_type=entry.get("joint_type"),
        topic=entry.get("topic"),
        example=entry["example"],
    )


def _cue_patterns(path: Path, raw: dict[str, Any]) -> Iterable[Pattern]:
    sections = (
        ("cues", CUE_KINDS, "cue"),
        ("prepositions", CASES, "preposition"),
        ("postpositions", CASES, "postposition"),
    )
    for section, kinds, kind_name in sections:
        for label, words in raw.get(section, {}).items():
            if label not in kinds:
                raise CodebookError(f"{path.name}: unknown {kind_name} {label!r}", subject_id=label)
            for word in words:
                yield _pattern(fold(word), kind_name, label, None)
    for label, words in raw.get("topics", {}).items():
        for word in words:
            yield _pattern(fold(word), "topic", label, None)


def _pattern(text: str, kind: str, label: str, trigger: Trigger | None) -> Pattern:
    bare = text.strip("*")
    return Pattern(bare, kind, label, trigger, is_open_start=text.startswith("*"), is_open_end=text.endswith("*"))
