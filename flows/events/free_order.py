"""Who acts and who is acted on where words stand in any order and the names' own endings say what they are (Russian).

An active verb takes the pair of parties that fits it best: a nominative acts, an accusative, a dative or "по X" is
acted on, and a name whose form says neither acts rather when it stands first. A noun has its owner before it as an
adjective or behind it in the genitive; of some nouns (`objective` in the lexicon: "обстрел X") the genitive is who
suffers. A passive names its actor in the instrumental or not at all; then the state on whose soil someone is arrested,
or from where someone is expelled, did it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flows.events.discourse import Discourse, Roles, is_same_side, other_side, resolve, target_rule
from flows.events.inflection import Voice
from flows.events.insertions import parties_beside
from flows.events.parties import Party
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan

Fits = dict[str | None, float]
ACTS: Fits = {"subject": 5, None: 4, "genitive": 2.5}
ACTS_BEFORE: Fits = {"source": 2.5}  # "hackers from X"
ACTS_IN_PLACE = 2.6  # "в X осудили ..."
SAID_OR_RULED = frozenset({"COERCE", "SANCTION", "ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT", "AGREE"})
SUFFERS: Fits = {
    "object": 5, "goal": 4, None: 3.4, "genitive": 3.2, "with": 3, "between": 3, "source": 2,
}  # fmt: skip
SUFFERS_PASSIVE: Fits = {"subject": 5, None: 4, "object": 4, "genitive": 3.4, "goal": 3}
LEFT = frozenset({"RETREAT", "SANCTION", "COOPERATE", "CONCEDE"})  # "вывел войска из X"
ADDRESSED = frozenset({"REQUEST", "CONSULT", "ACCUSE", "REJECT", "THREATEN"})  # "потребовал от X", "попросил у X"
OF_STATE = frozenset({"COERCE", "SANCTION", "ACCUSE"})  # who has power over a place does these there
BLAMING = frozenset({"ACCUSE", "PROTEST"})
ACCUSED_OF = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "THREATEN", "SANCTION"})
BEFORE = 0.4  # how much rather a party acts when it stands before its verb, or suffers when behind it
OTHER_VERB = 0.9  # what it costs that another verb stands between
LATER = 0.8  # what each nearer candidate behind the verb costs a party
FAR_CHARS = 240.0
OWNER_WORDS = 2  # "российский массированный удар"
GENITIVE_WORDS = 2  # "удар войск X"
LIGHT_CHARS = 60


def find_free_roles(scene: Scene, hit: Hit, discourse: Discourse) -> Roles:
    """The roles of a hit; sides None where the clause names none."""
    parties = parties_beside(scene, hit)
    if hit.voice is Voice.NOUN:
        return _noun(scene, hit, parties, discourse)
    if hit.voice is Voice.PASSIVE:
        return _passive(scene, hit, parties, discourse)
    return _active(scene, hit, parties, discourse)


def find_free_subject(scene: Scene, hit: Hit, discourse: Discourse) -> tuple[SideSpan | None, str]:
    """The side a trigger belongs to and the rule; None where its clause names nobody who could act."""
    roles = find_free_roles(scene, hit, discourse)
    return roles.actor, roles.actor_rule


def _gap(hit: Hit, party: Party) -> tuple[int, int]:
    return (party.end, hit.start) if party.end <= hit.start else (hit.end, party.start)


def _has_verb_between(scene: Scene, hit: Hit, party: Party) -> bool:
    low, high = _gap(hit, party)
    return any(low <= other.start < high and not other.voice.is_noun for other in scene.hits)


def _weight(scene: Scene, hit: Hit, party: Party, fit: float) -> float:
    low, high = _gap(hit, party)
    cost = OTHER_VERB * _has_verb_between(scene, hit, party) + min(1.0, (high - low) / FAR_CHARS)
    return fit - cost if fit else 0.0


def _active(scene: Scene, hit: Hit, parties: Sequence[Party], discourse: Discourse) -> Roles:
    if (shared := _shared_subject(scene, hit, discourse)) is not None:
        behind = [p for p in parties if p.start >= hit.end and _suffering(scene, hit, p, parties) > 0]
        target = max(behind, key=lambda p: _suffering(scene, hit, p, parties), default=None)
        other = other_side(target, shared.actor, discourse)
        if other is None:  # "rammed X and hosed it"
            return replace(shared, is_symmetric=False, actor_rule="subject:of the verb before")
        return Roles(shared.actor, other, False, "subject:of the verb before", target_rule(target))
    acts = {id(p): _acting(scene, hit, p) for p in parties}
    suffers = {id(p): _suffering(scene, hit, p, parties) for p in parties}
    best: tuple[float, Party | None, Party | None] = (0.0, None, None)
    for actor in (None, *parties):
        for target in (None, *parties):
            if actor is not None and (acts[id(actor)] <= 0 or actor is target):
                continue
            if target is not None and suffers[id(target)] <= 0:
                continue
            total = (acts[id(actor)] if actor else 0.0) + (suffers[id(target)] if target else 0.0)
            if total > best[0]:
                best = (total, actor, target)
    _, actor, target = best
    side = resolve(actor, discourse) if actor else None
    other = other_side(target, side, discourse)
    return Roles(side, other, False, f"subject:{actor.kind}" if actor else "actor:not named", target_rule(target))


def _shared_subject(scene: Scene, hit: Hit, discourse: Discourse) -> Roles | None:
    """The roles of the verb before, whose subject a verb right behind "and" shares ("X called Y and accused Z")."""
    start, _ = scene.clause_of(hit.start)
    if not any(0 <= hit.start - cue.end <= 1 for cue in scene.cues_in("conjunction", start, hit.start)):
        return None
    before = [h for h in scene.hits if start <= h.start < hit.start and h.voice is Voice.ACTIVE]
    roles = find_free_roles(scene, before[-1], discourse) if before else None
    return roles if roles is not None and roles.actor is not None else None


def _acting(scene: Scene, hit: Hit, party: Party) -> float:
    is_before = party.end <= hit.start
    fit = ACTS.get(party.case, 0.0) or (ACTS_BEFORE.get(party.case, 0.0) if is_before else 0.0)
    if not is_before and "," in scene.folded[hit.end : party.start]:
        return 0.0
    if party.sides and all(side.kind == "place" for side in party.sides):
        return 0.0  # "близ города X": a town named without an ending does nothing
    if party.case is None and _follows_noun(scene, hit, party):
        fit = ACTS["genitive"]
    if party.case == "place" and is_before and hit.trigger.type in SAID_OR_RULED and _is_power(party):
        fit = ACTS_IN_PLACE
    return _weight(scene, hit, party, fit) + (BEFORE if is_before and fit else 0.0)


def _follows_noun(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a name without endings stands right behind another noun, and so is its owner ("учения США")."""
    return any(other is not hit and other.voice.is_noun and party.start - other.end == 1 for other in scene.hits)


def _is_power(party: Party) -> bool:
    return bool(party.sides) and party.sides[0].kind in ("capital", "state", "institution", "role")


def _suffering(scene: Scene, hit: Hit, party: Party, parties: Sequence[Party]) -> float:
    fit = SUFFERS.get(party.case, 0.0)
    if party.case == "source":
        fit = SUFFERS["goal"] if hit.trigger.type in ADDRESSED else fit if hit.trigger.type in LEFT else 0.0
    if party.end <= hit.start:
        return _weight(scene, hit, party, fit)
    nearer = sum(hit.end <= p.start < party.start and SUFFERS.get(p.case, 0.0) > 1 for p in parties)
    return _weight(scene, hit, party, fit) + (BEFORE - LATER * nearer if fit else 0.0)


def _noun(scene: Scene, hit: Hit, parties: Sequence[Party], discourse: Discourse) -> Roles:
    actor, rule = _named_owner(scene, hit, parties)
    beside = _genitive(scene, hit, parties)
    target: Party | None = None
    if beside is not None and beside is not actor:
        if hit.trigger.is_objective or actor is not None:
            target = beside
        else:
            actor, rule = beside, "actor:beside the noun"
    has_light = is_light(scene, hit)
    if actor is None and has_light:
        actor, rule = _nominative(scene, hit, [p for p in parties if p is not target]), "subject:span"
    target = target or _goal(scene, hit, parties, actor, has_light) or _victim(scene, hit, parties, actor)
    hurt = _victim(scene, hit, parties, target) if actor is None and hit.trigger.is_mutual else None
    if hurt is not None and target is not None and target.sides:
        return Roles(target.sides[0], hurt.sides[0], False, "actor:whom they fought", "target:who was harmed")
    roles = _with_accusation(scene, hit, discourse, actor)
    side = resolve(actor, discourse) if actor else roles[0]
    other = other_side(target, side, discourse) or (roles[1] if actor is None else None)
    rule = rule if actor else "actor:who is accused or denies it" if side else "actor:not named"
    return Roles(side, other, False, rule, target_rule(target))


def _named_owner(scene: Scene, hit: Hit, parties: Sequence[Party]) -> tuple[Party | None, str]:
    """The adjective before a noun, or a name in the instrumental ("обстрел X войсками Y")."""
    before = [p for p in parties if p.end <= hit.start and p.sides]
    if before and before[-1].sides[-1].kind == "demonym" and before[-1].case != "agent":
        words = scene.words_between(before[-1].end, hit.start)
        if len(words) <= OWNER_WORDS and "," not in scene.folded[before[-1].end : hit.start]:
            return before[-1], "actor:owner before the noun"
    agents = [p for p in parties if p.case == "agent" and not _is_of_other_noun(scene, hit, p)]
    if agents:
        return min(agents, key=lambda p: _gap(hit, p)[1] - _gap(hit, p)[0]), "actor:by-phrase"
    return None, ""


def _is_of_other_noun(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether an instrumental stands right behind another noun ("осуждение X-ом удара")."""
    return party.end <= hit.start and any(
        other.voice.is_noun and other is not hit and 0 <= party.start - other.end <= 2 for other in scene.hits
    )


def _genitive(scene: Scene, hit: Hit, parties: Sequence[Party]) -> Party | None:
    after = next((p for p in parties if p.start >= hit.end and p.case != "agent"), None)
    if after is None or after.case not in ("genitive", None, "subject"):
        return None
    gap = scene.folded[hit.end : after.start]
    is_near = len(scene.words_between(hit.end, after.start)) <= GENITIVE_WORDS
    is_free = after.case == "genitive" or not _has_verb_between(scene, hit, after)
    return after if is_near and is_free and "," not in gap else None


def is_light(scene: Scene, hit: Hit) -> bool:
    """Whether a light verb stands by the noun, on either side ("нанес удар", "удары нанесла")."""
    start, end = scene.clause_of(hit.start)
    return bool(scene.cues_in("light", max(start, hit.start - LIGHT_CHARS), min(end, hit.end + LIGHT_CHARS)))


def _nominative(scene: Scene, hit: Hit, parties: Sequence[Party]) -> Party | None:
    weighed = [(weight, p) for p in parties if (weight := _acting(scene, hit, p)) > 0]
    return max(weighed, key=lambda pair: pair[0])[1] if weighed else None


def _goal(scene: Scene, hit: Hit, parties: Sequence[Party], actor: Party | None, has_light: bool) -> Party | None:
    """Whom the noun is aimed at: the first fitting phrase behind it, or before it where a light verb joins them."""
    fitting = [p for p in parties if p is not actor and p.case in ("goal", "with", "between", "source", "object")]
    after = [p for p in fitting if p.start >= hit.end and p.case_at >= hit.end]
    if after:
        return after[0]
    before = [p for p in fitting if p.end <= hit.start and not _has_verb_between(scene, hit, p)]
    return before[-1] if before and has_light else None


def _victim(scene: Scene, hit: Hit, parties: Sequence[Party], actor: Party | None) -> Party | None:
    """Who died or was hurt in it ("трое военных X погибли при ударе")."""
    start, end = scene.clause_of(hit.start)
    if hit.trigger.type != "ASSAULT" or not scene.cues_in("victim", start, end):
        return None
    hurt = [p for p in parties if p is not actor and p.case in ("subject", "genitive", None) and p.sides]
    return next((p for p in hurt if p.end <= hit.start), None)


def _with_accusation(
    scene: Scene, hit: Hit, discourse: Discourse, actor: Party | None
) -> tuple[SideSpan | None, SideSpan | None]:
    """Who did it and to whom, where the noun is what someone is accused of, or denies."""
    start, _ = scene.clause_of(hit.start)
    for other in reversed(scene.hits):
        if actor is None and other.end <= hit.start and other.start >= start and other.trigger.type in BLAMING:
            if hit.trigger.type not in ACCUSED_OF or other.voice is Voice.NOUN:
                break
            accusation = find_free_roles(scene, other, discourse)
            return accusation.target, accusation.actor if other.trigger.mode == "allege" else None
    for cue in scene.cues_in("denial", start, hit.start) if actor is None else ():
        before = [p for p in scene.parties if start <= p.start and p.end <= cue.start and p.is_nominative]
        if before and before[-1].sides:
            return before[-1].sides[0], None
    return None, None


def _passive(scene: Scene, hit: Hit, parties: Sequence[Party], discourse: Discourse) -> Roles:
    agents = [p for p in parties if p.case == "agent"]
    agent = min(agents, key=lambda p: _gap(hit, p)[1] - _gap(hit, p)[0]) if agents else None
    weighed = [
        (weight, p)
        for p in parties
        if p is not agent and (weight := _weight(scene, hit, p, SUFFERS_PASSIVE.get(p.case, 0.0))) > 0
    ]
    subject = max(weighed, key=lambda pair: pair[0])[1] if weighed else None
    if hit.trigger.is_owner_actor and subject is not None and subject.case != "goal":
        return _owner_passive(parties, agent or subject, subject, discourse)
    target = resolve(subject, discourse) if subject else None
    if agent is not None:
        return Roles(resolve(agent, discourse), target, False, "actor:by-phrase", target_rule(subject))
    if subject is not None and len(subject.sides) > 1 and hit.trigger.type == "REJECT":
        rule = "mutual:subject of the passive"
        return Roles(subject.sides[0], subject.sides[1], True, rule, rule)
    power = _power(hit, parties, subject) or _giver(hit, parties)
    rule = "actor:who has power there" if power else "actor:not named"
    return Roles(power, target, False, rule, target_rule(subject))


def _owner_passive(parties: Sequence[Party], owner: Party, subject: Party, discourse: Discourse) -> Roles:
    """Whose envoy, troops, border or ban it is acts ("посол X отозван из Y")."""
    rest = [p for p in parties if p is not subject and p.case in ("goal", "with", "source", "between")]
    side = resolve(owner, discourse)
    other = other_side(rest[0] if rest else None, side, discourse)
    return Roles(side, other, False, "actor:owner of what is opened or closed", "target:beside it")


def _power(hit: Hit, parties: Sequence[Party], subject: Party | None) -> SideSpan | None:
    """The state in or from whose land an act of state power was done to someone of another."""
    is_of_state = hit.trigger.type in OF_STATE or hit.trigger.mode == "release"
    if subject is None or not subject.sides or not is_of_state:
        return None
    wanted = ("place", "source") if hit.trigger.mode in ("expel", "deport", "release") else ("place",)
    places = [p.sides[0] for p in parties if p.case in wanted and p.sides and p is not subject]
    return next((side for side in places if not is_same_side(side, subject.sides[0])), None)


def _giver(hit: Hit, parties: Sequence[Party]) -> SideSpan | None:
    """From whom help came."""
    sources = [p for p in parties if p.case == "source" and p.sides and hit.trigger.type == "AID"]
    return sources[0].sides[0] if sources else None
