"""The one type that best says what the first of two named sides did to the second.

Asked for pairs that need not be states at all ("the union", "the court"), so it reads the triggers themselves and ranks
them by syntax: the verb nearest behind the actor, with the target behind it, or the other way round in the passive;
what is only the content of another act ranks below it. Where no trigger stands in such a place the words of
`pair_cues/` decide, each worth what that file says. There is always an answer.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flows.events.claims import PLOT_FOILED, Claim, claim_of, is_abstained
from flows.events.codebook import load_codebook
from flows.events.folding import fold
from flows.events.governing import governor_of
from flows.events.inflection import Voice
from flows.events.scene import Hit, Scene
from flows.events.staging import Article
from warehouse.errors import CodebookError
from warehouse.records import Status

CUE_FOLDER = Path(__file__).parent / "pair_cues"
NOTHING_FOUND = "CONSULT"
PROMISED = ("CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE")  # when only planned, a promise
THREATENED = ("ASSAULT", "COERCE", "SANCTION", "PROTEST")  # when only planned, a threat
TRUSTED_FROM = 2.2  # a trigger ranked below this does not stand between the two names
CUE_REACH_CHARS = 60.0  # how far from the two names a cue word loses half of its worth
MARGIN_CHARS = 40
Span = tuple[int, int]


@dataclass(frozen=True)
class PairCues:
    """What one language's file says: the worth of words by type, and types that follow CAMEO's roots."""

    words: tuple[tuple[str, float, re.Pattern[str]], ...]  # (type, worth, what matches)
    conventions: Mapping[str, str]  # "TYPE:trigger root" to type


def find_pair_type(article: Article, actor: str, target: str) -> str:
    """The PLOVER type of what `actor` did to `target` in an article, always given."""
    actor_at, target_at = _span(article.text, actor), _span(article.text, target)
    ranked = [
        (_rank(scene, hit, actor_at, target_at), scene, hit)
        for scene in article.scenes
        for hit in scene.hits
        if not is_abstained(scene, hit)
    ]
    rank, scene, hit = max(ranked, key=lambda one: one[0], default=(0.0, None, None))
    cues = load_pair_cues(article.scenes[0].lexicon.language) if article.scenes else PairCues((), {})
    if rank < TRUSTED_FROM and (told := _type_by_cues(article, cues, actor_at, target_at)) is not None:
        return told
    return _type(scene, hit, cues) if scene is not None and hit is not None else NOTHING_FOUND


def _span(text: str, name: str) -> Span | None:
    at = text.lower().find(name.strip().lower()) if name.strip() else -1
    return (at, at + len(name.strip())) if at >= 0 else None


def _rank(scene: Scene, hit: Hit, actor: Span | None, target: Span | None) -> float:
    """How well a trigger joins the two names: its place between them, its nearness, whether it stands for itself."""
    rank = 0.0
    first, second = (target, actor) if hit.voice is Voice.PASSIVE else (actor, target)
    if first and first[1] <= hit.start:
        rank += 2.4 - min(1.4, (hit.start - first[1]) / 70)
        rank -= 0.45 * sum(first[1] <= other.start < hit.start and not other.voice.is_noun for other in scene.hits)
    if second and hit.end <= second[0]:
        rank += 1.6 - min(0.9, (second[0] - hit.end) / 120)
    elif second and second[1] <= hit.start:
        rank += 0.5 * (hit.trigger.is_mutual or load_codebook()[hit.trigger.type].is_mutual)
    if any(span and span[0] <= hit.start < span[1] for span in (actor, target)):
        rank -= 2
    if governor_of(scene, hit) is not None:
        rank -= 1.5
    if hit.voice is Voice.NOUN:
        rank -= 0.5
    border = scene.border_before(hit.start)
    if border is not None and border.kind == "adverbial" and actor and actor[1] <= border.start:
        rank -= 0.8
    return rank


def _type(scene: Scene, hit: Hit, cues: PairCues) -> str:
    """The type of a hit; help or talks that are only planned are a promise, harm that is only planned a threat."""
    event_type = load_codebook()[hit.trigger.type]
    claim = claim_of(scene, hit, None, None)
    if claim.is_refusal:
        return "REJECT"
    if _is_ahead(claim) and event_type.name in PROMISED:
        return "AGREE"
    if _is_ahead(claim) and event_type.name in THREATENED and hit.voice is Voice.ACTIVE:
        return "THREATEN"
    return cues.conventions.get(hit.trigger.key.partition(":")[2], event_type.name)


def _is_ahead(claim: Claim) -> bool:
    return claim.status is Status.PLANNED and claim.rule != PLOT_FOILED and not claim.rule.endswith(": to")


def _type_by_cues(article: Article, cues: PairCues, actor: Span | None, target: Span | None) -> str | None:
    """The type whose words weigh most, those between and beside the two names more than others; None for no word."""
    known = [span for span in (actor, target) if span]
    low = min((span[0] for span in known), default=0) - MARGIN_CHARS
    high = max((span[1] for span in known), default=len(article.text)) + MARGIN_CHARS
    worth: dict[str, float] = defaultdict(float)
    for type_name, weight, pattern in cues.words:
        for at in _outside_names(pattern, article.folded, known):
            away = max(0, low - at, at - high)
            worth[type_name] += weight / (1 + away / CUE_REACH_CHARS)
    return max(worth, key=lambda name: worth[name], default=None)


def _outside_names(pattern: re.Pattern[str], folded: str, names: list[Span]) -> Iterator[int]:
    for match in pattern.finditer(folded):
        if not any(start <= match.start() < end for start, end in names):
            yield match.start()


@cache
def load_pair_cues(language: str, folder: Path = CUE_FOLDER) -> PairCues:
    """The cue words of a language, none where it has no file; CodebookError when the file names an unknown type."""
    path = folder / f"{language}.toml"
    if not path.is_file():
        return PairCues((), {})
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    unknown = {*raw["types"], *raw["conventions"].values()} - set(load_codebook())
    if unknown:
        raise CodebookError(f"{path.name}: unknown types {sorted(unknown)}", subject_id=language)
    words = tuple(
        (type_name, float(weight), _pattern(words))
        for type_name, by_weight in raw["types"].items()
        for weight, words in by_weight.items()
    )
    return PairCues(words, raw["conventions"])


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Any of the words as a whole; `*` stands for any ending."""
    forms = sorted((re.escape(fold(word)).replace(r"\*", r"\w*") for word in words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")
