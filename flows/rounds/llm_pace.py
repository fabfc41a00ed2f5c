"""How many questions may be asked now: a decision from what was spent today and how the last requests went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from warehouse.records import LlmRequest, RequestOutcome

# The endpoint did not answer, as opposed to the model's answer being of no use.
UNANSWERED = frozenset({RequestOutcome.UNREACHABLE, RequestOutcome.BUSY, RequestOutcome.DENIED, RequestOutcome.FAILED})
# After the first unanswered request, doubled with each further one. A wrong key that was put right counts within:
LONGEST_PAUSE = timedelta(minutes=15)
FIRST_PAUSE = timedelta(seconds=30)
# No endpoint may silence us for longer, however large its Retry-After.
LONGEST_WISH = timedelta(days=1)
# As many requests as the pause can be judged from: it has long been the longest by then.
REQUESTS_TO_JUDGE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What may be spent in a UTC day, and what was."""

    requests_per_day: int
    tokens_per_day: int
    requests: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How many may be asked side by side now, and why not more; 0 asks none."""

    batch_size: int
    reason: str = ""


def decide_pace(budget: Budget, last: Sequence[LlmRequest], concurrency: int, now: datetime) -> Pace:
    """The pace for the next few questions.

    Args:
        budget: of this day. Requests are never exceeded; tokens by what was under way when they ran out.
        last: the last requests that ended, newest first, up to `REQUESTS_TO_JUDGE`.
        concurrency: most at once. After an unanswered request one goes ahead alone.
        now: an aware instant.
    """
    left = budget.requests_per_day - budget.requests
    if left <= 0:
        return Pace(0, f"the day's budget of {budget.requests_per_day} requests is spent")
    if budget.tokens >= budget.tokens_per_day:
        return Pace(0, f"the day's budget of {budget.tokens_per_day} tokens is spent")
    until = _paused_until(last)
    if until is not None and now < until:
        return Pace(0, f"the endpoint did not answer ({last[0].reason}); asked again from {until:%H:%M:%S} UTC")
    return Pace(1 if until is not None else min(concurrency, left))


def _paused_until(last: Sequence[LlmRequest]) -> datetime | None:
    """When the endpoint may be asked again; None when nothing speaks against asking at once."""
    if not last:
        return None
    newest = last[0].asked_at_utc
    together = [one for one in last if one.asked_at_utc == newest]
    # One answer among those asked side by side says that the endpoint is there.
    is_there = any(one.outcome not in UNANSWERED for one in together)
    silent = [] if is_there else list(takewhile(lambda one: one.outcome in UNANSWERED, last))
    times = [min(one.retry_at_utc, newest + LONGEST_WISH) for one in [*together, *silent] if one.retry_at_utc]
    if silent:
        times.append(newest + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (len(silent) - 1)))
    return max(times, default=None)
