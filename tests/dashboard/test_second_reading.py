"""What the evidence of an event says of a second reading."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard.views.evidence import mention_html
from tests.dashboard.newsroom import NOW, STRIKE, write_world
from warehouse.connect import open_warehouse
from warehouse.read import read_event_evidence
from warehouse.records import SecondReading, stable_id
from warehouse.write import write_second_readings


def shown(home: Path, **fields: Any) -> str:
    """The first event's evidence as HTML, with such a second reading where fields are given."""
    write_world(home)
    with open_warehouse(home) as wh:
        mention_id = wh.query("SELECT mention_id FROM event_mentions WHERE event_id = $id", id=stable_id("event", 1))[
            0
        ]["mention_id"]
        if fields:
            values: dict[str, Any] = {
                "reading_id": "r",
                "mention_id": mention_id,
                "model": "small<b>",
                "prompt_version": "1",
                "question_id": "q",
                "asked_at_utc": NOW,
            }
            write_second_readings(wh, "second", [], [SecondReading(**(values | fields))])
        (mention,) = read_event_evidence(wh, stable_id("event", 1)).to_dict("records")
    return mention_html(mention)


def test_nothing_is_said_where_no_model_was_asked(tmp_path: Path) -> None:
    assert "second reading" not in shown(tmp_path)


def test_an_agreeing_reading_is_one_line(tmp_path: Path) -> None:
    assert "A second reading by small&lt;b&gt; says the same." in shown(tmp_path, outcome="agrees", type="ASSAULT")


def test_a_disagreeing_reading_is_told_with_its_quote_beside_the_rules_own(tmp_path: Path) -> None:
    html = shown(
        tmp_path,
        outcome="disagrees",
        type="COERCE",
        mode="seize",
        status="alleged",
        actor_code="XBE",
        actor_name="Belmora",
        target_code="XAR",
        target_name="Arlan",
        is_symmetric=False,
        evidence_text="struck a border depot",
    )
    assert (
        "A second reading by small&lt;b&gt; says: COERCE · seize, Belmora → Arlan, alleged (“struck a border depot”). "
        "What counts is the reading above." in html
    )
    assert STRIKE in html


def test_a_reading_of_no_event_is_told(tmp_path: Path) -> None:
    html = shown(tmp_path, outcome="disagrees", differs_in=("event",))
    assert "A second reading by small&lt;b&gt; sees no event here." in html


@pytest.mark.parametrize("outcome", ["invalid", "refused", "unreachable"])
def test_an_unusable_reading_is_not_shown(tmp_path: Path, outcome: str) -> None:
    assert "second reading" not in shown(tmp_path, outcome=outcome)
