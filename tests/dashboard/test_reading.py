"""A reader in a real browser: what is clicked opens, new data leaves the page alone, no request leaves the machine."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from dashboard.views.page import WATCH_EVERY_S
from tests.dashboard.newsroom import NOW, STRIKE, TREATY, add_day
from tests.dashboard.screens import PATIENCE_MS, PHONE, click_point, is_too_wide, point_place, wait_until_drawn
from warehouse.connect import open_warehouse
from warehouse.records import stable_id

pytestmark = pytest.mark.browser

DRAWN = ".mereda-chart[data-drawn]"
RANGE = "() => document.querySelector('.mereda-chart').layout.xaxis.range.map(String)"
DRAWN_ANEW = "seen => document.querySelector('.mereda-chart').dataset.drawn !== seen"
# The address is written a moment after what it names was drawn.
FIRST_EVENT, ANY_EVENT = re.compile(f"event={stable_id('event', 1)}"), re.compile("event=")
# Streamlit's data grid is a picture: rows are met by where they stand.
ROW_PX, HEAD_PX = 35, 38


def open_pair(page: Page, url: str, **query: str) -> None:
    asked = {"a": "XAR", "b": "XBE", "range": "30d"} | query
    page.goto(f"{url}/pair?" + "&".join(f"{name}={value}" for name, value in asked.items()))
    page.wait_for_selector(DRAWN)
    page.locator(".mereda-chart .scatterlayer path.point[d^='M-']").first.wait_for()
    # A run that is still under way when a marker is clicked may take the new address with it.
    wait_until_drawn(page)


def sentence(page: Page, text: str) -> Locator:
    return page.locator(".mereda-mention mark", has_text=text).first


def click_row(page: Page, number: int) -> None:
    grid = page.get_by_test_id("stDataFrame")
    grid.scroll_into_view_if_needed()
    grid.click(position={"x": 18, "y": HEAD_PX + ROW_PX * number + ROW_PX / 2})


def chosen_rows(page: Page) -> Locator:
    return page.get_by_test_id("stDataFrame").locator("tr[aria-selected='true']")


def test_click_on_a_marker_opens_its_sentence_again_after_it_was_closed(page: Page, dashboard_url: str) -> None:
    open_pair(page, dashboard_url)
    click_point(page, "escalation events")
    expect(sentence(page, STRIKE)).to_be_visible()
    link = page.locator(".mereda-mention a").first
    assert link.get_attribute("href") == "https://courier.example/1"
    assert "noopener" in str(link.get_attribute("rel"))
    expect(page).to_have_url(FIRST_EVENT)
    page.get_by_role("button", name="Close").click()
    expect(sentence(page, STRIKE)).to_have_count(0)
    expect(page).not_to_have_url(ANY_EVENT)
    click_point(page, "escalation events")
    expect(sentence(page, STRIKE)).to_be_visible()


def test_row_of_the_table_opens_its_sentence_and_follows_the_markers(page: Page, dashboard_url: str) -> None:
    open_pair(page, dashboard_url)
    click_row(page, 2)  # the oldest of the three
    expect(sentence(page, STRIKE)).to_be_visible()
    expect(page).to_have_url(FIRST_EVENT)
    click_point(page, "de-escalation events")
    expect(sentence(page, "ease")).to_be_visible()
    # The table marks the new row before it lets the old one go.
    expect(chosen_rows(page).and_(page.locator("[aria-rowindex='2']"))).to_be_attached()
    expect(chosen_rows(page)).to_have_count(1)
    click_row(page, 0)
    expect(page.locator(".mereda-mention")).to_have_count(0)
    expect(page).not_to_have_url(ANY_EVENT)


def test_chart_is_drawn_with_its_range_though_its_library_is_away_for_a_moment(page: Page, dashboard_url: str) -> None:
    refused: list[str] = []

    def refuse_twice(route: Route) -> None:
        if len(refused) < 2:
            refused.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/media/*", refuse_twice)
    open_pair(page, dashboard_url, range="90d")
    assert len(refused) == 2
    first = datetime.fromisoformat(page.evaluate(RANGE)[0]).date()
    assert abs((NOW.date() - timedelta(days=90)) - first) <= timedelta(days=4)


def test_new_data_leaves_zoom_selection_and_place_on_the_page(page: Page, dashboard_url: str, world: Path) -> None:
    open_pair(page, dashboard_url, event=stable_id("event", 1))
    expect(sentence(page, STRIKE)).to_be_visible()
    plot = page.locator(".mereda-chart .nsewdrag").first.bounding_box()
    assert plot is not None
    middle = plot["y"] + plot["height"] / 2
    drawn = page.locator(DRAWN).get_attribute("data-drawn")
    page.mouse.move(plot["x"] + plot["width"] * 0.3, middle)
    page.mouse.down()
    page.mouse.move(plot["x"] + plot["width"] * 0.95, middle, steps=8)
    page.mouse.up()
    # The address names the days, and the chart is drawn again with the whole of them.
    page.wait_for_function(DRAWN_ANEW, arg=drawn)
    expect(page).to_have_url(re.compile("since="))
    expect(page.get_by_role("heading", name="events from")).to_be_visible()
    wait_until_drawn(page)
    zoomed, address = page.evaluate(RANGE), page.url
    assert zoomed[0].endswith("T12:00:00")
    page.get_by_text("How this was read").first.click()
    page.get_by_text("trigger: struck").first.scroll_into_view_if_needed()
    place = page.get_by_test_id("stMain").evaluate("main => main.scrollTop")
    assert place > 0
    drawn = page.locator(DRAWN).get_attribute("data-drawn")
    with open_warehouse(world) as wh:
        add_day(wh)
    page.wait_for_function(DRAWN_ANEW, arg=drawn)
    assert page.evaluate(RANGE) == zoomed
    assert page.url == address
    expect(page.get_by_text("trigger: struck").first).to_be_visible()
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollTop") == place


def test_reader_who_was_offline_finds_the_same_page_and_what_came_meanwhile(
    page: Page, dashboard_url: str, world: Path
) -> None:
    page.add_init_script(
        "window.sockets = []; const Opened = window.WebSocket; "
        "window.WebSocket = class extends Opened { "
        "constructor(...told) { super(...told); window.sockets.push(this); } }"
    )
    open_pair(page, dashboard_url, event=stable_id("event", 1))
    expect(sentence(page, STRIKE)).to_be_visible()
    wait_until_drawn(page)
    address, drawn = page.url, page.locator(DRAWN).get_attribute("data-drawn")
    page.context.set_offline(True)
    # Sockets that are open stay so when a browser goes offline; a network that is gone ends them.
    page.evaluate("() => window.sockets.forEach(socket => socket.close())")
    with open_warehouse(world) as wh:
        add_day(wh, "indices-while-away", rise=3.0)
    expect(sentence(page, STRIKE)).to_be_visible()
    page.context.set_offline(False)
    page.wait_for_function(DRAWN_ANEW, arg=drawn)
    wait_until_drawn(page)
    assert page.url == address
    expect(sentence(page, STRIKE)).to_be_visible()


def test_hidden_tab_asks_nothing_until_it_is_looked_at_again(page: Page, dashboard_url: str) -> None:
    page.add_init_script(
        "let seen = 'visible'; Object.defineProperty(document, 'visibilityState', { get: () => seen });"
        "window.look = (state) => { seen = state; document.dispatchEvent(new Event('visibilitychange')); };"
    )
    sent: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append("frame")))
    open_pair(page, dashboard_url)
    wait_until_drawn(page)
    page.evaluate("window.look('hidden')")
    page.wait_for_timeout(1000)
    sent.clear()
    page.wait_for_timeout(2.5 * 1000 * WATCH_EVERY_S)
    assert sent == []
    page.evaluate("window.look('visible')")
    for _ in range(PATIENCE_MS // 500):
        page.wait_for_timeout(500)
        if sent:
            break
    assert sent


def test_link_to_an_old_event_opens_it_on_its_curve(page: Page, dashboard_url: str) -> None:
    page.goto(dashboard_url)
    page.get_by_role("link", name="See it on the curve").first.click()
    expect(sentence(page, TREATY)).to_be_visible()
    page.wait_for_selector(DRAWN)
    expect(page).to_have_url(re.compile("range=all"))


def test_click_on_a_bar_opens_its_pair(page: Page, dashboard_url: str) -> None:
    page.goto(dashboard_url)
    page.wait_for_selector(DRAWN)
    bar = page.locator(".mereda-chart .barlayer path").last
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2 - 20, box["y"] + box["height"] / 2)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    page.wait_for_function("() => (document.querySelector('.mereda-chart')._hoverdata || []).length > 0")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/pair?a=XAR&b=XBE**")
    page.get_by_role("link", name="Today").click()
    expect(page.get_by_role("heading", name="What moved")).to_be_visible()


@pytest.mark.parametrize("path", ["today", "today/"])
def test_first_page_answers_to_its_name(page: Page, dashboard_url: str, path: str) -> None:
    page.goto(f"{dashboard_url}/{path}")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_unknown_address_shows_the_way(page: Page, dashboard_url: str) -> None:
    page.goto(f"{dashboard_url}/yesterday")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    page.get_by_test_id("stMain").get_by_role("link", name="Method").click()
    expect(page.get_by_role("heading", name="From a sentence to a curve")).to_be_visible()


def test_phone_shows_a_pair_within_its_width_and_what_a_tap_opened(phone: Page, dashboard_url: str) -> None:
    open_pair(phone, dashboard_url)
    assert not is_too_wide(phone)
    figures = phone.locator(".mereda-figures").bounding_box()
    assert figures is not None
    assert figures["height"] < PHONE["height"] / 4
    phone.touchscreen.tap(*point_place(phone, "escalation events"))
    expect(sentence(phone, STRIKE)).to_be_in_viewport()
