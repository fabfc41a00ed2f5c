"""What is looked at and clicked on a screen, for the dashboard's tests in a browser."""

from __future__ import annotations

from playwright.sync_api import Page, ViewportSize

PATIENCE_MS = 60_000
DESK, PHONE = ViewportSize(width=1440, height=1000), ViewportSize(width=390, height=844)


def is_too_wide(page: Page) -> bool:
    return bool(
        page.evaluate(
            "() => [document.documentElement, document.querySelector('[data-testid=stMain]')]"
            ".some(part => part.scrollWidth > part.clientWidth + 1)"
        )
    )
