"""What of a told event holds: its type is in the codebook, its sides are known to us, its quote is in the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.events.codebook import load_codebook
from flows.events.second_reading.answer import ToldEvent
from flows.events.second_reading.ask import Question
from flows.events.second_reading.evidence import find_evidence
from flows.events.sides import SideSpan, find_sides
from warehouse.records import Direction, ReadingReason, Status

_OFFICES = frozenset({"role", "institution"})


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedEvent:
    """An event of the second reading that passed every check; offsets count in title + newline + text."""

    type: str
    mode: str | None
    direction: Direction
    status: Status
    actor: SideSpan | None
    target: SideSpan | None
    is_symmetric: bool
    on_date: date | None
    evidence_start: int
    evidence_end: int


def verify(told: ToldEvent, question: Question) -> VerifiedEvent | ReadingReason:
    """The event in our own terms, or the first reason to refuse it."""
    found = load_codebook().get(told.type)
    if found is None:
        return ReadingReason.UNKNOWN_TYPE
    if told.mode is not None and told.mode not in found.modes:
        return ReadingReason.UNKNOWN_MODE
    actor, target = (find_side(name, question.language) for name in (told.actor, told.target))
    if (told.actor and actor is None) or (told.target and target is None):
        return ReadingReason.UNKNOWN_SIDE
    place = find_evidence(question.passage, told.evidence)
    if place is None:
        return ReadingReason.INVENTED_EVIDENCE
    sentence_start, sentence_end = question.sentence_span
    if place[0] >= sentence_end or place[1] <= sentence_start:
        return ReadingReason.EVIDENCE_ELSEWHERE
    return VerifiedEvent(
        type=told.type,
        mode=told.mode,
        direction=told.direction,
        status=told.status,
        actor=actor,
        target=target,
        is_symmetric=told.is_symmetric,
        on_date=told.date,
        evidence_start=question.start + place[0],
        evidence_end=question.start + place[1],
    )


def find_side(name: str | None, language: str | None) -> SideSpan | None:
    """The one side our lists know by this name, in English or the story's language; None for no side and for several.

    An office or body at the head of the name says whose it is, wherever it sits: "the Iranian embassy in Islamabad".
    """
    for lang in ("en", language):
        spans = find_sides(name or "", lang)
        if spans and spans[0].kind in _OFFICES:
            return spans[0]
        if len({span.code for span in spans}) == 1:
            return spans[0]
    return None
