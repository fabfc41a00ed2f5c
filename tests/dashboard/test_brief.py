"""The brief of two sides as a page: what the files say, on any day, and whether the pair is watched."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from dashboard.views.brief import line_html
from tests.dashboard.newsroom import NOW, STRIKE, TREATY_DAYS_AGO
from tests.dashboard.test_pages import opened, written
from warehouse.briefs import gather_brief
from warehouse.connect import open_warehouse
from warehouse.standings import read_watched_dyads


def test_brief_tells_of_its_week_with_sentences_and_links(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on = NOW.date() - timedelta(days=8)
    app = opened("brief", small_world, monkeypatch, a="XBE", b="XAR", on=on.isoformat())
    said = written(app)
    assert not app.exception
    assert STRIKE in said
    assert "https://courier.example/1" in said
    assert "&lt;b&gt;Belmora" not in said  # of the week after
    assert app.query_params["on"] == on.isoformat()


def test_text_of_the_web_can_do_nothing_in_a_brief(small_world: Path) -> None:
    with open_warehouse(small_world) as wh:
        brief = gather_brief(wh, "XAR", "XBE", NOW.date())
    said = "".join(line_html(event, ("XAR", "XBE")) for event in brief.events)
    assert len(brief.events) == 2
    assert "&lt;b&gt;Belmora&lt;/b&gt;" in said
    assert "javascript:" not in said
    assert f"pair?a=XAR&amp;b=XBE&amp;event={brief.events[0].event_id}" in said


def test_quiet_week_leads_to_that_of_the_last_event(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("brief", small_world, monkeypatch, a="XAR", b="XCO")
    assert "Nothing was reported between the two within the week." in written(app)
    next(button for button in app.button if button.label.startswith("The week of the last event")).click().run()
    day = NOW.date() - timedelta(days=TREATY_DAYS_AGO)
    assert app.query_params["on"] == day.isoformat()
    assert "signed a treaty" in written(app)


@pytest.mark.parametrize("query", [{"on": "soon"}, {"a": "XAR"}, {"a": "nobody", "b": "XBE"}, {"a": "XAR", "b": "XAR"}])
def test_address_that_names_no_pair_is_no_error(
    query: dict[str, str], small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("brief", small_world, monkeypatch, **query)
    assert not app.exception
    assert not app.error


def test_reader_watches_a_pair_and_finds_its_files(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("brief", small_world, monkeypatch, a="XAR", b="XBE")
    assert "mereda brief XAR XBE --format rss" in written(app)
    app.button(key="brief-watch").click().run()
    with open_warehouse(small_world) as wh:
        assert read_watched_dyads(wh) == [("XAR", "XBE")]
    (small_world / "briefs").mkdir()
    (small_world / "briefs" / "XAR-XBE.rss").write_text("<rss/>")
    listed = opened("brief", small_world, monkeypatch)
    assert "Watched pairs" in written(listed)
    listed.button(key="brief-XAR-XBE").click().run()
    assert "as files" in written(listed)
    listed.button(key="brief-watch").click().run()
    with open_warehouse(small_world) as wh:
        assert read_watched_dyads(wh) == []
