"""Each page under AppTest, with an empty, a small and a broken warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from streamlit.runtime.state.query_params import QueryParams
from streamlit.testing.v1 import AppTest

from tests.dashboard.newsroom import STRIKE, TALKS, TREATY, write_world
from tests.warehouse_stock import stock_warehouse
from warehouse.connect import open_warehouse
from warehouse.endpoint import LOCK_NAME
from warehouse.records import stable_id

PAGES = ("today", "pair", "brief", "stories", "search", "feeds", "quality", "method", "world", "state")

SCRIPT = """
from dashboard.views import brief, feeds, method, pair, quality, search, state, stories, today, world
from dashboard.views.page import guarded
guarded({page}.draw)()
"""


def opened(page: str, home: Path, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    monkeypatch.setenv("MEREDA_HOME", str(home))
    app = AppTest.from_string(SCRIPT.format(page=page), default_timeout=120)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def written(app: AppTest) -> str:
    kinds = ("header", "subheader", "markdown", "info", "warning", "error", "caption", "text")
    return "\n".join(str(getattr(element, "value", "")) for kind in kinds for element in app.get(kind)) + "".join(
        element.proto.body for element in app.get("html")
    )


@pytest.fixture
def small_world(tmp_path: Path) -> Iterator[Path]:
    write_world(tmp_path, is_demo=True)
    with open_warehouse(tmp_path):
        yield tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_page_is_drawn_from_a_small_warehouse(page: str, small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(page, small_world, monkeypatch)
    assert not app.exception
    assert not app.error
    assert "Demo data" in app.warning[0].value


@pytest.mark.parametrize("page", PAGES)
def test_page_is_drawn_from_an_empty_warehouse(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stock_warehouse(tmp_path)
    with open_warehouse(tmp_path):
        app = opened(page, tmp_path, monkeypatch)
    assert not app.exception
    assert not app.error
    assert not app.warning


@pytest.mark.parametrize("page", PAGES)
def test_page_says_in_words_that_the_warehouse_is_broken(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "warehouse.duckdb").write_bytes(b"this is no database")
    app = opened(page, tmp_path, monkeypatch)
    assert not app.exception
    assert "Error" not in written(app)
    assert "can't be reached" in written(app)


def test_page_says_in_words_that_the_warehouse_was_reached_and_did_not_answer(
    small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_warehouse(small_world) as wh:
        wh.execute("ALTER TABLE daily_dyads RENAME COLUMN tension TO strain")
    app = opened("today", small_world, monkeypatch)
    assert not app.exception
    assert "did not answer a question of this page" in written(app)
    assert "can't be reached" not in written(app)
    assert "strain" not in written(app)
    assert "Error" not in written(app)


def test_event_in_the_address_is_opened_with_its_sentence(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("pair", small_world, monkeypatch, a="XBE", b="XAR", event=stable_id("event", 3))
    assert not app.exception
    assert (
        "<mark>&lt;b&gt;Belmora&lt;/b&gt; and Arlan agreed to *ease* tension &amp; reopen the crossing.</mark>"
        in written(app)
    )
    assert TALKS not in written(app)
    assert "<script>" not in written(app)


@pytest.mark.parametrize("asked", [{}, {"range": "14d"}, {"range": "none"}, {"range": "1y"}])
def test_range_is_widened_until_it_holds_the_event_of_the_address(
    asked: dict[str, str], small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("pair", small_world, monkeypatch, a="XCO", b="XAR", event=stable_id("event", 4), **asked)
    assert not app.exception
    assert app.session_state["pair_range"] == "all"
    assert f"<mark>{TREATY}</mark>" in written(app)


def test_range_of_the_address_is_kept_where_it_holds_the_event(
    small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("pair", small_world, monkeypatch, a="XAR", b="XBE", event=stable_id("event", 3), range="14d")
    assert app.session_state["pair_range"] == "14d"
    assert "<mark>" in written(app)


def test_shorter_range_closes_the_event_it_leaves_out(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("pair", small_world, monkeypatch, a="XAR", b="XCO", event=stable_id("event", 4))
    app.segmented_control[0].set_value("30d").run()
    assert "event" not in app.query_params
    assert "Nothing is known between" in written(app)


def test_event_that_is_no_longer_there_is_said_to_be_gone(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("pair", small_world, monkeypatch, a="XAR", b="XBE", event="withdrawn")
    assert not app.exception
    assert "withdrawn or merged" in written(app)


def test_confidence_is_written_in_whole_percent_everywhere(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("pair", small_world, monkeypatch, a="XAR", b="XBE", event=stable_id("event", 1))
    assert "confidence 84%" in written(app)
    assert list(app.dataframe[0].value["Confidence"]) == [84, 84, 84]


def test_text_of_the_feed_is_said_to_be_that(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("pair", small_world, monkeypatch, a="XAR", b="XCO", event=stable_id("event", 4))
    assert "feed's own text: page not available: answered 404" in written(app).replace("&#x27;", "'")


def test_old_event_is_no_news_but_its_pair_is_found(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = written(opened("today", small_world, monkeypatch))
    assert "1 quiet pair" in said
    assert "The last event was on" not in said


def test_page_lets_go_of_a_warehouse_that_nothing_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_world(tmp_path)
    app = opened("today", tmp_path, monkeypatch)
    assert not app.exception
    assert STRIKE in written(app)
    with FileLock(tmp_path / LOCK_NAME, timeout=0):
        pass


def test_address_that_a_replaced_run_has_said_in_vain_is_said_again_once(
    small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("method", small_world, monkeypatch)
    said: list[str] = []
    monkeypatch.setattr(QueryParams, "_send_query_param_msg", lambda params: said.append(params["event"]))
    # As a run leaves it that was replaced after it had named the event and before the browser heard of it.
    app.query_params["event"] = "opened"
    app.run()
    assert said == ["opened"]
    app.run()
    assert said == ["opened"], "what the browser has heard is not said again"
