"""Where: the places of a clause, tied to its trigger."""

from __future__ import annotations

from flows.events.cases import WORD
from flows.events.discourse import Roles
from flows.events.grounding import part_of
from flows.events.places import PlaceSpan
from flows.events.scene import Hit, Scene

PLACED_FIRST = ("actor:place", "target:goal")  # "in attack X to Y": both stand behind the noun
BARE = (None, "subject", "genitive", "agent", "between", "with")  # prepositions that do not say where


def find_place(scene: Scene, hit: Hit, is_material: bool, roles: Roles | None = None) -> PlaceSpan | None:
    """The place of a hit: the most precise in its clause; a verbal act only where a place preposition says so.

    A capital that stands for who acts ("grain donated by N'Djamena") is no place, nor is whose attack it was.
    """
    start, end = part_of(scene, hit)
    here = [p for p in scene.places if start <= p.start < end] if scene.places else []
    if not here:
        return None
    actor = roles.actor if roles is not None else None
    if roles is not None and actor is not None and (actor.kind == "capital" or _is_whose(hit, roles)):
        here = [p for p in here if not actor.start <= p.start < actor.end]
    here = [p for p in here if not _is_actor_name(scene, hit, p) and not _is_origin(scene, hit, p)]
    here = [p for p in here if not _is_of_announcement(scene, p) and not _is_of_broker(scene, p)]
    if hit.trigger.type == "PROTEST":
        here = [p for p in here if not any(q.start <= p.start < q.end and q.case == "goal" for q in scene.parties)]
    if not is_material:
        here = [p for p in here if has_place_preposition(scene, p)]
    if not here:
        return None
    ranks = {"exact": 0, "city": 0, "region": 1, "country": 2}
    return min(here, key=lambda p: (ranks.get(p.precision, 2), not _is_where(scene, p), abs(p.start - hit.start)))


def _is_whose(hit: Hit, roles: Roles) -> bool:
    """Whether the actor is named as whose attack it was ("killed in X's attack on Y"), which an "in" may precede."""
    if roles.is_symmetric:
        return False
    is_told = roles.actor_rule.startswith("actor:owner") or (roles.actor_rule, roles.target_rule) == PLACED_FIRST
    return hit.trigger.type == "ASSAULT" and (hit.voice.is_noun or is_told)


def _is_of_broker(scene: Scene, place: PlaceSpan) -> bool:
    """Whether a place names who mediates ("with the mediation of X")."""
    if not scene.is_postposed:
        return False
    cues = [c for c in scene.cues_of("mediation") if c.start >= place.end]
    return bool(cues) and len(scene.words_between(place.end, cues[0].start)) <= 1


def _is_of_announcement(scene: Scene, place: PlaceSpan) -> bool:
    """Whether a place is where it was announced ("the ministry in X announced", "informó en X el ministerio")."""
    for cue in (*scene.cues_of("attribution"), *scene.cues_of("attribution_after")):
        low, high = (cue.end, place.start) if cue.end <= place.start else (place.end, cue.start)
        is_near = high >= low and not any([char in scene.folded[low:high] for char in ",;:"])
        if is_near and len(scene.words_between(low, high)) <= 1:
            return True
    return False


def _is_where(scene: Scene, place: PlaceSpan) -> bool:
    """Whether the phrase that names a place says that it is where ("in X"), not whom it was done to."""
    return any(p.start <= place.start < p.end and p.case == "place" for p in scene.parties)


def _is_origin(scene: Scene, hit: Hit, place: PlaceSpan) -> bool:
    """Whether an attack or help merely came from there, by an ending ("Gazze'den") or a word ("from Gaza")."""
    if scene.order == "svo" and hit.trigger.type in ("ASSAULT", "AID"):
        return any(p.start <= place.start < p.end and p.case == "source" for p in scene.parties)
    if hit.trigger.type != "ASSAULT" or not scene.has_case_endings:
        return False
    rest = WORD.match(scene.folded, place.end)
    return rest is not None and (rest.group(), "source") in scene.lexicon.endings


def _is_actor_name(scene: Scene, hit: Hit, place: PlaceSpan) -> bool:
    """Whether a country or capital is named as someone who acts or is acted on, not as where."""
    bare = [p for p in scene.parties if p.start <= place.start < p.end and p.case in BARE]
    if place.precision == "country" and scene.has_case_endings:
        return not any(p.start <= place.start < p.end and p.case == "place" for p in scene.parties)
    if place.precision == "country":
        return bool(bare)
    return any(p.end <= hit.start and p.sides[:1] and p.sides[0].kind == "capital" for p in bare)


def has_place_preposition(scene: Scene, place: PlaceSpan) -> bool:
    """Whether a word or ending says that the place is where something was."""
    if any(p.start <= place.start < p.end and p.case == "place" for p in scene.parties):
        return True
    rest = WORD.match(scene.folded, place.end)
    if rest and (rest.group(), "place") in scene.lexicon.endings:
        return True
    near = [p for p in scene.prepositions if p.pattern.label == "place" and p.end <= place.start]
    return bool(near) and len(scene.words_between(near[-1].end, place.start)) <= 1
