"""What holds of every page: nothing keeps people out who use a screen reader or a keyboard, and it fits its screen."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.dashboard.newsroom import STORY_ID
from tests.dashboard.screens import DESK, is_too_wide, keep_screenshot, wait_until_drawn
from warehouse.records import stable_id

pytestmark = pytest.mark.browser

PATHS = {
    "": "Today",
    f"pair?a=XAR&b=XBE&range=30d&with=XAR-XCO&event={stable_id('event', 1)}": "Pair",
    "brief?a=XAR&b=XBE": "Brief",
    "map?days=all": "Map",
    "state": "State",
    "stories": "Stories",
    f"stories?story={STORY_ID}": "How each tells it",
    "search?q=depot": "Search",
    "search?q=depot&in=articles": "Search",
    "feeds": "Feeds",
    "quality": "Quality",
    "method": "Method",
}
GRAVE = ("serious", "critical")
LOOKS, BETWEEN_LOOKS_MS = 5, 1_000
# Streamlit's own: its data grid is a picture with a table behind it, its menus are drawn by its own code.
NOT_OURS = ("[data-testid='stDataFrame']", "[data-testid='stHeader']", "[data-testid='stElementToolbar']")


def grave_findings(page: Page) -> list[str]:
    """What axe-core finds serious or worse, each with the first thing it is found in."""
    found = Axe().run(page, context={"exclude": [[selector] for selector in NOT_OURS]})
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}"
        for one in found.response["violations"]
        if one["impact"] in GRAVE
    ]


def lasting_findings(page: Page) -> list[str]:
    """What is found each time one looks: text that is about to be replaced is paler for a moment."""
    found = grave_findings(page)
    for _ in range(LOOKS - 1):
        if not found:
            break
        page.wait_for_timeout(BETWEEN_LOOKS_MS)
        found = [finding for finding in grave_findings(page) if finding in found]
    return found


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_page_keeps_nobody_out_and_fits_a_phone(
    path: str, light: Literal["light", "dark"], phone: Page, dashboard_url: str
) -> None:
    phone.emulate_media(color_scheme=light)
    phone.goto(f"{dashboard_url}/{path}")
    expect(phone.get_by_role("heading", name=PATHS[path]).first).to_be_visible()
    wait_until_drawn(phone)
    assert lasting_findings(phone) == []
    assert not is_too_wide(phone)
    keep_screenshot(phone, f"{_name_of(path)}-phone-{light}")


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_page_fits_a_desk(path: str, light: Literal["light", "dark"], page: Page, dashboard_url: str) -> None:
    page.emulate_media(color_scheme=light)
    page.goto(f"{dashboard_url}/{path}")
    expect(page.get_by_role("heading", name=PATHS[path]).first).to_be_visible()
    wait_until_drawn(page)
    assert not is_too_wide(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    keep_screenshot(page, f"{_name_of(path)}-desk-{light}")


def _name_of(path: str) -> str:
    """What a page's screenshots are called, in the order of the pages."""
    return f"{list(PATHS).index(path):02}-{path.partition('?')[0] or 'today'}"


def test_page_speaks_the_browsers_language_until_another_is_chosen(chromium: Browser, dashboard_url: str) -> None:
    with chromium.new_context(locale="id-ID", timezone_id="Asia/Jakarta", viewport=DESK) as context:
        page = context.new_page()
        page.goto(f"{dashboard_url}/pair?a=XAR&b=XBE")
        expect(page.get_by_role("heading", name="Pasangan")).to_be_visible()
        expect(page.locator("html[lang=id]")).to_have_count(1)
        wait_until_drawn(page)
        page.locator(".st-key-language-corner button").click()
        page.get_by_text("English", exact=True).click()
        expect(page.get_by_role("heading", name="Pair")).to_be_visible()
        expect(page.locator("html[lang=en]")).to_have_count(1)
        expect(page).to_have_url(re.compile(r"[?&]lang=en(&|$)"))
        expect(page).to_have_url(re.compile(r"[?&]a=XAR(&|$)"))
