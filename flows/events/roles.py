"""Roles of one trigger in one sentence: who acts and who is acted on.

The rules read the clause, not a parse tree: the subject is the bare party before an active verb, the object the party
after it; passives turn this round and take their actor from "by"; nominals take the actor beside them and the target
after a preposition. What a clause leaves out is carried from the clause before, the sentence before, or the pair the
article is about. Each answer names the rule that gave it, for the trace.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from flows.events.anaphors import offer_roles, one_of_both
from flows.events.announcements import announced_roles
from flows.events.belongings import (
    find_mission_outside,
    find_opened_abroad,
    find_ruler,
    find_ruler_at_home,
    give_to_mover,
)
from flows.events.bystanders import is_together
from flows.events.chains import find_inner_roles
from flows.events.codebook import HARMS, load_codebook
from flows.events.crowds import give_to_crowd
from flows.events.discourse import Discourse, Roles, is_place, is_same_side
from flows.events.endings import find_own_start, is_background, is_relative
from flows.events.free_order import find_free_roles, is_light
from flows.events.frozen import replace
from flows.events.inflection import Voice
from flows.events.marking import find_marked_roles
from flows.events.meetings import meeting_roles
from flows.events.mutual import (
    find_mediator,
    find_partners,
    is_between,
    is_reciprocal,
    mutual_roles,
    offers_mediation,
    two_between,
)
from flows.events.nameless import UNNAMED, has_nameless_doer, leave_nameless
from flows.events.nominals import nominal_roles
from flows.events.objects import is_condemned, soil_of, state_of, victim_of
from flows.events.placing import has_place_preposition
from flows.events.plots import plot_roles
from flows.events.quotes import give_to_reporter, give_to_speaker
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan
from flows.events.subjects import carried_subject
from flows.events.venues import is_hosted
from flows.events.verb_first import DEED_ACTS, find_verb_first_roles
from flows.events.verbs import HOSTED, active_roles, passive_roles
from flows.events.weapons import give_to_weapon_owner

UNMET_BY_SPEAKERS = ("COERCE", "ASSAULT", "SANCTION")
OWN_CHARS = 40  # from a deed to the word that aims it, and on to "its"
OWN_WORDS = 3
OWN_PEOPLE_WORDS = 6  # beside a noun of harm, that say whose people they were
ALLEGED = ("ASSAULT", "COERCE", "SANCTION")
SPOKEN = ("ACCUSE", "SUPPORT", "REQUEST", "REJECT", "CONSULT")  # acts of words on another's deed
# How languages whose cases or verbs' places tell the roles are read; the others are read by position, here.
MARKED_ROLES = {"sov": find_marked_roles, "vso": find_verb_first_roles, "free": find_free_roles}


def find_roles(scene: Scene, hit: Hit, discourse: Discourse) -> Roles:
    """The roles of a hit; always an answer, its sides None where nothing fits."""
    event_type = load_codebook()[hit.trigger.type]
    if (plotted := plot_roles(scene, hit)) is not None:
        return plotted
    if (offered := offer_roles(scene, hit, discourse)) is not None:
        return offered
    if (announced := announced_roles(scene, hit, discourse)) is not None:
        return announced
    if (met := meeting_roles(scene, hit)) is not None:
        return met
    if (inside := find_inner_roles(scene, hit)) is not None:
        return inside
    is_shared = hit.trigger.is_mutual or event_type.is_mutual or is_reciprocal(scene, hit) or is_between(scene, hit)
    if is_shared and not offers_mediation(scene, hit):
        mutual = mutual_roles(scene, hit, discourse)
        if mutual is not None:
            return mutual
        if is_hosted(scene, hit):
            return Roles(None, None, False, "actor:none", "target:only where they are held")
    if (both := _by_both(scene, hit, discourse)) is not None:
        return both
    if scene.order != "svo":
        roles = _marked(scene, hit, discourse)
    elif hit.voice is Voice.NOUN:
        roles = nominal_roles(scene, hit, discourse)
    elif hit.voice is Voice.PASSIVE:
        roles = passive_roles(scene, hit, discourse)
    else:
        roles = active_roles(scene, hit, discourse)
    roles = give_to_weapon_owner(scene, hit, leave_nameless(scene, hit, give_to_mover(scene, hit, roles), discourse))
    is_of_doer = scene.lexicon.is_doer_genitive or scene.has_case_endings
    if is_of_doer and roles.actor is None and (two := two_between(scene, hit)) is not None:
        return two
    if (outside := find_mission_outside(scene, hit, roles)) is not None:
        return outside
    if hit.trigger.type == "PROTEST" or roles.actor is None or roles.carried:
        roles = give_to_crowd(scene, hit, roles)
    roles = _of_forces_again(scene, hit, roles, discourse)
    roles = give_to_reporter(scene, hit, _fill_target(scene, hit, _fill_host(scene, hit, roles), discourse))
    return give_to_speaker(scene, hit, roles, discourse)


def _fill_host(scene: Scene, hit: Hit, roles: Roles) -> Roles:
    """Who arrests, deports or convicts where the text names only where it was done: the state of the place."""
    is_open = roles.actor is None and roles.target is not None and not scene.has_case_endings
    if not is_open or roles.target is None or hit.trigger.mode not in HOSTED or hit.voice.is_noun:
        return roles
    start, end = scene.clause_of(hit.start)
    others = [p for p in scene.places if start <= p.start < end and p.precision != "country" and p.country_code]
    others = [p for p in others if (p.start > hit.start) == has_place_preposition(scene, p)]
    place = next((p for p in others if p.country_code != roles.target.country_code), None)
    if place is None or any(start <= p.start < hit.start and p.is_nominative for p in scene.parties):
        return roles
    return replace(roles, actor=state_of(place), actor_rule="actor:where it was done")


def _of_forces_again(scene: Scene, hit: Hit, roles: Roles, discourse: Discourse) -> Roles:
    """The sides of the deed told before, for a withdrawal that names none ("The soldiers were pulled back")."""
    is_left = (hit.trigger.type, hit.trigger.mode) == ("RETREAT", "withdraw") and hit.voice is Voice.PASSIVE
    if not is_left or roles.actor is not None or roles.target is not None or discourse.subject is None:
        return roles
    start, end = scene.clause_of(hit.start)
    if any(start <= p.start < end and p.sides for p in scene.parties):
        return roles
    other = discourse.other_than(discourse.subject)
    rule = "actor:whose forces were told of"
    return Roles(discourse.subject, other, False, rule, "target:other side in play", 2)


def _by_both(scene: Scene, hit: Hit, discourse: Discourse) -> Roles | None:
    """What "both sides" let go or gave up, they did to each other."""
    if hit.trigger.type != "RETREAT" or not scene.is_postposed or discourse.pair is None:
        return None
    start, _ = scene.clause_of(hit.start)
    broker = find_mediator(scene)
    here = [p for p in scene.parties if start <= p.start and p.end <= hit.start and p is not broker]
    is_both = any(p.kind == "both" and p.is_nominative for p in here)
    if not is_both or any(p.kind == "span" and p.case in ("subject", "object", "source") for p in here):
        return None
    return Roles(*discourse.pair, True, "mutual:both", "mutual:both", 2)


def _marked(scene: Scene, hit: Hit, discourse: Discourse) -> Roles:
    """Roles by case; who acts in a clause that names nobody is carried, as everywhere."""
    roles = MARKED_ROLES[scene.order](scene, hit, discourse)
    if (shifted := _owner_of_object(scene, hit, roles)) is not None:
        return shifted
    if scene.has_case_endings and roles.target is None and (victim := victim_of(scene, hit, roles.actor)) is not None:
        roles = replace(roles, target=victim, target_rule="target:who was harmed")
    is_told = hit.voice in (Voice.ACTIVE, Voice.PARTICIPLE, Voice.EITHER) and not is_relative(scene, hit)
    is_told = is_told or (scene.order == "free" and hit.voice.is_noun and is_light(scene, hit))
    is_told = is_told and not scene.lexicon.is_word("noun_opening", scene.word_before(hit.start))
    if roles.actor is None and has_nameless_doer(scene, hit, discourse):
        return replace(roles, actor_rule=UNNAMED)
    if roles.actor is None and (speaker := _speaker_before_condition(scene, hit, roles)) is not None:
        return replace(roles, actor=speaker, actor_rule="subject:who says so")
    if roles.actor is None and roles.actor_rule != DEED_ACTS and is_told:
        side, rule, carried = carried_subject(scene, scene.clause_of(hit.start)[0], discourse)
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


def _speaker_before_condition(scene: Scene, hit: Hit, roles: Roles) -> SideSpan | None:
    """Who says what he will do on a condition that stands before it ("X, Y'nin saldırması halinde ... vuracağını")."""
    border = scene.border_before(hit.start)
    if not scene.has_case_endings or hit.voice is not Voice.GERUND or border is None or border.kind != "adverbial":
        return None
    first = next((p for p in scene.parties if p.sides), None)
    is_head = first is not None and first.is_nominative and first.start - scene.sentence.start <= 1
    is_own = first is not None and roles.target is not None and is_same_side(first.sides[0], roles.target)
    return first.sides[0] if first is not None and is_head and not is_own else None


def _owner_of_object(scene: Scene, hit: Hit, roles: Roles) -> Roles | None:
    """In "X its-ambassador recalled", which opens a text and names no other subject, X acts."""
    if roles.actor is not None or hit.voice is not Voice.ACTIVE or not scene.has_case_endings:
        return None
    start, _ = scene.clause_of(hit.start)
    here = [p for p in scene.parties if start <= p.start and p.end <= hit.start and p.sides]
    if not here or start != scene.sentence.start or here[0].case != "object" or here[0].own_case == "genitive":
        return None
    if scene.folded[here[0].end : here[0].end + 1] == "'" or any(p.is_nominative for p in here):
        return None
    actor = here[0].sides[0]
    others = [s for p in here[1:] if not is_place(p) for s in p.sides if not is_same_side(s, actor)]
    return Roles(actor, others[0] if others else None, False, "actor:owner of the object", "target:object", 0)


def _fill_target(scene: Scene, hit: Hit, roles: Roles, discourse: Discourse) -> Roles:
    """What a clause leaves out: the soil for a harm, else the other side in play for an act that needs one."""
    is_people = hit.trigger.type == "PROTEST" and roles.actor is None
    if roles.target is None and (own := _own_people_struck(scene, hit, roles)) is not None:
        return replace(roles, target=own, target_rule="target:whose people they were")
    if (opened := find_opened_abroad(scene, hit, roles)) is not None:
        return opened
    if hit.trigger.is_swapped and roles.target is None and roles.actor is not None and hit.trigger.type == "ASSAULT":
        soil = soil_of(scene, hit, roles.actor)
        return replace(roles, target=soil, target_rule="target:soil") if soil is not None else roles
    if (roles.target is not None and not is_people) or hit.trigger.is_swapped:
        return roles
    if hit.trigger.type == "PROTEST" and roles.target is None and (mission := _mission_before(scene, hit)) is not None:
        roles = replace(roles, target=mission, target_rule="target:whose mission they stood at")
    if hit.trigger.type == "PROTEST" and roles.actor is None:
        where = soil_of(scene, hit, roles.target)
        return Roles(where, roles.target, False, "actor:people of the place", roles.target_rule, roles.carried)
    if hit.trigger.type == "PROTEST" and roles.target is None:
        return replace(roles, target=soil_of(scene, hit, roles.actor), target_rule="target:soil")
    start, end = scene.clause_of(hit.start)
    is_harm = hit.voice is Voice.PASSIVE or bool(scene.cues_in("victim", start, end))
    has_victim = is_harm and any(start <= p.start < hit.start and p.case is None and p.sides for p in scene.parties)
    if (accuser := _accuser(scene, hit, roles)) is not None:
        return replace(roles, target=accuser, target_rule="target:who accuses")
    if (own := _owner_struck(scene, hit, roles)) is not None:
        return replace(roles, target=own, target_rule="target:whose people or soil it was")
    is_left = hit.trigger.mode == "withdraw" and hit.trigger.type == "RETREAT" and scene.nouns == "last"
    if (hit.trigger.type in ("ASSAULT", "COERCE", "MOBILIZE", "CONSULT", "AID") or is_left) and (
        roles.actor is not None or not has_victim
    ):
        soil = soil_of(scene, hit, roles.actor)
        if soil is not None:
            return Roles(roles.actor, soil, roles.is_symmetric, roles.actor_rule, "target:soil", roles.carried)
    if (ruler := find_ruler(scene, hit, roles)) is not None:
        return replace(roles, target=ruler, target_rule="target:the state it fights")
    if roles.actor is None or not (load_codebook()[hit.trigger.type].needs_target or _answers(scene, hit)):
        return roles
    if (scene.nouns == "first" or scene.order == "svo") and hit.voice.is_noun and is_condemned(scene, hit):
        return roles  # who condemns a deed is not whom it was done to
    start, _ = scene.clause_of(hit.start)
    is_again = scene.lexicon.kinds["again"].match(scene.folded, start) is not None
    if scene.lexicon.is_preverbal and hit.voice is Voice.PASSIVE and not is_again:
        return roles  # what was struck has no side: not the other one in play
    if is_background(scene, hit):
        return roles
    is_alone = not any(start <= p.start < end and p.sides and p.code != roles.actor.code for p in scene.parties)
    if hit.trigger.type == "SUPPORT" and hit.voice.is_noun and scene.is_aside(hit) and is_alone:
        return roles  # "even as X touted Y's support for talks": not for who acts in the main clause
    if load_codebook()[hit.trigger.type].quad <= 2 and (partners := find_partners(scene, hit)) is not None:
        return partners
    start, _ = scene.clause_of(hit.start)
    is_content = hit.voice is Voice.NOUN and any(
        start <= h.start < hit.start and h.trigger.type in SPOKEN for h in scene.hits
    )
    if scene.order == "vso" and is_content:
        return roles  # whoever condemns an act is not its target
    if (both := one_of_both(scene, hit, roles.actor, discourse)) is not None:
        return replace(roles, target=both, target_rule="target:both")
    if _is_on_ship(scene, hit, roles.actor):
        return roles
    other = _other_before(scene, find_own_start(scene, hit), roles.actor) or discourse.other_than(roles.actor)
    if other is not None and is_together(scene, roles.actor, other):
        return roles
    if other is not None and other.kind == "organisation" and hit.trigger.type in UNMET_BY_SPEAKERS:
        return roles  # who only called for something is not whom the border was shut on
    if other is None and (ruler := find_ruler_at_home(scene, hit, roles)) is not None:
        return replace(roles, target=ruler, target_rule="target:the state it fights")
    return Roles(roles.actor, other, False, roles.actor_rule, "target:other side in play", roles.carried + 1)


def _is_on_ship(scene: Scene, hit: Hit, actor: SideSpan) -> bool:
    """Whether an attack was on ships, in a sentence that names no other side: they may be anybody's."""
    if hit.trigger.type != "ASSAULT" or any(not is_same_side(side, actor) for p in scene.parties for side in p.sides):
        return False
    start, end = scene.clause_of(hit.start)
    if not scene.lexicon.has_boundaries:
        return scene.lexicon.kinds["ship"].search(scene.folded, start, end) is not None
    words = scene.words_between(start, end)
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    return any(scene.lexicon.is_word("ship", word) for word in (*words, *pairs))


def _mission_before(scene: Scene, hit: Hit) -> SideSpan | None:
    """Whose embassy people stood at, named before the verb as a place ("在拉巴斯的X领事馆外示威")."""
    if not scene.lexicon.is_preverbal:
        return None
    start, _ = scene.clause_of(hit.start)
    here = [p for p in scene.parties if start <= p.start and p.end <= hit.start and p.case == "place" and p.sides]
    return next((p.sides[0] for p in here if p.sides[0].kind == "institution"), None)


def _owner_struck(scene: Scene, hit: Hit, roles: Roles) -> SideSpan | None:
    """Who condemns a deed that was done to "its" people or soil, and so to him."""
    if not hit.voice.is_noun or not is_condemned(scene, hit):
        return None
    aim = next((word for word in scene.prepositions if hit.end <= word.start <= hit.end + OWN_CHARS), None)
    start, _ = scene.clause_of(hit.start)
    speakers = [p.sides[0] for p in scene.parties if start <= p.start < hit.start and p.is_nominative and p.sides]
    if aim is None or aim.pattern.label != "goal" or not speakers:
        return None
    words = scene.words_between(aim.end, min(scene.sentence.end, aim.end + OWN_CHARS))[:OWN_WORDS]
    return _as_owner(scene, words, speakers[0], roles, aim.end)


def _own_people_struck(scene: Scene, hit: Hit, roles: Roles) -> SideSpan | None:
    """Whose people "its soldiers" are beside a noun of harm ("the killing of three of its soldiers by X")."""
    if hit.trigger.type not in HARMS or not scene.lexicon.has_words("own"):
        return None
    if not hit.voice.is_noun:
        return _own_people_taken(scene, hit, roles)
    if scene.order == "sov" and scene.nouns == "last":
        words = scene.words_between(scene.sentence.start, hit.start)[-OWN_PEOPLE_WORDS:]
    else:
        stops = [p.start for p in scene.prepositions if p.start >= hit.end and p.pattern.label == "agent"]
        words = scene.words_between(hit.end, min([scene.sentence.end, *stops]))[:OWN_PEOPLE_WORDS]
    before = [p.sides[0] for p in scene.parties if p.end <= hit.start and p.is_nominative and p.sides]
    return _as_owner(scene, words, before[-1], roles, hit.end) if before else None


def _own_people_taken(scene: Scene, hit: Hit, roles: Roles) -> SideSpan | None:
    """Whose people a relative clause tells of, behind "its" ("asked for its reporters, who were arrested in X")."""
    if hit.voice is not Voice.PASSIVE or not scene.cues_in("relative", scene.sentence.start, hit.start):
        return None
    words = scene.words_between(scene.sentence.start, hit.start)
    speaker = next((p.sides[0] for p in scene.parties if p.end <= hit.start and p.is_nominative and p.sides), None)
    return _as_owner(scene, words, speaker, roles, hit.end) if speaker is not None else None


def _as_owner(scene: Scene, words: Sequence[str], speaker: SideSpan, roles: Roles, at: int) -> SideSpan | None:
    """The speaker as whose people or soil was struck, where one of the words is his "its" and he is not the doer."""
    is_doer = roles.actor is not None and is_same_side(speaker, roles.actor)
    if is_doer or not any(scene.lexicon.is_word("own", word) for word in words):
        return None
    # On a span of its own: he is the sufferer by "its", not by the words that make him the speaker.
    return replace(speaker, start=at, end=at)


def _answers(scene: Scene, hit: Hit) -> bool:
    """Whether forces are moved in answer to somebody ("called up reservists in reply")."""
    if hit.trigger.type != "MOBILIZE":
        return False
    if scene.cues_in("answering", scene.sentence.start, scene.sentence.end):
        return True
    border = scene.border_before(hit.start)
    if border is None or border.kind != "coordinate":
        return False
    # "X closes its crossing, Y puts its army on alert"
    return any(h.end <= border.start and load_codebook()[h.trigger.type].quad == 4 for h in scene.hits)


def _accuser(scene: Scene, hit: Hit, roles: Roles) -> SideSpan | None:
    """Whom an alleged deed without a target was done to: the side that accuses ("X accused Y of ramming a boat")."""
    rules = ("subject:object of the governing verb", "actor:who is accused of it")
    is_last = scene.order == "sov" and scene.nouns == "first"  # there the verb of the charge stands behind the deed
    is_alleged = roles.actor_rule in (("actor:object",) if is_last else rules)
    if not (scene.lexicon.is_positional or is_last) or not is_alleged or hit.trigger.type not in ALLEGED:
        return None
    start, end = scene.clause_of(hit.start)
    span = (hit.end, end) if is_last else (start, hit.start)
    blames = [h for h in scene.hits if span[0] <= h.start < span[1] and h.trigger.mode == "allege"]
    before = [p for p in scene.parties if start <= p.start and blames and p.end <= blames[-1].start and p.sides]
    if soil_of(scene, hit, roles.actor) is not None or not before or not before[0].is_nominative:
        return None
    return before[0].sides[0]


def _other_before(scene: Scene, at: int, actor: SideSpan) -> SideSpan | None:
    """The first side named earlier in the sentence that is not the actor."""
    earlier = (side for party in scene.parties if party.end <= at for side in party.sides)
    return next((side for side in earlier if not is_same_side(side, actor)), None)
