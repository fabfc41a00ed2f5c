"""What is kept of a second reading: one record a mention, made from the request that was answered or was not."""

from __future__ import annotations

from dataclasses import replace

from flows.events.second_reading.answer import read_answer
from flows.events.second_reading.ask import Question
from flows.events.second_reading.compare import Judgement, judge
from flows.events.second_reading.verify import VerifiedEvent
from warehouse.records import (
    LlmRequest,
    Mention,
    ReadingOutcome,
    ReadingReason,
    RequestOutcome,
    SecondReading,
    stable_id,
)


def reading_of(mention: Mention, question: Question, request: LlmRequest) -> SecondReading:
    """The second reading of this mention, as the request about its sentence ended; its id is stable."""
    judged = _judged(mention, question, request)
    reading = SecondReading(
        reading_id=stable_id("second reading", mention.mention_id, request.model, request.prompt_version),
        mention_id=mention.mention_id,
        model=request.model,
        prompt_version=request.prompt_version,
        question_id=request.question_id,
        asked_at_utc=request.asked_at_utc,
        outcome=judged.outcome,
        reason=judged.reason or request.reason,
        differs_in=judged.differs_in,
    )
    return reading if judged.event is None else _with_event(reading, judged.event, question)


def _judged(mention: Mention, question: Question, request: LlmRequest) -> Judgement:
    if request.outcome == RequestOutcome.TRUNCATED:
        return Judgement(outcome=ReadingOutcome.INVALID, reason=ReadingReason.TRUNCATED)
    if request.outcome != RequestOutcome.ANSWERED:
        return Judgement(outcome=ReadingOutcome(request.outcome))
    return judge(mention, read_answer(request.answer or ""), question)


def _with_event(reading: SecondReading, event: VerifiedEvent, question: Question) -> SecondReading:
    start, end = event.evidence_start, event.evidence_end
    return replace(
        reading,
        type=event.type,
        mode=event.mode,
        direction=event.direction,
        status=event.status,
        actor_code=event.actor.code if event.actor else None,
        actor_name=event.actor.name if event.actor else None,
        target_code=event.target.code if event.target else None,
        target_name=event.target.name if event.target else None,
        is_symmetric=event.is_symmetric,
        on_date=event.on_date,
        evidence_start=start,
        evidence_end=end,
        evidence_text=question.passage[start - question.start : end - question.start],
    )
