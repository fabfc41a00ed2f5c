"""Whose deed it is where the text names what a side owns: forces, embassies abroad, the land of an armed group."""

from __future__ import annotations

from flows.events.discourse import Roles, is_same_side
from flows.events.frozen import replace
from flows.events.objects import is_condemned, soil_of, state_of
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan

HELPER_CHARS = 12  # between "were" and its participle
MOVED = ("target:subject of the passive", "target:bare", "target:subject")  # who is moved, not against whom


def give_to_mover(scene: Scene, hit: Hit, roles: Roles) -> Roles:
    """The roles of forces that are moved or readied by nobody named: their own side moves them."""
    is_moved = hit.trigger.type == "MOBILIZE" and hit.voice.is_passive and roles.actor is None
    is_moved = is_moved and roles.target is not None and roles.target.sector == "MIL" and roles.target_rule in MOVED
    if not is_moved or _only_says_which(scene, hit):
        return roles
    return replace(roles, actor=roles.target, target=None, actor_rule="actor:whose forces were moved")


def _only_says_which(scene: Scene, hit: Hit) -> bool:
    """Whether a participle or a relative clause only says which forces are meant ("soldiers deployed in X left")."""
    start, _ = scene.clause_of(hit.start)
    relatives = scene.cues_in("relative", start, hit.start)
    behind_relative = any(len(scene.words_between(cue.end, hit.start)) <= 1 for cue in relatives)
    helpers = [cue for cue in scene.cues_in("auxiliary", start, hit.start) if hit.start - cue.end <= HELPER_CHARS]
    is_bare = scene.lexicon.has_cues("auxiliary") and not helpers
    return behind_relative or is_bare or scene.is_postposed


def find_mission_outside(scene: Scene, hit: Hit, roles: Roles) -> Roles | None:
    """The roles of a protest at an embassy that stands where the doer might ("у посольства X прошла акция")."""
    mission = roles.actor
    if hit.trigger.type != "PROTEST" or scene.order != "free" or mission is None or mission.kind != "institution":
        return None
    party = next((p for p in scene.parties if mission in p.sides), None)
    if party is None or party.case not in ("source", "place", "goal"):
        return None
    where = soil_of(scene, hit, mission)
    return Roles(where, mission, False, "actor:people of the place", "target:whose mission they stood at")


def find_opened_abroad(scene: Scene, hit: Hit, roles: Roles) -> Roles | None:
    """The roles of an embassy that opens or closes: its owner acts on whose soil it stands on."""
    owner = roles.actor or roles.target
    if owner is None or (roles.actor is not None and roles.target is not None):
        return None
    if not hit.trigger.is_owner_actor or owner.kind != "institution":
        return None
    start, end = scene.clause_of(hit.start)
    here = [p for p in scene.places if start <= p.start < end]
    abroad = [p for p in here if p.country_code not in (None, owner.country_code)]
    lands = [s for p in scene.parties if start <= p.start < end for s in p.sides if s.kind in ("capital", "place")]
    host = state_of(abroad[0]) if abroad else next((s for s in lands if not is_same_side(s, owner)), None)
    if host is None:
        return None
    return Roles(owner, host, False, "actor:owner of what is opened or closed", "target:soil", roles.carried)


def find_ruler(scene: Scene, hit: Hit, roles: Roles) -> SideSpan | None:
    """The state that an armed group of its country fights, where nobody else is named.

    To it the group yields ground, and it is struck by what others condemn and was done on its soil.
    """
    if (hit.trigger.type, hit.trigger.mode) == ("RETREAT", "withdraw"):
        return _home_of(roles.actor)
    return find_ruler_at_home(scene, hit, roles) if is_condemned(scene, hit) else None


def find_ruler_at_home(scene: Scene, hit: Hit, roles: Roles) -> SideSpan | None:
    """The state of an armed group that attacks in its own country, None elsewhere and for other deeds."""
    home = _home_of(roles.actor) if hit.trigger.type == "ASSAULT" else None
    start, end = scene.clause_of(hit.start)
    here = home and [p for p in scene.places if start <= p.start < end and p.country_code == home.code]
    return home if here else None


def _home_of(group: SideSpan | None) -> SideSpan | None:
    """The state of an armed group's country, as a side."""
    if group is None or group.kind != "group" or group.country_code is None:
        return None
    return replace(group, code=group.country_code, sector="GOV", kind="place")
