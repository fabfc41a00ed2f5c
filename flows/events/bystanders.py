"""Who else stands in a clause whose verb comes last: brokers, crowds, sources, those spoken to, whose fire it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flows.events.cases import WORD, ending_of
from flows.events.discourse import is_place
from flows.events.endings import is_described
from flows.events.inflection import Voice
from flows.events.parties import Party
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan

SPOKEN = ("ACCUSE", "THREATEN", "REQUEST")  # what is said stands between whom it is said to and the verb
CROWD_ACTS = ("PROTEST", "ASSAULT", "COERCE")
BROKER_CHARS = 6  # between a broker's name, its ending and the word for what he does
OWNED_WORDS = 3  # between an owner's particle and the noun: "this", an adjective
HEAD_WORDS = 3  # between a verb and the noun that is its object: an adverb or two


def drop_brokers(scene: Scene, parties: list[Party]) -> list[Party]:
    """Who can share an act: no mediators ("X ve Y'nin arabuluculuğunda"); nor others beside a bare phrase."""
    mediations = [cue.start for cue in scene.cues_of("mediation")]
    here = [
        p
        for p in parties
        if p.own_case != "genitive" or not any(p.end < at < p.end + BROKER_CHARS for at in mediations)
    ]
    bare = [p for p in here if p.case is None and p.sides]
    if any(len(p.sides) > 1 for p in bare):
        here = [p for p in here if p.kind != "both"]
    if bare:
        here = [replace(p, sides=p.sides[:1]) if p.case in ("object", "goal", "source", "with") else p for p in here]
    return here or parties


def is_means(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a passive tells by whose means it came about: "X askerlerinin açtığı ateşle", by fire that X opened."""
    if hit.voice is not Voice.PASSIVE or party.end > hit.start or not is_described(scene, party.end, hit.start):
        return False
    words = (word.group() for word in WORD.finditer(scene.folded, party.end, hit.start))
    return any(ending_of(scene.lexicon, word) == "with" for word in words)


def find_crowd(scene: Scene, hit: Hit, parties: Sequence[Party]) -> Party | None:
    """Where a crowd without a name acts ("Bağdat'ta öfkeli bir kalabalık"): its land acts."""
    start, _ = scene.clause_of(hit.start)
    crowds = scene.cues_in("crowd", start, hit.start) if hit.trigger.type in CROWD_ACTS else []
    if not crowds or any(p.case is None and p.end < crowds[0].start for p in parties):
        return None
    before = [p for p in parties if p.end <= crowds[0].start and p.sides and p.case in ("place", "genitive")]
    return before[0] if before and not any(p.start <= crowds[0].start < p.end for p in parties) else None


def is_together(scene: Scene, actor: SideSpan, other: SideSpan) -> bool:
    """Whether two sides act as one subject ("X ile Y ... çağrısı yaptı"): neither is the other's target."""
    pairs = [p.sides for p in scene.parties if p.case is None and len(p.sides) > 1] if scene.has_case_endings else []
    return any({actor.code, other.code} <= {side.code for side in sides} for sides in pairs)


def find_source(scene: Scene, hit: Hit) -> SideSpan | None:
    """According to whom a sentence tells: the first name, right before the word for that ("Kiev'e göre")."""
    first = next((p for p in scene.parties if p.sides and p.end <= hit.start), None)
    if first is None or first.case not in ("goal", "other"):
        return None
    cues = scene.cues_in("attribution", first.end, hit.start)
    is_right = bool(cues) and len(scene.words_between(first.end, cues[0].start)) <= 1
    return first.sides[0] if is_right else None


def find_addressee(scene: Scene, hit: Hit, parties: Sequence[Party]) -> Party | None:
    """To whom a verbal act that tells another act is said: the first that could be, what is told comes after it."""
    start, _ = scene.clause_of(hit.start)
    told = [h for h in scene.hits if start <= h.start < hit.start and h.voice is not Voice.NOUN]
    if not scene.has_case_endings or hit.trigger.type not in SPOKEN or not told:
        return None
    could = [p for p in parties if p.end <= hit.start and p.case in ("object", "goal", "source")]
    return could[0] if could and could[0].end <= told[-1].start and not is_place(could[0]) else None


def find_head_owner(scene: Scene, hit: Hit, parties: Sequence[Party]) -> Party | None:
    """Whose the object right before a verb is ("X's attack on Y condemned"): the owner is acted on, not the named."""
    if not scene.has_case_endings or hit.voice is Voice.NOUN or hit.voice.is_passive:
        return None
    start, _ = scene.clause_of(hit.start)
    for word in reversed([*WORD.finditer(scene.folded, start, hit.start)][-HEAD_WORDS:]):
        if any(p.start <= word.start() < p.end for p in parties):
            return None
        if ending_of(scene.lexicon, word.group()) in ("object", "goal"):
            owners = [p for p in parties if p.end <= word.start() and "genitive" in (p.own_case, p.case)]
            return owners[-1] if owners else None
    return None


def find_word_owner(scene: Scene, hit: Hit, parties: Sequence[Party]) -> Party | None:
    """Whose demand, claim or decision a verb turns down or objects to ("the request of X to sanction Y")."""
    if scene.has_case_endings or hit.trigger.type not in ("REJECT", "ACCUSE", "CONCEDE", "SUPPORT"):
        return None
    start, end = scene.clause_of(hit.start)
    for word in scene.cues_in("utterance", start, end):
        if word.start < hit.end and hit.start < word.end:
            continue  # the accusation itself
        if hit.start < word.end and hit.voice is not Voice.NOUN:
            break
        for party in parties:
            is_first = scene.nouns == "first"
            low, high = (word.end, party.start) if is_first else (party.end, word.start)
            is_beside = low <= high and len(scene.words_between(low, high)) <= (0 if is_first else OWNED_WORDS)
            is_owner = party.case_after(word.end) is None if is_first else party.case == "genitive"
            if is_beside and is_owner and party.sides and not is_place(party):
                return party
    return None


def is_killed_in(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a bare phrase before a noun names who died in it, where case is a word behind ("X ... हमले में मारे गए")."""
    if not scene.is_postposed or hit.trigger.type != "ASSAULT" or not hit.voice.is_noun:
        return False
    if party.case is not None or party.end > hit.start:
        return False
    _, end = scene.clause_of(hit.start)
    within = scene.word_behind(hit.end, "place") or scene.word_behind(hit.end, "source")
    is_apart = len(scene.words_between(party.end, hit.start)) > HEAD_WORDS
    return within and is_apart and bool(scene.cues_in("victim", hit.end, end))


def find_opposed(scene: Scene, hit: Hit) -> SideSpan | None:
    """Whom a protest is against, told before it by words that open its clause ("in protest at the policy of X")."""
    border = scene.border_before(hit.start)
    if hit.trigger.type != "PROTEST" or not scene.is_postposed or border is None:
        return None
    if not scene.lexicon.is_word("against", border.word):
        return None
    start = scene.start_before(border)
    before = [p for p in scene.parties if start <= p.start and p.end <= border.start and p.sides and not is_place(p)]
    return before[0].sides[0] if before else None
