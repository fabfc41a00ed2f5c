"""What is looked at and clicked on a screen, for the dashboard's tests in a browser."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Page, TimeoutError, ViewportSize, expect

PATIENCE_MS = 120_000
HOVER_MS = 2_000
# What pages looked like in a run, for people to look at.
SCREENSHOTS = Path(__file__).parents[2] / "artifacts" / "screens"
LONGEST_PX = 4_000
DESK, PHONE = ViewportSize(width=1440, height=1000), ViewportSize(width=390, height=844)


def is_too_wide(page: Page) -> bool:
    return bool(
        page.evaluate(
            "() => [document.documentElement, document.querySelector('[data-testid=stMain]')]"
            ".some(part => part.scrollWidth > part.clientWidth + 1)"
        )
    )


def wait_until_drawn(page: Page) -> None:
    """Waits until the page's script has ended, nothing of its last run is left, and every part is drawn."""
    expect(page.locator("[data-testid='stApp'][data-test-script-state='notRunning']")).to_have_count(1)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    expect(page.locator("[data-stale='true']")).to_have_count(0)
    # What the browser still fetches the code of is a grey bar until then: a control, a table, the place of a chart.
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.locator(".mereda-chart:not([data-drawn])")).to_have_count(0)


def keep_screenshot(page: Page, name: str) -> None:
    """Keeps what a page shows, to its end, as `artifacts/screens/NAME.png`."""
    size = page.viewport_size
    assert size is not None
    height = int(page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight"))
    page.set_viewport_size(ViewportSize(width=size["width"], height=min(max(height, size["height"]), LONGEST_PX)))
    wait_until_drawn(page)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")
    page.set_viewport_size(size)


def point_place(page: Page, trace: str, *, chart: int = 0) -> tuple[float, float]:
    """Where the first point of a trace of the page's n-th chart stands on the screen, scrolled to first."""
    page.locator(".mereda-chart[data-drawn]").nth(chart).scroll_into_view_if_needed()
    x, y = page.evaluate(
        """([name, number]) => { const chart = document.querySelectorAll('.mereda-chart')[number];
        const full = chart._fullLayout, box = chart.getBoundingClientRect();
        const trace = chart.data.find(t => t.name === name), height = full[(trace.yaxis || 'y').replace('y', 'yaxis')];
        return [box.left + full.xaxis.d2p(trace.x[0]) + full.xaxis._offset,
                box.top + height.d2p(trace.y[0]) + height._offset]; }""",
        [trace, chart],
    )
    return x, y


def click_point(page: Page, trace: str, *, chart: int = 0) -> None:
    """Clicks the first point of a trace, once the chart has seen the mouse over it.

    The page may still be moving from what was clicked before, so the mouse goes there again until it is seen.
    """
    is_seen = """number => (document.querySelectorAll('.mereda-chart')[number]._hoverdata || [])
        .some(point => point.customdata)"""
    for _ in range(PATIENCE_MS // HOVER_MS):
        x, y = point_place(page, trace, chart=chart)
        page.mouse.move(x - 40, y)
        page.mouse.move(x, y, steps=4)
        with suppress(TimeoutError):
            page.wait_for_function(is_seen, arg=chart, timeout=HOVER_MS)
            page.mouse.click(x, y)
            return
    raise AssertionError(f"the chart never saw the mouse over its {trace}")


def choose(page: Page, box: str, option: str, *, tries: int = 10) -> None:
    """Chooses from a list; what was typed is typed again where a rerun of the page took it away or closed the list."""
    field = page.get_by_role("combobox", name=box)
    for _ in range(tries):
        # The same words once more would be no change, and open nothing.
        field.fill("")
        field.fill(option)
        with suppress(TimeoutError):
            page.get_by_role("option", name=option).first.click(timeout=10_000)
            return
    raise AssertionError(f"the list of {box} never offered {option}")
