"""Tolls told in a sentence of their own, given to the deed that they are of.

"X denied firing the missile that hit a market. Three people were killed in the blast, for which Y blames it" tells one
deed: what the second sentence counts is what came of the first, though it names somebody else's act too. So is "one of
its soldiers was shot dead", told before the sentence in which the other side denies that it fired.
What a sentence counts that tells a deed of its own with who did it stays with that deed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from flows.events.discourse import is_same_side
from flows.events.reports import Report, is_same_day
from flows.events.scene import Scene
from flows.events.staging import Article
from flows.events.tolls import Toll, toll_between, toll_is_summed
from warehouse.records import Status

REACH = (
    2  # sentences from a deed to the sentence that counts its dead, where nothing stands between that might have any
)
RECENT_DAYS = 60  # what is told to be older than that is another deed's
CLAIMED = (Status.DENIED, Status.ALLEGED)
CARRIED = "sentence before"  # in the rule that found who did it
DAYS = ("absolute", "weekday")


def give_tolls(reports: Sequence[Report], article: Article, published: date | None) -> list[Report]:
    """The reports, deeds that count nobody with what a sentence beside them counts, which then tells no deed itself."""
    kept = list(reports)
    scenes = [scene for scene in article.scenes if not scene.sentence.is_title]
    order = {scene.sentence.start: number for number, scene in enumerate(scenes)}
    for number, scene in enumerate(scenes):
        told = toll_between(article.casualties, scene.sentence.start, scene.sentence.end)
        if not told.is_known or _is_old(scene, published) or _is_owned(kept, scene, told):
            continue
        orphans = [r for r in kept if r.start == scene.sentence.start and _is_of_nobody(r)]
        is_summed = toll_is_summed(article.casualties, scene.sentence)
        takers = _takers(kept, scene, number, order, orphans, told, is_summed)
        if not takers:
            continue
        kept = [_with_toll(r, told, orphans) if any(r is taker for taker in takers) else r for r in kept]
        kept = [r for r in kept if not any(r is orphan for orphan in orphans)]
    return kept


def _is_old(scene: Scene, published: date | None) -> bool:
    """Whether a sentence tells of what was long ago."""
    days = [t.starts_on for t in scene.times if t.kind in DAYS and t.starts_on is not None]
    return published is not None and any(day < published - timedelta(days=RECENT_DAYS) for day in days)


def _is_owned(reports: Sequence[Report], scene: Scene, told: Toll) -> bool:
    """Whether a deed with who did it, or one of long ago, has the toll of a sentence already."""
    for report in reports:
        is_same = (report.toll.killed_min, report.toll.injured_min) == (told.killed_min, told.injured_min)
        is_here = report.start == scene.sentence.start and report.toll.is_known
        if (is_same or is_here) and not _is_of_nobody(report):
            return True
    return False


def _is_of_nobody(report: Report) -> bool:
    """Whether a report counts the dead of an attack and its sentence names nobody as who did it."""
    is_unnamed = report.roles.actor is None or CARRIED in report.roles.actor_rule
    return report.type == "ASSAULT" and is_unnamed and report.status is Status.OCCURRED


def _takers(
    reports: Sequence[Report],
    scene: Scene,
    number: int,
    order: dict[int, int],
    orphans: Sequence[Report],
    told: Toll,
    is_summed: bool,
) -> list[Report]:
    """The attacks that what a sentence counts came of: those told last before it, else those denied right behind it.

    What is told behind the sum of its dead was done, too ("bringing the toll to five. Their convoy was ambushed by X").
    """
    near = [r for r in reports if not any(r is orphan for orphan in orphans)]
    open_ones = [r for r in near if _is_open(r, told) and _is_of_sentence(r, scene, orphans)]
    counted = [r for r in open_ones if told.killed_min is not None and r.toll.killed_min == told.killed_min]
    if counted:
        return _of_one_pair(counted)  # which counts as many dead already, the headline's too
    same = [r for r in open_ones if r.start == scene.sentence.start]
    if same:
        return _of_one_pair(same)
    before = [r for r in open_ones if 0 < number - order.get(r.start, number) <= REACH]
    if orphans:
        before = [r for r in before if r.status in CLAIMED]  # what was done folds with the deed of nobody, if it is one
    if before:
        return _of_one_pair([r for r in before if r.start == before[-1].start])
    behind = [r for r in open_ones if is_summed or r.status in CLAIMED]
    behind = [r for r in behind if order.get(r.start, number) - number == 1]
    return _of_one_pair(behind)


def _of_one_pair(reports: Sequence[Report]) -> list[Report]:
    """Those of the reports that are of the pair of the last one (a deed denied and charged is one)."""
    last = reports[-1].roles if reports else None
    if last is None or last.actor is None:
        return []
    return [r for r in reports if r.roles.actor is not None and is_same_side(r.roles.actor, last.actor)]


def _is_open(report: Report, told: Toll) -> bool:
    """Whether a report is an attack by somebody that counts nobody yet, or no hurt where just these are counted."""
    is_told = report.status is Status.OCCURRED or report.status in CLAIMED
    if report.type != "ASSAULT" or not is_told or report.roles.actor is None:
        return False
    has_room = report.toll.injured_min is None and told.killed_min in (None, report.toll.killed_min)
    return not report.toll.is_known or has_room


def _is_of_sentence(report: Report, scene: Scene, orphans: Sequence[Report]) -> bool:
    """Whether a sentence may count the dead of an attack: it names no others than the two, and no other day."""
    sides = [side for side in (report.roles.actor, report.roles.target) if side is not None]
    codes = {code for side in sides for code in (side.code, side.country_code) if code}
    is_said = bool(scene.cues_of("attribution") or scene.cues_of("attribution_after"))
    for party in scene.parties:
        for side in party.sides:
            is_one = side.code in codes or side.country_code in codes or side.kind == "place"
            if not is_one and not is_said and report.roles.target is not None:
                return False
    for orphan in orphans:
        target, struck = orphan.roles.target, report.roles.target
        is_other = target is not None and struck is not None and target.country_code != struck.country_code
        if is_other and target is not None and report.roles.is_symmetric and report.roles.actor is not None:
            is_other = target.country_code != report.roles.actor.country_code
        if is_other or not is_same_day(orphan.when, report.when):
            return False
    days = [t.starts_on for t in scene.times if t.kind in DAYS and t.starts_on is not None]
    when = report.when
    if not when.is_told or when.starts_on is None or not days or report.status in CLAIMED:
        return True  # the day of a denial is not always that of the deed
    return any(day == when.starts_on for day in days)


def _with_toll(report: Report, told: Toll, orphans: Sequence[Report]) -> Report:
    """A deed with what a sentence beside it counts, and the day that is told of those who died."""
    when = next((o.when for o in orphans if o.when.is_told), report.when)
    rules = {**report.rules, "casualties": "number in the sentence beside it"}
    if report.toll.is_known:
        told = replace(report.toll, injured_min=told.injured_min, injured_max=told.injured_max)
    return replace(report, toll=told, rules=rules, when=report.when if report.when.is_told else when)
