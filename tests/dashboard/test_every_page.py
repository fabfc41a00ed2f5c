"""What holds of every page: nothing keeps people out who use a screen reader or a keyboard, and it fits its screen."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.dashboard.newsroom import STORY_ID
from tests.dashboard.screens import is_too_wide
from warehouse.records import stable_id

pytestmark = pytest.mark.browser

PATHS = {
    "": "Today",
    f"pair?a=XAR&b=XBE&range=30d&event={stable_id('event', 1)}": "Pair",
    "map?days=all": "Map",
    "stories": "Stories",
    f"stories?story={STORY_ID}": "How each tells it",
    "search?q=depot": "Search",
    "search?q=depot&in=articles": "Search",
    "feeds": "Feeds",
    "quality": "Quality",
    "method": "Method",
}
GRAVE = ("serious", "critical")
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


@pytest.mark.parametrize("path", PATHS)
def test_page_keeps_nobody_out_and_fits_a_phone(path: str, phone: Page, dashboard_url: str) -> None:
    phone.goto(f"{dashboard_url}/{path}")
    expect(phone.get_by_role("heading", name=PATHS[path]).first).to_be_visible()
    expect(phone.get_by_test_id("stStatusWidget")).to_have_count(0)
    expect(phone.locator("[data-stale='true']")).to_have_count(0)  # what is about to be replaced is paler
    expect(phone.locator(".mereda-chart:not([data-drawn])")).to_have_count(0)
    assert grave_findings(phone) == []
    assert not is_too_wide(phone)
