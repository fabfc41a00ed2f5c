"""The page of stories: a list that can be narrowed, and one story as its outlets tell it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.views.story import actor_of, triggers_of
from tests.dashboard.newsroom import FIRST_TITLE, PERSIAN, STORY_ID, STRIKE
from tests.dashboard.screens import choose, is_too_wide
from tests.dashboard.test_pages import opened, written


def test_story_is_told_by_each_outlet_in_its_own_words(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = written(opened("stories", small_world, monkeypatch, story=STORY_ID))
    assert "Depot &lt;b&gt;hit&lt;/b&gt;" in said
    assert PERSIAN in said
    assert STRIKE in said
    assert "Words for it: struck" in said
    assert "English, Persian" in said
    assert "javascript:" not in said
    assert "<script>" not in said


def test_edit_of_an_outlet_is_told_with_both_titles(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = written(opened("stories", small_world, monkeypatch, story=STORY_ID))
    assert f"“{FIRST_TITLE}” → “Crossing &lt;script&gt;alert(1)&lt;/script&gt;”" in said
    assert "+11 characters" in said


def test_story_that_is_gone_is_said_to_be_gone(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "This story is no longer here" in written(opened("stories", small_world, monkeypatch, story="none"))


@pytest.mark.parametrize(
    ("query", "is_listed"),
    [
        ({}, True),
        ({"side": "XBE"}, True),
        ({"side": "XCO"}, False),
        ({"type": "SANCTION"}, True),
        ({"type": "AID"}, False),
        ({"language": "fa"}, True),
        ({"family": "family-2"}, True),
        ({"family": "family-4"}, False),
        ({"since": "2020-01-01", "until": "2020-02-01"}, False),
        ({"side": "no such side"}, True),
    ],
)
def test_list_is_narrowed_by_its_address(
    query: dict[str, str], is_listed: bool, small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("stories", small_world, monkeypatch, **query)
    assert not app.exception
    assert ("Depot &lt;b&gt;hit" in written(app)) is is_listed


def test_triggers_are_read_from_the_trace_with_their_voice() -> None:
    assert triggers_of({"trace": '{"type": "en:ASSAULT:strike", "voice": "passive"}'}) == ["strike (passive)"]
    assert triggers_of({"trace": '{"type": "id:ASSAULT:serang", "voice": "active"}'}) == ["serang"]
    assert triggers_of({"trace": "no json"}) == triggers_of({"trace": None}) == triggers_of({"trace": "[]"}) == []


def test_that_nobody_is_named_is_told() -> None:
    assert actor_of({"actor_name": None}) == "nobody named"


@pytest.mark.browser
def test_list_stays_open_while_the_filters_still_unfold(page: Page, dashboard_url: str) -> None:
    """A field that is looked for before there is room for it was scrolled to; lists close where anything scrolls."""
    page.add_init_script(
        """const animate = Element.prototype.animate;
        Element.prototype.animate = function (frames, options) {
            return animate.call(this, frames, { ...options, duration: 5_000 });
        };"""
    )
    page.goto(f"{dashboard_url}/stories")
    expect(page.get_by_text("3 articles, 3 owners, 2 languages")).to_be_visible()
    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("combobox", name="Event type").fill("SANCTION")
    expect(page.get_by_role("option", name="SANCTION")).to_be_visible()
    page.wait_for_function("() => document.getAnimations().length === 0")
    page.get_by_role("option", name="SANCTION").click()
    page.wait_for_url("**/stories?type=SANCTION")


@pytest.mark.browser
def test_reader_narrows_the_list_and_opens_a_story(page: Page, dashboard_url: str) -> None:
    page.goto(f"{dashboard_url}/stories")
    expect(page.get_by_text("3 articles, 3 owners, 2 languages")).to_be_visible()
    page.get_by_text("Filters", exact=True).click()
    choose(page, "Event type", "SANCTION", tries=1)
    page.wait_for_url("**/stories?type=SANCTION")
    page.reload()
    expect(page.get_by_text("Filters: 1 set")).to_be_visible()
    page.get_by_role("button", name="See how it is told").click()
    expect(page.get_by_role("heading", name="How each tells it")).to_be_visible()
    page.wait_for_url(f"**/stories?*story={STORY_ID}*")
    page.get_by_role("button", name="All stories").click()
    expect(page.get_by_text("3 articles, 3 owners, 2 languages")).to_be_visible()


@pytest.mark.browser
def test_story_fits_a_phone_and_leads_to_the_curve(phone: Page, dashboard_url: str) -> None:
    phone.goto(f"{dashboard_url}/stories?story={STORY_ID}")
    expect(phone.get_by_role("heading", name="How each tells it")).to_be_visible()
    assert not is_too_wide(phone)
    phone.get_by_role("link", name="See it on the curve").first.click()
    phone.wait_for_url("**/pair?*")
    expect(phone.locator(".mereda-mention mark").first).to_be_visible()
