"""One round of second readings: doubtful, weighty mentions -> a language model -> what it reads, kept beside the rules.

Nothing here fails a round: whatever the endpoint does becomes an outcome in `second_readings`, and the rules' own
mentions, events and indices stay as they are. A question is written down before it is sent, so that budgets outlive any
process; an answer is kept with its question, so that the same sentence is never paid for twice.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from flows.events.second_reading.ask import AFTER_CHARS, BEFORE_CHARS, Question, prompt_version, question_id
from flows.events.second_reading.choose import Thresholds, choose, compute_impact
from flows.events.second_reading.keep import reading_of
from flows.indices.formula import load_formula
from flows.indices.weights import status_weight
from flows.rounds.llm import Reply, why_not_ready
from flows.rounds.llm_pace import REQUESTS_TO_JUDGE, UNANSWERED, Budget, Pace, decide_pace
from flows.rounds.report import StageCount
from flows.settings import Settings
from warehouse.backlog import (
    DoubtfulRow,
    read_doubtful_mentions,
    read_last_llm_requests,
    read_llm_requests,
    read_llm_spending,
)
from warehouse.connect import Warehouse
from warehouse.records import LlmRequest, Mention, ReadingOutcome, RequestOutcome, stable_id
from warehouse.write import reserve_llm_request, write_second_readings

STAGE = "second readings"
# Far more than a day's budget; what is beyond is looked at when these are done.
MENTIONS_A_ROUND = 500
# A sentence that was not answered so often has had its chance.
TRIES = 3
# A request that was begun and not ended for longer than any may take: its process was killed.
UNDER_WAY = timedelta(minutes=15)
# Less time than this left in a round is too little to begin a request.
SHORTEST_REQUEST_S = 1.0


@dataclass(slots=True)
class _Waiting:
    """A question, the mentions of its sentence, and how often it was sent."""

    question_id: str
    question: Question
    mentions: list[Mention] = field(default_factory=list)
    try_count: int = 0
    answered: LlmRequest | None = None


@dataclass(slots=True)
class _Tally:
    outcomes: Counter[ReadingOutcome] = field(default_factory=Counter)
    request_count: int = 0
    stopped_by: str = ""


async def read_again(wh: Warehouse, settings: Settings, now: datetime) -> StageCount:
    """Asks about what is doubtful, as far as budget and time of the round go; counts mentions.

    Read: mentions that were looked at again; kept: with a usable answer; refused: without one; failed: not answered.
    """
    if trouble := why_not_ready(settings):
        return StageCount(STAGE, note=trouble)
    waiting = _find_waiting(wh, settings, now)
    tally = _Tally()
    known = [one for one in waiting if one.answered is not None]
    _settle(wh, [], known, now, tally)
    unasked = [one for one in waiting if one.answered is None]
    if unasked:
        await _ask_all(wh, settings, unasked, now, tally)
    return _counted(tally, sum(len(one.mentions) for one in unasked if one.answered is None))


def _find_waiting(wh: Warehouse, settings: Settings, now: datetime) -> list[_Waiting]:
    thresholds = Thresholds(settings.llm_confidence_below, settings.llm_impact_from)
    rows = read_doubtful_mentions(
        wh,
        settings.llm_model,
        prompt_version(),
        confidence_below=thresholds.confidence_below,
        impact_from=thresholds.impact_from,
        status_weights=load_formula().status_weights,
        passing=[str(outcome) for outcome in UNANSWERED],
        try_limit=TRIES,
        before_chars=BEFORE_CHARS,
        after_chars=AFTER_CHARS,
        limit=MENTIONS_A_ROUND,
    )
    found: dict[str, _Waiting] = {}
    for row in rows:
        mention = row.mention
        if choose(mention, compute_impact(mention, status_weight(mention.status)), thresholds).is_asked:
            question = _question_of(row)
            name = question_id(question, settings.llm_model)
            found.setdefault(name, _Waiting(name, question)).mentions.append(mention)
    for name, requests in read_llm_requests(wh, found).items():
        found[name].try_count = len(requests)
        found[name].answered = next((one for one in requests if _is_final(one)), None)
        if any(_is_under_way(one, now) for one in requests):
            del found[name]  # another process is asking; its answer serves these mentions in a later round
    return list(found.values())


def _is_final(request: LlmRequest) -> bool:
    return request.outcome in (RequestOutcome.ANSWERED, RequestOutcome.REFUSED, RequestOutcome.TRUNCATED)


def _is_under_way(request: LlmRequest, now: datetime) -> bool:
    return request.outcome == RequestOutcome.PENDING and now - request.asked_at_utc < UNDER_WAY


def _question_of(row: DoubtfulRow) -> Question:
    return Question(
        sentence=row.mention.evidence_text,
        before=row.before,
        after=row.after,
        start=row.mention.evidence_start - len(row.before),
        headline=row.headline,
        language=row.language,
        published_on=row.published_at_utc.astimezone(UTC).date() if row.published_at_utc else None,
    )


async def _ask_all(
    wh: Warehouse, settings: Settings, waiting: Sequence[_Waiting], now: datetime, tally: _Tally
) -> None:
    """Asks a few at a time, each few committed before the next, until budget, time or questions are at an end."""
    from flows.rounds.llm_client import open_asker  # the package behind it is an extra

    began = time.monotonic()
    left = list(waiting)
    async with open_asker(settings) as asker:
        while left:
            elapsed_s = time.monotonic() - began
            limit_s = min(settings.llm_timeout_s, settings.llm_round_s - elapsed_s)
            if limit_s < min(SHORTEST_REQUEST_S, settings.llm_timeout_s):
                tally.stopped_by = f"the round's {settings.llm_round_s:.0f} s were over"
                return
            at = now + timedelta(seconds=elapsed_s)
            pace = _pace(wh, settings, at)
            if pace.batch_size == 0:
                tally.stopped_by = pace.reason
                return
            few, left = left[: pace.batch_size], left[pace.batch_size :]
            ours = [(one, request) for one in few if reserve_llm_request(wh, request := _request_of(one, settings, at))]
            replies = await asyncio.gather(*(_timed(asker.ask(one.question, limit_s)) for one, _ in ours))
            ended = [_ended(request, *reply) for (_, request), reply in zip(ours, replies, strict=True)]
            for (one, _), request in zip(ours, ended, strict=True):
                one.answered, one.try_count = request, one.try_count + 1
            tally.request_count += len(ended)
            _settle(wh, ended, [one for one, _ in ours], at, tally)


async def _timed(reply: Awaitable[Reply]) -> tuple[Reply, float]:
    began = time.monotonic()
    return await reply, time.monotonic() - began


def _pace(wh: Warehouse, settings: Settings, now: datetime) -> Pace:
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    requests, tokens = read_llm_spending(wh, midnight)
    budget = Budget(
        requests_per_day=settings.llm_requests_per_day,
        tokens_per_day=settings.llm_tokens_per_day,
        requests=requests,
        tokens=tokens,
    )
    last = read_last_llm_requests(wh, settings.llm_model, REQUESTS_TO_JUDGE)
    return decide_pace(budget, last, settings.llm_concurrency, now)


def _request_of(waiting: _Waiting, settings: Settings, at: datetime) -> LlmRequest:
    return LlmRequest(
        request_id=stable_id(waiting.question_id, waiting.try_count + 1),
        question_id=waiting.question_id,
        model=settings.llm_model,
        prompt_version=prompt_version(),
        asked_at_utc=at,
        outcome=RequestOutcome.PENDING,
    )


def _ended(request: LlmRequest, reply: Reply, duration_s: float) -> LlmRequest:
    wish = None if reply.retry_after_s is None else timedelta(seconds=reply.retry_after_s)
    return replace(
        request,
        outcome=reply.outcome,
        reason=reply.reason,
        answer=reply.answer,
        prompt_tokens=reply.prompt_tokens,
        completion_tokens=reply.completion_tokens,
        duration_s=round(duration_s, 3),
        retry_at_utc=None if wish is None else request.asked_at_utc + wish,
    )


def _settle(
    wh: Warehouse,
    requests: Sequence[LlmRequest],
    waiting: Sequence[_Waiting],
    at: datetime,
    tally: _Tally,
) -> None:
    """Keeps what came of these questions, for every mention of their sentences."""
    readings = [
        replace(
            reading_of(mention, one.question, one.answered),
            asked_at_utc=at,
            is_reused=not requests,
            try_count=one.try_count,
        )
        for one in waiting
        if one.answered is not None
        for mention in one.mentions
    ]
    if not readings:
        return
    key = stable_id("second readings", at.isoformat(), *sorted(one.reading_id for one in readings))
    write_second_readings(wh, key, requests, readings)
    tally.outcomes.update(ReadingOutcome(one.outcome) for one in readings)


def _counted(tally: _Tally, waiting_count: int) -> StageCount:
    outcomes = tally.outcomes
    agrees, disagrees = outcomes[ReadingOutcome.AGREES], outcomes[ReadingOutcome.DISAGREES]
    useless = outcomes[ReadingOutcome.INVALID] + outcomes[ReadingOutcome.REFUSED]
    if not outcomes and not tally.stopped_by:
        return StageCount(STAGE, note="nothing doubtful to ask about")
    note = f"{agrees} agree, {disagrees} disagree, {tally.request_count} requests"
    if tally.stopped_by:
        note += f"; {waiting_count} wait, since {tally.stopped_by}"
    return StageCount(
        STAGE,
        read=outcomes.total(),
        kept=agrees + disagrees,
        refused=useless,
        failed=outcomes.total() - agrees - disagrees - useless,
        note=note,
    )
