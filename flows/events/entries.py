"""The entries of a lexicon file: triggers in all their forms, cues and case markers, checked as they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flows.events.codebook import load_codebook
from flows.events.folding import fold
from flows.events.inflection import INFLECTIONS, Voice, voice_of_listed
from warehouse.errors import CodebookError
from warehouse.records import Direction

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
        "group",
        "demonstrative",
        "relative",
        "complement",
        "adverbial",
        "coordinate",
        "attribution",
        "attribution_after",
        "light",
        "auxiliary",
        "modal",
        "determiner",
        "victim",
        "anti",
        "conjunction",
        "deadline",
        "deadline_beside",
        "police",
        "ignore",
        "mediation",
        "noun_before",
        "whose",
        "venue",
        "refusal",
        "purpose",
        "abstention",
        "wish",
        "ought",
        "lasting",
        "departing",
        "backdrop",
        "indication",
        "finite",
        "perfect",
        "claimed",
        "home",
        "crowd",
        "past",
        "armed",
        "inversion",
        "answering",
        "nameless",
        "utterance",
        "response",
    ]
)
CASES = frozenset(["subject", "object", "place", "goal", "with", "source", "agent", "between", "other", "genitive"])


@dataclass(frozen=True, slots=True)
class Trigger:
    """One reviewable entry: which words report which type."""

    key: str
    type: str
    mode: str | None
    direction: Direction | None
    near: frozenset[str]  # one of these must stand nearby
    apart: frozenset[str]  # none of these may
    is_mutual: bool
    is_owner_actor: bool  # in the passive, whose thing it is acts ("the airspace of X was reopened")
    is_swapped: bool  # the subject suffers it
    is_led: bool  # what must stand nearby must stand before it: who does it, not whom it is about
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


def read_patterns(path: Path, raw: dict[str, Any]) -> list[Pattern]:
    """Every surface form that a file's triggers, cues, case markers and topics give.

    Raises:
        CodebookError: an entry names an unknown type, mode, cue or case, or lacks its example.
    """
    spelled = {fold(bare): fold(dotted) for bare, dotted in raw.get("spelled", {}).items()}
    listed = [*_trigger_patterns(path, raw), *_cue_patterns(path, raw)]
    known = {(pattern.text, pattern.label, id(pattern.trigger)) for pattern in listed}
    others = (replace(p, text=written) for p in listed if (written := spell_otherwise(p.text, spelled)) != p.text)
    return [*listed, *(p for p in others if (p.text, p.label, id(p.trigger)) not in known)]


def spell_otherwise(text: str, spelled: Mapping[str, str]) -> str:
    """The text with each word that the file lists under `spelled` written the other way."""
    for word, other in spelled.items():
        if word in text:
            text = text.replace(word, other)
    return text


def _trigger_patterns(path: Path, raw: dict[str, Any]) -> Iterable[Pattern]:
    codebook = load_codebook()
    inflection = raw.get("inflection", "none")
    inflect = INFLECTIONS[inflection]
    everyday = {fold(word) for word in raw.get("function_words", ())}  # "dé" of dar is written like "de"
    for type_name, entries in raw["triggers"].items():
        if type_name not in codebook:
            raise CodebookError(f"{path.name}: unknown type {type_name!r}", subject_id=type_name)
        for entry in entries:
            trigger = _load_trigger(path, type_name, entry, raw.get("words", {}))
            forms = (
                inflect(
                    entry["root"],
                    entry.get("suffixes", _DEFAULT_SUFFIXES.get(inflection, ())),
                    entry.get("nouns", ()),
                )
                if "root" in entry
                else []
            )
            forms += [
                (form, voice_of_listed(inflection, form, voice))
                for voice in Voice
                for form in entry.get(voice.value, ())
            ]
            for form, voice in dict(reversed(forms)).items():
                if (folded := fold(form)) not in everyday:
                    yield _pattern(folded, "trigger", voice.value, trigger)


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
        "led",
        "future_type",
        "joint_type",
        "topic",
        "example",
        *(voice.value for voice in Voice),
    }
)


def _load_trigger(path: Path, type_name: str, entry: dict[str, Any], groups: dict[str, list[str]]) -> Trigger:
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
        near=_neighbours(path, entry.get("near", ()), groups),
        apart=_neighbours(path, entry.get("apart", ()), groups),
        is_mutual=bool(entry.get("mutual", False)),
        is_owner_actor=bool(entry.get("owner_acts", False)),
        is_swapped=bool(entry.get("swapped", False)),
        is_led=bool(entry.get("led", False)),
        is_objective=bool(entry.get("objective", False)),
        future_type=entry.get("future_type"),
        joint_type=entry.get("joint_type"),
        topic=entry.get("topic"),
        example=entry["example"],
    )


def _neighbours(path: Path, words: Iterable[str], groups: dict[str, list[str]]) -> frozenset[str]:
    """Folded neighbours of a trigger, "@name" replaced by the words that the file lists under that name."""
    found: list[str] = []
    for word in words:
        if not word.startswith("@"):
            found.append(fold(word))
        elif word[1:] in groups:
            found += [fold(member) for member in groups[word[1:]]]
        else:
            raise CodebookError(f"{path.name}: no group of words {word!r}", subject_id=word)
    return frozenset(found)


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
