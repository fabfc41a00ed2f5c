"""The door to a language model: whether it is open, and what one reply says. The client itself is `llm_client`.

Texts leave this machine through here only, and only where an address and a model are set. Nothing of an error that an
endpoint sends is kept or logged but its number: some repeat the key.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, ValidationError

from flows.settings import Settings
from warehouse.records import RequestOutcome

# The second came with the release of the first that is needed.
_NEEDED = ("openai", "httpx2")
# Longer than any answer in our form; what is cut here is no whole JSON any more.
LONGEST_ANSWER_CHARS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came of one request; `answer` only where there is one.

    `retry_after_s` is what the endpoint asked for, up to a day (see `feeds.waits`), None where it said nothing.
    """

    outcome: RequestOutcome
    reason: str | None = None
    answer: str | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    retry_after_s: float | None = None


def is_wanted(settings: Settings) -> bool:
    """Whether anybody has asked for second readings, completely or not."""
    return bool(settings.llm_base_url or settings.llm_model)


def why_not_ready(settings: Settings) -> str | None:
    """One line that says why no sentence is read a second time though it is wanted; None when all is there."""
    if not settings.llm_base_url or not settings.llm_model:
        missing = "MEREDA_LLM_MODEL" if settings.llm_base_url else "MEREDA_LLM_BASE_URL"
        return f"{missing} is not set: no sentence is read a second time, the rules go on alone"
    if any(importlib.util.find_spec(name) is None for name in _NEEDED):
        return (
            "MEREDA_LLM_MODEL is set, but the package openai is missing or too old (pip install 'mereda[llm]'): "
            "no sentence is read a second time, the rules go on alone"
        )
    return None


def told_at_start(settings: Settings) -> str | None:
    """One line for who starts Mereda: what leaves the machine, or why nothing does; None when nobody asked for it."""
    if not is_wanted(settings):
        return None
    host = urlsplit(settings.llm_base_url).netloc
    return why_not_ready(settings) or f"Doubtful sentences are also sent to {settings.llm_model} at {host}."


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: int | None = Field(None, ge=0, le=10**9)
    completion_tokens: int | None = Field(None, ge=0, le=10**9)


class _Completion(BaseModel):
    choices: list[_Choice] = Field(min_length=1)
    usage: _Usage | None = None


def reply_of(body: bytes, key: str) -> Reply:
    """The reply in a chat completion with status 200. Never raises.

    Read here and not with the client's own classes, which believe whatever an endpoint sends.

    Args:
        body: what came, as it came.
        key: struck out of the answer, should the endpoint repeat it.
    """
    try:
        completion = _Completion.model_validate_json(body)
    except ValidationError:
        return Reply(outcome=RequestOutcome.FAILED, reason="the answer is no chat completion")
    choice, usage = completion.choices[0], completion.usage or _Usage()
    outcome, reason = _outcome_of(choice)
    answer = choice.message.content if outcome is RequestOutcome.ANSWERED else None
    if answer is not None and key:
        answer = answer.replace(key, "[key]")
    return Reply(
        outcome=outcome,
        reason=reason,
        answer=answer[:LONGEST_ANSWER_CHARS] if answer is not None else None,
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
    )


def _outcome_of(choice: _Choice) -> tuple[RequestOutcome, str | None]:
    if choice.message.refusal:
        return RequestOutcome.REFUSED, "the model declined"
    if choice.finish_reason == "content_filter":
        return RequestOutcome.REFUSED, "a content filter stepped in"
    if choice.finish_reason == "length":
        return RequestOutcome.TRUNCATED, "the answer was cut at its longest"
    if choice.message.content is None:
        return RequestOutcome.FAILED, "the answer is empty"
    return RequestOutcome.ANSWERED, None


def reply_to_status(status: int, retry_after_s: float | None = None) -> Reply:
    """The reply that an HTTP status other than 200 makes."""
    if status == 429:
        return Reply(outcome=RequestOutcome.BUSY, reason="HTTP 429, asked to wait", retry_after_s=retry_after_s)
    if status in (401, 403, 404):
        reason = f"HTTP {status}: check MEREDA_LLM_API_KEY, MEREDA_LLM_MODEL and MEREDA_LLM_BASE_URL"
        return Reply(outcome=RequestOutcome.DENIED, reason=reason)
    return Reply(outcome=RequestOutcome.FAILED, reason=f"HTTP {status}", retry_after_s=retry_after_s)
