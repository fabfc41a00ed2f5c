"""What a language model reads where the rules were unsure, and what asking it cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class RequestOutcome(StrEnum):
    """What came of one request to a language model: still under way, paid for in some way, or not answered."""

    PENDING = "pending"  # sent, or about to be; so it stays when the process was killed meanwhile
    ANSWERED = "answered"
    REFUSED = "refused"  # the model declined, or a content filter did
    TRUNCATED = "truncated"  # the answer was cut at its longest
    UNREACHABLE = "unreachable"  # no connection, no whole answer in time, or a broken one
    BUSY = "busy"  # 429: asked to wait
    DENIED = "denied"  # 401, 403, 404: key, model or address is wrong
    FAILED = "failed"  # any other status, or an answer that is no chat completion


class ReadingOutcome(StrEnum):
    """What came of a second reading of a mention."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    INVALID = "invalid"  # an answer that cannot be used; the reason says why
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    DENIED = "denied"
    FAILED = "failed"


class ReadingReason(StrEnum):
    """Why an answer cannot be used."""

    TRUNCATED = "truncated"
    NO_JSON = "no JSON"
    WRONG_SCHEMA = "wrong schema"
    UNKNOWN_TYPE = "unknown type"
    UNKNOWN_MODE = "unknown mode"
    UNKNOWN_SIDE = "unknown side"
    INVENTED_EVIDENCE = "invented evidence"
    EVIDENCE_ELSEWHERE = "evidence outside the sentence"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReading:
    """What a language model reads where the rules were unsure of a mention; it stands beside them and moves nothing."""

    reading_id: str
    mention_id: str
    model: str
    prompt_version: str
    question_id: str
    asked_at_utc: datetime
    outcome: str  # ReadingOutcome
    reason: str | None = None
    differs_in: tuple[str, ...] = ()
    type: str | None = None
    mode: str | None = None
    direction: str | None = None
    status: str | None = None
    actor_code: str | None = None
    actor_name: str | None = None
    target_code: str | None = None
    target_name: str | None = None
    is_symmetric: bool | None = None
    on_date: date | None = None
    evidence_start: int | None = None
    evidence_end: int | None = None
    evidence_text: str | None = None
    is_reused: bool = False
    try_count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmRequest:
    """One request to a language model: what it cost, and the answer it is never asked for again."""

    request_id: str
    question_id: str
    model: str
    prompt_version: str
    asked_at_utc: datetime
    outcome: str  # RequestOutcome
    reason: str | None = None
    answer: str | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    duration_s: float | None = None
    retry_at_utc: datetime | None = None
