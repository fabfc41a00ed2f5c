"""The first page: alerts until somebody saw them, what came since the last visit, and how the day was covered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.views.coverage import coverage_html, thinness
from dashboard.views.visits import visit_of
from tests.dashboard.newsroom import NOW, STRIKE
from tests.dashboard.screens import wait_until_drawn
from tests.dashboard.test_pages import SCRIPT, opened, written
from tests.dashboard.test_roles import signed_in
from warehouse.connect import open_warehouse
from warehouse.records import Alert, EventRevision, stable_id
from warehouse.standings import read_alerts
from warehouse.watching import acknowledge_alert, write_alerts
from warehouse.write import write_events

RISE = Alert(
    alert_id="rise", raised_at_utc=NOW - timedelta(hours=1), rule="sudden-<rise>", kind="change", side_a_code="XAR",
    side_b_code="XBE", on_date=(NOW - timedelta(days=4)).date(), value=31.0, limit_value=30.0,
    detail="tension rose by 31 within 3 days, limit 30", event_ids=(stable_id("event", 1),), formula_version="1",
)  # fmt: skip
PHASE = Alert(
    alert_id="phase", raised_at_utc=NOW, rule="easing-begins", kind="phase", side_a_code="XAR", side_b_code="XCO",
    on_date=NOW.date(), value=20.0, limit_value=None, detail="a phase called easing began at a tension of 20",
    event_ids=(), formula_version="1",
)  # fmt: skip
COVERAGE = {
    "asked_feed_count": 10, "answered_feed_count": 9, "article_count": 40, "read_count": 30, "family_count": 8,
    "languages": ["fa", None], "language_counts": [25, 15], "usual_article_count": 50.0, "usual_family_count": 9.0,
}  # fmt: skip


def raise_alerts(home: Path) -> None:
    with open_warehouse(home) as wh:
        write_alerts(wh, "alerts", [RISE, PHASE])


def tell_revisions(home: Path, at: datetime) -> None:
    """Logs event 1 as read first at this time, and event 3 as read otherwise then."""
    revisions = [
        EventRevision(event_id=stable_id("event", 1), revision=1, change="created", detail="1", revised_at_utc=at),
        EventRevision(event_id=stable_id("event", 3), revision=2, change="restated", detail="1", revised_at_utc=at),
    ]
    with open_warehouse(home) as wh:
        write_events(wh, "revisions", [], [], revisions)


def test_open_alert_stands_with_its_sentence_and_why(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raise_alerts(small_world)
    app = opened("today", small_world, monkeypatch)
    said = written(app)
    assert not app.exception
    assert "2 open alerts" in said
    assert "Tension rose by 31 within 3 days, limit 30. Raised when tension rises by 30 weight points" in said
    assert "(rule sudden-&lt;rise&gt;)" in said
    assert said.count(STRIKE) == 2  # of the alert and of the newest events


def test_acknowledged_alert_is_no_longer_open_and_says_by_whom(
    small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raise_alerts(small_world)
    app = opened("today", small_world, monkeypatch)
    next(field for field in app.text_input if field.label.startswith("Your name")).input("the <desk>").run()
    app.button(key="acknowledge-phase").click().run()
    assert not app.exception
    assert "1 open alert" in written(app)
    assert "easing" not in written(app)
    everything = written(opened("today", small_world, monkeypatch, alerts="all"))
    assert "Acknowledged by the &lt;desk&gt;" in everything
    with open_warehouse(small_world) as wh:
        told = read_alerts(wh).set_index("alert_id")["acknowledged_by"]
    assert told["phase"] == "the <desk>"
    assert told.isna()["rise"]


def test_who_may_only_read_sees_alerts_and_acknowledges_none(
    small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raise_alerts(small_world)
    app = signed_in(SCRIPT.format(page="today"), small_world, monkeypatch, email="guest@example.org")
    assert "2 open alerts" in written(app)
    assert [button.label for button in app.button if button.label == "Acknowledge"] == []
    signed_in('from dashboard.views.alerts import acknowledge\nacknowledge("rise")', small_world, monkeypatch)
    with open_warehouse(small_world) as wh:
        assert len(read_alerts(wh, only_open=True)) == 2


def test_page_without_an_open_alert_says_so(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raise_alerts(small_world)
    with open_warehouse(small_world) as wh:
        for alert_id in ("rise", "phase"):
            acknowledge_alert(wh, alert_id, "desk", NOW)
    assert "No open alert" in written(opened("today", small_world, monkeypatch))


def test_what_came_since_the_moment_of_the_address_is_told(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raise_alerts(small_world)
    tell_revisions(small_world, NOW - timedelta(hours=2))
    since = (NOW - timedelta(hours=3, minutes=30)).isoformat()
    said = written(opened("today", small_world, monkeypatch, over="visit", since=since))
    assert "2 alerts, 1 new event, 1 read otherwise, 3 new articles." in said
    later = written(opened("today", small_world, monkeypatch, over="visit", since=NOW.isoformat()))
    assert "nothing new." in later


@pytest.mark.parametrize("asked", ["yesterday", "0001-01-01T00:00:00+23:00", "<b>"])
def test_moment_that_is_none_is_passed_over(asked: str, small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("today", small_world, monkeypatch, over="visit", since=asked)
    assert not app.exception
    assert not app.error
    assert "Asking this browser" in written(app)


def test_answer_of_a_browser_is_never_taken_on_trust() -> None:
    assert visit_of("first", NOW).since is None
    assert visit_of("2999-01-01T00:00:00Z", NOW).since == NOW
    assert visit_of("2026-01-01T10:00:00Z", NOW).since == datetime(2026, 1, 1, 10, tzinfo=UTC)
    assert not visit_of("unknown", NOW).is_kept
    assert not visit_of(None, NOW).is_told


def test_day_is_thin_where_few_answer_or_few_owners_can_be_read() -> None:
    assert thinness(COVERAGE)[0] is False
    assert thinness(COVERAGE | {"answered_feed_count": 4})[0] is True
    assert thinness(COVERAGE | {"family_count": 4})[0] is True
    assert thinness(COVERAGE | {"usual_family_count": None})[0] is None


def test_coverage_tells_languages_and_what_waits() -> None:
    said = coverage_html(COVERAGE)
    assert "9 of 10 feeds answered" in said
    assert "40 articles (50 are usual): 10 wait to be read" in said
    assert "Persian 25, unknown 15" in said


@pytest.mark.browser
def test_reader_acknowledges_an_alert(page: Page, dashboard_url: str, world: Path) -> None:
    raise_alerts(world)
    page.goto(dashboard_url)
    expect(page.get_by_role("heading", name="2 open alerts")).to_be_visible()
    wait_until_drawn(page)
    page.get_by_role("button", name="Acknowledge").first.click()
    expect(page.get_by_role("heading", name="1 open alert")).to_be_visible()
    page.get_by_role("radio", name="All", exact=True).click()
    expect(page.get_by_text("Acknowledged by unnamed reader")).to_be_visible()
    page.wait_for_url("**/?*alerts=all*")


@pytest.mark.browser
def test_browser_remembers_when_its_reader_was_last_here(page: Page, dashboard_url: str, world: Path) -> None:
    tell_revisions(world, NOW - timedelta(hours=2))
    page.goto(f"{dashboard_url}/?over=visit")
    expect(page.get_by_text("This is your first visit with this browser.")).to_be_visible()
    wait_until_drawn(page)
    page.reload()  # the same visit goes on
    expect(page.get_by_text("This is your first visit with this browser.")).to_be_visible()
    wait_until_drawn(page)
    # As if the reader had left three hours and a half ago.
    page.add_init_script(
        "localStorage.setItem('mereda-visit', JSON.stringify({since: null, seen: Date.now() - 210 * 60e3}))"
    )
    page.reload()
    expect(page.get_by_text("1 new event, 1 read otherwise")).to_be_visible()
    wait_until_drawn(page)
    page.get_by_role("button", name="Keep this moment in the address").click()
    page.wait_for_url("**/?*since=*")
