"""The page of search: words of any language find events and articles, and what is found opens its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard.newsroom import PERSIAN, STRIKE
from tests.dashboard.screens import is_too_wide, wait_until_drawn
from tests.dashboard.test_pages import opened, written
from warehouse.records import stable_id


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"q": "depot"}, True),
        ({"q": "DEP*"}, True),
        ({"q": "zeppelin"}, False),
        ({"q": "depot", "type": "ASSAULT", "country": "XBE"}, True),
        ({"q": "depot", "status": "denied"}, False),
        ({"q": "depot", "until": "2020-01-01"}, False),
        ({"q": "depot", "in": "articles", "language": "en"}, True),
        ({"q": "depot", "in": "articles", "side": "XCO"}, False),
    ],
)
def test_address_says_what_is_found(
    query: dict[str, str], is_found: bool, small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("search", small_world, monkeypatch, **query)
    assert not app.exception
    assert ("<mark>depot</mark>" in written(app)) is is_found
    assert ("Nothing fits" in written(app)) is not is_found


def test_text_found_is_shown_and_not_obeyed(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = written(opened("search", small_world, monkeypatch, q="crossing", **{"in": "articles"}))
    assert "Crossing &lt;script&gt;alert(1)&lt;/script&gt;" in said
    assert "<script>" not in said


@pytest.mark.browser
def test_reader_finds_a_persian_sentence_and_opens_it(page: Page, dashboard_url: str) -> None:
    page.goto(f"{dashboard_url}/search")
    words = page.get_by_role("searchbox", name="Words").or_(page.get_by_label("Words"))
    words.first.fill("سفیر")
    words.first.press("Enter")
    page.wait_for_url("**/search?q=*")
    expect(page.get_by_text("1 event", exact=True)).to_be_visible()
    wait_until_drawn(page)
    page.get_by_role("button", name="Open its sentences").click()
    expect(page.locator(".mereda-mention mark", has_text=PERSIAN).first).to_be_visible()
    page.wait_for_url(f"**event={stable_id('event', 2)}*")
    page.reload()
    expect(page.locator(".mereda-mention mark", has_text=PERSIAN).first).to_be_visible()


@pytest.mark.browser
def test_search_fits_a_phone(phone: Page, dashboard_url: str) -> None:
    phone.goto(f"{dashboard_url}/search?q=depot")
    phone.get_by_role("button", name="Open its sentences").click()
    expect(phone.locator(".mereda-mention mark", has_text=STRIKE).first).to_be_in_viewport()
    assert not is_too_wide(phone)
