"""Who is meant where a crowd acts that nobody names: the people of the place, against whom their words or steps go.

"Thousands rallied in Karachi against X", "a crowd set fire to the embassy of X in Baghdad": the land acts. Holds where
position tells the roles and the lexicon lists words for crowds; case tells it in others (see bystanders.py).
"""

from __future__ import annotations

from flows.events.discourse import Roles, is_place, is_same_side
from flows.events.frozen import replace
from flows.events.parties import LAND, Party
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan

CROWD_ACTS = ("ASSAULT", "COERCE")
NAMED = ("subject:span", "actor:owner before the noun", "actor:by-phrase", "subject:where it came from")


def give_to_crowd(scene: Scene, hit: Hit, roles: Roles) -> Roles:
    """The roles, a nameless crowd's land as actor where it is told, and whom its protest is against as target."""
    if scene.order != "svo" or not scene.lexicon.has_cues("crowd"):
        return roles
    start, end = scene.clause_of(hit.start)
    here = [p for p in scene.parties if start <= p.start < end and p.sides]
    if hit.trigger.type == "PROTEST":
        return _protest(scene, hit, roles, here)
    crowds = scene.cues_in("crowd", start, hit.start) if hit.trigger.type in CROWD_ACTS else []
    if not crowds or hit.voice.is_noun or hit.voice.is_passive or _is_named(roles):
        return roles
    land = _land(scene, hit, here, roles.target)
    return replace(roles, actor=land, actor_rule="actor:people of the place") if land else roles


def _protest(scene: Scene, hit: Hit, roles: Roles, here: list[Party]) -> Roles:
    target, rule = roles.target, roles.target_rule
    opposed = next((p for p in here if _is_against(scene, p)), None)
    house = next((p for p in here if p.start >= hit.end and p.sides[-1].kind == "institution"), None)
    if (aim := opposed or house) is not None:
        target, rule = aim.sides[0], "target:whom the protest is against"
    if _is_named(roles) and roles.actor is not None and (target is None or not is_same_side(roles.actor, target)):
        return replace(roles, target=target, target_rule=rule)
    land = _land(scene, hit, [p for p in here if p not in (opposed, house)], target)
    actor = land or (roles.actor if target is None or roles.actor is None or roles.actor.code != target.code else None)
    if actor is not None and target is not None and is_same_side(actor, target):
        target = None
    return replace(roles, actor=actor, target=target, actor_rule="actor:people of the place", target_rule=rule)


def _is_named(roles: Roles) -> bool:
    return roles.actor is not None and roles.actor_rule.startswith(NAMED)


def _is_against(scene: Scene, party: Party) -> bool:
    words = [p for p in scene.prepositions if p.start == party.case_at]
    return bool(words) and scene.lexicon.is_word("against", words[0].pattern.text)


def _land(scene: Scene, hit: Hit, here: list[Party], other: SideSpan | None) -> SideSpan | None:
    """The land a crowd stands in: the one named before the verb, else the last behind it, else that of a town."""
    lands = [p for p in here if is_place(p) and p.sides[0].kind in LAND]
    before = [p for p in lands if p.end <= hit.start]
    chosen = before[0] if before else lands[-1] if lands else None
    if chosen is not None and (other is None or not is_same_side(chosen.sides[0], other)):
        return chosen.sides[0]
    start, end = scene.clause_of(hit.start)
    for place in scene.places:
        code = place.country_code
        is_other = start <= place.start < end and code and (other is None or code != other.code)
        if is_other and code and not any(p.start <= place.start < p.end for p in here):
            return SideSpan(place.start, place.end, code, place.name, code, "CVL", "place", True)
    return None
