"""What every page has: the demo banner, a clear sentence instead of an error, and the watch for new data."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import wraps

import streamlit as st

from dashboard import cached
from warehouse.errors import WarehouseError

logger = logging.getLogger(__name__)

WATCH_EVERY_S = 5.0
PAIR_PAGE_KEY = "pair-page"

STYLE = """<style>
mark { background: #ffe08a; color: #1d232b; padding: 0 .15em; border-radius: .2em; }
blockquote { margin: .25rem 0; padding: .25rem .9rem; border-inline-start: 3px solid rgba(128,136,148,.5);
  line-height: 1.6; overflow-wrap: anywhere; }
.stHtml p { margin: .1rem 0; line-height: 1.5; overflow-wrap: anywhere; }
.mereda-quiet { opacity: .75; font-size: .875rem; }
.mereda-tag { display: inline-block; border-radius: .3rem; padding: 0 .4rem; margin-inline-end: .4rem;
  font-size: .8rem; border: 1px solid currentColor; white-space: nowrap; }
.mereda-up { color: #d55e00; } .mereda-down { color: #2f86c9; } .mereda-flat { color: #808894; }
</style>"""


def guarded(draw: Callable[[], None]) -> Callable[[], None]:
    """Gives the page with what all pages share; an error becomes a sentence for the reader and a line in the log."""

    @wraps(draw)
    def shown() -> None:
        st.html(STYLE)
        try:
            _draw_banner()
            draw()
            _watch(cached.data_version())
        except WarehouseError:
            logger.warning("the warehouse can't be read", exc_info=True)
            _say_unreachable()
        except Exception:  # the one edge between our pages and a reader
            logger.exception("page %s failed", draw.__module__)
            st.error("This page could not be drawn. The log of the dashboard says why; the other pages still work.")

    return shown


def say_empty(sentence: str) -> None:
    """Says what will be here, and what to do so that it comes."""
    st.info(sentence)
    st.markdown(
        "Feeds are polled in turn, the first within a minute of the start; events appear after the next assessment.\n\n"
        "- Add a feed: `mereda feeds add ADDRESS`, or the form of the feeds deployment.\n"
        f"- Watch or start the flows in the Prefect UI: <{_prefect_address()}>\n"
        "- See the dashboard with invented news first: `make demo`."
    )


def _prefect_address() -> str:
    return (os.environ.get("PREFECT_UI_URL") or "http://127.0.0.1:4200").rstrip("/")


def pair_link(a: str, b: str, *, label: str, event_id: str | None = None) -> None:
    """Draws a link to the page of a pair, with one of its events opened."""
    target = st.session_state.get(PAIR_PAGE_KEY)
    if target is not None:
        query = {"a": a, "b": b, "range": "90d"} | ({"event": event_id} if event_id else {})
        st.page_link(target, label=label, icon=":material/show_chart:", query_params=query)


def _draw_banner() -> None:
    if cached.is_demo():
        st.warning(
            "**Demo data:** invented outlets report real events of 2023 to 2025 in articles written for the demo. "
            "Do not quote them.",
            icon=":material/science:",
        )


def _say_unreachable() -> None:
    st.header("The warehouse can't be reached")
    st.markdown(
        "The dashboard is running, but the process that keeps the data does not answer. Nothing is lost: what was "
        "collected is on disk.\n\n"
        "- If Mereda was just started, wait a few seconds: this page tries again by itself.\n"
        "- If it was stopped, start it again in its folder: `make up`.\n"
        "- If it stays like this, look at the log of the warehouse in the data folder, under `logs`."
    )
    _retry()


@st.fragment(run_every=WATCH_EVERY_S)
def _watch(shown_version: int) -> None:
    """Draws the page again when a flow has committed something since it was drawn, and only then."""
    try:
        is_changed = cached.data_version() != shown_version
    except WarehouseError:
        is_changed = True  # the page itself will say so
    if is_changed:
        st.rerun()


@st.fragment(run_every=WATCH_EVERY_S)
def _retry() -> None:
    try:
        cached.data_version()
    except WarehouseError:
        return
    st.rerun()
