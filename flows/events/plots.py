"""Plots that were foiled: who made one, whom it was aimed at, and who foiled it."""

from __future__ import annotations

from collections.abc import Sequence

from flows.events.discourse import Roles, is_place, is_same_side
from flows.events.frozen import replace
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan

PLOTTER, FOILER, AIMED_AT = "actor:plotter", "target:who foiled it", "target:whom the plot was aimed at"
Reading = tuple[Hit, Roles]


def plot_roles(scene: Scene, hit: Hit) -> Roles | None:
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
            return Roles(plotters[0].sides[0], foilers[0].sides[0], False, PLOTTER, FOILER)
    for cue in scene.cues_in("plot", start, hit.start) if hit.trigger.type == "ASSAULT" else ():
        before = [p for p in scene.parties if start <= p.start and p.end <= cue.start and p.sides]
        after = [p for p in scene.parties if cue.end <= p.start < end and p.sides]
        if len(after) > 1 and is_place(after[-1]):  # where it was foiled
            after = after[:-1]
        if before and not after and scene.lexicon.is_preverbal:
            return Roles(None, None, False, "actor:plotter not named", "target:none")
        if scene.order == "vso" and not before:
            before, after = after[:1], after[1:]
        if before and after:
            return Roles(after[0].sides[0], before[0].sides[0], False, PLOTTER, FOILER)
    return None


def _plot_behind(scene: Scene, hit: Hit) -> Roles | None:
    """In "X Y's plot foiled" the plot's owner is Y and X was its target."""
    start, end = scene.clause_of(hit.start)
    if hit.trigger.type != "ASSAULT" or not hit.voice.is_noun or not scene.cues_in("plot", hit.end, end):
        return None
    before = [p for p in scene.parties if start <= p.start and p.end <= hit.start and p.sides and not is_place(p)]
    plotters = [p for p in before if not p.is_nominative or p.own_case == "genitive"] or before[1:]
    foilers = [p.sides[0] for p in before if p.is_nominative]
    if not plotters:
        return None
    target = next((side for side in foilers if not is_same_side(side, plotters[0].sides[0])), None)
    return Roles(plotters[0].sides[0], target, False, PLOTTER, FOILER)


def settle_plots(scene: Scene, readings: Sequence[Reading]) -> list[Reading]:
    """The readings with a foiled attack aimed at the third side named, where one is, and its plotter as who is caught.

    "X foiled a plot of Y against Z's consulate": Y planned it against Z, and X acted against Y.
    """
    settled = list(readings)
    named = [p for p in scene.parties if p.sides]
    for at, (hit, roles) in enumerate(readings):
        if roles.actor_rule != PLOTTER or roles.target_rule != FOILER or roles.actor is None or roles.target is None:
            continue
        plotter: SideSpan | None = roles.actor
        if any(p.case == "goal" and p.start > hit.start and is_same_side(p.sides[0], roles.target) for p in named):
            continue  # it was aimed at who foiled it
        aimed = _third_side(scene, roles)
        owner = next((p for p in scene.parties if any(side is roles.actor for side in p.sides)), None)
        if aimed is None and (owner is None or owner.case != "goal" or not _is_state(roles.actor)):
            continue
        if aimed is None or (_is_state(roles.actor) and not _is_state(aimed)):
            plotter, aimed = aimed, roles.actor
        settled[at] = (
            hit,
            replace(roles, actor=plotter, target=aimed, target_rule=AIMED_AT),
        )
        for other, (caught, theirs) in enumerate(readings):
            is_mistaken = theirs.target is not None and is_same_side(theirs.target, aimed)
            if caught.trigger.mode == "arrest" and is_mistaken and not is_same_side(roles.target, aimed):
                rule = "target:plotter" if plotter else "target:plotter not named"
                settled[other] = (caught, replace(theirs, target=plotter, target_rule=rule))
    return [(hit, _less_aimed_at(scene, hit, roles)) for hit, roles in settled]


def _less_aimed_at(scene: Scene, hit: Hit, roles: Roles) -> Roles:
    """The roles of who foiled a plot, less the state that it was aimed at ("foiled a plot against Z's consulate")."""
    if hit.trigger.mode != "arrest" or roles.target is None or not _is_state(roles.target):
        return roles
    if not any(cue.start == hit.start for cue in scene.cues_of("plot")):
        return roles
    party = next((p for p in scene.parties if any(side is roles.target for side in p.sides)), None)
    if party is None or party.case != "goal":
        return roles
    return replace(roles, target=None, target_rule="target:plotter not named")


def _third_side(scene: Scene, roles: Roles) -> SideSpan | None:
    """The side named beside the plotter and who foiled the plot, that is no place where it was to be."""
    known = [side for side in (roles.actor, roles.target) if side is not None]
    named = [side for p in scene.parties if p.sides and not is_place(p) and p.case != "other" for side in p.sides]
    return next((side for side in named if not any(is_same_side(side, one) for one in known)), None)


def _is_state(side: SideSpan) -> bool:
    return side.code == side.country_code
