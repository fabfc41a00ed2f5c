"""The one type that best says what the first of two named sides did to the second.

Asked for pairs that need not be states at all ("the union", "the court"), so it reads the triggers themselves: the one
between the two names in active voice, or between them the other way round in the passive, and not one that is only the
content of another. There is always an answer; with no trigger at all it is the weakest contact, CONSULT.
"""

from __future__ import annotations

from flows.events.claims import claim_of, governor_of
from flows.events.codebook import load_codebook
from flows.events.inflection import Voice
from flows.events.scene import Hit, Scene
from flows.events.staging import Article
from warehouse.records import Status

NOTHING_FOUND = "CONSULT"
PROMISED = ("CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE")  # when only planned, a promise


def find_pair_type(article: Article, actor: str, target: str) -> str:
    """The PLOVER type of what `actor` did to `target` in an article, always given."""
    best: tuple[float, str] = (float("-inf"), NOTHING_FOUND)
    actor_at, target_at = _span(article.text, actor), _span(article.text, target)
    for scene in article.scenes:
        for hit in scene.hits:
            rank = _rank(scene, hit, actor_at, target_at)
            if rank > best[0]:
                best = (rank, _type(scene, hit))
    return best[1]


def _span(text: str, name: str) -> tuple[int, int] | None:
    at = text.lower().find(name.strip().lower()) if name.strip() else -1
    return (at, at + len(name.strip())) if at >= 0 else None


def _rank(scene: Scene, hit: Hit, actor: tuple[int, int] | None, target: tuple[int, int] | None) -> float:
    """How well a trigger joins the two names: its place between them, its nearness, whether it stands for itself."""
    rank = 0.0
    first, second = (target, actor) if hit.voice is Voice.PASSIVE else (actor, target)
    if first and first[1] <= hit.start:
        rank += 2 - min(1.5, (hit.start - first[1]) / 80)
    if second and hit.end <= second[0]:
        rank += 2 - min(1.5, (second[0] - hit.end) / 80)
    if any(span and span[0] <= hit.start < span[1] for span in (actor, target)):
        rank -= 2
    if governor_of(scene, hit) is not None:
        rank -= 2
    if hit.voice is Voice.NOUN:
        rank -= 0.6
    return rank + (0.3 if load_codebook()[hit.trigger.type].quad == 4 else 0)


def _type(scene: Scene, hit: Hit) -> str:
    """The type of a hit; help or talks that are only planned are a promise, harm that is only planned a threat."""
    event_type = load_codebook()[hit.trigger.type]
    status = claim_of(scene, hit, None, None).status
    if status is Status.PLANNED and event_type.name in PROMISED:
        return "AGREE"
    return event_type.name
