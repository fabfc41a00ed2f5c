"""What is looked at and clicked on a screen, for the dashboard's tests in a browser."""

from __future__ import annotations

from playwright.sync_api import Page, ViewportSize, expect

PATIENCE_MS = 60_000
DESK, PHONE = ViewportSize(width=1440, height=1000), ViewportSize(width=390, height=844)


def is_too_wide(page: Page) -> bool:
    return bool(
        page.evaluate(
            "() => [document.documentElement, document.querySelector('[data-testid=stMain]')]"
            ".some(part => part.scrollWidth > part.clientWidth + 1)"
        )
    )


def wait_until_drawn(page: Page) -> None:
    """Waits until the page's script has ended, nothing of its last run is left, and every chart is drawn."""
    expect(page.locator("[data-testid='stApp'][data-test-script-state='notRunning']")).to_have_count(1)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    expect(page.locator("[data-stale='true']")).to_have_count(0)
    expect(page.locator(".mereda-chart:not([data-drawn])")).to_have_count(0)
