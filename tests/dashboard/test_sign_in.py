"""Signing in at a real provider, in a real browser: who one is says what one may do, until one signs out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard.conftest import streamlit_of
from tests.dashboard.provider import CLIENT_ID, CLIENT_SECRET, open_provider
from tests.dashboard.screens import wait_until_drawn
from tests.dashboard.test_every_page import lasting_findings
from tests.ports import free_port
from warehouse.records import stable_id

pytestmark = pytest.mark.browser

EVENT = f"pair?a=XAR&b=XBE&range=30d&event={stable_id('event', 1)}"


@pytest.fixture(scope="module")
def guarded_url(world: Path) -> Iterator[str]:
    """A dashboard at which people sign in; whoever is of example.org may label."""
    port = free_port()
    (world / "roles.toml").write_text('[roles]\n"@example.org" = ["label"]\n')
    with open_provider() as provider:
        (world / "secrets.toml").write_text(
            f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\ncookie_secret = "{"x" * 40}"\n'
            f'client_id = "{CLIENT_ID}"\nclient_secret = "{CLIENT_SECRET}"\n'
            f'server_metadata_url = "{provider.issuer}/.well-known/openid-configuration"\n'
        )
        with streamlit_of(world, "--secrets.files", str(world / "secrets.toml"), port=port) as url:
            yield url


def sign_in(page: Page, url: str, email: str, *, is_doubted: bool = False) -> None:
    page.goto(f"{url}/{EVENT}")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Address").fill(email)
    if is_doubted:
        page.get_by_label("nobody has checked it").check()
    page.get_by_role("button", name="Enter").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_who_signs_in_does_what_their_role_allows_until_they_sign_out(page: Page, guarded_url: str) -> None:
    sign_in(page, guarded_url, "desk@example.org")
    expect(page.get_by_text("desk@example.org; may read, label")).to_be_visible()
    page.goto(f"{guarded_url}/{EVENT}")
    page.get_by_role("button", name="Right", exact=True).click()
    expect(page.get_by_text("right (desk@example.org")).to_be_visible()
    page.goto(f"{guarded_url}/feeds")
    expect(page.get_by_role("heading", name="Feeds")).to_be_visible()
    wait_until_drawn(page)
    expect(page.get_by_role("button", name="Add a feed")).to_have_count(0)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in(page, guarded_url, "desk@example.org", is_doubted=True)
    expect(page.get_by_text("desk@example.org (not verified); may read", exact=True)).to_be_visible()


def test_door_is_shut_to_a_forged_cookie_and_keeps_nobody_out_who_may_enter(phone: Page, guarded_url: str) -> None:
    forged = {"name": "_streamlit_user", "value": "eyJpc19sb2dnZWRfaW4iOnRydWV9|1|x", "url": guarded_url}
    phone.context.add_cookies([forged])  # type: ignore[list-item]  # a cookie as the browser takes it
    phone.goto(f"{guarded_url}/{EVENT}")
    expect(phone.get_by_role("heading", name="Sign in")).to_be_visible()
    wait_until_drawn(phone)
    expect(phone.locator("mark")).to_have_count(0)
    assert lasting_findings(phone) == []
