"""Who acts and who is acted on where case, not position, says so: languages whose verb comes last or first.

Each party of the clause is weighed for either role by its case, its side of the trigger and its distance. A phrase
without a case is the subject of a verb, the owner beside a noun, the sufferer of a passive; in verb-first languages
the first bare phrase after the verb is the subject and the second the object.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.events import bystanders, ending_weights, endings
from flows.events.chains import (
    case_beside,
    find_cancelled_meeting,
    find_deadly_deed,
    find_doer_spoken_of,
    find_relative_doer,
    find_relative_head,
    is_beside,
    is_of_noun,
    is_owner,
    is_said_of,
    is_subject_of_verb,
    is_where,
)
from flows.events.codebook import HARMS
from flows.events.discourse import Discourse, Roles, best_of, is_same_side, other_side, resolve, target_rule
from flows.events.folding import fold
from flows.events.frozen import replace
from flows.events.inflection import Voice
from flows.events.parties import Party
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan

# How well a case fits a role, by voice; a case that is absent can't have it. None is the bare phrase.
Fits = dict[str | None, float]
ACTOR_FITS: dict[Voice, Fits] = {
    Voice.ACTIVE: {"subject": 5, "agent": 4.5, None: 3, "genitive": 1.5},
    Voice.NOUN: {"agent": 5, "genitive": 4, "subject": 3.5, None: 2},
    Voice.GERUND: {"genitive": 5, "agent": 4.5, "subject": 3.5, None: 2},
    Voice.PASSIVE: {"agent": 5, "with": 1.2},  # "was hit with a missile of X"
    Voice.PASSIVE_GERUND: {"agent": 5},
}
TARGET_FITS: dict[Voice, Fits] = {
    Voice.ACTIVE: {
        "object": 5, "goal": 4.5, "with": 3, "between": 3, None: 2.5, "source": 2, "genitive": 1, "place": 0.5,
    },
    Voice.NOUN: {
        "goal": 5, "object": 4.5, "with": 3.5, "between": 3, "source": 2, "genitive": 1.5, None: 1, "place": 0.5,
    },
    Voice.GERUND: {"object": 5, "goal": 4.5, "with": 3, "between": 3, None: 2.5, "source": 2, "place": 0.5},
    Voice.PASSIVE: {"object": 4.2, None: 4, "subject": 4, "goal": 4, "genitive": 2.5, "source": 1, "place": 0.8},
    Voice.PASSIVE_GERUND: {"genitive": 4.5, "object": 4.2, "goal": 4, None: 2.5, "source": 1, "place": 0.8},
}  # fmt: skip
ADDRESSED = ("REQUEST", "CONSULT", "ACCUSE", "REJECT")  # "asked from", "spoke from": the addressee
TOGETHER = ("REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "AID")
HOSTED = ("arrest", "deport", "expel", "convict", "disapprove")  # done by the state where it is done, if none is named
TAKEN = 1.5  # what it costs a subject that another verb stands between
FIRED = ("aerial", "heavy-weapons", "drone")  # "a rocket fired from X"
FAR_CHARS = 60.0
FIRST_OWNER = 6.0  # of words: more than the bonus of an owner right beside the noun
WRONG_SIDE = 1.5  # what it costs to stand where the language does not put its parties


def find_marked_roles(scene: Scene, hit: Hit, discourse: Discourse) -> Roles:
    """The roles of a hit by the cases in its clause; sides None where nothing fits."""
    if (cancelled := find_cancelled_meeting(scene, hit)) is not None:
        return find_marked_roles(scene, cancelled, discourse)
    parties = _clause_parties(scene, hit)
    accused = _accused(scene, hit, parties)
    crowd = bystanders.find_crowd(scene, hit, parties) if scene.has_case_endings else None
    owner = bystanders.find_word_owner(scene, hit, parties)
    acting = [party for party in parties if party is not owner and not _is_reached(scene, hit, party, parties)]
    actor_party = accused or crowd or best_of(acting, lambda party: _actor_weight(scene, hit, party, acting))
    actor = _resolve_in(scene, hit, actor_party, discourse) if actor_party else None
    rule = _actor_rule(actor_party, hit)
    rest = [party for party in parties if party is not actor_party]
    head = bystanders.find_addressee(scene, hit, rest) or bystanders.find_head_owner(scene, hit, rest)
    head = head or owner
    target_party = best_of(rest, lambda party: _target_weight(scene, hit, party, actor_party, head))
    target = other_side(target_party, actor, discourse)
    told = Roles(actor, target, False, rule, target_rule(target_party))
    if actor is None and (doer := find_relative_doer(scene, hit)) is not None and len(doer.sides) == 1:
        told = replace(told, actor=doer.sides[0], actor_rule="subject:whom the relative clause tells of")
        actor, target = told.actor, other_side(target_party, told.actor, discourse)
        told = replace(told, target=target)
    if (opposed := bystanders.find_opposed(scene, hit)) is not None and not (actor and is_same_side(actor, opposed)):
        return replace(told, target=opposed, target_rule="target:whom the protest is against")
    if (better := _told_otherwise(scene, hit, told, target_party, discourse)) is not None:
        return better
    if actor is None and target is not None and (host := _host(hit, rest, target)) is not None:
        return replace(told, actor=host, actor_rule="actor:where it was done")
    # Who acts together acts on each other only if told so; words of two are for a third.
    is_among = hit.trigger.is_mutual or not (scene.has_case_endings or hit.trigger.type in TOGETHER)
    if is_among and target is None and actor_party and len(actor_party.sides) > 1 and not hit.voice.is_passive:
        target = next((side for side in actor_party.sides[1:] if actor and not is_same_side(side, actor)), None)
    return replace(told, target=target)


def _is_reached(scene: Scene, hit: Hit, party: Party, parties: Sequence[Party]) -> bool:
    """Whether a bare party right before a verb of arriving is where somebody came, whom an earlier phrase names."""
    if not scene.is_postposed or party.case is not None or not party.sides:
        return False
    if not scene.lexicon.is_word("arriving", scene.folded[hit.start : hit.end].split(" ")[0]):
        return False
    is_beside = party.end <= hit.start and len(scene.words_between(party.end, hit.start)) <= 1
    return is_beside and any(p.end <= party.start and p.sides and p.case in (None, "genitive") for p in parties)


def _told_otherwise(
    scene: Scene, hit: Hit, told: Roles, target_party: Party | None, discourse: Discourse
) -> Roles | None:
    """The roles where another phrase tells them: a deed spoken of, a deadly attack, the head of a relative clause."""
    is_loose = target_party is None or is_of_noun(scene, hit, target_party)
    doer = find_doer_spoken_of(scene, hit, told.actor, discourse) if is_loose else None
    if doer is not None:
        return replace(told, target=doer, target_rule="target:who did what is spoken of")
    if (deed := find_deadly_deed(scene, hit)) is not None:
        named = find_marked_roles(scene, deed, discourse)
        if told.actor is None:
            told = replace(told, actor=named.actor, actor_rule=named.actor_rule)
        return replace(told, target=told.target or named.target)
    head = find_relative_head(scene, hit)
    if head is not None and told.actor is not None and (target_party is None or target_party.start > hit.start):
        target = other_side(head, told.actor, discourse)
        return replace(told, target=target, target_rule="target:head of the relative clause")
    return None


def _host(hit: Hit, parties: Sequence[Party], target: SideSpan) -> SideSpan | None:
    """The state that arrests, expels or sentences where the text only says where ("was arrested in Iran")."""
    if not (hit.voice is Voice.PASSIVE or _names_sufferer(hit)) or (hit.trigger.mode or hit.trigger.type) not in HOSTED:
        return None
    places = [p for p in parties if p.sides and p.case in ("place", "source")]
    return next((p.sides[0] for p in places if p.sides[0].country_code != target.country_code), None)


def find_marked_subject(scene: Scene, hit: Hit, discourse: Discourse) -> tuple[SideSpan | None, str]:
    """The side a trigger belongs to and the rule; None where its clause names nobody who could act."""
    parties = _clause_parties(scene, hit)
    acting = [party for party in parties if not _is_reached(scene, hit, party, parties)]
    party = best_of(acting, lambda one: _actor_weight(scene, hit, one, acting))
    return (_resolve_in(scene, hit, party, discourse), _actor_rule(party, hit)) if party else (None, "subject:none")


def _resolve_in(scene: Scene, hit: Hit, party: Party, discourse: Discourse) -> SideSpan | None:
    """The side a party stands for; a pronoun in a later clause stands for the subject of the clauses before it."""
    if party.kind == "pronoun":
        start, _ = scene.clause_of(hit.start)
        earlier = (p for p in scene.parties if p.end <= start and p.is_nominative and p.sides)
        if (subject := next(earlier, None)) is not None:
            return subject.sides[0]
    return resolve(party, discourse)


def _clause_parties(scene: Scene, hit: Hit) -> list[Party]:
    start, end = scene.reach_of(hit)
    return [p for p in scene.parties if start <= p.start < end and (p.sides or p.kind == "pronoun")]


def _actor_rule(party: Party | None, hit: Hit) -> str:
    if party is None:
        return "actor:not named"
    if party.is_nominative and not hit.voice.is_noun:
        return f"subject:{party.kind}"
    return f"actor:{party.case or 'beside the noun'}"


def _names_sufferer(hit: Hit) -> bool:
    """Whether the owner of this noun suffers it ("the arrest of X"), as the subject of a passive does."""
    return hit.voice.is_noun and hit.trigger.is_swapped


def _fits(fits: dict[Voice, Fits], hit: Hit) -> Fits:
    voice = Voice.PASSIVE if _names_sufferer(hit) else hit.voice
    return fits.get(voice, fits[Voice.ACTIVE])


def _case(scene: Scene, hit: Hit, party: Party) -> str | None:
    """A party's case beside a hit, by endings where the language has them."""
    return endings.case_beside(scene, hit, party) if scene.has_case_endings else case_beside(scene, hit, party)


def _distance(hit: Hit, party: Party) -> float:
    gap = hit.start - party.end if party.end <= hit.start else party.start - hit.end
    return min(1.0, max(0, gap) / FAR_CHARS / 4)


def _actor_weight(scene: Scene, hit: Hit, party: Party, parties: Sequence[Party]) -> float:
    case = _case(scene, hit, party)
    weight = _fits(ACTOR_FITS, hit).get(case, 0.0)
    if scene.has_case_endings and endings.is_relative(scene, hit):
        weight = 1.0
    is_fired = hit.voice is Voice.PASSIVE and hit.trigger.mode in FIRED
    if case == "source" and scene.lexicon.is_source_acting and (hit.voice is Voice.NOUN or is_fired):
        weight = 1.8
    if case == "source" and scene.is_postposed and hit.voice is Voice.NOUN and hit.trigger.type == "AID":
        weight = 2  # what came from X, X gave
    if case == "source" and scene.has_case_endings and _comes_from(scene, hit):
        weight = FIRST_OWNER
    if case == "genitive" and scene.has_case_endings and bystanders.is_means(scene, hit, party):
        weight = 2.5
    if case is None and _names_sufferer(hit) and party.end <= hit.start:
        weight = 2  # "X, by the arrest of Y, ..."
    if weight == 0 or is_where(party, case) or is_subject_of_verb(scene, hit, party):
        return 0.0
    if bystanders.is_killed_in(scene, hit, party) or (case == "agent" and _did_what_is_told_of(scene, hit, party)):
        return 0.0
    if case != "subject" and hit.voice is Voice.ACTIVE and _stands_behind_subject(scene, hit, party):
        return 0.0
    is_before = party.end <= hit.start
    if case == "agent" and is_said_of(scene, hit):
        weight -= 2
    if scene.order == "sov" and scene.nouns == "first" and not hit.voice.is_noun and case is None and is_before:
        # The first bare phrase is the subject; one that a verb stands behind already has its own.
        is_other = _is_taken(scene, hit, party) or is_of_noun(scene, hit, party)
        return weight - TAKEN * is_other - 0.4 * _rank_before(scene, hit, party, parties)
    if scene.order == "sov" and scene.nouns == "first" and case is None and is_before:
        if is_of_noun(scene, hit, party):
            return 0.0
        return weight - 0.4 * _rank_before(scene, hit, party, parties)
    if _is_noun_last(scene, hit) and not scene.has_case_endings and case in (None, "genitive", "agent"):
        weight = _owner_weight(scene, hit, party, case, weight)
    if weight == 0:
        return 0.0
    if hit.voice is Voice.NOUN and case in (None, "genitive") and is_beside(scene, hit, party):
        is_adjective = bool(party.sides) and (party.sides[-1].kind == "demonym" or not party.sides[-1].head)
        # A noun has its owner beside it: behind it where nouns come first (Persian, Arabic), else before it.
        weight += 2.5 if is_adjective or is_before == (scene.nouns == "last") else 0
    if scene.order == "sov" and not is_before and hit.voice is not Voice.NOUN:
        weight -= WRONG_SIDE
    if (
        scene.order == "sov"
        and scene.nouns == "last"
        and case == "genitive"
        and not hit.voice.is_noun
        and not scene.has_case_endings
    ):
        # "Aircraft of X entered the airspace of Y": the first owner owns the subject.
        return weight - 0.4 * sum(p.case == "genitive" and p.start < party.start for p in parties)
    if scene.order == "vso" and case is None and hit.voice is Voice.ACTIVE:
        weight += 0.5 if is_before and not _is_taken(scene, hit, party) else 0.25 * (not is_before)
        weight -= 0.4 * _rank_after(hit, party, parties)
    if scene.has_case_endings:
        weight = ending_weights.weigh_actor(scene, hit, party, parties, weight)
    return weight - _distance(hit, party)


def _comes_from(scene: Scene, hit: Hit) -> bool:
    """Whether words that nobody owns speak of a deed before them: who sends them stands in the case of the source.

    So in "Rusya'nın Kiev'e saldırısına İsveç'ten kınama", which need not be the order.
    """
    if hit.voice is not Voice.NOUN or hit.trigger.type not in TOGETHER:
        return False
    listed = hit.trigger.key.split(":", 2)[-1].split("|")
    is_bare = scene.folded[hit.start : hit.end] in [fold(form.split("(")[0]) for form in listed if "(" in form]
    start, _ = scene.clause_of(hit.start)
    return is_bare and any(start <= h.start < hit.start and h.trigger.type in HARMS for h in scene.hits)


def _stands_behind_subject(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether the mark of a subject stands before a party, and so somebody else acts, known or not ("भीड़ ने X ...")."""
    start, _ = scene.clause_of(hit.start)
    marks = (word for word in scene.postpositions if word.pattern.label == "subject")
    return any(start <= mark.start and mark.end <= party.start and mark.end <= hit.start for mark in marks)


def _did_what_is_told_of(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether by whom a deed was done stands before a verb that only speaks of it ("X, Y'nin öldürülmesini kınadı")."""
    if hit.voice is not Voice.ACTIVE or party.start >= hit.start:
        return False
    start, _ = scene.clause_of(hit.start)
    deeds = [h for h in scene.hits if start <= h.start < hit.start and h.trigger.type in HARMS]
    is_deed = any(h.voice in (Voice.NOUN, Voice.GERUND, Voice.PASSIVE_GERUND) for h in deeds)
    return is_deed and any(p.end <= party.start and p.is_nominative and p.sides for p in scene.parties)


def _is_noun_last(scene: Scene, hit: Hit) -> bool:
    """Whether the hit is a noun that follows its owner, in a language whose verbs come last (Hindi, Turkish)."""
    return scene.order == "sov" and scene.nouns == "last" and hit.voice is Voice.NOUN


def _owner_weight(scene: Scene, hit: Hit, party: Party, case: str | None, weight: float) -> float:
    """What a phrase weighs as the owner of a noun that follows its owner."""
    start, end = scene.clause_of(hit.start)
    if scene.is_postposed and hit.trigger.type in TOGETHER and party.end <= hit.start:
        owners = [p for p in scene.parties if start <= p.start and p.end <= hit.start and p.sides]
        is_said_by = len(owners) > 1 and owners[0].case == "genitive"  # "X की Y की तारीफ": said by X of Y
        is_said_by = is_said_by and "," not in scene.folded[owners[0].end : hit.start]
        if is_said_by and not any(p.case == "subject" for p in owners):
            return FIRST_OWNER if party is owners[0] else 0.0
    if case == "agent":
        return 0.0 if any(hit.end <= party.start and party.end <= h.start < end for h in scene.hits) else weight
    if party.start > hit.start and party.kind == "span":
        return 0.0  # behind the noun: who suffered it, or the subject of what follows
    if case == "genitive" and _owns_other(scene, hit, party):
        return 0.0
    return weight - (case == "genitive" and not is_beside(scene, hit, party))


def _owns_other(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a noun of an act between party and hit has the party for its owner ("A's condemnation of B's attack")."""
    between = [h for h in scene.hits if party.end <= h.start < hit.start and h.voice is Voice.NOUN]
    return any(not any(party.end <= p.start < h.start for p in scene.parties) for h in between)


def _is_taken(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether another verb stands between the party and the hit, and has it."""
    return any(party.end <= other.start < hit.start and not other.voice.is_noun for other in scene.hits)


def _rank_before(scene: Scene, hit: Hit, party: Party, parties: Sequence[Party]) -> int:
    """How many bare phrases stand before this one that no other verb has."""
    return sum(p.case is None and p.end <= party.start and not _is_taken(scene, hit, p) for p in parties)


def _rank_after(hit: Hit, party: Party, parties: Sequence[Party]) -> int:
    """How many bare phrases stand between the verb and this one."""
    return sum(p.case is None and hit.end <= p.start < party.start for p in parties)


def _target_weight(scene: Scene, hit: Hit, party: Party, actor: Party | None, head: Party | None) -> float:
    case = _case(scene, hit, party)
    start, _ = scene.clause_of(hit.start)
    weight = _fits(TARGET_FITS, hit).get(case, 0.0)
    if _names_sufferer(hit) and party.start >= hit.end and is_owner(scene, hit, party):
        weight += 2
    if case == "source" and hit.trigger.type in ADDRESSED:
        # Whom it is asked of stands before where something is to leave from.
        earlier = [p.case for p in scene.parties if p.sides and start <= p.start < party.start]
        is_before_goal = scene.is_postposed and "goal" not in earlier and not hit.voice.is_noun
        weight += 0.5 if "source" in earlier else 3 if is_before_goal else 2
    if case == "goal" and scene.is_postposed and hit.trigger.mode == "allege" and not hit.voice.is_noun:
        weight += 2  # on whom a charge is laid stands before what is charged ("X पर Y को हथियार देने का आरोप")
    if party is head:
        weight = 5.5
    if scene.has_case_endings:
        weight = ending_weights.weigh_target(scene, hit, party, case, weight)
    if case in (None, "subject", "object") and is_subject_of_verb(scene, hit, party):
        return 0.0
    is_complaint = hit.trigger.type == "ACCUSE" and scene.nouns == "last"
    if weight == 0 or (is_where(party, case) and (hit.trigger.type in ("ASSAULT", "CONSULT") or is_complaint)):
        return 0.0
    if scene.has_case_endings and ending_weights.is_no_target(scene, hit, party, case):
        return 0.0
    if hit.voice is Voice.PASSIVE and case == "place" and hit.trigger.mode in HOSTED:
        return 0.0  # "was arrested in X": where, and by whom
    is_before = party.end <= hit.start
    if _is_victim(scene, hit, party) or bystanders.is_killed_in(scene, hit, party):
        return 3.0 - _distance(hit, party)
    if hit.trigger.type == "PROTEST" and is_where(party, None):
        weight -= 1.5  # "over the war in X, against Y"
    if _is_noun_last(scene, hit) and case == "genitive" and actor is not None and party.start < actor.start:
        return 0.0  # "A's ... B's attack": A is no target of it
    if scene.order == "sov" and not is_before and (scene.nouns == "last" or not hit.voice.is_noun):
        weight -= WRONG_SIDE
    if scene.nouns == "first" and scene.order == "sov" and is_before and _is_taken(scene, hit, party):
        weight -= TAKEN
    if is_of_noun(scene, hit, party):
        weight -= 2 * TAKEN
    if case is None and actor is not None and is_before and party.start < actor.start:
        weight -= 1  # a bare phrase before the subject is the topic of another clause
    return weight - _distance(hit, party)


def _is_victim(scene: Scene, hit: Hit, party: Party) -> bool:
    """Who was harmed, behind the noun of the harm: "हमले में तीन अमेरिकी सैनिक मारे गए"."""
    if hit.trigger.type != "ASSAULT" or not _is_noun_last(scene, hit) or party.case not in (None, "genitive"):
        return False
    _, end = scene.clause_of(hit.start)
    return party.start >= hit.end and bool(scene.cues_in("victim", party.end, end))


def _accused(scene: Scene, hit: Hit, parties: Sequence[Party]) -> Party | None:
    """Who is accused of this hit, where an accusation stands after it in the clause: the accusation's object."""
    start, end = scene.clause_of(hit.start)
    accusation = next((h for h in scene.hits if hit.end <= h.start < end and h.trigger.type == "ACCUSE"), None)
    if accusation is None or hit.trigger.type not in ("ASSAULT", "COERCE", "THREATEN", "MOBILIZE"):
        return None
    objects = [p for p in parties if start <= p.start < accusation.start and p.case in ("object", "goal", "source")]
    return objects[0] if accusation.trigger.mode == "allege" and objects else None
