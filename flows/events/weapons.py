"""Who struck, told by whose weapon it was: "hit by a Russian missile", "Rus füzesiyle vuruldu", "بقنبلة روسية".

An adjective of nationality or the name of a group beside a missile, a bomb or a drone says who fired it, in whatever
case the phrase stands.
It is asked only where nothing else names who did it.
"""

from __future__ import annotations

from flows.events.cases import WORD
from flows.events.discourse import Roles, is_same_side
from flows.events.frozen import replace
from flows.events.parties import Party
from flows.events.scene import Hit, Scene

DESCRIBING = ("demonym", "group")
NAMED = ("demonym", "state", "group")
WEAPON_CHARS = 4  # "俄罗斯滑翔炸弹"
BESIDE_WORDS = 2  # "Rus güdümlü bombası", "bombe planante russe"


def give_to_weapon_owner(scene: Scene, hit: Hit, roles: Roles) -> Roles:
    """The roles of a strike that names nobody who struck, with the owner of the weapon told beside it as actor."""
    if hit.trigger.type != "ASSAULT":
        return roles
    start, end = scene.clause_of(hit.start)
    if roles.actor is not None:
        return _past_weapon(scene, start, end, roles)
    owners = [p for p in scene.parties if start <= p.start < end and _owns_weapon(scene, p)]
    if not owners:
        return roles
    side = owners[0].sides[0]
    is_own = roles.target is not None and is_same_side(roles.target, side)
    target = None if is_own else roles.target
    return replace(roles, actor=side, target=target, actor_rule="actor:whose weapon it was", carried=0)


def _past_weapon(scene: Scene, start: int, end: int, roles: Roles) -> Roles:
    """The roles of a strike whose target is whom another phrase aims at, not whose the weapon is by its adjective."""
    if scene.order != "vso" or roles.target is None or roles.target_rule != "target:bare":
        return roles
    here = [p for p in scene.parties if start <= p.start < end and p.sides]
    is_weapons = any(p.sides[0].start == roles.target.start and _names_weapon(scene, p) for p in here)
    aimed = [p.sides[0] for p in here if p.case == "goal"]
    return replace(roles, target=aimed[0], target_rule="target:goal") if is_weapons and aimed else roles


def _names_weapon(scene: Scene, party: Party) -> bool:
    """Whether a phrase is a weapon with the adjective of whose it is, beside it or within it."""
    first = _words(scene, party.start, party.end)[:1]
    return _owns_weapon(scene, party) or any(scene.lexicon.is_word("weapon", word) for word in first)


def _owns_weapon(scene: Scene, party: Party) -> bool:
    """Whether a party is an adjective of nationality, or a group, with the word for a weapon beside it."""
    if len(party.sides) != 1 or party.sides[0].kind not in (DESCRIBING if scene.lexicon.has_boundaries else NAMED):
        return False
    if not scene.lexicon.has_boundaries:  # a name stands right before its noun, with no letter to say so
        high = min(scene.sentence.end, party.end + WEAPON_CHARS)
        return scene.lexicon.kinds["weapon"].search(scene.folded, party.end, high) is not None
    behind = _words(scene, party.end, scene.sentence.end)[:BESIDE_WORDS]
    before = _words(scene, scene.sentence.start, party.start)[-BESIDE_WORDS:]
    if scene.nouns == "last" and not scene.lexicon.is_doer_genitive:
        before = []
    return any(scene.lexicon.is_word("weapon", word) for word in (*behind, *before))


def _words(scene: Scene, start: int, end: int) -> list[str]:
    return WORD.findall(scene.folded, start, end)
