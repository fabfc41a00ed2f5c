"""Settles the sides of a deed and of the words spoken of it, once both are read: "X condemned the attack of Y on Z".

Who condemns a deed is neither its doer nor its sufferer by the same words, and it is the doer that is condemned. Each
of the two readings sees only its own clause; here they are held against each other, by the very span each side stands
on, so that "X condemned the attack on X" is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.events.chains import DEEDS
from flows.events.discourse import Roles, is_place, is_same_side
from flows.events.frozen import replace
from flows.events.objects import soil_of
from flows.events.reports import GUESSED
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan

SPEAKING = ("ACCUSE", "SUPPORT")
LOOSE = ("target:place", *GUESSED)  # a target that no word of the clause names as one
Reading = tuple[Hit, Roles]


def settle_spoken(scene: Scene, readings: Sequence[Reading]) -> list[Reading]:
    """The readings of a scene in their order, with the sides of deeds and of what is said of them made to agree."""
    if not readings:
        return []
    consoled = [roles.target for hit, roles in readings if hit.trigger.type == "SUPPORT"]
    settled = [(hit, _without_mourned(scene, hit, roles, consoled)) for hit, roles in readings]
    for said, (speech, words) in enumerate(settled.copy()):
        if speech.trigger.type not in SPEAKING or speech.voice.is_passive or words.actor is None or words.is_symmetric:
            continue
        for told, (deed, roles) in enumerate(settled):
            if not _speaks_of(scene, speech, words.actor, deed) or roles.is_symmetric:
                continue
            roles = _without_speaker(scene, deed, roles, words.actor)
            settled[told] = (deed, roles)
            settled[said] = (speech, _spoken_to_doer(settled[said][1], roles, _other_named(scene, deed, words, roles)))
    return settled


def settle_charges(scene: Scene, readings: Sequence[Reading]) -> list[Reading]:
    """The readings with "they" of a charge as whom it is laid at ("X accused Y's soldiers: they shot a farmer")."""
    settled = list(readings)
    if not any([hit.trigger.mode == "allege" for hit, _ in readings]):
        return settled
    for told, (deed, roles) in enumerate(readings):
        charge = next((r for h, r in readings if h.trigger.mode == "allege" and h.start < deed.start), None)
        if charge is None or charge.actor is None or charge.target is None or deed.trigger.type not in DEEDS:
            continue
        is_open = roles.target is None or roles.target_rule in GUESSED
        # "accused the army of shelling": whose army it is was guessed
        is_body = charge.target_rule in GUESSED and deed.voice.is_noun
        is_charger = roles.actor is not None and is_same_side(roles.actor, charge.actor)
        if is_body and roles.actor is None and is_open:
            told_of = Roles(charge.target, charge.actor, False, "actor:who is accused of it", "target:who accuses")
            settled[told] = (deed, told_of)
        elif is_charger and (roles.actor_rule == "subject:pronoun" or _is_told_of_accused(scene, deed, roles)):
            swapped = replace(roles, actor=charge.target, target=charge.actor, actor_rule="actor:who is accused of it")
            settled[told] = (deed, swapped)
    return settled


def _is_told_of_accused(scene: Scene, deed: Hit, roles: Roles) -> bool:
    """Whether a clause without a subject goes on from a charge ("اتهمت X Y بأنها قصفت"): Y did it."""
    border = scene.border_before(deed.start)
    is_content = scene.order == "vso" and border is not None and border.kind == "complement"
    return is_content and roles.actor_rule == "subject:carried from the clause before"


def _without_mourned(scene: Scene, hit: Hit, roles: Roles, consoled: Sequence[SideSpan | None]) -> Roles:
    """The roles of a condemnation less whom its speaker consoles ("offered Y condolences and condemned the attack")."""
    if hit.trigger.type != "ACCUSE":
        return roles
    is_carried = roles.target_rule == "target:other side in play"
    if not is_carried and not any(_is_span(roles.target, side) for side in consoled):
        return roles
    is_mourning = scene.lexicon.kinds["mourning"].search(scene.folded, scene.sentence.start, scene.sentence.end)
    return replace(roles, target=None, target_rule="target:only mourned") if is_mourning else roles


def _speaks_of(scene: Scene, speech: Hit, speaker: SideSpan, deed: Hit) -> bool:
    """Whether a deed is named, not told, in the clause of the words or the speaker, and nobody is accused of it."""
    if not deed.voice.is_noun or deed.trigger.type not in DEEDS or speech.trigger.mode == "allege":
        return False
    start, end = scene.clause_of(deed.start)
    return scene.clause_of(speech.start) == (start, end) or start <= speaker.start < end


def _without_speaker(scene: Scene, deed: Hit, roles: Roles, speaker: SideSpan) -> Roles:
    """The roles of a deed less the words that name the speaker; who was taken for its sufferer may then be its doer."""
    if _is_span(roles.actor, speaker):
        doer = roles.target if roles.target_rule in ("target:bare", "target:genitive") else None
        rest = roles.target if doer is None else None
        roles = replace(roles, actor=doer, target=rest, actor_rule="actor:who is spoken of" if doer else "actor:none")
    elif _is_span(roles.target, speaker):
        roles = replace(roles, target=None, target_rule="target:none")
    if roles.target is None and roles.actor is not None:
        soil = soil_of(scene, deed, roles.actor)
        if soil is not None and not _is_span(soil, speaker):
            roles = replace(roles, target=soil, target_rule="target:soil")
    return roles


def _spoken_to_doer(words: Roles, deed: Roles, other: SideSpan | None) -> Roles:
    """Words aimed at the sufferer of a deed are aimed at its doer, or who else is named where none is said to be."""
    is_at_sufferer = words.target is None or _is_span(words.target, deed.target) or words.target_rule in LOOSE
    if other is not None:
        return replace(words, target=other, target_rule="target:the other side named")
    is_guessed = words.target_rule == "target:other side in play" and deed.target_rule == "target:goal"
    if deed.actor is None and is_guessed and _is_span(words.target, deed.target):
        return replace(words, target=None, target_rule="target:none")
    if deed.actor is None or not is_at_sufferer or (words.actor and is_same_side(words.actor, deed.actor)):
        return words
    return replace(words, target=deed.actor, target_rule="target:who did what is spoken of")


def _other_named(scene: Scene, deed: Hit, words: Roles, roles: Roles) -> SideSpan | None:
    """Who else is named where words seem aimed at whom an attack by nobody was on ("condemned the attack on X")."""
    sufferer = words.target
    if roles.actor is not None or sufferer is None or not scene.lexicon.has_boundaries or scene.order != "svo":
        return None
    struck = next((p for p in scene.parties if p.start >= deed.end and p.sides), None)
    if struck is None or struck.case != "goal" or not _is_span(struck.sides[0], sufferer):
        return None
    named = [p.sides[0] for p in scene.parties if p.sides and not is_place(p)]
    known = [side for side in (words.actor, sufferer) if side is not None]
    return next((side for side in named if not any(is_same_side(side, one) for one in known)), None)


def _is_span(one: SideSpan | None, other: SideSpan | None) -> bool:
    return one is not None and other is not None and (one.start, one.end) == (other.start, other.end)
