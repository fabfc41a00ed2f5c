"""The days that a text counts from a day told before: "the day before", "two days later", "on the same day".

Such a day counts from the latest day told before it in its own sentence, else from one told behind it there, else from
the last sentence that told one; what looks back with nothing told counts from publication. A day that is tied to a deed
named beside it ("a day after X fled") is left alone, since it says when another deed was: see `grounding`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from flows.events.grounding import COMMAS, is_tied_near
from flows.events.scene import Scene
from flows.events.times import TimeSpan, resolve_relative
from flows.events.when import is_deadline

TOLD_WITHIN = timedelta(days=300)  # of publication: nothing is counted from what is history
APPOSED_CHARS = 12  # "a day later, on Friday": both name one day
LATER = ("的", ",", "，")  # behind a Chinese count: what stands before it is what it is tied to


def count_days(scenes: Sequence[Scene], published: date | None) -> None:
    """Gives every scene's counted days their dates, in place."""
    if not any(span.tie for scene in scenes for span in scene.times):
        return
    told: date | None = None
    for scene in scenes:
        for at, span in enumerate(scene.times):
            if span.tie and span.precision == "day":
                scene.times[at] = _count(scene, at, told, published)
        if not scene.sentence.is_title and scene.times:
            told = max(_days(scene, scene.times, published), default=told)


def _count(scene: Scene, at: int, told: date | None, published: date | None) -> TimeSpan:
    span = scene.times[at]
    is_tied = _is_tied(scene, span)
    if is_tied:
        return replace(span, kind="anaphoric", starts_on=None, ends_on=None, tie="tied")
    if (apposed := _apposed(scene, at)) is not None:
        return replace(span, kind="counted", starts_on=apposed.starts_on, ends_on=apposed.ends_on, tie="free")
    anchor = max(_days(scene, scene.times[:at], published), default=None)
    if anchor is None and not (told and _opens(scene, span) and scene.order != "sov"):
        anchor = max(_days(scene, scene.times[at + 1 :], published), default=None)
    anchor = anchor or told
    if anchor is None and span.kind == "relative":
        return span
    if anchor is None and (span.offset_days or 0) <= 0:
        anchor = published
    return span if anchor is None else replace(resolve_relative(span, anchor), kind="counted", tie="free")


def _days(scene: Scene, spans: Sequence[TimeSpan], published: date | None) -> list[date]:
    """The days that these times name, none of them to come, long past, or the end of something."""
    told = [t for t in spans if t.precision == "day" and t.starts_on and t.kind != "anaphoric" and not _is_open(t)]
    days = [t.starts_on for t in told if t.starts_on and not is_deadline(scene, t)]
    return [day for day in days if published is None or published - TOLD_WITHIN <= day <= published]


def _is_open(span: TimeSpan) -> bool:
    """Whether a time may itself still be counted from another one."""
    return span.tie == "free" and span.kind == "relative"


def _apposed(scene: Scene, at: int) -> TimeSpan | None:
    """The day named right behind a count ("a day later, on Friday, ..."), which is the same one."""
    span, behind = scene.times[at], scene.times[at + 1] if at + 1 < len(scene.times) else None
    if behind is None or behind.kind not in ("weekday", "absolute") or behind.precision != "day":
        return None
    gap = scene.folded[span.end : behind.start]
    is_beside = len(gap) <= APPOSED_CHARS and len(scene.words_between(span.end, behind.start)) <= 1
    return behind if is_beside and gap.lstrip()[:1] in (",", "،", "，", "(", "（") else None


def _opens(scene: Scene, span: TimeSpan) -> bool:
    return span.start - scene.sentence.start <= 2


def _is_tied(scene: Scene, span: TimeSpan) -> bool:
    """Whether a deed is named where the count asks for one; "two days after the incident" names none."""
    if scene.lexicon.is_preverbal:
        comma = max(scene.folded.rfind(mark, scene.sentence.start, span.start) for mark in COMMAS)
        before = [h for h in scene.hits if comma < h.start and h.end <= span.start]
        return bool(before) and scene.folded.startswith(LATER, span.end)
    if span.tie != "tied":
        return False
    if scene.is_postposed or scene.has_case_endings:
        before = [h for h in scene.hits if h.end <= span.start]
        return bool(before) and is_tied_near(scene, before[-1].end, span.start)
    _, end = scene.clause_of(min(span.end + 1, scene.sentence.end - 1))
    first = next((h.start for h in scene.hits if span.end <= h.start), None)
    if first is None:
        return False
    is_inside = first < end and not any(mark in scene.folded[span.end : first] for mark in COMMAS)
    return is_inside or is_tied_near(scene, span.end, first)
