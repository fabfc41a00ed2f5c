"""Whatever an endpoint does, or does not do, becomes an outcome, and the reading by rules stands."""

from __future__ import annotations

import gzip
import logging
import socket
from datetime import timedelta

import pytest

from flows.settings import Settings
from tests.flows.second_readings import (
    KEY,
    NOW,
    agreeing,
    as_bytes,
    assess,
    at,
    everything,
    many,
    of_content,
    of_event,
    of_status,
    outcomes,
    read_again,
    requests,
)
from tests.llm_endpoint import Answer, Asked, Sent, completion, reading, serve_endpoint, told_event
from tests.ports import free_port
from warehouse.connect import Warehouse


def garbled(asked: Asked) -> Sent:
    return Sent(b'{"choices": [', headers={"Content-Type": "application/json"})


def packed(asked: Asked) -> Sent:
    return Sent(gzip.compress(b" " * 50_000_000), headers={"Content-Encoding": "gzip"})


MISBEHAVIOURS: dict[str, tuple[Answer, str, str | None]] = {
    "refusal": (lambda a: completion(None, refusal="I will not."), "refused", "the model declined"),
    "content filter": (
        lambda a: completion("", finish="content_filter"),
        "refused",
        "a content filter stepped in",
    ),
    "cut at its longest": (lambda a: completion('{"events": [', finish="length"), "invalid", "truncated"),
    "no JSON": (of_content("Iran attacked Pakistan, I think."), "invalid", "no JSON"),
    "half JSON": (of_content('{"events": [{"type"'), "invalid", "no JSON"),
    "deep JSON": (of_content("[" * 10_000), "invalid", "no JSON"),
    "half a character": (lambda a: completion('"\ud800"'), "failed", "the answer is no chat completion"),
    "wrong schema": (of_content('{"answer": "ASSAULT"}'), "invalid", "wrong schema"),
    "a field too much": (of_event(certainty=1), "invalid", "wrong schema"),
    "no such status": (of_event(status="sure"), "invalid", "wrong schema"),
    "no such day": (of_event(date="2024-02-31"), "invalid", "wrong schema"),
    "too many events": (lambda a: reading(*[told_event(a.told["sentence"])] * 13), "invalid", "wrong schema"),
    "invented type": (of_event(type="INVADE"), "invalid", "unknown type"),
    "mode of another type": (of_event(mode="boycott"), "invalid", "unknown mode"),
    "invented side": (of_event(actor="Ruritania"), "invalid", "unknown side"),
    "two sides in one": (of_event(actor="Iran and Iraq"), "invalid", "unknown side"),
    "invented evidence": (of_event(evidence="Iran bombed Pakistan on Tuesday."), "invalid", "invented evidence"),
    "no evidence": (of_event(evidence=" "), "invalid", "invented evidence"),
    "evidence elsewhere": (of_event(evidence="Border news"), "invalid", "evidence outside the sentence"),
    "no event": (lambda a: reading(), "disagrees", None),
    "asked to wait": (of_status(429, **{"Retry-After": "90"}), "busy", "HTTP 429, asked to wait"),
    "asked to wait for ever": (of_status(429, **{"Retry-After": "9" * 40}), "busy", "HTTP 429, asked to wait"),
    "wrong key": (
        of_status(401),
        "denied",
        "HTTP 401: check MEREDA_LLM_API_KEY, MEREDA_LLM_MODEL and MEREDA_LLM_BASE_URL",
    ),
    "bad request": (of_status(400), "failed", "HTTP 400"),
    "broken": (of_status(500), "failed", "HTTP 500"),
    "overloaded": (of_status(503, **{"Retry-After": "Wed, 25 Nov 2026 12:00:00 GMT"}), "failed", "HTTP 503"),
    "a page": (
        lambda a: Sent(b"<html>Welcome</html>", headers={"Content-Type": "text/html"}),
        "failed",
        "the answer is no chat completion",
    ),
    "garbled": (garbled, "failed", "the answer is no chat completion"),
    "no choices": (lambda a: Sent(b'{"choices": []}'), "failed", "the answer is no chat completion"),
    "no UTF-8": (lambda a: Sent(b"\xff\xfe\x00"), "failed", "the answer is no chat completion"),
    "no content": (lambda a: completion(None), "failed", "the answer is empty"),
    "packed": (packed, "failed", "the answer is no chat completion"),
    "endless": (
        lambda a: Sent(b" " * 3_000_000, headers={"Content-Type": "application/json"}),
        "unreachable",
        "the connection failed (ReadError)",
    ),
    "broken off": (lambda a: Sent(b"{", claims=500), "unreachable", "the connection failed (RemoteProtocolError)"),
    "drip": (lambda a: Sent(b" ", drips=True), "unreachable", "no whole answer within 1 s"),
}


@pytest.mark.parametrize("name", sorted(MISBEHAVIOURS))
def test_whatever_an_endpoint_does_becomes_an_outcome_and_the_rules_stand(
    struck: Warehouse, doubting: Settings, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer, outcome, reason = MISBEHAVIOURS[name]
    before = as_bytes(struck, "mentions", "events", "daily_dyads")
    with serve_endpoint(answer) as endpoint, caplog.at_level(logging.DEBUG):
        # Only the drip is there to run out of time.
        limit_s = 1.0 if name == "drip" else 30.0
        count = read_again(struck, at(endpoint, doubting, llm_timeout_s=limit_s))
        assert len(endpoint.asked) == 1
    ((found, why),) = outcomes(struck)
    assert found == outcome
    assert reason is None or why == reason
    assert count.read == count.kept + count.refused + count.failed == 1
    assert as_bytes(struck, "mentions", "events", "daily_dyads") == before
    assert KEY not in everything(struck) + caplog.text + str(count)


def test_an_endpoint_that_repeats_the_key_does_not_get_it_kept(struck: Warehouse, doubting: Settings) -> None:
    with serve_endpoint(of_content(f"Your key is {KEY}.")) as endpoint:
        read_again(struck, at(endpoint, doubting))
    assert struck.query("SELECT answer FROM llm_requests") == [{"answer": "Your key is [key]."}]
    assert KEY not in everything(struck)


def test_nobody_listening_is_an_outcome(struck: Warehouse, doubting: Settings) -> None:
    for base_url in (
        f"http://127.0.0.1:{free_port()}/v1",
        f"https://127.0.0.1:{free_port()}/v1",
        "http://nowhere.invalid/v1",
    ):
        settings = doubting.model_copy(update={"llm_base_url": base_url})
        later = NOW + timedelta(hours=len(requests(struck)))
        count = read_again(struck, settings, later)
        assert (count.read, count.failed) == (1, 1)
    assert outcomes(struck) == [("unreachable", "the connection failed (ConnectError)")]


def test_a_redirect_is_not_followed_since_it_would_carry_the_text(struck: Warehouse, doubting: Settings) -> None:
    with serve_endpoint(agreeing) as other:
        moved = of_status(307, Location=f"{other.base_url}/chat/completions")
        with serve_endpoint(moved) as endpoint:
            read_again(struck, at(endpoint, doubting))
        assert other.asked == []
    assert outcomes(struck) == [("failed", "HTTP 307")]


def test_an_endpoint_that_only_listens_costs_no_more_than_the_time_of_the_round(
    wh: Warehouse, doubting: Settings
) -> None:
    assess(wh, doubting, *many(8))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        short = {"llm_base_url": url, "llm_timeout_s": 60.0, "llm_round_s": 1.5, "llm_concurrency": 2}
        count = read_again(wh, doubting.model_copy(update=short))
    assert (count.read, count.failed) == (2, 2)
    assert count.note == "0 agree, 0 disagree, 2 requests; 6 wait, since the round's 2 s were over"
