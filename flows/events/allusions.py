"""Allusions: triggers that only point to an event ("the attack", "over the war in X") and tell none of their own."""

from __future__ import annotations

from collections.abc import Set

from flows.events.codebook import HARMS, load_codebook
from flows.events.discourse import Roles, is_place
from flows.events.inflection import Voice
from flows.events.lexicon import Match
from flows.events.scene import Hit, Scene

KNOWN_WORDS = 2  # between "the attack" and a party that would make it a new one
RESPONSE_WORDS = 6  # from "in protest at" to the deed
SETTLED = ("RETREAT", "CONCEDE", "AGREE", "CONSULT")  # what is done by the mediation of others
HELD = ("arrest", "seize", "abduct")
HELD_WORDS = 2  # "who were", "which X had"
BACKDROP_WORDS = 3  # "over the long war", "amid Sudan's brutal war"


def is_allusion(scene: Scene, hit: Hit, told_before: Set[str]) -> bool:
    """Whether a trigger points to an event told elsewhere; `told_before` are the types earlier sentences told."""
    return (
        _is_anaphoric(scene, hit, told_before)
        or _is_homecoming(scene, hit)
        or _is_backdrop(scene, hit)
        or _is_retold(scene, hit)
        or _is_object(scene, hit)
        or _is_mediation(scene, hit)
        or _is_held_till_now(scene, hit)
        or _is_lasting(scene, hit)
    )


def _is_mediation(scene: Scene, hit: Hit) -> bool:
    """Whether a noun only says who brokered what a verb beside it tells ("freed thanks to the mediation of X")."""
    if hit.trigger.type != "CONSULT" or not hit.voice.is_noun:
        return False
    if not any(cue.start < hit.end and hit.start < cue.end for cue in scene.cues_of("mediation")):
        return False
    start, end = scene.clause_of(hit.start)
    return any(start <= h.start < end and h.trigger.type in SETTLED and not h.voice.is_noun for h in scene.hits)


def _is_held_till_now(scene: Scene, hit: Hit) -> bool:
    """Whether an arrest only says whom another verb sets free ("two X who were held in Y were freed")."""
    if hit.trigger.mode not in HELD:
        return False
    freed = [h for h in scene.hits if h.trigger.mode == "release" and not h.voice.is_noun and h is not hit]
    marks = [c for c in scene.cues_of("relative") if c.end <= hit.start]
    is_relative = bool(marks) and len(scene.words_between(marks[-1].end, hit.start)) <= HELD_WORDS
    return bool(freed) and is_relative and not any(hit.end <= time.start < freed[-1].start for time in scene.times)


def _is_lasting(scene: Scene, hit: Hit) -> bool:
    """Whether a truce only holds on: it was made before, and nobody does anything now."""
    if hit.trigger.mode != "ceasefire" or not hit.voice.is_noun:
        return False
    _, end = scene.clause_of(hit.start)
    lasting = next((cue for cue in scene.cues_in("lasting", hit.end, end)), None)
    return lasting is not None and not any(hit.end <= other.start < lasting.start for other in scene.hits)


def is_unclaimed(scene: Scene, hit: Hit, roles: Roles) -> bool:
    """Whether a trigger's roles are too empty for an event of its own: it names what others tell."""
    is_empty = _is_nobodys(scene, hit, roles) or _is_unowned(scene, hit, roles) or _is_reason(scene, hit, roles)
    return is_empty or _is_unarmed(scene, hit, roles) or _is_answered(scene, hit, roles) or _is_dispersal(scene, hit)


def _is_reason(scene: Scene, hit: Hit, roles: Roles) -> bool:
    """Words that only say why an envoy is recalled ("in protest at what it called a breach"), and at nobody else."""
    if (hit.trigger.type, hit.trigger.mode) != ("ACCUSE", "disapprove") or "in play" not in roles.target_rule:
        return False
    recalls = [h for h in scene.hits if (h.trigger.type, h.trigger.mode) == ("SANCTION", "withdraw")]
    if not any(not h.voice.is_noun and h.start < hit.start for h in recalls) or scene.order == "sov":
        return False
    return not any(0 <= hit.start - cue.end <= 1 for cue in scene.cues_of("conjunction"))


def _is_dispersal(scene: Scene, hit: Hit) -> bool:
    """Police who disperse the crowd just told, in a clause that names no side: no deed between two sides."""
    if hit.trigger.mode != "crowd-control" or scene.lexicon.is_analytic:
        return False
    start, end = scene.clause_of(hit.start)
    is_crowd = any(h.trigger.type == "PROTEST" and h.start < hit.start for h in scene.hits)
    return is_crowd and not any(start <= p.start < end and p.sides for p in scene.parties)


def _is_answered(scene: Scene, hit: Hit, roles: Roles) -> bool:
    """What is named only for what it led to ("in protest at the strikes"), unless its phrase says whose deed it is."""
    if not hit.voice.is_noun:
        return False
    cues = scene.cues_of("response")
    if scene.is_postposed:
        is_owned = "beside" in roles.actor_rule or "genitive" in roles.actor_rule
        return not is_owned and any(0 <= c.start - hit.end <= 1 for c in cues)
    led = [c for c in cues if c.end <= hit.start and "," not in scene.folded[c.end : hit.start]]
    if not led or len(scene.words_between(led[-1].end, hit.start)) > RESPONSE_WORDS:
        return False
    is_owned = roles.actor is not None and led[-1].end <= roles.actor.start
    return not is_owned or load_codebook()[hit.trigger.type].quad in (1, 2)


def _is_unarmed(scene: Scene, hit: Hit, roles: Roles) -> bool:
    """Harm that nobody named does to somebody's soil, no arms or armed men in the sentence: a shark's, a critic's."""
    if not scene.lexicon.has_cues("armed") or hit.trigger.type not in HARMS:
        return False
    is_soil = roles.actor is None and "soil" in roles.target_rule
    is_plain = hit.trigger.mode is None or hit.trigger.type == "COERCE"
    return is_soil and is_plain and not scene.cues_in("armed", scene.sentence.start, scene.sentence.end)


def _is_anaphoric(scene: Scene, hit: Hit, told_before: Set[str]) -> bool:
    """ "Serangan itu", "the attack": a noun that points back to an event already told and names nobody itself."""
    start, end = scene.clause_of(hit.start)
    if scene.lexicon.is_preverbal and hit.voice is Voice.NOUN:
        if scene.cues_in("light", start, hit.start):
            return False  # "宣称对此次袭击负责" names who did it
        if hit.trigger.type in told_before and not any(start <= p.start < end for p in scene.parties):
            return True  # "炮击造成9人死亡"
    if hit.voice is Voice.NOUN and scene.order == "vso":
        return _is_known(scene, hit)
    if hit.voice is not Voice.NOUN or hit.trigger.type not in told_before:
        return False
    after = [c for c in scene.cues_of("demonstrative") if 0 <= c.start - hit.end <= 1]
    before = [
        c
        for c in scene.cues
        if (c.pattern.label == "demonstrative" and scene.lexicon.is_preverbal)
        or (
            c.pattern.label == "determiner"
            and scene.lexicon.is_word("pointing", c.pattern.text)
            and 0 <= hit.start - c.end <= 1
        )
    ]
    if after:
        return True
    start, end = scene.clause_of(hit.start)
    return bool(before) and not any(start <= p.start < end and p.sides for p in scene.parties)


def _is_known(scene: Scene, hit: Hit) -> bool:
    """Whether a noun with the article names nobody beside it: "الهجوم", the attack told before."""
    if (
        not scene.has_form(hit, "definite")
        or hit.trigger.type == "PROTEST"
        or load_codebook()[hit.trigger.type].is_mutual
    ):
        return False
    start, end = scene.clause_of(hit.start)
    if scene.cues_in("light", start, hit.start) or scene.cues_in("reciprocal", start, hit.start):
        return False  # "نفذت الهجوم": the verb says whose it is
    if any(start <= h.start < hit.start and h.trigger.mode == "allege" for h in scene.hits):
        return False  # "اتهمت X بالاستيلاء على": what X is accused of
    if any(cue.start - hit.end >= 0 and len(scene.words_between(hit.end, cue.start)) <= 1 for cue in _relatives(scene)):
        return False  # "الهجوم الذي شنه X": its relative clause says whose it is
    return not any(
        hit.end <= p.start < end
        and p.sides
        and not is_place(p)
        and len(scene.words_between(hit.end, p.start)) <= KNOWN_WORDS
        for p in scene.parties
    )


def _relatives(scene: Scene) -> list[Match]:
    return [cue for cue in scene.cues_of("relative") if any(p.sides and p.start >= cue.end for p in scene.parties)]


def _is_homecoming(scene: Scene, hit: Hit) -> bool:
    """An envoy who is visiting his own country: no visit of one side to another."""
    if hit.trigger.mode != "visit":
        return False
    before = [p for p in scene.parties if p.end <= hit.start and p.sides]
    after = [p for p in scene.parties if p.start >= hit.end and p.sides]
    if not before or not after or len(scene.words_between(hit.end, after[0].start)) > 2:
        return False
    acting = [p for p in before if p.is_nominative] or before  # "到X访问,与X总理会谈": whoever goes there
    who = before[0] if scene.order == "sov" else acting[0] if scene.lexicon.is_preverbal else acting[-1]
    return after[0].code == who.code


def _is_backdrop(scene: Scene, hit: Hit) -> bool:
    """A war or attack that is only named: "over the war in X", "following mutual air strikes"."""
    start, end = scene.clause_of(hit.start)
    if hit.voice is not Voice.NOUN and not scene.cues_in("reciprocal", start, end):
        return False
    is_told = any(start <= time.start < end and time.kind != "anaphoric" for time in scene.times)
    border, is_aside = scene.border_before(hit.start), scene.is_aside(hit)
    if border is not None and any(
        t.kind == "anaphoric" and t.start < border.end and t.end >= border.start - 2 for t in scene.times
    ):
        return False  # "a year after the invasion" tells when it was
    if is_aside and hit.trigger.mode == "third-party":
        return True
    if is_aside and not is_told and not any(start <= p.start < end and p.sides for p in scene.parties):
        return True
    if hit.voice is not Voice.NOUN or not any(
        cue.start <= hit.start < cue.end for cue in scene.cues_in("backdrop", start, end)
    ):
        return False
    owner = next((p for p in reversed(scene.parties) if p.end <= hit.start and p.start >= start), None)
    at = owner.start if owner and len(scene.words_between(owner.end, hit.start)) <= BACKDROP_WORDS else hit.start
    words = [p for p in scene.prepositions if start <= p.start and p.end <= at]
    is_governed = bool(words) and len(scene.words_between(words[-1].end, at)) <= BACKDROP_WORDS
    return is_governed or (
        is_aside and border is not None and len(scene.words_between(border.end, at)) <= BACKDROP_WORDS
    )


def _is_retold(scene: Scene, hit: Hit) -> bool:
    """The harm of an attack just named, in its relative clause ("a strike that killed five"): one deed, not two."""
    if hit.trigger.type != "ASSAULT" or hit.voice is not Voice.ACTIVE:
        return False
    start, _ = scene.clause_of(hit.start)
    marks = [c for c in scene.cues_in("relative", start, hit.start) if not scene.words_between(c.end, hit.start)]
    named = [h for h in scene.hits if start <= h.start and marks and h.end <= marks[-1].start]
    return bool(named) and named[-1].trigger.type == "ASSAULT" and named[-1].voice is Voice.NOUN


def _is_object(scene: Scene, hit: Hit) -> bool:
    """What a verb of the same act has for its object ("pulled its last soldiers out of X"): one deed, not two."""
    if not hit.voice.is_noun or hit.trigger.mode is None or hit.trigger.type == "ASSAULT":
        return False
    start, _ = scene.clause_of(hit.start)
    verbs = [h for h in scene.hits if start <= h.start < hit.start and not h.voice.is_noun]
    is_same = bool(verbs) and (verbs[-1].trigger.type, verbs[-1].trigger.mode) == (hit.trigger.type, hit.trigger.mode)
    return is_same and not any(verbs[-1].end <= p.start < hit.start for p in scene.parties)


def _is_nobodys(scene: Scene, hit: Hit, roles: Roles) -> bool:
    """Whether a noun in a verb-last sentence names neither side: it points to what is told elsewhere."""
    if scene.order != "sov" or scene.nouns != "last" or not hit.voice.is_noun:
        return False
    _, end = scene.clause_of(hit.start)
    is_condemned = any(
        h.trigger.type == "ACCUSE" and h.trigger.mode != "allege" and hit.end <= h.start < end for h in scene.hits
    )
    is_guessed = roles.target is None or roles.target_rule == "target:other side in play"
    is_empty = roles.actor is None and roles.target is None and not scene.has_case_endings  # it may still count victims
    return is_empty or (is_condemned and is_guessed)


def _is_unowned(scene: Scene, hit: Hit, roles: Roles) -> bool:
    """A deed named in an aside without who did it ("in retaliation for the killing of X")."""
    if hit.voice is not Voice.NOUN or roles.actor is not None or not scene.is_aside(hit):
        return False
    start, end = scene.clause_of(hit.start)
    is_told = any(start <= time.start < end for time in scene.times)
    return not is_told and not _has_victim(scene, hit)


def _has_victim(scene: Scene, hit: Hit) -> bool:
    return bool(scene.cues_in("victim", scene.sentence.start, scene.sentence.end)) or hit.trigger.type == "CONSULT"
