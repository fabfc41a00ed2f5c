"""Each page under AppTest, with an empty, a small and a broken warehouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.newsroom import TALKS, write_world
from warehouse.migrate import migrate
from warehouse.records import stable_id

PAGES = ("today", "pair", "feeds", "method")

SCRIPT = """
from dashboard.views import feeds, method, pair, today
from dashboard.views.page import guarded
guarded({page}.draw)()
"""


def opened(page: str, home: Path, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    monkeypatch.setenv("MEREDA_HOME", str(home))
    app = AppTest.from_string(SCRIPT.format(page=page), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def written(app: AppTest) -> str:
    kinds = ("header", "subheader", "markdown", "info", "warning", "error", "caption", "text")
    return "\n".join(str(getattr(element, "value", "")) for kind in kinds for element in app.get(kind)) + "".join(
        element.proto.body for element in app.get("html")
    )


@pytest.fixture
def small_world(tmp_path: Path) -> Path:
    write_world(tmp_path, is_demo=True)
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_page_is_drawn_from_a_small_warehouse(page: str, small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(page, small_world, monkeypatch)
    assert not app.exception
    assert not app.error
    assert "Demo data" in app.warning[0].value


@pytest.mark.parametrize("page", PAGES)
def test_page_is_drawn_from_an_empty_warehouse(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate(tmp_path)
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


def test_event_in_the_address_is_opened_with_its_sentence(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("pair", small_world, monkeypatch, a="XBE", b="XAR", event=stable_id("event", 3))
    assert not app.exception
    assert (
        "<mark>&lt;b&gt;Belmora&lt;/b&gt; and Arlan agreed to *ease* tension &amp; reopen the crossing.</mark>"
        in written(app)
    )
    assert TALKS not in written(app)
    assert "<script>" not in written(app)
