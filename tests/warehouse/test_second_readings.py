"""Second readings beside mentions: reserved once, read by the dashboard, written by nobody who may only read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.serving import serving
from tests.warehouse.world import NOW
from warehouse.backlog import read_doubtful_mentions, read_last_llm_requests, read_llm_requests, read_llm_spending
from warehouse.connect import Warehouse, open_warehouse
from warehouse.errors import WarehouseError
from warehouse.read import read_disagreements, read_event_evidence
from warehouse.records import LlmRequest, ReadingOutcome, RequestOutcome, SecondReading
from warehouse.write import reserve_llm_request, write_second_readings

REQUEST = LlmRequest(
    request_id="r1",
    question_id="q1",
    model="small",
    prompt_version="1",
    asked_at_utc=NOW,
    outcome=RequestOutcome.PENDING,
)


def second(mention_id: str, **fields: Any) -> SecondReading:
    values: dict[str, Any] = {
        "reading_id": f"{mention_id} small",
        "mention_id": mention_id,
        "model": "small",
        "prompt_version": "1",
        "question_id": "q1",
        "asked_at_utc": NOW,
        "outcome": ReadingOutcome.DISAGREES,
        "differs_in": ("type",),
        "type": "COERCE",
    }
    return SecondReading(**(values | fields))


def doubtful(wh: Warehouse, **options: Any) -> list[str]:
    values: dict[str, Any] = {
        "confidence_below": 1.0,
        "impact_from": 0.0,
        "status_weights": {"occurred": 1.0, "alleged": 0.4},
        "passing": ["failed"],
        "try_limit": 3,
        "before_chars": 10,
        "after_chars": 10,
        "limit": 100,
    }
    return sorted(row.mention.mention_id for row in read_doubtful_mentions(wh, "small", "1", **(values | options)))


def test_a_request_is_reserved_by_one(filled: Warehouse) -> None:
    assert reserve_llm_request(filled, REQUEST)
    assert not reserve_llm_request(filled, REQUEST)
    assert read_llm_spending(filled, NOW) == (1, 0)
    assert read_last_llm_requests(filled, "small", 5) == []
    ended = replace(REQUEST, outcome=RequestOutcome.ANSWERED, answer="{}", prompt_tokens=7, completion_tokens=3)
    assert write_second_readings(filled, "k", [ended], [second("m1")])
    assert read_llm_spending(filled, NOW) == (1, 10)
    assert read_llm_requests(filled, ["q1", "q2"]) == {"q1": [ended]}
    assert read_last_llm_requests(filled, "small", 5) == [ended]
    assert read_last_llm_requests(filled, "large", 5) == []


def test_a_mention_waits_until_it_has_a_reading_or_was_tried_often_enough(filled: Warehouse) -> None:
    waiting = doubtful(filled)
    assert len(waiting) >= 2
    first = waiting[0]
    for outcome, try_count, is_waiting in (
        ("failed", 1, True),
        ("failed", 3, False),
        ("invalid", 1, False),
        ("agrees", 1, False),
    ):
        write_second_readings(
            filled, f"{outcome}{try_count}", [], [second(first, outcome=outcome, try_count=try_count)]
        )
        assert (first in doubtful(filled)) is is_waiting
    assert doubtful(filled, confidence_below=0.0) == []
    assert doubtful(filled, impact_from=10.1) == []
    assert doubtful(filled, status_weights={"planned": 1.0}) == []


def test_the_text_around_a_sentence_ends_with_the_article(filled: Warehouse) -> None:
    rows = read_doubtful_mentions(
        filled,
        "small",
        "1",
        confidence_below=1.0,
        impact_from=0.0,
        status_weights={"occurred": 1.0},
        passing=[],
        try_limit=1,
        before_chars=15,
        after_chars=15,
        limit=100,
    )
    for row in rows:
        (text,) = filled.query(
            "SELECT title || chr(10) || text AS whole FROM article_revisions "
            "WHERE article_id = $article AND revision = $revision",
            article=row.mention.article_id,
            revision=row.mention.article_revision,
        )
        start, end = row.mention.evidence_start, row.mention.evidence_end
        assert row.before == text["whole"][max(0, start - 15) : start]
        assert row.after == text["whole"][end : end + 15]


def test_a_disagreement_is_shown_beside_the_sentence_until_a_later_reading_agrees(filled: Warehouse) -> None:
    write_second_readings(filled, "1", [], [second("m1")])
    assert list(read_disagreements(filled, 10)["mention_id"]) == ["m1"]
    evidence = read_event_evidence(filled, "e1").set_index("mention_id")
    assert evidence.loc["m1", "second_type"] == "COERCE"
    assert set(evidence["second_model"].dropna()) == {"small"}
    later = second("m1", reading_id="m1 large", model="large", outcome="agrees", asked_at_utc=NOW.replace(hour=23))
    write_second_readings(filled, "2", [], [later])
    assert read_disagreements(filled, 10).empty
    after = read_event_evidence(filled, "e1").set_index("mention_id")
    assert (after.loc["m1", "second_model"], after.loc["m1", "second_outcome"]) == ("large", "agrees")
    assert len(after) == len(evidence)


def test_a_reader_reads_second_readings_and_writes_none(tmp_path: Path) -> None:
    with serving(tmp_path):
        with open_warehouse(tmp_path) as writer:
            write_second_readings(writer, "k", [REQUEST], [second("m1")])
        with open_warehouse(tmp_path, role="read") as reader:
            assert reader.query("SELECT mention_id FROM second_readings") == [{"mention_id": "m1"}]
            assert reader.query("SELECT outcome FROM llm_requests") == [{"outcome": "pending"}]
            assert read_disagreements(reader, 5).empty  # its mention is not there
            with pytest.raises(WarehouseError):
                reader.query("UPDATE second_readings SET outcome = 'agrees'")
            with pytest.raises(WarehouseError):
                write_second_readings(reader, "k2", [], [second("m2")])
