"""Why sentences are one event, what readers say against it, who owns an outlet, and what became of a story."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.views.bonds import standing_bonds
from dashboard.views.merging import reconciled, revision_in_words
from dashboard.views.owners import written_owner
from tests.dashboard.newsroom import NOW, STORY_ID
from tests.dashboard.test_labels import mention_of
from tests.dashboard.test_pages import opened, written
from warehouse.connect import open_warehouse
from warehouse.records import EventRevision, OutletFamily, Story, stable_id
from warehouse.tables import record_of
from warehouse.write import write_events, write_outlet_families, write_stories

EVENT = stable_id("event", 1)
SECOND = stable_id("another mention")


@pytest.fixture
def told_twice(small_world: Path) -> Path:
    """The first event with two sentences, of an outlet of a state, and read anew once."""
    family = OutletFamily(
        family_id="family-1", family_name="Tavor <Press>", owner_kind="state", country_code="IRN", note="by law"
    )
    revisions = [
        EventRevision(event_id=EVENT, revision=1, change="created", detail="1 mentions", revised_at_utc=NOW),
        EventRevision(event_id=EVENT, revision=2, change="restated", detail="killed_min None to 3", revised_at_utc=NOW),
    ]
    first = mention_of(small_world, 1)
    with open_warehouse(small_world) as wh:
        write_outlet_families(wh, "families", [family])
        write_events(wh, "revisions", [], [], revisions)
        for table in ("mentions", "event_mentions"):
            wh.execute(
                f"INSERT INTO {table} SELECT * REPLACE ($second AS mention_id) FROM {table} WHERE mention_id = $first",
                first=first,
                second=SECOND,
            )
    return small_world


def kept_labels(home: Path) -> list[tuple[Any, ...]]:
    with open_warehouse(home) as wh:
        rows = wh.query("SELECT mention_id, verdict, field, value FROM labels ORDER BY labelled_at_utc")
    return [tuple(row.values()) for row in rows]


def test_event_says_why_its_sentences_are_one(told_twice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = written(opened("pair", told_twice, monkeypatch, a="XAR", b="XBE", range="30d", event=EVENT))
    assert "Why these are one event" in said
    assert said.count("the first to report it") >= 2
    assert "restated: killed not said to 3" in said
    assert "Tavor &lt;Press&gt; (state-controlled, Iran)" in said


def test_reader_says_what_is_another_happening_or_the_same_and_takes_it_back(
    told_twice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("pair", told_twice, monkeypatch, a="XAR", b="XBE", range="30d", event=EVENT)
    app.button(key=f"separate-{SECOND}").click().run()
    other = mention_of(told_twice, 3)
    app.selectbox(key=f"same-{SECOND}").set_value(other).run()
    assert kept_labels(told_twice) == [(SECOND, "separate", None, None), (SECOND, "same_event", None, other)]
    assert "tells another happening" in written(app)
    app.button(key=f"undo-same_event-{other}-{SECOND}").click().run()
    assert not app.exception
    assert kept_labels(told_twice)[2:] == [(SECOND, "right", "same_event", other)]


def test_word_that_was_taken_back_no_longer_stands() -> None:
    labels = pd.DataFrame(
        [
            ("m", "right", "same_event", "other"),
            ("m", "right", None, None),  # the reading, not the bond
            ("m", "separate", None, None),
            ("m", "same_event", None, "other"),
            ("n", "right", "separate", None),
            ("n", "separate", None, None),
        ],
        columns=["mention_id", "verdict", "field", "value"],
    )
    assert standing_bonds(labels, "m") == [("separate", None)]
    assert standing_bonds(labels, "n") == []


def test_sentences_are_counted_by_owner_field_by_field() -> None:
    base: dict[str, Any] = {
        "type": "ASSAULT", "mode": None, "status": "occurred", "starts_on": NOW.date(), "ends_on": None,
        "place_name": "Tavor", "killed_min": 3, "killed_max": None, "injured_min": None, "injured_max": None,
        "family_id": "a", "voice_family_id": None,
    }  # fmt: skip
    others = [base | {"family_id": "b"}, base | {"family_id": "b"}, base | {"family_id": "c", "place_name": "<Yazd>"}]
    rows = {row[0].split("<")[0]: row[1:] for row in reconciled(base, [base, *others])}
    assert rows["Where"] == ("<strong>Tavor</strong>", "Tavor (2 owners); &lt;Yazd&gt; (1 owner)")
    assert rows["Casualties"] == ("<strong>at least 3 killed</strong>", "at least 3 killed (3 owners)")


def test_names_of_columns_do_not_reach_readers() -> None:
    detail = "2024-01-17 to 2024-01-16 (day); target_code None to PAK; 3 families"
    assert (
        revision_in_words({"change": "re-dated", "detail": detail})
        == "re-dated: 2024-01-17 to 2024-01-16 (day); on whom not said to PAK; 3 owners"
    )


def test_owner_that_is_not_known_stays_quiet() -> None:
    assert written_owner({"family_id": None}) == ""
    assert written_owner({"family_id": "x", "owner_name": "X Group", "owner_kind": None}) == "X Group"
    assert written_owner({"family_id": "x", "owner_name": "X", "owner_kind": "private"}) == "X"


def test_story_says_what_was_joined_to_it_and_parted_from_it(
    small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_warehouse(small_world) as wh:
        story = record_of(Story, wh.query("SELECT * FROM stories")[0])
        joined = replace(story, story_id="joined", title="Joined <b>", merged_into_id=STORY_ID)
        parted = replace(story, story_id="parted", title="Parted", split_from_id=STORY_ID)
        write_stories(wh, "more stories", [joined, parted], {})
    app = opened("stories", small_world, monkeypatch, story=STORY_ID)
    assert "Another story turned out to be this one" in written(app)
    assert "Joined &lt;b&gt;" in written(app)
    app.button(key="other-parted-parted").click().run()
    assert app.query_params["story"] == "parted"
    assert "It was parted from the story" in written(app)
    gone = opened("stories", small_world, monkeypatch, story="joined")
    gone.button(key="open-heir").click().run()
    assert gone.query_params["story"] == STORY_ID
