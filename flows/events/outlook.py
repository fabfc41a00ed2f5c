"""When, by what is claimed: a plan is of a day to come, a denied deed was before its denial, what was done is past."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from flows.events.inflection import Voice
from flows.events.scene import Hit, Scene
from flows.events.times import TimeSpan
from flows.events.when import When, distance, is_deadline, is_due_then, publication_day, when_of

DAY_TO_COME = "day to come in the clause"
BARE_DAY = re.compile(r"\D{0,3}\d{1,2}\D{0,2}")  # a day's number, and what marks it as one, without a month


def look_ahead(scene: Scene, hit: Hit, when: When, published: date | None) -> When:
    """The time of something planned: a day to come where the clause names one; a bare weekday is the next one."""
    start, end = scene.clause_of(hit.start)
    ahead = [t for t in scene.times if start <= t.start < end and t.kind != "anaphoric"]
    ahead = [t for t in ahead if not is_deadline(scene, t) or is_due_then(scene, t)]
    ahead = [t for t in ahead if published and t.starts_on and t.starts_on > published]
    said = [t for t in scene.times if start <= t.start < hit.start and _is_of_speech(scene, t)]
    if said and when.is_weekday and not ahead and said[0].starts_on == when.starts_on:
        return publication_day(published)
    if ahead and published and when.starts_on and when.starts_on <= published:
        return when_of(scene, ahead[-1], DAY_TO_COME)
    if published is not None and (day := _day_number_ahead(scene, when, published)) is not None:
        return replace(when, starts_on=day, ends_on=day + timedelta(days=1), rule=f"{when.rule}, of the month to come")
    if not when.is_weekday or published is None or when.starts_on is None or when.starts_on > published:
        return when
    day = when.starts_on + timedelta(days=7)
    return replace(when, starts_on=day, ends_on=day + timedelta(days=1), rule=f"{when.rule}, of the week to come")


def _day_number_ahead(scene: Scene, when: When, published: date) -> date | None:
    """The next day of a number that is told without its month ("20日将访问"), where it was taken for the last one."""
    if (
        when.starts_on is None
        or when.precision != "day"
        or not published - timedelta(days=31) <= when.starts_on < published
    ):
        return None
    marks = {cue.start for cue in scene.cues_of("future")}
    told = [t for t in scene.times if t.starts_on == when.starts_on and t.kind == "absolute" and t.end in marks]
    if not any(BARE_DAY.fullmatch(scene.text[t.start : t.end].strip()) for t in told):
        return None
    number = when.starts_on.day
    days = (published + timedelta(days=ahead) for ahead in range(1, 32))
    return next((day for day in days if day.day == number), None)


def is_timetabled(scene: Scene, hit: Hit, when: When, published: date | None) -> bool:
    """Whether a meeting is told in the present of a weekday that is neither publication day nor the day before it.

    "Ministers meet on Friday", out on a Tuesday, is a plan; out on a Saturday it is a headline of what was.
    """
    if hit.trigger.type != "CONSULT" or not when.is_weekday or published is None or when.starts_on is None:
        return False
    is_present = hit.voice is Voice.ACTIVE and scene.has_form(hit, "present")
    return is_present and published - when.starts_on > timedelta(days=1)


def look_behind(scene: Scene, when: When) -> When:
    """The time of a deed denied or charged: an earlier day of the sentence, since the day told may be of the words."""
    told = [t for t in scene.times if t.kind != "anaphoric" and t.starts_on and not is_deadline(scene, t)]
    earlier = [t for t in told if t.starts_on and when.starts_on and t.starts_on < when.starts_on]
    return when_of(scene, earlier[-1], "earlier day than the denial or charge") if when.is_told and earlier else when


def find_said_day(scene: Scene, hit: Hit, when: When, published: date | None) -> When:
    """The time of what is told as done, though the day beside it is to come: it is the day of what is spoken of.

    So "agreed to hand over the men on 26 January" was agreed on another day that the sentence names, or was news today.
    The day after publication is let stand, which may have begun where the news was made.
    """
    if published is None or when.starts_on is None or when.starts_on <= published + timedelta(days=1):
        return when
    start, end = scene.clause_of(hit.start)
    told = [t for t in scene.times if t.kind != "anaphoric" and t.starts_on and not is_deadline(scene, t)]
    told = [t for t in told if t.starts_on and t.starts_on <= published and start <= t.start < end]
    if not told:
        return publication_day(published)
    return when_of(scene, min(told, key=lambda t: distance(t, hit)), "time in the clause that is not to come")


def _is_of_speech(scene: Scene, span: TimeSpan) -> bool:
    """Whether a time says when somebody spoke ("said on Friday it would")."""
    cues = [c for c in scene.cues_of("attribution") if c.end <= span.start]
    return bool(cues) and len(scene.words_between(cues[-1].end, span.start)) <= 1
