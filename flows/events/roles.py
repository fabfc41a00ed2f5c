"""Who acts and who is acted on, for one trigger in one sentence.

The rules read the clause, not a parse tree: the subject is the bare party before an active verb, the object the party
after it; passives turn this round and take their actor from "by"; nominals take the actor beside them and the target
after a preposition. What a clause leaves out is carried from the clause before, the sentence before, or the pair the
article is about. Each answer names the rule that gave it, for the trace.
"""

from __future__ import annotations

from dataclasses import replace

from flows.events.chains import find_doer_spoken_of
from flows.events.codebook import load_codebook
from flows.events.discourse import Discourse, Roles, is_place, is_same_side, resolve
from flows.events.endings import find_own_start, is_background, is_later_owned, is_relative
from flows.events.free_order import find_free_roles, find_free_subject, is_light
from flows.events.inflection import Voice
from flows.events.marking import find_marked_roles, find_marked_subject
from flows.events.parties import Party
from flows.events.scene import Border, Hit, Scene
from flows.events.sides import SideSpan
from flows.events.verb_first import DEED_ACTS, find_verb_first_roles, find_verb_first_subject

SPOKEN = ("ACCUSE", "SUPPORT", "REQUEST", "REJECT", "CONSULT")  # acts of words on another's deed
CONTROLLED = ("ACCUSE", "REQUEST")  # what they govern is done by their object
RECEIVING = ("state", "capital", "person", "organisation", "group")
GIVEN = ("with", "between", "goal")
SAYING = ("attribution", "denial", "allegation", "indication")
OFFER_WORDS = 3  # "offered on Monday to mediate"
# How languages whose cases or verbs' places tell the roles are read; the others are read by position, here.
MARKED_ROLES = {"sov": find_marked_roles, "vso": find_verb_first_roles, "free": find_free_roles}
MARKED_SUBJECT = {"sov": find_marked_subject, "vso": find_verb_first_subject, "free": find_free_subject}
NOMINATIVE = (None, "subject")
ACTING = (*NOMINATIVE, "agent")
OWNER_REACH_WORDS = 4
ANNOUNCED = ("宣布", "宣告")
HEAD_REACH_WORDS = 4  # "遭X袭击的 一艘 Y 货轮"
INVERTED_WORDS = 3  # between a verb and the subject behind it
CHAIN_WORDS = 7  # from a noun to the last of its owners
RIGHT = ("goal", "with", "source", "between", None)


def find_roles(scene: Scene, hit: Hit, discourse: Discourse) -> Roles:
    """The roles of a hit; always an answer, its sides None where nothing fits."""
    event_type = load_codebook()[hit.trigger.type]
    if (plotted := _plot(scene, hit)) is not None:
        return plotted
    is_shared = hit.trigger.is_mutual or event_type.is_mutual or _is_reciprocal(scene, hit) or _is_between(scene, hit)
    if is_shared and not _offers_mediation(scene, hit):
        mutual = _mutual(scene, hit, discourse)
        if mutual is not None:
            return mutual
    if scene.order != "svo":
        roles = _marked(scene, hit, discourse)
    elif hit.voice is Voice.NOUN:
        roles = _nominal(scene, hit, discourse)
    elif hit.voice is Voice.PASSIVE:
        roles = _passive(scene, hit, discourse)
    else:
        roles = _active(scene, hit, discourse)
    if scene.lexicon.is_doer_genitive and roles.actor is None and (two := _two_between(scene, hit)) is not None:
        return two
    return _fill_target(scene, hit, roles, discourse)


def _two_between(scene: Scene, hit: Hit) -> Roles | None:
    """Both sides of what is closed or opened between them, where nobody is said to have done it."""
    if hit.trigger.type not in ("COERCE", "CONCEDE", "RETREAT"):
        return None
    pair = next((p for p in _after(scene, hit) if p.case == "between" and len(p.sides) > 1), None)
    return Roles(pair.sides[0], pair.sides[1], True, "mutual:between", "mutual:between") if pair else None


def find_partners(scene: Scene, hit: Hit) -> Roles | None:
    """The two sides that do something together ("X and Y held drills", "X held drills with Y"), None for one alone."""
    start, end = scene.clause_of(hit.start)
    here = [p for p in scene.parties if start <= p.start < end and p.sides and not is_place(p)]
    for party in here:
        if len(party.sides) > 1 and party.case in (*ACTING, "between"):
            return Roles(party.sides[0], party.sides[1], True, "mutual:together", "mutual:together")
    before = [p for p in here if p.end <= hit.start and p.case in NOMINATIVE]
    beside = [p for p in here if p.start >= hit.end and p.case == "with"]
    if before and beside and not is_same_side(before[0].sides[0], beside[0].sides[0]):
        return Roles(before[0].sides[0], beside[0].sides[0], True, "subject:span", "mutual:partner")
    return None


def _marked(scene: Scene, hit: Hit, discourse: Discourse) -> Roles:
    """Roles by case; who acts in a clause that names nobody is carried, as everywhere."""
    roles = MARKED_ROLES[scene.order](scene, hit, discourse)
    if (shifted := _owner_of_object(scene, hit, roles)) is not None:
        return shifted
    if scene.has_case_endings and roles.target is None and (victim := _victim(scene, hit, roles.actor)) is not None:
        roles = replace(roles, target=victim, target_rule="target:who was harmed")
    is_told = hit.voice in (Voice.ACTIVE, Voice.PARTICIPLE, Voice.EITHER) and not is_relative(scene, hit)
    is_told = is_told or (scene.order == "free" and hit.voice.is_noun and is_light(scene, hit))
    if roles.actor is None and roles.actor_rule != DEED_ACTS and is_told:
        side, rule, carried = _carried_subject(scene, scene.clause_of(hit.start)[0], discourse)
        if side is not None and (roles.target is None or not is_same_side(side, roles.target)):
            roles = replace(roles, actor=side, actor_rule=rule, carried=carried)
    if hit.trigger.is_swapped and not hit.voice.is_noun:
        return replace(
            roles,
            actor=roles.target,
            target=roles.actor,
            actor_rule=roles.target_rule,
            target_rule=roles.actor_rule,
        )
    if hit.voice is Voice.PASSIVE and hit.trigger.is_owner_actor and roles.actor is None:
        return replace(roles, actor=roles.target, target=None, actor_rule="actor:owner of what is opened or closed")
    return roles


def _owner_of_object(scene: Scene, hit: Hit, roles: Roles) -> Roles | None:
    """In "X its-ambassador recalled", which opens a text and names no other subject, X acts."""
    if roles.actor is not None or hit.voice is not Voice.ACTIVE or not scene.has_case_endings:
        return None
    start, _ = scene.clause_of(hit.start)
    here = [p for p in scene.parties if start <= p.start and p.end <= hit.start and p.sides]
    if not here or start != scene.sentence.start or here[0].case != "object" or here[0].own_case == "genitive":
        return None
    if scene.folded[here[0].end : here[0].end + 1] == "'" or any(p.case in NOMINATIVE for p in here):
        return None
    actor = here[0].sides[0]
    others = [s for p in here[1:] if not is_place(p) for s in p.sides if not is_same_side(s, actor)]
    return Roles(actor, others[0] if others else None, False, "actor:owner of the object", "target:object", 0)


def _plot(scene: Scene, hit: Hit) -> Roles | None:
    """In "X foiled a plot by Y" the plotter is Y and X was its target."""
    start, end = scene.clause_of(hit.start)
    if scene.has_case_endings:
        return _plot_behind(scene, hit)
    is_verb_last = scene.order == "sov" and scene.nouns == "last"
    if is_verb_last and hit.trigger.type == "ASSAULT" and scene.cues_in("plot", hit.end, end):
        here = [p for p in scene.parties if start <= p.start < end and p.sides]
        foilers = [p for p in here if p.case == "subject"] or [p for p in here if p.case is None][:1]
        plotters = [p for p in here if p not in foilers and p.case in ("genitive", None)]
        if foilers and plotters:
            return Roles(plotters[0].sides[0], foilers[0].sides[0], False, "actor:plotter", "target:who foiled it")
    for cue in scene.cues_in("plot", start, hit.start) if hit.trigger.type == "ASSAULT" else ():
        before = [p for p in scene.parties if start <= p.start and p.end <= cue.start and p.sides]
        after = [p for p in scene.parties if cue.end <= p.start < end and p.sides]
        if before and not after and scene.lexicon.is_preverbal:
            return Roles(None, None, False, "actor:plotter not named", "target:none")
        if scene.order == "vso" and not before:
            before, after = after[:1], after[1:]
        if before and after:
            return Roles(after[0].sides[0], before[0].sides[0], False, "actor:plotter", "target:who foiled it")
    return None


def _plot_behind(scene: Scene, hit: Hit) -> Roles | None:
    """In "X Y's plot foiled" the plot's owner is Y and X was its target."""
    start, end = scene.clause_of(hit.start)
    if hit.trigger.type != "ASSAULT" or not hit.voice.is_noun or not scene.cues_in("plot", hit.end, end):
        return None
    before = [p for p in scene.parties if start <= p.start and p.end <= hit.start and p.sides and not is_place(p)]
    plotters = [p for p in before if p.case not in NOMINATIVE or p.own_case == "genitive"] or before[1:]
    foilers = [p.sides[0] for p in before if p.case in NOMINATIVE]
    if not plotters:
        return None
    target = next((side for side in foilers if not is_same_side(side, plotters[0].sides[0])), None)
    return Roles(plotters[0].sides[0], target, False, "actor:plotter", "target:who foiled it")


def _offers_mediation(scene: Scene, hit: Hit) -> bool:
    """Whether the hit promises to mediate: the mediator is then who acts."""
    cues = scene.cues_in("mediation", hit.end, scene.sentence.end) if hit.trigger.type == "AGREE" else []
    return bool(cues) and not hit.trigger.is_mutual and len(scene.words_between(hit.end, cues[0].start)) <= OFFER_WORDS


def _is_reciprocal(scene: Scene, hit: Hit) -> bool:
    start, end = scene.clause_of(hit.start)
    return any(
        abs(cue.start - hit.end) < 40 or abs(hit.start - cue.end) < 40
        for cue in scene.cues_in("reciprocal", start, end)
    )


def _is_between(scene: Scene, hit: Hit) -> bool:
    """Whether harm was done "between X and Y": each did it to the other."""
    start, end = scene.clause_of(hit.start)
    return hit.trigger.type == "ASSAULT" and any(
        p.case == "between" and len({side.code for side in p.sides}) > 1 and start <= p.start < end
        for p in scene.parties
    )


def _mutual(scene: Scene, hit: Hit, discourse: Discourse) -> Roles | None:
    """Both sides of a shared act, from "X and Y", "X with Y", "between X and Y", "both countries"."""
    mediator = _mediator(scene, hit)
    start, end = scene.clause_of(hit.start)
    here = [
        p
        for p in scene.parties
        if start <= p.start < end and p is not mediator and (not is_place(p) or len(p.sides) > 1)
    ]
    if scene.nouns == "first":  # "with the mediation of X and Y", "because of X and Y"
        here = [p for p in here if p.case not in ("other", "agent")] or here
        bare = [p for p in here if p.case in NOMINATIVE and p.end <= hit.start and p.sides]
        here = [p for p in here if p.case != "with" or not bare or len(p.sides) < 2] or here
    if scene.has_case_endings and any(p.case in NOMINATIVE and p.sides for p in here):
        here = [p for p in here if len(p.sides) < 2 or p.case not in ("object", "goal", "source", "with")] or here
    for party in sorted(here, key=lambda p: (p.case != "between", abs(p.start - hit.start))):
        sides = _distinct_sides(party, discourse)
        if scene.lexicon.is_preverbal and party.sides and _has_subject(here, party, hit):
            continue  # "A会见B和C": A with each
        if len(sides) >= 2:
            rule = f"mutual:{party.kind}"
            return Roles(sides[0], sides[1], True, rule, rule, 2 if party.kind == "both" else 0)
    if mediator is not None and scene.lexicon.is_preverbal:
        sides = list({side.code: side for party in here for side in party.sides}.values())
        if len(sides) > 1:
            return Roles(sides[0], sides[1], True, "mutual:mediated", "mutual:mediated")
    if mediator is not None and discourse.pair:
        return Roles(*discourse.pair, True, "mutual:mediated pair", "mutual:mediated pair", 2)
    subject, rule, carried = _owner_behind(scene, hit) or subject_of(scene, hit, discourse)
    partner = next(
        (
            s
            for p in sorted(here, key=lambda p: hit.trigger.type == "COOPERATE" and p.case not in GIVEN)
            for s in p.sides
            if subject and s.code != subject.code and (p.start > hit.start or p.case == "with")
        ),
        None,
    ) or next((s for p in here for s in p.sides if subject and s.code != subject.code), None)
    if subject and partner:
        return Roles(subject, partner, True, rule, "mutual:partner", carried)
    if _is_reciprocal(scene, hit) and discourse.pair:
        return Roles(*discourse.pair, True, "mutual:pair in play", "mutual:pair in play", 2)
    if subject and hit.trigger.type in ("CONSULT", "AGREE"):
        other = discourse.other_than(subject)
        if other:
            return Roles(subject, other, True, rule, "mutual:other in play", carried + 1)
    return None


def _has_subject(here: list[Party], party: Party, hit: Hit) -> bool:
    """Whether a party behind a verb has a subject before the verb that shares the act with it."""
    if party.start < hit.end or hit.voice is Voice.NOUN:
        return False
    return any(p.end <= hit.start and p.case is None and p.sides and p.sides[0].code != party.code for p in here)


def _owner_behind(scene: Scene, hit: Hit) -> tuple[SideSpan | None, str, int] | None:
    """Whose meeting or visit it is, where a noun has its owner behind it."""
    if not scene.lexicon.is_doer_genitive or not hit.voice.is_noun:
        return None
    owner = next((p for p in scene.parties if p.start >= hit.end and p.sides), None)
    if owner is None or not _is_in_chain(scene, hit, owner):
        return None
    return owner.sides[0], "actor:owner behind the noun", 0


def _mediator(scene: Scene, hit: Hit) -> Party | None:
    """The third party that brokers, hosts or mediates; it is no party to the act."""
    for cue in scene.cues_in("mediation", scene.sentence.start, scene.sentence.end):
        bare = [
            p
            for p in scene.parties
            if p.end <= cue.start and p.case in (None, "subject", "agent") and len(p.sides) == 1
        ]
        after = [p for p in scene.parties if p.start >= cue.end and (p.case == "agent" or p.start - cue.end <= 1)]
        if scene.lexicon.is_preverbal:  # 由 and 经 mark who mediates
            return next((p for p in reversed(bare) if p.case == "agent"), bare[0] if bare else None)
        if scene.order == "vso" and after and len(after[0].sides) == 1:
            return after[0]
        if cue.pattern.text.startswith("di") or "by" in cue.pattern.text or not bare:
            return after[0] if after and len(after[0].sides) == 1 else (bare[-1] if bare else None)
        return bare[-1]
    return None


def _distinct_sides(party: Party, discourse: Discourse) -> list[SideSpan]:
    if party.kind == "both":
        return list(discourse.pair or ())
    if party.kind == "pronoun":
        return []
    sides: list[SideSpan] = []
    for side in party.sides:
        if not any(is_same_side(side, known) for known in sides):
            sides.append(side)
    return sides


def subject_of(scene: Scene, hit: Hit, discourse: Discourse) -> tuple[SideSpan | None, str, int]:
    """The side a verb belongs to, the rule, and 1 when it was carried from outside the clause."""
    start, _ = scene.clause_of(hit.start)
    if scene.order != "svo":
        find = MARKED_SUBJECT[scene.order]
        side, rule = find(scene, hit, discourse)
        return (side, rule, 0) if side is not None else _carried_subject(scene, start, discourse)
    governor = _governor(scene, hit, start)
    if governor is not None and scene.lexicon.is_preverbal and "," in scene.folded[governor.end : hit.start]:
        governor = None
    before = [p for p in scene.parties if start <= p.start and p.end <= hit.start]
    if governor is not None and governor.trigger.type in CONTROLLED:
        objects = [p for p in before if p.start >= governor.end and not (scene.lexicon.is_preverbal and is_place(p))]
        if objects and _is_of_others(scene, objects[-1], hit):
            return None, "subject:people of a relative clause", 0
        if objects and objects[-1].kind == "pronoun" and scene.lexicon.is_preverbal:
            return _spoken_of(before, governor, discourse), "subject:object of the governing verb", 0
        if objects and scene.lexicon.is_preverbal:
            objects = [p for p in objects if p.case is None] or objects
        if objects:
            return resolve(objects[-1], discourse), "subject:object of the governing verb", 0
    inverted = _inverted_subject(scene, hit, before)
    if inverted is not None:
        return inverted.sides[0], "subject:behind its verb", 0
    relative = _relative_subject(scene, hit, before)
    if relative is not None:
        return resolve(relative, discourse), "subject:inside the relative clause", 0
    if (inner := _inner_subject(scene, hit, before)) is not None:
        return inner, "subject:of the clause inside the phrase", 0
    bare = [p for p in before if p.case is None and not _is_object(scene, p, hit)]
    if not bare and scene.lexicon.is_preverbal:
        bare = [p for p in before if p.case == "genitive" and not _is_object(scene, p, hit)]
    if bare:
        chosen = bare[-1] if scene.cues_in("relative", bare[-1].end, hit.start) else bare[0]
        if (side := resolve(chosen, discourse)) is not None:
            return side, f"subject:{chosen.kind}", int(chosen.kind != "span")
    return _carried_subject(scene, start, discourse)


def _is_of_others(scene: Scene, party: Party, hit: Hit) -> bool:
    """Whether somebody unnamed did it: "blamed X for hiding the men who ambushed a convoy"."""
    marks = scene.cues_in("relative", party.end, hit.start)
    return bool(marks) and len(scene.words_between(party.end, marks[-1].start)) > 1


def _spoken_of(before: list[Party], governor: Hit, discourse: Discourse) -> SideSpan | None:
    """Whom the object pronoun of a verbal act means: the side named last before it, its subject excepted."""
    named = [p.sides[0] for p in before if p.end <= governor.start and p.sides]
    if len(named) > 1 and not is_same_side(named[-1], named[0]):
        return named[-1]
    return discourse.other_than(named[0] if named else discourse.subject)


def _inner_subject(scene: Scene, hit: Hit, before: list[Party]) -> SideSpan | None:
    """In "对A袭击B表示谴责" the phrase holds a clause, whose subject stands right behind its preposition."""
    if not scene.lexicon.is_preverbal or not before or before[-1].case != "goal" or not before[-1].sides:
        return None
    behind = next((p for p in scene.parties if p.start >= hit.end), None)
    if (
        behind is None
        or behind.case_after(hit.end) not in (None, "genitive")
        or scene.folded[before[-1].case_at] not in "对對"
    ):
        return None
    gap = scene.folded[before[-1].end : hit.start]
    near = "," not in gap and len(scene.words_between(before[-1].end, hit.start)) <= OWNER_REACH_WORDS
    object_near = (
        len(scene.words_between(hit.end, behind.start)) <= 2 and "," not in scene.folded[hit.end : behind.start]
    )
    return before[-1].sides[0] if near and object_near else None


def _governor(scene: Scene, hit: Hit, start: int) -> Hit | None:
    return next((h for h in reversed(scene.hits) if start <= h.start < hit.start and h.voice is not Voice.NOUN), None)


def _relative_subject(scene: Scene, hit: Hit, before: list[Party]) -> Party | None:
    """In "the ship, which the Houthis attacked" the subject stands after the relative word."""
    marks = [cue for cue in scene.cues if cue.pattern.label == "relative" and cue.end <= hit.start]
    if not marks:
        return None
    inside = [p for p in before if p.start >= marks[-1].end and p.case is None]
    return inside[-1] if inside else None


def _inverted_subject(scene: Scene, hit: Hit, before: list[Party]) -> Party | None:
    """The bare party right behind a verb that opens its sentence, or its relative clause ("que atacaron los X")."""
    is_first = hit.start - scene.sentence.start <= 1
    is_relative = bool(before) and _opens_relative(scene, hit)
    if not scene.lexicon.is_inverted or hit.voice is not Voice.ACTIVE or not (is_first or is_relative):
        return None
    first = next((p for p in scene.parties if p.start >= hit.end), None)
    if first is None or not first.sides or first.case is not None:
        return None
    is_land = is_relative and first.sides[0].kind in ("state", "capital", "place")  # "que bombardeó X": its object
    return None if is_land or len(scene.words_between(hit.end, first.start)) > INVERTED_WORDS else first


def _opens_relative(scene: Scene, hit: Hit) -> bool:
    return any(cue.pattern.label == "relative" and 0 < hit.start - cue.end <= 1 for cue in scene.cues)


def _is_object(scene: Scene, party: Party, hit: Hit) -> bool:
    """Whether a party is the object of a verb that stands before it and before the hit."""
    start, _ = scene.clause_of(hit.start)
    if not any(start <= h.start and h.end <= party.start and h.voice is not Voice.NOUN for h in scene.hits):
        return False
    return len(scene.words_between(party.end, hit.start)) > 1


def _carried_subject(scene: Scene, start: int, discourse: Discourse) -> tuple[SideSpan | None, str, int]:
    earlier = [p for p in scene.parties if p.end <= start and p.case in NOMINATIVE]
    if scene.lexicon.is_preverbal and earlier:  # of the clause right before, whose first it is
        opened = scene.clause_of(earlier[-1].start)[0]
        earlier = [p for p in earlier if p.start >= opened] + earlier
    for party in earlier:
        if (side := resolve(party, discourse)) is not None:
            return side, "subject:carried from the clause before", 1
    border = scene.border_before(start)
    if border is None or border.kind not in ("adverbial",) or border.start > scene.sentence.start:
        following = [
            p for p in scene.parties if p.start >= start and p.case in NOMINATIVE and _is_after_comma(scene, p, border)
        ]
        if following and (side := resolve(following[0], discourse)) is not None:
            return side, "subject:of the main clause", 1
    return discourse.subject, "subject:of the sentence before", 1


def _is_after_comma(scene: Scene, party: Party, border: Border | None) -> bool:
    return border is not None and "," in scene.folded[border.end : party.start]


def _active(scene: Scene, hit: Hit, discourse: Discourse) -> Roles:
    actor, rule, carried = subject_of(scene, hit, discourse)
    target, target_rule = _object(scene, hit, actor, discourse)
    if rule == "subject:both" and scene.lexicon.is_preverbal and discourse.pair:
        return Roles(*discourse.pair, True, "mutual:both", "mutual:both", 2)
    if hit.trigger.is_swapped:
        speaker, said, _ = _carried_subject(scene, scene.clause_of(hit.start)[0], discourse)
        if target is None and speaker is not None and actor is not None and not is_same_side(speaker, actor):
            target, target_rule = speaker, said
        return Roles(target, actor, False, target_rule, rule, carried)
    return Roles(actor, target, False, rule, target_rule, carried)


def _object(scene: Scene, hit: Hit, actor: SideSpan | None, discourse: Discourse) -> tuple[SideSpan | None, str]:
    """The party acted on: the first after the verb that is not the actor and not merely where it happened."""
    fronted = _fronted(scene, hit)
    if fronted is not None:
        return fronted, "target:head of the relative clause"
    for party in _after(scene, hit):
        if scene.lexicon.is_preverbal and _is_next_verbs(scene, hit, party):
            break
        if not _may_be_object(hit, party):
            continue
        if _is_square(scene, hit, party):
            continue
        if party.kind != "span":
            side = _named_last(scene, hit, actor) or discourse.other_than(actor)
            if side is not None:
                return side, f"target:{party.kind}"
            continue
        for side in party.sides:
            is_addressee = hit.trigger.mode == "investigate" and side.sector == "IGO"
            if (actor is None or not is_same_side(side, actor)) and not is_addressee:
                return side, "target:object"
    return _marked_before(scene, hit, actor) or (None, "target:none")


def _is_square(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether people protest in that capital against someone named behind it ("à Paris contre X")."""
    if hit.trigger.type != "PROTEST" or not party.sides or party.sides[0].kind != "capital":
        return False
    return any(p.start > party.end and p.case == "goal" and p.sides for p in _after(scene, hit))


def _may_be_object(hit: Hit, party: Party) -> bool:
    case = party.case_after(hit.end)
    if hit.trigger.type == "PROTEST" and case == "place" and party.sides and party.sides[0].kind == "institution":
        return True  # outside whose embassy they stand is who they protest against
    if hit.trigger.type == "ACCUSE" and case == "other":
        return True  # "complained about X"
    return case in RIGHT and not is_place(party)


def _marked_before(scene: Scene, hit: Hit, actor: SideSpan | None) -> tuple[SideSpan, str] | None:
    """The party before the trigger whose case makes it the object, in languages that have such (Chinese "对X")."""
    if not scene.lexicon.is_preverbal:
        return None
    start, _ = scene.clause_of(hit.start)
    for party in reversed([p for p in scene.parties if start <= p.start and p.end <= hit.start]):
        if _has_own_verb(scene, party, hit):
            continue
        if party.case in ("goal", "object", "with"):
            for side in party.sides:
                if actor is None or not is_same_side(side, actor):
                    return side, "target:case before the trigger"
    return None


def _named_last(scene: Scene, hit: Hit, actor: SideSpan | None) -> SideSpan | None:
    """Whom a pronoun object means in languages that chain verbs: the bare side named last before, but the actor."""
    if not scene.lexicon.is_preverbal or actor is None:
        return None
    start, _ = scene.clause_of(hit.start)
    bare = [p for p in scene.parties if start <= p.start and p.end <= hit.start and p.case is None and p.sides]
    return bare[-1].sides[0] if bare and not is_same_side(bare[-1].sides[0], actor) else None


def _is_next_verbs(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a party behind a comma belongs to another verb there."""
    comma = scene.folded.find(",", hit.end, party.start)
    return comma >= 0 and any(comma < other.start < party.start for other in scene.hits)


def _has_own_verb(scene: Scene, party: Party, hit: Hit) -> bool:
    """Whether a phrase before a comma belongs to a verb of its own."""
    if "," not in scene.folded[party.end : hit.start]:
        return False
    return any(party.end <= other.start < hit.start and other.voice is not Voice.NOUN for other in scene.hits)


def _fronted(scene: Scene, hit: Hit) -> SideSpan | None:
    start, _ = scene.clause_of(hit.start)
    marks = [
        cue for cue in scene.cues if cue.pattern.label == "relative" and start <= cue.start and cue.end <= hit.start
    ]
    if hit.voice is not Voice.ACTIVE:
        return None
    if not marks:
        return _fronted_by_that(scene, hit)
    inside = [p for p in scene.parties if marks[-1].end <= p.start and p.end <= hit.start and p.case is None]
    if not inside and _opens_relative(scene, hit):
        behind = _inverted_subject(scene, hit, [p for p in scene.parties if p.end <= marks[-1].start])
        inside = [behind] if behind is not None else []
    heads = [p for p in scene.parties if start <= p.start and p.end <= marks[-1].start and p.sides]
    return heads[-1].sides[0] if inside and heads else None


def _after(scene: Scene, hit: Hit) -> list[Party]:
    """Parties after a hit up to the end of its clause; a complement ("that ...") belongs to it for verbal acts."""
    _, end = scene.clause_of(hit.start)
    border = next((b for b in scene.borders if b.start >= hit.end), None)
    if border is not None and border.kind == "complement" and not load_codebook()[hit.trigger.type].is_material:
        _, end = scene.clause_of(border.end)
    return [p for p in scene.parties if hit.end <= p.start < end]


def _passive(scene: Scene, hit: Hit, discourse: Discourse) -> Roles:
    start, _ = scene.clause_of(hit.start)
    if scene.lexicon.is_doer_genitive and (told := _passive_of_doer(scene, hit, discourse)) is not None:
        return told
    if hit.trigger.type == "PROTEST" and scene.lexicon.is_preverbal:  # "X发生示威": X is where the people are
        return _active(scene, hit, discourse)
    subjects = [p for p in scene.parties if start <= p.start and p.end <= hit.start and p.case is None]
    if not subjects and scene.lexicon.is_preverbal:
        subjects = [p for p in scene.parties if start <= p.start and p.end <= hit.start and p.case == "genitive"]
    subject = (
        resolve(subjects[-1] if _has_relative(scene, subjects, hit) else subjects[0], discourse) if subjects else None
    )
    if hit.trigger.is_owner_actor and subject is not None:
        target, rule = _object(scene, hit, subject, discourse)
        return Roles(subject, target, False, "actor:owner of what is opened or closed", rule)
    actor, rule = _agent(scene, hit)
    if actor is None and scene.lexicon.is_preverbal and (announcer := _announcer(scene, start, discourse)) is not None:
        actor, rule = announcer, "actor:who announced it"
    between = [p for p in scene.parties if start <= p.start < hit.start and p.case == "between"]
    if subject is None and between and len(between[0].sides) > 1:
        one, other = between[0].sides[:2]
        return Roles(one, other, True, "mutual:between, before the passive", "mutual:between, before the passive")
    if subject is None and scene.folded.startswith("的", hit.end):
        head = next((p for p in _after(scene, hit) if p.sides and p.case_after(hit.end) is None), None)
        if head is not None and len(scene.words_between(hit.end, head.start)) <= HEAD_REACH_WORDS:
            return Roles(actor, head.sides[0], False, rule, "target:head of the relative clause")
    if subject is None:
        subject = _soil(scene, hit, actor)
    return Roles(actor, subject, False, rule, "target:subject of the passive")


def _passive_of_doer(scene: Scene, hit: Hit, discourse: Discourse) -> Roles | None:
    """Roles of a passive that a deed stands beside ("murieron en un ataque de X"), or whose subject comes behind it."""
    start, end = scene.clause_of(hit.start)
    before = [p for p in scene.parties if start <= p.start and p.end <= hit.start and p.case is None and p.sides]
    deeds = [h for h in scene.hits if start <= h.start < end and h.voice.is_noun and h.trigger.type == "ASSAULT"]
    if deeds and hit.trigger.type == "ASSAULT":
        deed = deeds[0]
        roles = _nominal_of_doer(scene, deed, _after(scene, deed), discourse)
        harmed = before[0].sides[0] if before and deed.start > hit.start else roles.target
        return replace(roles, target=harmed)
    if hit.trigger.type not in ("COERCE", "SANCTION") or hit.trigger.is_owner_actor:
        return None
    behind = [p for p in scene.parties if hit.end <= p.start < end and p.sides]
    subject = before[0] if before else next((p for p in behind if p.case is None), None)
    host = next((p for p in behind if p.case == "place"), None)
    if subject is None or host is None or any(p.case == "agent" for p in behind):
        return None
    if is_same_side(subject.sides[0], host.sides[0]):
        return None
    return Roles(host.sides[0], subject.sides[0], False, "actor:where it was done", "target:subject of the passive")


def _has_relative(scene: Scene, parties: list[Party], hit: Hit) -> bool:
    return bool(scene.cues_in("relative", parties[-1].end, hit.start))


def _agent(scene: Scene, hit: Hit) -> tuple[SideSpan | None, str]:
    if scene.lexicon.is_preverbal:
        return _agent_before(scene, hit)
    for party in _after(scene, hit):
        if party.case == "agent" and party.sides:
            return party.sides[0], "actor:by-phrase"
    for party in _after(scene, hit):
        near = len(scene.words_between(hit.end, party.start)) <= 4
        if party.case is None and party.sides and near and "," not in scene.folded[hit.end : party.start]:
            return party.sides[0], "actor:directly after the passive"
    return None, "actor:not named"


def _fronted_by_that(scene: Scene, hit: Hit) -> SideSpan | None:
    """In "the ship that X attacked" the word that else opens what is said stands right behind a noun."""
    border = scene.border_before(hit.start)
    if border is None or border.kind != "complement":
        return None
    heads = [p for p in scene.parties if p.end <= border.start and p.sides]
    inside = [p for p in scene.parties if border.end <= p.start and p.end <= hit.start and p.case is None and p.sides]
    if not heads or not inside or len(scene.words_between(heads[-1].end, border.start)) > 1:
        return None
    said = [c for c in scene.cues if c.pattern.label in SAYING and heads[-1].end <= c.start < border.start]
    told = [h for h in scene.hits if heads[-1].end <= h.start < border.start]
    return None if said or told else heads[-1].sides[0]


def _announcer(scene: Scene, start: int, discourse: Discourse) -> SideSpan | None:
    """Who declared what a clause says is done ("美国宣布,X为不受欢迎的人")."""
    border = scene.border_before(start)
    if border is None or not scene.folded[scene.sentence.start : border.end].rstrip(",").endswith(ANNOUNCED):
        return None
    return _carried_subject(scene, start, discourse)[0]


def _agent_before(scene: Scene, hit: Hit) -> tuple[SideSpan | None, str]:
    start, _ = scene.clause_of(hit.start)
    for party in reversed([p for p in scene.parties if start <= p.start and p.end <= hit.start]):
        if party.case == "agent" and party.sides:
            return party.sides[0], "actor:agent before the verb"
    return None, "actor:not named"


def _nominal(scene: Scene, hit: Hit, discourse: Discourse) -> Roles:
    """Actor and target of a noun: "X's attack on Y", "serangan X terhadap Y", "attack on Y by X"."""
    after = _after(scene, hit)
    if scene.lexicon.is_doer_genitive:
        return _nominal_of_doer(scene, hit, after, discourse)
    if (given := _given(scene, hit)) is not None:
        return given
    actor, rule = _noun_actor(scene, hit, after, discourse)
    if after and after[0].sides and hit.trigger.type != "CONSULT" and _is_genitive(scene, hit, after[0]):
        return Roles(
            actor if actor is not after[0].sides[0] else None, after[0].sides[0], False, rule, "target:of-phrase"
        )
    if scene.lexicon.is_preverbal and (marked := _marked_before(scene, hit, actor)) is not None:
        return Roles(actor, marked[0], False, rule, marked[1])
    for party in after:
        if party.case_after(hit.end) in ("goal", "with", "between", "source") and party.sides:
            for side in party.sides:
                if actor is None or not is_same_side(side, actor):
                    return Roles(actor, side, False, rule, "target:after the noun's preposition")
    victim = _victim(scene, hit, actor)
    if victim is not None:
        return Roles(actor, victim, False, rule, "target:who was harmed")
    target, target_rule = _marked_before(scene, hit, actor) or (None, "target:none")
    return Roles(actor, target, False, rule, target_rule)


def _nominal_of_doer(scene: Scene, hit: Hit, after: list[Party], discourse: Discourse) -> Roles:
    """Roles of a noun whose "of" names the doer ("ataque de X contra Y"), or the sufferer of what only has one."""
    named = [p for p in after if p.sides and p.kind == "span"]
    chain = [p for p in named if _is_in_chain(scene, hit, p)]
    agent = next((p for p in named if p.case == "agent"), None)
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
    victim = _victim(scene, hit, actor)
    return Roles(actor, victim, False, rule, "target:who was harmed" if victim else "target:none")


def _who_announced(scene: Scene, hit: Hit, discourse: Discourse) -> SideSpan | None:
    """Who announced or ordered what the noun names ("X anuncia la ruptura de relaciones con Y")."""
    border = scene.border_before(hit.start)
    if border is None or border.kind != "attribution" or len(scene.words_between(border.end, hit.start)) > CHAIN_WORDS:
        return None
    is_deed = any(cue.pattern.label == "light" and cue.start == border.start for cue in scene.cues)
    return _carried_subject(scene, scene.clause_of(hit.start)[0], discourse)[0] if is_deed else None


def _has_genitive(scene: Scene, party: Party) -> bool:
    return any(
        word.pattern.label == "genitive"
        and word.end <= party.start
        and len(scene.words_between(word.end, party.start)) <= INVERTED_WORDS
        for word in scene.prepositions
    )


def _is_in_chain(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a party hangs on the noun by adjectives and words like "of" alone."""
    gap = scene.folded[hit.end : party.start]
    if any(char in gap for char in ",;:") or len(scene.words_between(hit.end, party.start)) > CHAIN_WORDS:
        return False
    if any(hit.end <= other.start < party.start for other in scene.hits):
        return False
    return not any(
        hit.end <= word.start < party.start and word.pattern.label != "genitive" for word in scene.prepositions
    )


def _host_named(scene: Scene, hit: Hit, owner: Party) -> SideSpan | None:
    """The state on whose soil its sufferer was seized or freed, where the text names no doer."""
    places = [p for p in scene.parties if p.start >= owner.end and p.sides and p.case == "place"]
    if hit.trigger.type not in ("COERCE", "SANCTION", "RETREAT") or not places:
        return None
    return places[0].sides[0] if not is_same_side(places[0].sides[0], owner.sides[0]) else None


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
    for party in after:
        if party.case == "agent" and party.sides:
            return party.sides[0], "actor:by-phrase"
    before = [p for p in scene.parties if p.start < hit.start and p.end < hit.end and p.sides]
    if scene.lexicon.is_preverbal:
        return _noun_actor_before(scene, hit, before, discourse)
    if before and _owns(scene, before[-1], hit):
        return before[-1].sides[0], "actor:owner before the noun"
    if after and after[0].sides and after[0].case_after(hit.end) is None:
        gap = scene.folded[hit.end : after[0].start]
        # Where nouns have articles a bare verb between the two ends the noun phrase ("a bomber killed X").
        verbs = [h for h in scene.hits if hit.end <= h.start < after[0].start and not h.voice.is_noun]
        is_cut = bool(verbs) and bool(scene.lexicon.raw["cues"].get("determiner"))
        if not is_cut and "," not in gap and len(scene.words_between(hit.end, after[0].start)) <= 3:
            return after[0].sides[0], "actor:beside the noun"
    start, _ = scene.clause_of(hit.start)
    if scene.cues_in("light", max(start, hit.start - 60), hit.start):
        subject, rule, _ = subject_of(scene, hit, discourse)
        return subject, rule
    if any(p.end == hit.start or p.end + 1 == hit.start for p in scene.parties):
        return None, "actor:none"
    if (accused := _accused_of(scene, hit)) is not None:
        return accused, "actor:who is accused of it"
    return None, "actor:not named"


def _noun_actor_before(
    scene: Scene, hit: Hit, before: list[Party], discourse: Discourse
) -> tuple[SideSpan | None, str]:
    """Where all stands before the noun (Chinese "X对Y的袭击"): its owner, else the subject of what it is done with."""
    start, _ = scene.clause_of(hit.start)
    here = [p for p in before if p.start >= start and not is_place(p)]
    if here and here[-1].case in (*ACTING, "genitive"):
        gap = scene.folded[here[-1].end : hit.start]
        is_victim = scene.folded.startswith("中", hit.end) and gap not in ("", "的")  # "X在袭击中丧生"
        if not is_victim and "," not in gap and len(scene.words_between(here[-1].end, hit.start)) <= OWNER_REACH_WORDS:
            return here[-1].sides[0], "actor:owner before the noun"
    has_case = any(p.case in ("goal", "with", "object") for p in here)
    if has_case or scene.cues_in("light", start, hit.start):
        subject, rule, _ = subject_of(scene, hit, discourse)
        return subject, rule
    return None, "actor:not named"


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
    if gap.startswith(("'s", "s'", "-led", "-backed")):
        return len(words) <= 5
    if party.sides[-1].kind == "demonym" or not party.sides[-1].head:
        return len(words) <= 2 and not scene.cues_in("attribution", party.end, hit.start)
    return len(words) == 0 and scene.folded[party.end - 1].isalpha() and hit.voice is Voice.NOUN and gap == " "


def _victim(scene: Scene, hit: Hit, actor: SideSpan | None) -> SideSpan | None:
    start, end = scene.clause_of(hit.start)
    border = scene.border_before(hit.start)
    if border is not None and border.kind == "adverbial" and border.start > scene.sentence.start:
        before, _ = scene.clause_of(border.start - 1)
        start = before if scene.cues_in("victim", before, border.start) else start
    if hit.trigger.type != "ASSAULT" or not scene.cues_in("victim", start, end):
        return None
    if any(
        start <= h.start < hit.start and h.voice is Voice.ACTIVE and h.trigger.type == "ASSAULT" for h in scene.hits
    ):
        return None  # "troops killed five in a raid": who stands first did it
    for party in scene.parties:
        is_subject = start <= party.start < hit.start or (scene.has_case_endings and party.start < end)
        is_subject = is_subject and start <= party.start and party.case is None and bool(party.sides)
        if is_subject and (actor is None or not is_same_side(party.sides[0], actor)):
            return party.sides[0]
    return None


def _soil(scene: Scene, hit: Hit, actor: SideSpan | None) -> SideSpan | None:
    """The side on whose soil it happened, when that is not the actor's own."""
    start, end = find_own_start(scene, hit), scene.clause_of(hit.start)[1]
    owners = [p for p in scene.parties if p.case == "genitive"] if scene.has_case_endings else []
    owners = owners if owners and is_later_owned(scene, hit, scene.parties) else []
    inside = [p for p in scene.parties if start <= p.start < end and p.sides and p not in owners]
    by_place = scene.lexicon.is_preverbal
    for party in sorted(inside, key=lambda p: (by_place and not is_place(p), p.start < hit.start, p.start)):
        side = party.sides[0]
        is_where = is_place(party) or party.case in (("goal",) if scene.has_case_endings else ("goal", "other"))
        if is_where and (actor is None or (side.code != actor.code and side.country_code != actor.country_code)):
            return side
    without = (*NOMINATIVE, "agent") if scene.has_case_endings else ("subject", "agent")
    acting = [*owners, *(p for p in scene.parties if p.case in without)]
    if hit.voice.is_noun and _is_condemned(scene, hit):  # who condemns a deed is not where it was done
        acting += [p for p in scene.parties if p.case is None and p.end <= hit.start]
    places = sorted(
        (
            p
            for p in scene.places
            if start <= p.start < end and p.country_code and not any(a.start <= p.start < a.end for a in acting)
        ),
        key=lambda p: (p.start < hit.start) == (scene.order != "sov"),
    )
    for place in places:
        if actor is None or place.country_code not in (actor.code, actor.country_code):
            code = place.country_code or ""
            return SideSpan(place.start, place.end, code, place.name, code, "GOV", "place", True)
    return None


def _fill_target(scene: Scene, hit: Hit, roles: Roles, discourse: Discourse) -> Roles:
    """What a clause leaves out: the soil for a harm, else the other side in play for an act that needs one."""
    is_people = hit.trigger.type == "PROTEST" and roles.actor is None
    if (roles.target is not None and not is_people) or hit.trigger.is_swapped:
        return roles
    if hit.trigger.type == "PROTEST" and roles.actor is None:
        where = _soil(scene, hit, roles.target)
        return Roles(where, roles.target, False, "actor:people of the place", roles.target_rule, roles.carried)
    if hit.trigger.type == "PROTEST" and roles.target is None:
        return replace(roles, target=_soil(scene, hit, roles.actor), target_rule="target:soil")
    start, end = scene.clause_of(hit.start)
    is_harm = hit.voice is Voice.PASSIVE or bool(scene.cues_in("victim", start, end))
    has_victim = is_harm and any(start <= p.start < hit.start and p.case is None and p.sides for p in scene.parties)
    if hit.trigger.type in ("ASSAULT", "COERCE", "MOBILIZE", "CONSULT", "AID") and (
        roles.actor is not None or not has_victim
    ):
        soil = _soil(scene, hit, roles.actor)
        if soil is not None:
            return Roles(roles.actor, soil, roles.is_symmetric, roles.actor_rule, "target:soil", roles.carried)
    if roles.actor is None or not load_codebook()[hit.trigger.type].needs_target:
        return roles
    if (scene.nouns == "first" or scene.order == "svo") and hit.voice.is_noun and _is_condemned(scene, hit):
        return roles  # who condemns a deed is not whom it was done to
    if scene.lexicon.is_preverbal and hit.voice is Voice.PASSIVE:
        return roles  # what was struck has no side: not the other one in play
    if is_background(scene, hit):
        return roles
    if load_codebook()[hit.trigger.type].quad <= 2 and (partners := find_partners(scene, hit)) is not None:
        return partners
    start, _ = scene.clause_of(hit.start)
    is_content = hit.voice is Voice.NOUN and any(
        start <= h.start < hit.start and h.trigger.type in SPOKEN for h in scene.hits
    )
    if scene.order == "vso" and is_content:
        return roles  # whoever condemns an act is not its target
    other = _other_before(scene, find_own_start(scene, hit), roles.actor) or discourse.other_than(roles.actor)
    return Roles(roles.actor, other, False, roles.actor_rule, "target:other side in play", roles.carried + 1)


def _is_condemned(scene: Scene, hit: Hit) -> bool:
    start, end = scene.clause_of(hit.start)
    return any(start <= h.start < end and h.trigger.type == "ACCUSE" for h in scene.hits)


def _other_before(scene: Scene, at: int, actor: SideSpan) -> SideSpan | None:
    """The first side named earlier in the sentence that is not the actor."""
    earlier = (side for party in scene.parties if party.end <= at for side in party.sides)
    return next((side for side in earlier if not is_same_side(side, actor)), None)
