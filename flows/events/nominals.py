"""Actor and target of an act that is named and not told: "X's attack on Y", "serangan X terhadap Y"."""

from __future__ import annotations

from flows.events.chains import find_doer_spoken_of
from flows.events.discourse import Discourse, Roles, is_place, is_same_side
from flows.events.inflection import Voice
from flows.events.objects import CHAIN_WORDS, is_in_chain, marked_before, parties_after, victim_of
from flows.events.parties import ACTING, Party
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan
from flows.events.subjects import INVERTED_WORDS, OWNER_REACH_WORDS, carried_subject, subject_of

SENT = ("ACCUSE", "SUPPORT", "THREATEN", "REQUEST", "AID", "ASSAULT", "REJECT", "CONCEDE", "AGREE")  # from somebody
SOURCE_WORDS = 3
GIVING_WORDS = 3  # between a verb and the noun of words it is said with
RECEIVING = ("state", "capital", "person", "organisation", "group")


def nominal_roles(scene: Scene, hit: Hit, discourse: Discourse) -> Roles:
    """Actor and target of a noun: "X's attack on Y", "serangan X terhadap Y", "attack on Y by X"."""
    after = parties_after(scene, hit)
    if scene.lexicon.is_doer_genitive:
        return nominal_of_doer(scene, hit, after, discourse)
    if (given := _given(scene, hit)) is not None:
        return given
    source = _acting_source(scene, hit, after)
    if source is not None:
        after = [p for p in after if p is not source]
    actor, rule = _noun_actor(scene, hit, after, discourse)
    if source is not None and (actor is None or rule == "actor:beside the noun"):
        actor, rule = source.sides[0], "actor:source of the noun"
    if (sent := _sent_goods(scene, hit, after)) is not None:
        return sent
    if source is not None and after and after[0].sides and _follows_genitive(scene, source, after[0]):
        return Roles(actor, after[0].sides[0], False, rule, "target:of-phrase behind the source")
    if after and after[0].sides and hit.trigger.type != "CONSULT" and _is_genitive(scene, hit, after[0]):
        return Roles(
            actor if actor is not after[0].sides[0] else None, after[0].sides[0], False, rule, "target:of-phrase"
        )
    if scene.lexicon.is_preverbal and (marked := marked_before(scene, hit, actor)) is not None:
        return Roles(actor, marked[0], False, rule, marked[1])
    for party in after:
        if party.case_after(hit.end) in ("goal", "with", "between", "source") and party.sides:
            for side in party.sides:
                if actor is None or not is_same_side(side, actor):
                    return Roles(actor, side, False, rule, "target:after the noun's preposition")
    if (accused := _accused_in_complement(scene, hit)) is not None:
        return Roles(actor, accused, False, rule, "target:subject of what is alleged")
    victim = victim_of(scene, hit, actor)
    if victim is not None:
        return Roles(actor, victim, False, rule, "target:who was harmed")
    target, target_rule = marked_before(scene, hit, actor) or (None, "target:none")
    return Roles(actor, target, False, rule, target_rule)


def nominal_of_doer(scene: Scene, hit: Hit, after: list[Party], discourse: Discourse) -> Roles:
    """Roles of a noun whose "of" names the doer ("ataque de X contra Y"), or the sufferer of what only has one."""
    named = [p for p in after if p.sides and p.kind == "span"]
    chain = [p for p in named if is_in_chain(scene, hit, p)]
    agent = next((p for p in named if p.case == "agent" and not _is_of_next_noun(scene, hit, p, [])), None)
    goal = next((p for p in named if p.case_after(hit.end) in ("goal", "with", "between", "source")), None)
    owner = chain[0] if chain else None
    if owner is None and hit.trigger.is_swapped:  # "the arrest in Moscow of a X"
        owner = next((p for p in named if p.case is None and _has_genitive(scene, p)), None)
    if (spoken_of := find_doer_spoken_of(scene, hit, owner.sides[0] if owner else None, discourse)) is not None:
        speaker = agent if agent is not None and agent is not owner else owner
        if speaker is not None and not is_same_side(speaker.sides[0], spoken_of):
            return Roles(speaker.sides[0], spoken_of, False, "actor:who speaks", "target:who did what is spoken of")
    second = chain[1] if len(chain) > 1 else None
    is_land = owner is not None and all(side.kind == "place" for side in owner.sides)
    is_adjective = owner is not None and not _is_genitive(scene, hit, owner) and not hit.trigger.is_swapped
    is_adjective = is_adjective or (owner is not None and second is not None and owner.sides[-1].kind == "demonym")
    is_suffered = is_land or agent is not None or hit.trigger.is_swapped
    is_doing = goal is not None and agent is None and not is_land and owner is not None
    if owner is not None and not is_adjective and is_suffered and not (is_doing and _is_genitive(scene, hit, owner)):
        doer = agent.sides[0] if agent else _host_named(scene, hit, owner)
        return Roles(doer, owner.sides[0], False, "actor:by-phrase or place", "target:of-phrase")
    if owner is None or (agent is not None and is_adjective):
        actor, rule = _noun_actor(scene, hit, [p for p in after if p is not owner], discourse)
        actor = actor or _who_announced(scene, hit, discourse)
        target = goal or (owner if agent is not None else None)
    else:
        actor, rule = owner.sides[0], "actor:owner behind the noun"
        target = goal or second
    for side in target.sides if target is not None else ():
        if actor is None or not is_same_side(side, actor):
            return Roles(actor, side, False, rule, "target:after the noun")
    victim = victim_of(scene, hit, actor)
    return Roles(actor, victim, False, rule, "target:who was harmed" if victim else "target:none")


def _who_announced(scene: Scene, hit: Hit, discourse: Discourse) -> SideSpan | None:
    """Who announced or ordered what the noun names ("X anuncia la ruptura de relaciones con Y")."""
    border = scene.border_before(hit.start)
    if border is None or border.kind != "attribution" or len(scene.words_between(border.end, hit.start)) > CHAIN_WORDS:
        return None
    is_deed = any(cue.start == border.start for cue in scene.cues_of("light"))
    return carried_subject(scene, scene.clause_of(hit.start)[0], discourse)[0] if is_deed else None


def _has_genitive(scene: Scene, party: Party) -> bool:
    return any(
        word.pattern.label == "genitive"
        and word.end <= party.start
        and len(scene.words_between(word.end, party.start)) <= INVERTED_WORDS
        for word in scene.prepositions
    )


def _host_named(scene: Scene, hit: Hit, owner: Party) -> SideSpan | None:
    """The state on whose soil its sufferer was seized or freed, where the text names no doer."""
    places = [p for p in scene.parties if p.start >= owner.end and p.sides and p.case == "place"]
    if hit.trigger.type not in ("COERCE", "SANCTION", "RETREAT") or not places:
        return None
    return places[0].sides[0] if not is_same_side(places[0].sides[0], owner.sides[0]) else None


def _accused_in_complement(scene: Scene, hit: Hit) -> SideSpan | None:
    """Who does what an accusation says ("the accusation that X harbours rebels")."""
    border = next((b for b in scene.borders if b.start >= hit.end), None)
    is_told = border is not None and border.kind == "complement" and border.start - hit.end <= 1
    if hit.trigger.type != "ACCUSE" or scene.nouns != "last" or border is None or not is_told:
        return None
    return next((p.sides[0] for p in scene.parties if p.start >= border.end and p.sides and p.is_nominative), None)


def _acting_source(scene: Scene, hit: Hit, after: list[Party]) -> Party | None:
    """Whom a noun of words, help or fire comes from ("support from X for Y"), where nouns follow their owners."""
    if scene.nouns != "last" or hit.trigger.type not in SENT:
        return None
    first = next((p for p in after if p.sides), None)
    is_source = first is not None and first.case_after(hit.end) == "source"
    return first if is_source and first and len(scene.words_between(hit.end, first.start)) <= SOURCE_WORDS else None


def _follows_genitive(scene: Scene, source: Party, party: Party) -> bool:
    """Whether "of" stands between the source of a noun and whom it is about ("criticism from X of the raid of Y")."""
    words = [p for p in scene.prepositions if p.pattern.label == "genitive" and source.end <= p.start < party.start]
    return bool(words) and len(scene.words_between(words[-1].end, party.start)) <= SOURCE_WORDS


def _sent_goods(scene: Scene, hit: Hit, after: list[Party]) -> Roles | None:
    """In "a shipment of Turkish drones to Sudan" the adjective behind "of" says who sent it."""
    named = [p for p in after if p.sides]
    if hit.trigger.type != "AID" or scene.nouns != "last" or len(named) < 2:
        return None
    sender, goal = named[0], named[1]
    is_adjective = sender.sides[-1].kind == "demonym" and not sender.sides[-1].head
    if not is_adjective or not _is_genitive(scene, hit, sender) or goal.case_after(hit.end) != "goal":
        return None
    return Roles(sender.sides[0], goal.sides[0], False, "actor:whose goods they are", "target:after the goods")


def _given(scene: Scene, hit: Hit) -> Roles | None:
    """ "X gives Y an ultimatum": the side before the noun receives it."""
    before = [p for p in scene.parties if p.end <= hit.start and p.sides and p.kind == "span"]
    if len(before) < 2 or before[-1].case is not None or before[-1].sides[-1].kind not in RECEIVING:
        return None
    giver, receiver = before[-2], before[-1]
    is_near = len(scene.words_between(receiver.end, hit.start)) <= 1 and scene.folded[receiver.end] == " "
    verbs = scene.cues_in("light", giver.end, receiver.start)
    if not is_near or not verbs or scene.words_between(verbs[-1].end, receiver.start):
        return None
    return Roles(giver.sides[0], receiver.sides[0], False, "actor:who gives it", "target:who is given it")


def _is_genitive(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether "of" joins the noun to the party, as in "the invasion of X"."""
    words = [p for p in scene.prepositions if p.pattern.label == "genitive" and 0 <= p.start - hit.end <= 1]
    return bool(words) and len(scene.words_between(words[0].end, party.start)) <= 3


def _noun_actor(scene: Scene, hit: Hit, after: list[Party], discourse: Discourse) -> tuple[SideSpan | None, str]:
    agent = next((p for p in after if p.case == "agent" and p.sides), None)
    before = [p for p in scene.parties if p.start < hit.start and p.end < hit.end and p.sides]
    if agent is not None and not _is_of_next_noun(scene, hit, agent, [*before[-1:], *after[:1]]):
        return agent.sides[0], "actor:by-phrase"
    if scene.lexicon.is_preverbal:
        return _noun_actor_before(scene, hit, before, discourse)
    if before and _owns(scene, before[-1], hit):
        return before[-1].sides[0], "actor:owner before the noun"
    if after and after[0].sides and after[0].case_after(hit.end) is None:
        gap = scene.folded[hit.end : after[0].start]
        # Where nouns have articles a bare verb between the two ends the noun phrase ("a bomber killed X").
        verbs = [h for h in scene.hits if hit.end <= h.start < after[0].start and not h.voice.is_noun]
        is_cut = bool(verbs) and scene.lexicon.has_cues("determiner")
        if not is_cut and "," not in gap and len(scene.words_between(hit.end, after[0].start)) <= 3:
            return after[0].sides[0], "actor:beside the noun"
    start, _ = scene.clause_of(hit.start)
    lights = scene.cues_in("light", max(start, hit.start - 60), hit.start)
    # "imposed sanctions on judges over the jailing of X": the verb has its noun already.
    if lights and not any(lights[-1].end <= h.start < hit.start and h.voice.is_noun for h in scene.hits):
        subject, rule, _ = subject_of(scene, hit, discourse)
        return subject, rule
    if any(p.end == hit.start or p.end + 1 == hit.start for p in scene.parties):
        return None, "actor:none"
    if (accused := _accused_of(scene, hit)) is not None:
        return accused, "actor:who is accused of it"
    return None, "actor:not named"


def _is_of_next_noun(scene: Scene, hit: Hit, agent: Party, owners: list[Party]) -> bool:
    """Whether a by-phrase belongs to a second noun, the first having its owner ("X's protest over the arrest by Y")."""
    if scene.order != "svo" or hit.trigger.type not in SENT:
        return False
    nouns = [h for h in scene.hits if hit.end < h.start < agent.start and h.voice.is_noun]
    if not nouns:
        return False
    if _is_given_by_verb(scene, hit):
        return True
    owned = [p for p in owners if p.sides and p is not agent and p.end <= nouns[0].start]
    return any(_owns(scene, p, hit) if p.start < hit.start else _stands_beside(scene, hit, p) for p in owned)


def _is_given_by_verb(scene: Scene, hit: Hit) -> bool:
    """Whether a verb that its noun is the object of says whose it is ("X voiced its condemnation of the raid by Y")."""
    lights = [cue for cue in scene.cues_of("light") if cue.end <= hit.start]
    return bool(lights) and len(scene.words_between(lights[-1].end, hit.start)) <= GIVING_WORDS


def _stands_beside(scene: Scene, hit: Hit, party: Party) -> bool:
    return party.case_after(hit.end) is None and len(scene.words_between(hit.end, party.start)) <= SOURCE_WORDS


def _noun_actor_before(
    scene: Scene, hit: Hit, before: list[Party], discourse: Discourse
) -> tuple[SideSpan | None, str]:
    """Where all stands before the noun (Chinese "X对Y的袭击"): its owner, else the subject of what it is done with."""
    start, _ = scene.clause_of(hit.start)
    here = [p for p in before if p.start >= start and (not is_place(p) or _is_whose(scene, p, hit))]
    if here and here[-1].case == "place":
        return here[-1].sides[0], "actor:owner before the noun"
    if here and here[-1].case in (*ACTING, "genitive"):
        gap = scene.folded[here[-1].end : hit.start]
        is_victim = _is_within(scene, hit) and not _is_own(scene, here[-1], hit)  # "X在袭击中丧生"
        if not is_victim and "," not in gap and len(scene.words_between(here[-1].end, hit.start)) <= OWNER_REACH_WORDS:
            return here[-1].sides[0], "actor:owner before the noun"
    if (doer := _marked_doer(scene, hit, here)) is not None:
        return doer, "actor:owner before the noun"
    has_case = any(p.case in ("goal", "with", "object") for p in here)
    if has_case or scene.cues_in("light", start, hit.start):
        subject, rule, _ = subject_of(scene, hit, discourse)
        return subject, rule
    return None, "actor:not named"


def _marked_doer(scene: Scene, hit: Hit, here: list[Party]) -> SideSpan | None:
    """Whose deed stands in a phrase that marks its doer too, another mark behind him ("对X针对Y的袭击")."""
    goals = [p for p in here if p.case == "goal"]
    if hit.trigger.type != "ASSAULT" or not goals:
        return None
    first = goals[-2] if len(goals) > 1 and goals[-1] is here[-1] else goals[-1]
    behind = [w for w in scene.prepositions if first.end <= w.start < hit.start and w.pattern.label == "goal"]
    return first.sides[0] if behind else None


def _is_whose(scene: Scene, party: Party, hit: Hit) -> bool:
    """Whether a state right before a noun in whose course something befell is whose it was ("在X炮火中")."""
    is_state = party.sides[0].kind in ("state", "demonym", "institution", "group")
    return is_state and party.end == hit.start and _is_within(scene, hit)


def _is_within(scene: Scene, hit: Hit) -> bool:
    """Whether a word like "amid" stands right behind a noun: something happened in the course of it."""
    return scene.lexicon.kinds["within"].match(scene.folded, hit.end) is not None


def _is_own(scene: Scene, party: Party, hit: Hit) -> bool:
    """Whether nothing but a word like "of" parts a noun from the party before it."""
    gap = scene.folded[party.end : hit.start]
    return not gap or any(
        p.start == party.end and p.end == hit.start and p.pattern.label == "genitive" for p in scene.prepositions
    )


def _accused_of(scene: Scene, hit: Hit) -> SideSpan | None:
    """In "X blamed Y for an attack" the attack is Y's."""
    start, _ = scene.clause_of(hit.start)
    blames = [h for h in scene.hits if start <= h.start < hit.start and h.trigger.mode == "allege"]
    if not blames or blames[-1].voice is not Voice.ACTIVE:
        return None
    return next((p.sides[0] for p in scene.parties if blames[-1].end <= p.start < hit.start and p.sides), None)


def _owns(scene: Scene, party: Party, hit: Hit) -> bool:
    """ "Israeli strikes", "Israel's deadly strikes": the owner stands right before the noun."""
    if party.end > hit.start:
        return True  # "Russian missile" in "Russian missile strikes"
    if any(party.end <= word.start < hit.start for word in scene.prepositions):
        return False  # "killed five Palestinians in a raid"
    gap = scene.folded[party.end : hit.start]
    words = scene.words_between(party.end, hit.start)
    if "," in gap or (party.case == "place" and gap.strip() == ""):
        return gap.strip() == "" and party.sides[-1].kind == "demonym"
    if scene.lexicon.is_word("owning", gap):
        return len(words) <= 5
    if party.sides[-1].kind == "demonym" or not party.sides[-1].head:
        return len(words) <= 2 and not scene.cues_in("attribution", party.end, hit.start)
    return len(words) == 0 and scene.folded[party.end - 1].isalpha() and hit.voice is Voice.NOUN and gap == " "
