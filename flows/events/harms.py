"""Harm and the blow it came of, told apart in one sentence ("35 were killed in X's shelling"): one deed, not two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flows.events.discourse import is_same_side
from flows.events.inflection import Voice
from flows.events.reports import GUESSED, Report
from flows.events.scene import Scene


def find_blow(scene: Scene, report: Report, told: Sequence[Report]) -> int | None:
    """Which attack harm told behind it is the effect of ("firing at X, wounding six"), though read the wrong way round.

    So it is where the one who was struck would strike back without being named again between the two verbs.
    """
    blows = [at for at, r in enumerate(told) if r.type == "ASSAULT" and r.hit_start < report.hit_start]
    is_harm = bool(scene.cues_in("victim", report.hit_start, report.hit_start + 1))
    if report.type != "ASSAULT" or not is_harm or not blows or report.roles.actor is None:
        return None
    first, actor = told[blows[-1]], report.roles.actor
    if first.roles.actor is None or is_same_side(first.roles.actor, actor):
        return None
    between = [p for p in scene.parties if first.hit_start < p.start < report.hit_start and p.kind == "span"]
    is_named_again = any(is_same_side(side, actor) for p in between for side in p.sides if side.kind != "place")
    return None if is_named_again else blows[-1]


def with_harm(blow: Report, harm: Report) -> Report:
    """The attack with what its effect tells of it: the toll, and the time where it has none of its own."""
    toll = blow.toll if blow.toll.is_known else harm.toll
    return replace(blow, toll=toll, when=blow.when if blow.when.is_told else harm.when)


def join_harms(scene: Scene, reports: Sequence[Report]) -> list[Report]:
    """The reports of a scene, harm by nobody joined to the attack by somebody that its clause names behind it."""
    kept = list(reports)
    for harm in reports:
        if (at := _coerced(kept, harm)) is not None:  # "hosed X's boat, wounding three"
            kept[at] = with_harm(kept[at], harm)
            kept = [report for report in kept if report is not harm]
            continue
        if harm.type != "ASSAULT" or harm.roles.actor is not None or harm.rules["voice"] == Voice.NOUN:
            continue
        at = next((n for n, blow in enumerate(kept) if _is_blow_of(scene, blow, harm)), None)
        if at is not None:
            kept[at] = with_harm(_on_sufferer(kept[at], harm), harm)
            kept = [report for report in kept if report is not harm]
    return kept


def _coerced(told: Sequence[Report], harm: Report) -> int | None:
    """Which act of force short of arms harm told behind it came of: same doer, nobody else named as its sufferer."""
    if harm.type != "ASSAULT" or harm.mode is not None or harm.roles.target_rule not in GUESSED:
        return None
    for at, blow in enumerate(told):
        one, other = blow.roles.actor, harm.roles.actor
        is_same = one is not None and other is not None and is_same_side(one, other)
        if blow.type == "COERCE" and blow.hit_start < harm.hit_start and is_same and blow.status == harm.status:
            return at
    return None


def _is_blow_of(scene: Scene, blow: Report, harm: Report) -> bool:
    """Whether an attack named in the clause of a harm, or mutual fire before it, is what it came of."""
    sides = [side for side in (blow.roles.actor, blow.roles.target) if side is not None]
    if blow.type == "ASSAULT" and blow.roles.is_symmetric and len(sides) > 1 and blow.status == harm.status:
        return harm.roles.target is None or any(is_same_side(side, harm.roles.target) for side in sides)
    is_named = blow.type == "ASSAULT" and blow.rules["voice"] == Voice.NOUN and blow.roles.actor is not None
    if not is_named or blow is harm or scene.clause_of(blow.hit_start) != scene.clause_of(harm.hit_start):
        return False
    sufferer, struck = harm.roles.target, blow.roles.target
    if sufferer is None or (blow.roles.actor is not None and is_same_side(sufferer, blow.roles.actor)):
        return harm.hit_start < blow.hit_start or scene.order != "svo"
    return struck is None or blow.roles.target_rule in GUESSED or is_same_side(struck, sufferer)


def _on_sufferer(blow: Report, harm: Report) -> Report:
    """The attack with who was harmed as its target, where that was only guessed."""
    sufferer, actor = harm.roles.target, blow.roles.actor
    is_open = not blow.roles.is_symmetric
    is_open = is_open and (blow.roles.target is None or blow.roles.target_rule in GUESSED)
    if sufferer is None or actor is None or is_same_side(sufferer, actor) or not is_open:
        return blow
    return replace(blow, roles=replace(blow.roles, target=sufferer, target_rule="target:who was harmed"))
