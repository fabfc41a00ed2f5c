"""What a party weighs as actor or target where the verb comes last and nouns wear their case as an ending.

A phrase without an ending is the subject; what follows the act, or says where, is not acted on.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.events.chains import DEEDS, is_beside
from flows.events.endings import (
    case_beside,
    case_of_hit,
    ends_clause,
    find_own_start,
    has_bare_owner,
    has_owner,
    is_described,
    is_head,
    is_later_owned,
    is_object_of,
    is_relative,
    owns_object,
)
from flows.events.inflection import Voice
from flows.events.parties import WHOLE, Party
from flows.events.scene import Hit, Scene

OWNER_OF_SUBJECT = 3.0
OWNED_WORDS = 4  # between an owner and what it owns
PLACELESS = ("REQUEST", "REJECT", "THREATEN", "AGREE")  # where it was said is no target


def weigh_actor(scene: Scene, hit: Hit, party: Party, parties: Sequence[Party], weight: float) -> float:
    """The weight of a party as actor: a bare phrase is a subject or nothing, a genitive the owner of a noun."""
    case = case_beside(scene, hit, party)
    if is_relative(scene, hit):
        if hit.trigger.type == "REQUEST" and case is None and party.end <= hit.start:
            return 3.0  # "X ... isteyen kararı kabul etti", a resolution that asks: X asks
        return 4.0 if party.start >= hit.end and is_beside(scene, hit, party) else 0.0
    if case == "genitive" and hit.voice is Voice.ACTIVE and _owns_subject(scene, hit, party, parties):
        return OWNER_OF_SUBJECT
    if case == "genitive":
        return _weigh_owner(scene, hit, party, parties, weight)
    if case is not None:
        return weight
    is_behind = hit.voice is Voice.GERUND and party.start >= hit.end  # the subject of what follows
    if is_behind or (hit.voice is Voice.ACTIVE and is_object_of(scene, hit, party)):
        return 0.0
    if hit.voice is Voice.NOUN:
        return _weigh_neighbour(scene, hit, party, parties, weight)
    return weight - 0.5 * _rank(hit, party, parties) - 2 * _is_left_behind(scene, hit, party, parties)


def _owns_subject(scene: Scene, hit: Hit, party: Party, parties: Sequence[Party]) -> bool:
    """Whether what a genitive that opens the clause owns is the subject ("Rusya'nın Suriye'deki uçakları vurdu")."""
    if party.end > hit.start or any(p.end <= hit.start and (p is not party and p.case is None) for p in parties):
        return False
    if any(p.end <= party.start for p in parties) or not scene.lexicon.has_words("owned"):
        return False
    first = next((h.start for h in scene.hits if h.start >= party.end), hit.start)
    words = [word for word in scene.words_between(party.end, first) if not word.startswith("'")][:OWNED_WORDS]
    return any(scene.lexicon.is_word("owned", word) for word in words)


def _weigh_owner(scene: Scene, hit: Hit, party: Party, parties: Sequence[Party], weight: float) -> float:
    """The weight of a genitive: who owns a noun or is the subject of a gerund acts, not who owns something else."""
    is_of_object = party.own_case is None and scene.has_form(hit, "infinitive")  # "to protest the import of X's"
    if hit.voice is Voice.ACTIVE or party.start > hit.start or is_of_object:
        return 0.0
    if owns_object(scene, hit, party, parties):
        return 0.0
    if hit.voice is Voice.NOUN and is_later_owned(scene, hit, parties) and has_bare_owner(scene, hit, parties):
        return 0.0
    if hit.voice is not Voice.GERUND:
        harmed = [cue for cue in scene.cues_in("victim", party.end, hit.start) if cue.start <= party.end + 1]
        return 0.0 if harmed else weight  # "X askerinin öldüğü", in which soldiers of X died
    if is_described(scene, party.end, hit.start):
        return 0.0
    # "X's condemning of Y's attack": the first owner is whose the act is.
    owners = [p for p in parties if p.own_case == "genitive" and p.start < party.start]
    return weight - 0.8 * sum(not is_described(scene, p.end, party.start) for p in owners)


def _weigh_neighbour(scene: Scene, hit: Hit, party: Party, parties: Sequence[Party], weight: float) -> float:
    """The weight of a bare phrase beside a noun: its owner ("X saldırısı"), or the subject of what it is done with."""
    is_owner = is_beside(scene, hit, party) and party.end <= hit.start and party.sides[-1:] != ()
    if is_owner and party.sides[-1].kind != "demonym" and has_owner(scene, hit, party, parties):
        return 0.0
    if is_owner and party.sides[-1].kind not in WHOLE:
        return weight
    is_subjects = case_of_hit(scene, hit) == "object" and party.end <= hit.start  # "its attacks"
    return 2.0 - 0.5 * _rank(hit, party, parties) if is_subjects else 0.0


def _is_left_behind(scene: Scene, hit: Hit, party: Party, parties: Sequence[Party]) -> bool:
    """Whether another verb has the phrase and a later bare one stands nearer ("if X strikes Y answers")."""
    verbs = [h for h in scene.hits if party.end <= h.start < hit.start and ends_clause(scene, h)]
    return any(p.case is None and verbs[0].end <= p.start < hit.start for p in parties) if verbs else False


def _rank(hit: Hit, party: Party, parties: Sequence[Party]) -> int:
    """How many bare phrases stand before this one: where verbs come last the subject is the first of them."""
    return sum(p.case is None and p.start < party.start < hit.start for p in parties)


def weigh_target(scene: Scene, hit: Hit, party: Party, case: str | None, weight: float) -> float:
    """The weight of a party as target: who is asked wears the source, whom a gerund describes stands behind it."""
    if hit.trigger.type == "REQUEST":
        asked = {"source": 5.2, "with": 0.0}.get(case or "", weight)
        return asked - _is_asked_for(scene, hit, party)
    return 4.0 if is_head(scene, hit, party) else weight


def _is_asked_for(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a phrase stands behind another in its own case: who is asked comes first, then what of."""
    start, _ = scene.clause_of(hit.start)
    earlier = [p for p in scene.parties if start <= p.start and p.end <= party.start and p.sides]
    return party.case in ("goal", "source") and any(p.case == party.case for p in earlier)


def is_no_target(scene: Scene, hit: Hit, party: Party, case: str | None) -> bool:
    """Whether a party can't be acted on: behind what names an act, a bare subject, or merely where."""
    if party.start >= hit.end and (hit.voice.is_noun or is_relative(scene, hit)):
        return not is_head(scene, hit, party)
    if party.end <= find_own_start(scene, hit):
        return True
    if hit.trigger.type == "REQUEST" and all(side.kind == "place" for side in party.sides):
        return True
    if hit.trigger.type == "ACCUSE" and case == "goal" and _is_struck(scene, hit, party):
        return True
    if hit.trigger.type == "PROTEST" and case == "place":
        return True
    if hit.voice is Voice.PASSIVE and case == "genitive" and _is_struck(scene, hit, party):
        return True
    return (case is None and _is_only_subject(scene, hit, party)) or _is_only_where(hit, party, case)


def _is_struck(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a party is the target of a deed that is named between it and the verb ("the attack on X condemned")."""
    return any(
        party.end <= other.start < hit.start and other.voice is Voice.NOUN and other.trigger.type in DEEDS
        for other in scene.hits
    )


def _is_only_subject(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a bare phrase can but be the subject: a noun's target wears a case, a comma parts who tells from what."""
    has_comma = scene.folded[party.end : party.end + 1] == ","
    is_first = not any(p.case is None and p.start < party.start for p in scene.parties)
    is_speaker = is_first and bool(scene.cues_in("attribution", hit.end, scene.sentence.end))
    is_inner = hit.voice.is_noun or is_relative(scene, hit)
    return hit.voice is Voice.NOUN or (is_inner and (has_comma or is_speaker))


def _is_only_where(hit: Hit, party: Party, case: str | None) -> bool:
    """Whether a party says where, or before whom, and nothing of who suffers it."""
    if case == "place" and hit.trigger.type in PLACELESS:
        return True
    is_court = bool(party.sides) and party.sides[0].kind == "organisation" and case in ("goal", "place")
    return is_court and hit.trigger.mode == "investigate"
