"""With what effect: the killed and injured that a clause counts, tied to its trigger."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from flows.events.casualties import CasualtySpan
from flows.events.endings import case_of_hit
from flows.events.frozen import frozen
from flows.events.governing import governor_of
from flows.events.grounding import part_of
from flows.events.scene import Hit, Scene
from flows.events.segments import Sentence

NOUN_CHARS = 12  # between a count and the deed that took the lives


@frozen
class Toll:
    """Killed and injured, minimum and maximum; None where the text does not say."""

    killed_min: int | None = None
    killed_max: int | None = None
    injured_min: int | None = None
    injured_max: int | None = None

    @property
    def is_known(self) -> bool:
        """Whether any number was given."""
        return self.killed_min is not None or self.injured_min is not None


def find_toll(scene: Scene, hit: Hit, casualties: Sequence[CasualtySpan]) -> Toll:
    """Casualties told in the clause of a hit, else in its sentence when no other hit of harm stands there."""
    blows = [h for h in scene.hits if h.trigger.type == "ASSAULT"] if hit.trigger.type != "ASSAULT" else []
    if any(governor_of(scene, blow) is not hit for blow in blows):
        return Toll()  # who was killed in the attack told beside an arrest
    start, end = _toll_part(scene, hit, casualties)
    toll = _own_toll(hit, casualties, start, end) or toll_between(casualties, start, end)
    rivals = [h for h in scene.hits if h.trigger.type == "ASSAULT" and scene.clause_of(h.start) != (start, end)]
    if toll.is_known and rivals:
        return toll
    if toll.is_known:
        whole = toll_between(casualties, scene.sentence.start, scene.sentence.end)
        if toll_is_summed(casualties, scene.sentence) and (whole.killed_min or 0) > (toll.killed_min or 0):
            return whole
        if toll.killed_min is None:
            return Toll(whole.killed_min, whole.killed_max, toll.injured_min, toll.injured_max)
        if toll.injured_min is None:
            return Toll(toll.killed_min, toll.killed_max, whole.injured_min, whole.injured_max)
        return toll
    if rivals:
        following = [scene.clause_of(h.start)[0] for h in rivals if h.start >= end]
        behind = toll_between(casualties, end, min(following, default=scene.sentence.end))
        if behind.is_known or any(h.start < start for h in rivals):
            return behind
        return toll_between(casualties, scene.sentence.start, start)
    return toll_between(casualties, scene.sentence.start, scene.sentence.end)


def _own_toll(hit: Hit, casualties: Sequence[CasualtySpan], start: int, end: int) -> Toll | None:
    """The toll that stands with a deed itself, where its clause counts the dead of several deeds."""
    here = [span for span in casualties if start <= span.start < end and not span.is_sum]
    own = next((span for span in here if _is_told_with(span, hit)), None)
    rivals = [span for span in here if own is not None and span is not own and span.kind == own.kind]
    if own is None or not rivals:
        return None
    following = min((span.start for span in rivals if span.start > own.start), default=end)
    return toll_between(casualties, own.start, following)


def _is_told_with(span: CasualtySpan, hit: Hit) -> bool:
    """Whether a count has the verb of a hit in it, or the noun of a hit right behind it ("nine died in the raid")."""
    if hit.voice.is_noun:
        return 0 <= hit.start - span.end <= NOUN_CHARS
    return span.start <= hit.start < span.end


def _toll_part(scene: Scene, hit: Hit, casualties: Sequence[CasualtySpan]) -> tuple[int, int]:
    """Where the toll of a hit is told: its part of the clause, or behind a noun that says in what ("saldırıda")."""
    start, end = scene.clause_of(hit.start)
    rivals = [h.start for h in scene.hits if start <= h.start < end and h.trigger.type == hit.trigger.type]
    part = part_of(scene, hit)
    if not scene.has_case_endings or not hit.voice.is_noun or len(rivals) < 2:
        return part
    behind = (hit.start, min((at for at in rivals if at > hit.start), default=end))
    if case_of_hit(scene, hit) == "place":
        return behind
    is_last = hit.start == rivals[-1]
    return behind if is_last and not toll_between(casualties, *part).is_known else part


def toll_is_summed(casualties: Sequence[CasualtySpan], sentence: Sentence) -> bool:
    """Whether a sentence says how many died in all, where others told of some ("In all, nine people died")."""
    return any(span.is_sum and sentence.start <= span.start < sentence.end for span in casualties)


def toll_between(casualties: Sequence[CasualtySpan], start: int, end: int) -> Toll:
    """What the spans between two offsets say; of several of one kind the first."""
    if not casualties or casualties[-1].start < start or casualties[0].start >= end:
        return Toll()
    low = bisect_left(casualties, start, key=lambda span: span.start)
    found: dict[str, CasualtySpan] = {}
    for at in range(low, len(casualties)):
        span = casualties[at]
        if span.start >= end:
            break
        if span.is_sum:
            found[span.kind] = span
        found.setdefault(span.kind, span)
    killed, injured = found.get("killed"), found.get("injured")
    return Toll(
        killed.minimum if killed else None,
        killed.maximum if killed else None,
        injured.minimum if injured else None,
        injured.maximum if injured else None,
    )
