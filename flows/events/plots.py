"""Plots that were foiled: who made one, whom it was aimed at, and who foiled it."""

from __future__ import annotations

from collections.abc import Sequence

from flows.events.discourse import Roles, is_place, is_same_side
from flows.events.frozen import replace
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan
from flows.events.spoken import Reading

PLOTTER, FOILER, AIMED_AT = "actor:plotter", "target:who foiled it", "target:whom the plot was aimed at"
UNNAMED_PLOTTER = "target:plotter not named"


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
    for at, (hit, roles) in enumerate(readings):
        if (plot := _aimed_elsewhere(scene, hit, roles)) is None:
            continue
        settled[at] = (hit, plot)
        if plot.target is None or roles.target is None or is_same_side(plot.target, roles.target):
            continue
        for other, (caught, theirs) in enumerate(readings):
            is_mistaken = theirs.target is not None and is_same_side(theirs.target, plot.target)
            if caught.trigger.mode == "arrest" and is_mistaken:
                rule = "target:plotter" if plot.actor else UNNAMED_PLOTTER
                settled[other] = (caught, replace(theirs, target=plot.actor, target_rule=rule))
    return [(hit, _less_aimed_at(scene, hit, roles)) for hit, roles in settled]


def _aimed_elsewhere(scene: Scene, hit: Hit, roles: Roles) -> Roles | None:
    """The roles of a foiled plot that was not aimed at who foiled it, None where it was."""
    plotter, foiler = roles.actor, roles.target
    if (roles.actor_rule, roles.target_rule) != (PLOTTER, FOILER) or plotter is None or foiler is None:
        return None
    goals = (p.sides[0] for p in scene.parties if p.sides and p.case == "goal" and p.start > hit.start)
    if any(is_same_side(side, foiler) for side in goals):
        return None
    named = [side for p in scene.parties if not is_place(p) and p.case != "other" for side in p.sides]
    third = next((side for side in named if not (is_same_side(side, plotter) or is_same_side(side, foiler))), None)
    if third is not None and (_is_state(third) or not _is_state(plotter)):
        return replace(roles, target=third, target_rule=AIMED_AT)
    if third is None and not (_is_state(plotter) and _case_of(scene, plotter) == "goal"):
        return None
    return replace(roles, actor=third, target=plotter, target_rule=AIMED_AT)  # who seemed the plotter was the aim


def _less_aimed_at(scene: Scene, hit: Hit, roles: Roles) -> Roles:
    """The roles of who foiled a plot, less the state that it was aimed at ("foiled a plot against Z's consulate")."""
    if hit.trigger.mode != "arrest" or roles.target is None or not _is_state(roles.target):
        return roles
    is_plot = any(cue.start == hit.start for cue in scene.cues_of("plot"))
    if not is_plot or _case_of(scene, roles.target) != "goal":
        return roles
    return replace(roles, target=None, target_rule=UNNAMED_PLOTTER)


def _case_of(scene: Scene, side: SideSpan) -> str | None:
    """The case of the party that a side of a scene belongs to."""
    return next((p.case for p in scene.parties if any(one is side for one in p.sides)), None)


def _is_state(side: SideSpan) -> bool:
    return side.code == side.country_code
