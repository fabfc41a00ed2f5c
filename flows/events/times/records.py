"""What the recogniser of times gives back."""

from __future__ import annotations

from datetime import date
from typing import Literal

from flows.events.frozen import frozen

TimeKind = Literal["absolute", "weekday", "relative", "anaphoric", "counted"]
Tie = Literal["free", "tied"]
Precision = Literal["day", "week", "month", "year"]


@frozen
class TimeSpan:
    """A place in a text that says when; start and end are character offsets, end exclusive.

    starts_on/ends_on: the interval, ends_on exclusive; both None where publication or anchor is not known.
    offset_days: signed days from the anchor for kinds relative (the anchor is publication) and anaphoric (the anchor
    is another event's day), None otherwise. precision: what the words commit to. tie: of a day that is counted, whether
    it is "tied" to the deed named beside it ("a day after X fled") or "free", counted from the day told before it ("a
    day later"); a relative one is free where its words count from today and from a told day alike. kind counted: a free
    one, once its day is found (`flows.events.counting`).
    """

    start: int
    end: int
    starts_on: date | None
    ends_on: date | None
    precision: Precision
    kind: TimeKind
    offset_days: int | None = None
    tie: Tie | None = None
