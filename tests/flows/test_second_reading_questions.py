"""What is asked in second readings, how often, by whom, and what ends a day's or a round's asking."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from pydantic import SecretStr

from flows.rounds import second_readings
from flows.rounds.report import StageCount
from flows.settings import Settings
from tests.flows.second_readings import (
    NOW,
    STRIKE,
    agreeing,
    assess,
    at,
    many,
    of_status,
    outcomes,
    read_again,
    requests,
)
from tests.llm_endpoint import Asked, Sent, reading, serve_endpoint, told_event
from tests.supervised import clean_environment
from warehouse.connect import Warehouse, open_warehouse


def test_no_more_is_sent_than_the_question_and_our_own_key(
    struck: Warehouse, doubting: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "another")
    monkeypatch.setenv("OPENAI_ORG_ID", "somebody")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: Bearer another\nX-Token: another")
    with serve_endpoint(agreeing) as endpoint:
        read_again(struck, at(endpoint, doubting, llm_api_key=SecretStr("")))
        (asked,) = endpoint.asked
    assert asked.headers["authorization"] == "Bearer none"
    assert "another" not in str(asked.headers)
    assert "somebody" not in str(asked.headers)
    assert [name for name in asked.headers if name.startswith("x-")] == []
    assert set(asked.body) == {"model", "messages", "response_format", "max_completion_tokens"}


def test_no_more_are_asked_at_once_than_set(wh: Warehouse, doubting: Settings) -> None:
    assess(wh, doubting, *many(9))
    meeting = threading.Barrier(3)

    def together(asked: Asked) -> Sent:
        meeting.wait(30)  # none is answered before three are there
        return agreeing(asked)

    with serve_endpoint(together) as endpoint:
        count = read_again(wh, at(endpoint, doubting, llm_concurrency=3))
        assert (count.kept, endpoint.most_at_once) == (9, 3)


def test_a_sentence_is_asked_once_and_its_copy_is_read_from_what_was_paid_for(
    wh: Warehouse, doubting: Settings
) -> None:
    with serve_endpoint(agreeing) as endpoint:
        settings = at(endpoint, doubting)
        assess(wh, settings, STRIKE)
        read_again(wh, settings)
        read_again(wh, settings, NOW + timedelta(hours=1))
        assert len(endpoint.asked) == 1
        assess(wh, settings, STRIKE, STRIKE)  # the second is another page with the same words
        count = read_again(wh, settings, NOW + timedelta(hours=2))
        assert len(endpoint.asked) == 1
        assert count.note == "1 agree, 0 disagree, 0 requests"
        rows = wh.query("SELECT is_reused FROM second_readings ORDER BY asked_at_utc")
        assert [row["is_reused"] for row in rows] == [False, True]
        read_again(wh, settings.model_copy(update={"llm_model": "large"}), NOW + timedelta(hours=3))
        assert [asked.body["model"] for asked in endpoint.asked] == ["small", "large"]


def test_two_mentions_of_one_sentence_cost_one_question(wh: Warehouse, doubting: Settings) -> None:
    sentence = "Pakistan recalled its ambassador from Iran after Iran bombed Panjgur in Pakistan on Tuesday."
    assess(wh, doubting, sentence)
    mention_count = len(wh.query("SELECT 1 FROM mentions WHERE direction = 'escalation' AND status = 'occurred'"))
    assert mention_count > 1

    def both(asked: Asked) -> Sent:
        recall = told_event(
            "Pakistan recalled its ambassador", type="SANCTION", mode="withdraw", actor="Pakistan", target="Iran"
        )
        return reading(told_event("Iran bombed Panjgur"), recall)

    with serve_endpoint(both) as endpoint:
        read_again(wh, at(endpoint, doubting))
        assert len(endpoint.asked) == 1
    rows = wh.query(
        "SELECT m.type AS first, s.type AS second FROM second_readings AS s JOIN mentions AS m USING (mention_id)"
    )
    assert len(rows) == mention_count
    assert all(row["first"] == row["second"] for row in rows)


def test_the_budget_of_a_day_outlives_every_process_and_ends_with_the_day(doubting: Settings) -> None:
    with serve_endpoint(agreeing) as endpoint:
        settings = at(endpoint, doubting, llm_requests_per_day=3, llm_concurrency=2)
        with open_warehouse(settings.home) as wh:
            assess(wh, settings, *many(8))
        notes = []
        for hours in (0, 1, 11.99, 12):
            with open_warehouse(settings.home) as wh:  # as a process started anew
                notes.append(read_again(wh, settings, NOW + timedelta(hours=hours)).note)
        assert len(endpoint.asked) == 6
    spent = "since the day's budget of 3 requests is spent"
    assert notes == [
        f"3 agree, 0 disagree, 3 requests; 5 wait, {spent}",
        f"0 agree, 0 disagree, 0 requests; 5 wait, {spent}",
        f"0 agree, 0 disagree, 0 requests; 5 wait, {spent}",
        f"3 agree, 0 disagree, 3 requests; 2 wait, {spent}",
    ]


def test_the_budget_of_tokens_is_what_the_endpoint_counts(wh: Warehouse, doubting: Settings) -> None:
    assess(wh, doubting, *many(6))
    with serve_endpoint(agreeing) as endpoint:
        count = read_again(wh, at(endpoint, doubting, llm_tokens_per_day=301, llm_concurrency=1))
        assert len(endpoint.asked) == 3  # 150 tokens each
    assert count.note.endswith("3 wait, since the day's budget of 301 tokens is spent")


def test_a_process_killed_while_it_asked_has_not_forgotten_the_request(doubting: Settings) -> None:
    """The process is killed by the endpoint itself, in the middle of its first request."""
    with open_warehouse(doubting.home) as wh:
        assess(wh, doubting, *many(2))
    processes: list[subprocess.Popen[bytes]] = []
    started = threading.Event()

    def deadly(asked: Asked) -> Sent:
        started.wait(60)
        processes[0].kill()
        processes[0].wait(60)
        return agreeing(asked)

    program = (
        "import asyncio, datetime, sys\nfrom flows.rounds.second_readings import read_again\n"
        "from flows.settings import load_settings\nfrom warehouse.connect import open_warehouse\n"
        "settings = load_settings()\nwith open_warehouse(settings.home) as wh:\n"
        "    asyncio.run(read_again(wh, settings, datetime.datetime.fromisoformat(sys.argv[1])))\n"
    )
    with serve_endpoint(deadly) as endpoint:
        environment = clean_environment(
            doubting.home,
            llm_base_url=endpoint.base_url,
            llm_model="small",
            llm_confidence_below="1",
            llm_concurrency="1",
        )
        processes.append(subprocess.Popen([sys.executable, "-c", program, NOW.isoformat()], env=environment))
        started.set()
        processes[0].wait(120)
        endpoint.answer = agreeing
        with open_warehouse(doubting.home) as wh:
            assert requests(wh) == ["pending"]
            spent = read_again(wh, at(endpoint, doubting, llm_requests_per_day=1), NOW + timedelta(minutes=1))
            assert "1 wait, since the day's budget of 1 requests is spent" in spent.note
            assert read_again(wh, at(endpoint, doubting), NOW + timedelta(hours=1)).kept == 2
            assert sorted(requests(wh)) == ["answered", "answered", "pending"]


def test_who_asks_us_to_wait_is_not_asked_before(wh: Warehouse, doubting: Settings) -> None:
    assess(wh, doubting, *many(5))
    with serve_endpoint(of_status(429, **{"Retry-After": "3600"})) as endpoint:
        settings = at(endpoint, doubting, llm_concurrency=2)
        note = read_again(wh, settings).note
        assert len(endpoint.asked) == 2
        assert "3 wait, since the endpoint did not answer (HTTP 429, asked to wait)" in note
        endpoint.answer = agreeing
        read_again(wh, settings, NOW + timedelta(minutes=59))
        assert len(endpoint.asked) == 2
        count = read_again(wh, settings, NOW + timedelta(minutes=61))
        assert count.kept == 5
    assert {outcome for outcome, _ in outcomes(wh)} == {"agrees"}


def test_what_was_not_answered_is_asked_again_but_not_for_ever(struck: Warehouse, doubting: Settings) -> None:
    with serve_endpoint(of_status(500)) as endpoint:
        for hours in range(6):
            read_again(struck, at(endpoint, doubting), NOW + timedelta(hours=hours))
        assert len(endpoint.asked) == second_readings.TRIES
    assert struck.query("SELECT outcome, try_count FROM second_readings") == [{"outcome": "failed", "try_count": 3}]
    assert requests(struck) == ["failed"] * 3


def test_a_question_that_another_round_is_asking_is_left_to_it(struck: Warehouse, doubting: Settings) -> None:
    counts: list[StageCount] = []

    def slow(asked: Asked) -> Sent:
        other = threading.Thread(target=lambda: counts.append(read_again(struck, at(endpoint, doubting))))
        other.start()
        other.join(60)
        return agreeing(asked)

    with serve_endpoint(slow) as endpoint:
        counts.append(read_again(struck, at(endpoint, doubting)))
        assert len(endpoint.asked) == 1
    assert [count.read for count in counts] == [0, 1]


def test_only_what_is_doubtful_and_weighty_is_asked(wh: Warehouse, doubting: Settings) -> None:
    texts = (STRIKE, "Iran met Pakistan for talks in Geneva on Monday.", "Iran denied that it attacked Pakistan.")
    assess(wh, doubting, *texts)
    sure = wh.query("SELECT max(confidence) AS most FROM mentions")[0]["most"]
    with serve_endpoint(agreeing) as endpoint:
        assert read_again(wh, at(endpoint, doubting, llm_confidence_below=0.05)).read == 0
        assert read_again(wh, at(endpoint, doubting, llm_impact_from=9.6)).read == 0
        assert endpoint.asked == []
        read_again(wh, at(endpoint, doubting, llm_confidence_below=min(1.0, sure + 0.01)))
        assert [asked.told["sentence"] for asked in endpoint.asked] == [STRIKE]


def test_sentences_that_move_nothing_never_stand_in_the_way(
    wh: Warehouse, doubting: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_readings, "MENTIONS_A_ROUND", 1)
    assess(wh, doubting, "Iran denied that it attacked Pakistan.", "Iran met Pakistan for talks on Monday.", STRIKE)
    with serve_endpoint(agreeing) as endpoint:
        assert read_again(wh, at(endpoint, doubting)).kept == 1
