"""Briefs: valid in every format, each line with its sentence and link, and harmless whatever a feed has said."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from feedparser.api import parse as untyped_parse
from typer.testing import CliRunner

from flows.cli import app
from flows.rounds.assessing import assess_all
from flows.rounds.briefing import FORMATS, briefed_dyads, gather_brief, render_brief, write_briefs
from flows.settings import Settings
from tests.flows.test_indexing import REPORTS, START, tell
from warehouse.connect import Warehouse
from warehouse.records import WatchedDyad
from warehouse.watching import write_watched_dyad

NOW = START + timedelta(days=5, hours=6)
parse: Any = untyped_parse


@pytest.fixture
def told(settings: Settings, wh: Warehouse) -> Warehouse:
    tell(wh, REPORTS[:6])
    assess_all(wh, settings, NOW)
    return wh


def test_every_line_carries_its_sentence_and_link(told: Warehouse) -> None:
    brief = gather_brief(told, "PAK", "IRN", NOW.date())
    assert (brief.side_a, brief.side_b, brief.name) == ("Iran", "Pakistan", "IRN-PAK")
    assert len(brief.events) >= 4
    assert all(event.sentence and event.link and event.link.startswith("https://") for event in brief.events)
    assert [event.on_date for event in brief.events] == sorted((e.on_date for e in brief.events), reverse=True)
    markdown = render_brief(brief, "markdown")
    assert all(f"(<{event.link}>)" in markdown for event in brief.events)
    assert brief.tension is not None
    assert f"Tension {brief.tension:.1f}" in markdown


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_feeds_are_valid_to_a_feed_reader(told: Warehouse, form: str) -> None:
    brief = gather_brief(told, "IRN", "PAK", NOW.date())
    parsed = parse(render_brief(brief, form))
    assert not parsed.bozo
    assert parsed.version == {"rss": "rss20", "atom": "atom10"}[form]
    assert parsed.feed.title == "Iran and Pakistan: events"
    assert [entry.link for entry in parsed.entries] == [event.link for event in brief.events]
    assert [entry.summary for entry in parsed.entries] == [event.sentence for event in brief.events]
    assert len({entry.id for entry in parsed.entries}) == len(brief.events)
    assert all(entry.published_parsed for entry in parsed.entries)


def test_json_says_all_of_it(told: Warehouse) -> None:
    brief = gather_brief(told, "IRN", "PAK", NOW.date())
    said = json.loads(render_brief(brief, "json"))
    assert said["tension"] == brief.tension
    assert [one["event_id"] for one in said["events"]] == [event.event_id for event in brief.events]


def test_hostile_sentence_and_link_do_no_harm(told: Warehouse) -> None:
    told.execute(
        "UPDATE mentions SET evidence_text = $text", text="a ]]> <script>alert(1)</script> [x](y) *b* \x01 & c"
    )
    told.execute("UPDATE articles SET url = 'javascript:alert(1)'")
    brief = gather_brief(told, "IRN", "PAK", NOW.date())
    assert {event.link for event in brief.events} == {None}
    assert "<script>" not in render_brief(brief, "markdown").replace("\\<script\\>", "")
    for form in ("rss", "atom"):
        parsed = parse(render_brief(brief, form))
        assert not parsed.bozo
        assert len(parsed.entries) == len(brief.events)
    assert json.loads(render_brief(brief, "json"))["events"][0]["link"] is None


def test_two_sides_of_whom_nothing_is_known_have_an_empty_brief(wh: Warehouse) -> None:
    brief = gather_brief(wh, "FRA", "BRA", NOW.date())
    assert (brief.name, brief.tension, brief.events) == ("BRA-FRA", None, ())
    for form in FORMATS:
        assert render_brief(brief, form)
    assert not parse(render_brief(brief, "rss")).bozo


def test_files_follow_what_is_watched_and_change_only_with_the_news(told: Warehouse, settings: Settings) -> None:
    folder = settings.home / "briefs"
    assert (folder / "IRN-PAK.rss").is_file()
    assert (folder / "IND-IRN.md").is_file()
    assert write_briefs(told, settings, NOW).kept == 0
    write_watched_dyad(told, WatchedDyad(side_a_code="IRN", side_b_code="PAK", watched_since_utc=NOW))
    assert briefed_dyads(told, NOW.date(), 10) == [("IRN", "PAK")]
    write_briefs(told, settings, NOW)
    names = ["IRN-PAK.atom", "IRN-PAK.json", "IRN-PAK.md", "IRN-PAK.rss"]
    assert sorted(path.name for path in folder.iterdir()) == names


def test_command_watches_and_prints(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEREDA_HOME", str(settings.home))
    run = CliRunner().invoke
    assert "is watched" in run(app, ["watch", "pak", "IRN"]).output
    assert run(app, ["watch"]).output == "IRN PAK\n"
    assert "is no longer watched" in run(app, ["watch", "IRN", "PAK", "--drop"]).output
    assert run(app, ["brief", "IRN", "PAK"]).output.startswith("# Iran and Pakistan")
    assert json.loads(run(app, ["brief", "hamas", "isr", "--format", "json"]).output)["side_b_code"] == "hamas"
    for wrong in (["brief", "IRN", "Atlantis"], ["brief", "IRN", "IRN"], ["watch", "IRN"]):
        result = run(app, wrong)
        assert result.exit_code == 1
        assert "Traceback" not in result.output
