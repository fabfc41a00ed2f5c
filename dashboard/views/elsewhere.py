"""Addresses that are none of ours: the old and plain name of the first page, and names nobody has given."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import streamlit as st

from dashboard.translation import later, t
from dashboard.views.page import PAGES_KEY

HEADER = later("There is no such page")


def asked_path() -> str:
    """The path of the address that is asked for, below the dashboard's own, without slashes at its ends."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    path = unquote(urlsplit(st.context.url or "").path).strip("/")
    return path.removeprefix(base).strip("/") if base else path


def draw() -> None:
    """Draws what is said at an address that has no page, with the way to those that are there."""
    st.header(t(HEADER))
    st.write(t("The address may have a slip of the pen. These pages are here:"))
    for page in st.session_state.get(PAGES_KEY, ()):
        st.page_link(page)
