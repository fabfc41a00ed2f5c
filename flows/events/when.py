"""A time as an event has it, and the times of a text that say by when something is due, not when it was done."""

from __future__ import annotations

from datetime import date, timedelta

from flows.events.frozen import frozen
from flows.events.lexicon import Match
from flows.events.scene import Hit, Scene
from flows.events.times import TimeSpan

DAY_SIGNS = ("日", "号", "號")


@frozen
class When:
    """An interval with exclusive end; precision "publication" where the text gives no time."""

    starts_on: date | None
    ends_on: date | None
    precision: str | None
    rule: str
    is_weekday: bool = False  # a bare weekday: which week it is in depends on what is said of it
    is_borrowed: bool = False  # of the words on a deed, whose own day another sentence may tell

    @property
    def is_told(self) -> bool:
        """Whether the text itself gave the time."""
        return self.precision not in (None, "publication")


def publication_day(published: date | None) -> When:
    """The fallback: on the day of publication, or nothing where that is unknown."""
    if published is None:
        return When(None, None, None, "no time told, publication unknown")
    return When(published, published + timedelta(days=1), "publication", "no time told: publication day")


def when_of(scene: Scene, span: TimeSpan, rule: str) -> When:
    """The time that a span of the text tells, by the rule that chose it."""
    is_weekday = span.kind == "weekday" and not any(char.isdigit() for char in scene.text[span.start : span.end])
    return When(span.starts_on, span.ends_on, span.precision, rule, is_weekday)


def distance(span: TimeSpan, hit: Hit | Match) -> int:
    """Characters between a time and a trigger or cue."""
    return min(abs(span.start - hit.end), abs(hit.start - span.end))


def is_deadline(scene: Scene, span: TimeSpan) -> bool:
    """Whether a time says until or from when something holds, not when it was done."""
    if span.kind == "counted":
        return False
    if is_due_then(scene, span):
        return True
    if not scene.cues_of("deadline"):
        return False
    before = (c for c in reversed(scene.cues_of("deadline")) if c.start < span.start and c.end <= span.start + 1)
    cue = next(before, None)
    if any(c.start == span.end for c in scene.cues_of("deadline")) and scene.lexicon.is_preverbal:
        return True
    inside = span.kind == "anaphoric" and any(span.start <= c.start < span.end for c in scene.cues_of("deadline"))
    if scene.has_case_endings:
        behind = [c for c in scene.cues_of("deadline") if c.start >= span.end]
        return inside or (bool(behind) and len(scene.words_between(span.end, behind[0].start)) <= 1)
    is_behind = scene.order == "sov" and any(0 <= c.start - span.end <= 2 for c in scene.cues_of("deadline"))
    return inside or is_behind or (cue is not None and len(scene.words_between(cue.end, span.start)) <= 3)


def is_due_then(scene: Scene, span: TimeSpan) -> bool:
    """Whether a time says by when something is to be done, which is about when it will be."""
    articles = [cue for cue in scene.cues_of("determiner") if span.start - cue.end == 1]  # "by the weekend"
    opened = {span.start, *(cue.start for cue in articles)}
    is_by = any(at - cue.end in (0, 1) for cue in scene.cues_of("deadline_beside") for at in opened)
    return is_by or (scene.lexicon.is_preverbal and _is_before_day(scene, span))


def _is_before_day(scene: Scene, span: TimeSpan) -> bool:
    """Whether "before" stands right behind a day of the month ("26日前"), which is a word of its own ("日前") too."""
    is_day = scene.folded[span.end - 1 : span.end] in DAY_SIGNS
    return is_day and scene.folded.startswith(scene.lexicon.deadlines, span.end)
