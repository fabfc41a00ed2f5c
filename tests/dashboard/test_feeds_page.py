"""The page on feeds: filters in the address, and orders that change the list, for who may give them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from dashboard.views.feeds import narrowed
from dashboard.views.filters import Chosen
from tests.dashboard.screens import wait_until_drawn
from tests.dashboard.test_pages import SCRIPT, opened, written
from tests.dashboard.test_roles import ENTRIES, signed_in
from tests.warehouse.world import feed
from tests.warehouse_stock import stock_warehouse
from warehouse.connect import open_warehouse
from warehouse.feed_list import read_managed_feeds, read_pending_orders, write_carried_out
from warehouse.read import read_feeds
from warehouse.records import FeedOrder
from warehouse.write import write_feeds

NOW = datetime.now(UTC)
FEEDS = [
    feed("wire", outlet_name="Wire", title="Wire: world", language="en", tags=("asia", "wire"),
         last_polled_at_utc=NOW, failing_since_utc=NOW, failure_class="hard", failure_reason="answered 410"),
    feed("paper", outlet_name="Paper", title="World", language="id", tags=("asia",), last_polled_at_utc=NOW),
    feed("quiet", outlet_name="Quiet", title="Quiet", status="paused"),
    feed("gone", outlet_name="Gone", title="Gone", status="retired", url="https://me:secret@gone.example/rss"),
]  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A warehouse with four feeds: one that fails, one that is fine, one that is paused, one that is retired."""
    stock_warehouse(tmp_path)
    with open_warehouse(tmp_path) as wh:  # held open: else a page opens the file for each of its questions
        write_feeds(wh, "stock", FEEDS, keeps_history=False)
        yield tmp_path


def outlets(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["Outlet"])


def waiting(home: Path) -> list[FeedOrder]:
    with open_warehouse(home) as wh:
        return read_pending_orders(wh)


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ({}, ["wire", "quiet", "paper"]),
        ({"state": "trouble"}, ["wire"]),
        ({"state": "paused"}, ["quiet"]),
        ({"state": "retired"}, ["gone"]),
        ({"state": "stale"}, []),
        ({"list": "asia"}, ["wire", "paper"]),
        ({"list": "asia", "language": "id"}, ["paper"]),
    ],
)
def test_filters_leave_the_feeds_that_fit_all_of_them(chosen: dict[str, str], shown: list[str], home: Path) -> None:
    with open_warehouse(home, role="read") as wh:
        left = narrowed(read_managed_feeds(wh), Chosen(chosen, {}))
    assert left["feed_id"].tolist() == shown


def test_address_says_which_feeds_are_shown(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("feeds", home, monkeypatch, state="retired")
    assert not app.exception
    assert outlets(app) == ["Gone"]
    assert "secret" not in str(app.dataframe[0].value)
    app.query_params["state"] = "stale"
    assert "No feed is like that" in written(app.run())


def test_feed_is_ordered_with_all_that_was_said_of_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("feeds", home, monkeypatch)
    field = {one.label: one for one in (*app.text_input, *app.selectbox, *app.multiselect)}
    field["Address"].input("  news.example ")
    field["Outlet"].input("News")
    field["Language"].select("id")
    field["Lists"].set_value(["asia"])
    press(app, "Add")
    (order,) = waiting(home)
    assert (order.kind, order.url, order.title, order.outlet_name, order.language, order.tags) == (
        "add", "news.example", None, "News", "id", ("asia",)
    )  # fmt: skip
    assert order.ordered_by == "unnamed reader"
    table = app.dataframe[1].value
    assert table["State"].tolist() == ["waits"]
    assert "within a minute" in written(app)


def test_nothing_is_ordered_without_an_address(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("feeds", home, monkeypatch)
    press(app, "Add")
    assert app.warning[0].value == "Give the address of a feed, or of a site that has one."
    press(app, "Import")
    assert app.warning[0].value == "Choose a file first."
    assert waiting(home) == []


@pytest.mark.parametrize(
    ("feed_id", "label", "kind"),
    [("paper", "Pause", "pause"), ("quiet", "Resume", "resume"), ("paper", "Retire this feed", "retire")],
)
def test_chosen_feed_is_stopped_and_resumed_by_an_order(
    feed_id: str, label: str, kind: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(opened("feeds", home, monkeypatch, feed=feed_id), label)
    assert [(order.kind, order.feed_id) for order in waiting(home)] == [(kind, feed_id)]


def test_retired_feed_is_resumed_from_the_state_it_is_found_under(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    press(opened("feeds", home, monkeypatch, state="retired", feed="gone"), "Resume")
    assert [(order.kind, order.feed_id) for order in waiting(home)] == [("resume", "gone")]


def test_chosen_feed_gets_another_address_by_an_order(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("feeds", home, monkeypatch, feed="wire")
    next(one for one in app.text_input if one.label == "New address").input("https://wire.example/new")
    press(app, "Replace the address")
    assert [(order.kind, order.feed_id, order.url) for order in waiting(home)] == [
        ("replace", "wire", "https://wire.example/new")
    ]


def test_list_is_imported_as_it_was_uploaded(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("feeds", home, monkeypatch)
    body = '<opml version="2.0"/>'.encode("utf-16")
    app.file_uploader[0].set_value(("mine.opml", body, "text/xml"))
    press(app, "Import")
    (order,) = waiting(home)
    assert (order.kind, order.title) == ("import", "mine.opml")
    assert base64.b64decode(order.list_base64 or "") == body


def carried_out(home: Path, **changes: Any) -> None:
    order: dict[str, Any] = {"order_id": "1", "kind": "add", "url": "https://site.example/", "ordered_by": "desk"}
    order |= {"ordered_at_utc": NOW, "carried_out_at_utc": NOW}
    with open_warehouse(home) as wh:
        write_carried_out(wh, FeedOrder(**(order | changes)))


def test_feeds_of_a_site_that_has_several_are_ordered_by_a_click(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choices = ("https://site.example/a A *world*", "https://site.example/b")
    carried_out(home, is_refused=True, outcome="This site has 2 feeds.", choices=choices, language="id", tags=("x",))
    app = opened("feeds", home, monkeypatch)
    press(app, "A \\*world\\*")
    (order,) = waiting(home)
    assert (order.kind, order.url, order.language, order.tags) == ("add", "https://site.example/a", "id", ("x",))


def test_outcome_is_said_in_a_sentence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carried_out(home, is_refused=True, outcome="It leads to a private address.")
    table = opened("feeds", home, monkeypatch).dataframe[1].value
    assert table.iloc[0, :3].tolist() == ["Add: https://site.example/", "refused", "It leads to a private address."]


def test_orders_that_wait_for_long_say_where_to_look(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carried_out(home, ordered_at_utc=NOW - timedelta(hours=1), carried_out_at_utc=None)
    app = opened("feeds", home, monkeypatch)
    assert "should have been carried out by now" in app.warning[0].value


def test_first_feed_is_added_on_the_page_of_an_empty_warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_warehouse(tmp_path):
        pass
    app = opened("feeds", tmp_path, monkeypatch)
    next(one for one in app.text_input if one.label == "Address").input("https://news.example")
    press(app, "Add")
    assert len(waiting(tmp_path)) == 1


def test_who_may_not_manage_feeds_sees_them_and_no_way_to_change_them(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "roles.toml").write_text('[roles]\n"desk@example.org" = ["label"]\n')
    app = signed_in(SCRIPT.format(page="feeds"), home, monkeypatch, email="desk@example.org")
    assert outlets(app) == ["Wire", "Quiet", "Paper"]
    assert {button.label for button in app.button} == {"Sign out"}
    assert not app.text_input
    assert not app.file_uploader


def test_order_of_who_may_not_give_it_is_not_kept_whatever_was_drawn(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = 'from dashboard.views.managing import give_order\ngive_order("pause", feed_id="paper")\n'
    app = signed_in(script, home, monkeypatch, email="desk@example.org")
    assert not app.exception
    assert waiting(home) == []
    (home / "roles.toml").write_text(ENTRIES)
    app.run()
    assert [(order.feed_id, order.ordered_by) for order in waiting(home)] == [("paper", "desk@example.org")]


@pytest.mark.browser
def test_reader_adds_a_feed_chooses_one_and_takes_the_list_along(page: Page, dashboard_url: str, world: Path) -> None:
    page.goto(f"{dashboard_url}/feeds")
    wait_until_drawn(page)
    page.get_by_role("button", name="Add a feed").click()
    page.get_by_role("textbox", name="Address").fill("https://new.example/")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("1 order will be carried out within a minute")).to_be_visible()
    page.get_by_role("combobox", name="Feed to change").click()
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.get_by_text("2 orders will be carried out within a minute")).to_be_visible()
    wait_until_drawn(page)
    page.get_by_role("button", name="Import or export").click()
    with page.expect_download() as download:
        page.get_by_test_id("stDownloadButton").get_by_role("button").click()
    with open_warehouse(world) as wh:
        urls = [one.url for one in read_feeds(wh)]
    text = Path(download.value.path()).read_text()
    assert urls
    assert all(url in text for url in urls)
