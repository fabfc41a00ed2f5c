"""Harm and the blow it came of, told apart in one sentence ("35 were killed in X's shelling"): one deed, not two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flows.events.codebook import HARMS
from flows.events.discourse import is_place, is_same_side
from flows.events.frozen import replace
from flows.events.inflection import Voice
from flows.events.nameless import UNNAMED
from flows.events.objects import blames_before
from flows.events.reports import GUESSED, SOIL, Report, is_same_day
from flows.events.scene import Scene
from flows.events.sides import SideSpan
from warehouse.records import Status

COUNTED = (None, "subject", "genitive", "source")  # the cases of whose people are counted
COUNTED_WORDS = 4  # from a verb that comes first to whose people they are
PEOPLE = ("state", "demonym", "role", "person", "institution")
STRIKER = "target:who did what is spoken of"


def find_blow(scene: Scene, report: Report, told: Sequence[Report]) -> int | None:
    """Which attack harm told behind it is the effect of ("firing at X, wounding six"), though read the wrong way round.

    So it is where the one who was struck would strike back without being named again between the two verbs.
    """
    if report.type != "ASSAULT" or report.roles.actor is None or not told:
        return None
    blows = [at for at, r in enumerate(told) if r.type == "ASSAULT" and r.hit_start < report.hit_start]
    if not blows or not scene.cues_in("victim", report.hit_start, report.hit_start + 1):
        return None
    first, actor = told[blows[-1]], report.roles.actor
    if not (_is_struck(first, actor) if first.roles.actor is None else not is_same_side(first.roles.actor, actor)):
        return None
    between = [p for p in scene.parties if first.hit_start < p.start < report.hit_start and p.kind == "span"]
    is_named_again = any(is_same_side(side, actor) for p in between for side in p.sides if side.kind != "place")
    return None if is_named_again else blows[-1]


def _is_struck(blow: Report, side: SideSpan) -> bool:
    """Whether a side is who was hit by somebody unnamed ("X's base was hit, killing three"): it did not kill them."""
    struck = blow.roles.target
    return struck is not None and is_same_side(struck, side) and blow.rules["voice"] == Voice.PASSIVE


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
    if harm.type != "ASSAULT" or harm.roles.target_rule not in GUESSED:
        return None
    is_hurt = harm.toll.injured_min is not None and harm.toll.killed_min is None  # "stoned the embassy and hurt three"
    for at, blow in enumerate(told):
        one, other = blow.roles.actor, harm.roles.actor
        is_same = one is not None and other is not None and is_same_side(one, other)
        if (
            blow.type in ("COERCE", "PROTEST")
            and blow.hit_start < harm.hit_start
            and (harm.mode is None or (is_hurt and blow.type == "PROTEST"))
            and is_same
            and blow.status == harm.status
        ):
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


def join_sufferers(reports: Sequence[Report], sentences: Sequence[int]) -> list[Report]:
    """The reports of an article, those of whom nobody killed joined to the attack by somebody told right beside them.

    "Four Togolese drivers were killed when fighters of X ambushed a convoy in Y" tells one attack, in two clauses or in
    two sentences: where an attack has no other target than the soil, those whose dead are counted beside it are whom it
    struck. `sentences` are the offsets where the article's begin.
    """
    kept = list(reports)
    order = {start: number for number, start in enumerate(sentences)}
    for harm in reports:
        if not _is_of_nobody(harm):
            continue
        beside = [b for b in kept if b is not harm and _is_open_blow(b, harm) and _is_near(b, harm, order)]
        if len({b.roles.actor.code for b in beside if b.roles.actor}) != 1:
            continue
        blow = beside[0]
        roles = replace(blow.roles, target=harm.roles.target, target_rule="target:who was harmed")
        kept[kept.index(blow)] = with_harm(replace(blow, roles=roles), harm)
        kept = [report for report in kept if report is not harm]
    return kept


def _is_of_nobody(harm: Report) -> bool:
    """Whether a report counts the dead or hurt of a side and names nobody as who did it."""
    roles = harm.roles
    is_told = harm.type == "ASSAULT" and harm.toll.is_known and harm.status is Status.OCCURRED
    if not is_told or roles.actor is not None or roles.target is None or roles.actor_rule == UNNAMED:
        return False
    return roles.target_rule != SOIL and roles.target.kind != "place"


def _is_open_blow(blow: Report, harm: Report) -> bool:
    """Whether an attack by somebody else names nobody whom it struck but the place, and counts no others."""
    actor, sufferer, struck = blow.roles.actor, harm.roles.target, blow.roles.target
    if blow.type != "ASSAULT" or actor is None or sufferer is None or blow.roles.is_symmetric:
        return False
    if blow.status is not harm.status or is_same_side(actor, sufferer) or actor.country_code == sufferer.country_code:
        return False
    is_open = struck is None or blow.roles.target_rule in GUESSED or struck.kind == "place"
    is_counted = blow.toll.is_known and blow.toll.killed_min != harm.toll.killed_min
    return (
        (is_open or (struck is not None and is_same_side(struck, sufferer)))
        and not is_counted
        and is_same_day(blow.when, harm.when)
    )


def _is_near(blow: Report, harm: Report, order: Mapping[int, int]) -> bool:
    return abs(order.get(blow.start, -9) - order.get(harm.start, 9)) <= 1 or (harm.is_title or blow.is_title)


def on_counted(report: Report, scene: Scene) -> Report:
    """An attack that names nobody whom it struck but the place, on whom its sentence counts as killed or hurt."""
    roles = report.roles
    if report.type != "ASSAULT" or roles.actor is None or roles.is_symmetric or not report.toll.is_known:
        return report
    if not (roles.target is None or roles.target_rule in GUESSED or roles.target.kind == "place"):
        return report
    sufferer = _counted_in(scene, roles.actor)
    if sufferer is None:
        return report
    return replace(report, roles=replace(roles, target=sufferer, target_rule="target:who was harmed"))


def _counted_in(scene: Scene, actor: SideSpan) -> SideSpan | None:
    """Who stands nearest to a word of harm as its subject, and is no side of the actor's country."""
    for cue in scene.cues_of("victim"):
        start, end = scene.clause_of(cue.start)
        if any(start <= h.start < cue.end and h.voice is Voice.ACTIVE and h.trigger.type in HARMS for h in scene.hits):
            continue  # whoever stands there did it
        named = [p for p in scene.parties if p.sides and p.case in COUNTED and not is_place(p)]
        before = [
            p for p in named if start <= p.start and p.end <= cue.start and not blames_before(scene, p, cue.start)
        ]
        if not before and scene.order in ("vso", "free"):
            named = [p for p in named if cue.end <= p.start < end]
            before = [p for p in named if len(scene.words_between(cue.end, p.start)) <= COUNTED_WORDS]
        side = before[-1].sides[0] if before else None
        if side is not None and side.kind in PEOPLE and side.country_code not in (None, actor.country_code):
            return side
    return None


def blame_strikers(reports: Sequence[Report]) -> list[Report]:
    """The reports, blame that was only guessed to be laid at whom an attack struck laid at who struck him.

    So "the UN condemned the rebels' attack" is meant, behind a sentence that says whom the rebels attacked.
    """
    blaming = [_blaming_striker(report, reports) for report in reports]
    told = {_blame_of(report) for report in blaming if not report.is_title}
    changed = zip(blaming, reports, strict=True)
    return [new for new, old in changed if new is old or not new.is_title or _blame_of(new) not in told]


def _blame_of(report: Report) -> tuple[str, str | None, str | None]:
    actor, target = report.roles.actor, report.roles.target
    return report.type, actor.code if actor else None, target.code if target else None


def _is_said_by(report: Report, speaker: SideSpan) -> bool:
    return report.roles.actor is not None and is_same_side(report.roles.actor, speaker)


def _blaming_striker(report: Report, reports: Sequence[Report]) -> Report:
    blamed, speaker = report.roles.target, report.roles.actor
    if report.type != "ACCUSE" or speaker is None:
        return report
    # A headline's "condemned the raid on X" blames whom the text says the speaker blames.
    said = [r.roles.target for r in reports if r is not report and r.type == "ACCUSE" and _is_said_by(r, speaker)]
    if report.roles.target_rule not in GUESSED and not (report.is_title and said):
        return report
    for blow in reports:
        striker, struck = blow.roles.actor, blow.roles.target
        if blow.type != "ASSAULT" or blow.roles.is_symmetric or striker is None or struck is None:
            continue
        if blamed is not None and is_same_side(blamed, struck) and not is_same_side(speaker, striker):
            return replace(report, roles=replace(report.roles, target=striker, target_rule=STRIKER))
    return report
