"""How many questions may be asked now: budgets, and an endpoint that does not answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from flows.rounds.llm_pace import FIRST_PAUSE, LONGEST_PAUSE, LONGEST_WISH, Budget, decide_pace
from warehouse.records import LlmRequest, RequestOutcome

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def budget(**fields: int) -> Budget:
    return Budget(**({"requests_per_day": 10, "tokens_per_day": 1000, "requests": 0, "tokens": 0} | fields))


def request(outcome: RequestOutcome, ago: timedelta, **fields: Any) -> LlmRequest:
    return LlmRequest(
        request_id=f"{outcome}{ago}",
        question_id="q",
        model="small",
        prompt_version="1",
        asked_at_utc=NOW - ago,
        outcome=outcome,
        reason="HTTP 500",
        **fields,
    )


@pytest.mark.parametrize(
    ("spent", "batch_size"),
    [
        ({}, 4),
        ({"requests": 7}, 3),
        ({"requests": 10}, 0),
        ({"requests": 11}, 0),
        ({"tokens": 999}, 4),
        ({"tokens": 1000}, 0),
        ({"requests_per_day": 0}, 0),
        ({"tokens_per_day": 0}, 0),
    ],
)
def test_no_more_is_asked_than_the_days_budget_allows(spent: dict[str, int], batch_size: int) -> None:
    pace = decide_pace(budget(**spent), [], 4, NOW)
    assert pace.batch_size == batch_size
    assert bool(pace.reason) == (batch_size == 0)


def test_each_unanswered_request_doubles_the_pause_up_to_its_longest() -> None:
    pauses = []
    for count in range(1, 9):
        last = [request(RequestOutcome.FAILED, timedelta(minutes=n)) for n in range(count)]
        free_at = next(
            s for s in range(0, 2000, 10) if decide_pace(budget(), last, 4, NOW + timedelta(seconds=s)).batch_size
        )
        pauses.append(timedelta(seconds=free_at))
    assert pauses[:3] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pauses[-2:] == [LONGEST_PAUSE, LONGEST_PAUSE]


def test_after_a_pause_one_goes_ahead_alone_and_after_an_answer_all_do() -> None:
    failed = request(RequestOutcome.UNREACHABLE, timedelta(hours=1))
    assert decide_pace(budget(), [failed], 4, NOW).batch_size == 1
    answered = request(RequestOutcome.REFUSED, timedelta(minutes=1))
    assert decide_pace(budget(), [answered, failed], 4, NOW).batch_size == 4


def test_one_answer_among_those_asked_side_by_side_says_that_the_endpoint_is_there() -> None:
    together = [request(RequestOutcome.FAILED, timedelta(0)), request(RequestOutcome.ANSWERED, timedelta(0))]
    assert decide_pace(budget(), together, 4, NOW).batch_size == 4


def test_a_wish_to_wait_is_kept_though_never_for_longer_than_a_day() -> None:
    for wish, kept in ((timedelta(hours=2), timedelta(hours=2)), (timedelta(days=900), LONGEST_WISH)):
        busy = request(RequestOutcome.BUSY, timedelta(0), retry_at_utc=NOW + wish)
        pace = decide_pace(budget(), [busy], 4, NOW + kept - timedelta(seconds=1))
        assert pace.batch_size == 0
        assert "asked again from" in pace.reason
        assert decide_pace(budget(), [busy], 4, NOW + kept).batch_size == 1
