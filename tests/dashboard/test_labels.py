"""A reader's word on a reading: given beside its sentence, kept with who and when, and measured with."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from dashboard.labelled import labelled_lines
from dashboard.views.quality import hardly_read, measured_table
from flows.events.evaluation import read_gold
from tests.dashboard.newsroom import NOW, STRIKE
from tests.dashboard.test_pages import opened, written
from warehouse.connect import open_warehouse
from warehouse.quality import read_labelled_sentences, read_recent_labels
from warehouse.records import Evaluation, Label, stable_id
from warehouse.write import write_evaluations, write_labels


def mention_of(home: Path, event_number: int) -> str:
    with open_warehouse(home) as wh:
        rows = wh.query(
            "SELECT mention_id FROM event_mentions WHERE event_id = $id", id=stable_id("event", event_number)
        )
    return str(rows[0]["mention_id"])


def label(mention_id: str, verdict: str, field: str | None = None, value: str | None = None, after: int = 0) -> Label:
    return Label(
        label_id=stable_id(mention_id, verdict, field or "", value or "", after),
        event_id=None,
        mention_id=mention_id,
        verdict=verdict,
        field=field,
        value=value,
        note=None,
        labelled_by="desk",
        labelled_at_utc=NOW + timedelta(minutes=after),
    )


def items_of(home: Path, *labels: Label) -> list[dict[str, Any]]:
    with open_warehouse(home) as wh:
        write_labels(wh, "labels", labels)
        lines = labelled_lines(read_labelled_sentences(wh))
    assert len(list(read_gold(lines.splitlines(), "labels"))) == lines.count("\n")
    return [json.loads(line) for line in lines.splitlines()]


def test_right_reading_becomes_a_labelled_item(small_world: Path) -> None:
    (item,) = items_of(small_world, label(mention_of(small_world, 1), "right"))
    assert item["text"] == STRIKE
    assert item["lang"] == "en"
    assert item["relevant"] is True
    assert item["labelled_by"] == ["desk"]
    (event,) = item["events"]
    assert (event["type"], event["actor"], event["target"]) == (["ASSAULT"], ["XAR"], ["XBE"])


def test_correction_takes_the_place_of_what_was_read_and_the_last_one_counts(small_world: Path) -> None:
    mention = mention_of(small_world, 1)
    (item,) = items_of(
        small_world,
        label(mention, "wrong"),
        label(mention, "corrected", "type", "THREATEN", after=1),
        label(mention, "corrected", "type", "ACCUSE", after=2),
    )
    assert item["events"][0]["type"] == ["ACCUSE"]


def test_sentence_without_an_event_is_an_item_without_events(small_world: Path) -> None:
    (item,) = items_of(small_world, label(mention_of(small_world, 1), "corrected", "event"))
    assert item["relevant"] is False
    assert item["events"] == []


def test_reading_that_is_only_said_to_be_wrong_measures_nothing(small_world: Path) -> None:
    assert items_of(small_world, label(mention_of(small_world, 1), "wrong")) == []


def test_quality_shows_figures_languages_and_labels(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_warehouse(small_world) as wh:
        figure: dict[str, Any] = {
            "source_name": "own",
            "coder_version": "7",
            "evaluated_at_utc": NOW,
            "measure": "event",
            "item_count": 40,
            "precision": 0.5,
            "recall": 0.25,
            "f1": 1 / 3,
            "accuracy": None,
        }
        write_evaluations(
            wh,
            "figures",
            [
                Evaluation(evaluation_id="1", group_kind="all", group_name="all", **figure),
                Evaluation(evaluation_id="2", group_kind="language", group_name="fa", **figure),
            ],
        )
    items_of(small_world, label(mention_of(small_world, 1), "right"))
    app = opened("quality", small_world, monkeypatch)
    assert not app.exception
    assert "Coder version 7" in written(app)
    assert app.dataframe[1].value["By language"].tolist() == ["Persian"]
    assert app.dataframe[1].value["Precision"].tolist() == ["50.0 %"]
    assert "right (desk," in app.dataframe[-1].value["Label"].tolist()[0]


def test_who_labels_is_asked_once_for_all_readings_of_an_event(
    small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = mention_of(small_world, 1), stable_id("another mention")
    with open_warehouse(small_world) as wh:
        for table in ("mentions", "event_mentions"):
            wh.execute(
                f"INSERT INTO {table} SELECT * REPLACE ($second AS mention_id) FROM {table} WHERE mention_id = $first",
                first=first,
                second=second,
            )
    app = opened("pair", small_world, monkeypatch, a="XAR", b="XBE", range="30d", event=stable_id("event", 1))
    assert not app.exception
    assert not app.error
    names = [field for field in app.text_input if field.label.startswith("Your name")]
    names[0].input("desk").run()
    # Both readings ask for it, and the notes on the pair's days do.
    assert [field.value for field in app.text_input if field.label.startswith("Your name")] == ["desk"] * 3
    assert not app.error


def test_language_with_much_news_and_no_event_is_said_to_be_hardly_read() -> None:
    languages = pd.DataFrame(
        {"article_count": [90, 90, 3], "coded_share": [1.0, 1.0, 1.0], "yielding_share": [0.6, 0.1, None]}
    )
    assert hardly_read(languages).tolist() == [False, True, False]


def test_share_that_does_not_apply_is_left_empty() -> None:
    rows = pd.DataFrame(
        {
            "measure": ["event", "date"],
            "item_count": [4, 2],
            "precision": [1.0, None],
            "recall": [0.5, None],
            "f1": [2 / 3, None],
            "accuracy": [None, 0.5],
        }
    )
    assert measured_table(rows, by="measure", name="Measure")["F1"].tolist() == ["66.7 %", ""]


@pytest.mark.browser
def test_reader_marks_and_corrects_a_reading_beside_its_sentence(page: Page, dashboard_url: str, world: Path) -> None:
    page.goto(f"{dashboard_url}/pair?a=XAR&b=XBE&range=30d&event={stable_id('event', 1)}")
    page.get_by_role("button", name="Right", exact=True).click()
    expect(page.get_by_text("right (unnamed reader")).to_be_visible()
    page.get_by_role("button", name="Correct", exact=True).click()
    page.get_by_role("combobox", name="Status").fill("alleged")
    page.get_by_role("option", name="alleged").first.click()
    expect(page.get_by_text("Status: alleged (unnamed reader")).to_be_visible()
    with open_warehouse(world) as wh:
        told = read_recent_labels(wh, 10)
    assert set(told["verdict"]) == {"right", "corrected"}
    assert set(told["mention_id"]) == {mention_of(world, 1)}
