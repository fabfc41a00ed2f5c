"""What every page has: the demo banner, a clear sentence instead of an error, and the watch for new data."""

from __future__ import annotations

import gc
import logging
import os
import time
from collections.abc import Callable
from functools import cache, wraps
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime import Runtime, get_instance

from dashboard import cached
from dashboard.translation import t
from dashboard.views import address
from dashboard.views.language import draw_language
from dashboard.views.live_chart import library_url
from dashboard.views.pulse import draw_pulse
from dashboard.views.reader import in_chosen_language, listen
from dashboard.views.roles import has_sign_in, may
from dashboard.views.sign_in import draw_closed, draw_who
from warehouse.errors import QuestionError, WarehouseError

logger = logging.getLogger(__name__)

WATCH_EVERY_S = 5.0
# As Streamlit draws its data grids.
HEAD_PX, ROW_PX = 38, 35
PAIR_PAGE_KEY, PAGES_KEY, STORIES_PAGE_KEY, SEARCH_PAGE_KEY = "pair-page", "pages", "stories-page", "search-page"
PATHS_KEY = "pages-by-path"
_TOLD_KEY = "address-told"

STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding-top: 4.5rem; padding-bottom: 3rem; }
.st-key-language-corner { position: fixed; top: .6rem; right: 1rem; width: auto; z-index: 999991; }
[data-testid="stExpander"] > details { overflow: clip !important; }
[data-testid="stToolbar"] { padding-inline-end: 5.5rem; }
@media print { .st-key-language-corner { display: none; } }
mark { background: #ffe08a; color: #1d232b; padding: 0 .15em; border-radius: .2em; }
blockquote { margin: .4rem 0; padding: .1rem .9rem; border-inline-start: 3px solid rgba(128,136,148,.5);
  line-height: 1.6; overflow-wrap: anywhere; }
.stHtml p { margin: .1rem 0; line-height: 1.5; overflow-wrap: anywhere; }
.mereda-quiet { opacity: .75; font-size: .875rem; }
.mereda-tag { display: inline-block; border-radius: .3rem; padding: 0 .4rem; margin-inline-end: .4rem;
  font-size: .8rem; border: 1px solid currentColor; white-space: nowrap; }
.mereda-up { border-color: #d55e00; background: rgba(213,94,0,.12); }
.mereda-down { border-color: #2f86c9; background: rgba(47,134,201,.14); }
.mereda-flat { border-color: #808894; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { color: inherit !important; opacity: .85; }
[data-testid="stMultiSelectTagsContainer"] [data-tag] { background: #0a65a3; color: #ffffff; }
.mereda-mention { border: 1px solid rgba(128,136,148,.35); border-radius: .5rem; padding: .6rem .9rem; }
.mereda-mention details { font-size: .875rem; margin-top: .25rem; }
.mereda-mention summary { cursor: pointer; width: fit-content; }
.stHtml a { color: inherit; text-decoration: underline; }
.stHtml dl.mereda-figures { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: .75rem;
  margin: 0; padding: 0; }
.stHtml table.mereda-told { border-collapse: collapse; width: 100%; font-size: .9rem; }
.mereda-told th { text-align: start; font-weight: 600; padding: .25rem .5rem; }
.mereda-told td { vertical-align: top; padding: .35rem .5rem; border-top: 1px solid rgba(128,136,148,.3);
  overflow-wrap: anywhere; }
.mereda-told td:first-child { min-width: 8rem; }
.mereda-figures > div { border: 1px solid rgba(128,136,148,.35); border-radius: .5rem; padding: .6rem .9rem; }
.mereda-figures dt { font-size: .875rem; font-weight: 400; }
.mereda-figures dd { font-size: 1.75rem; line-height: 1.3; margin: 0; overflow-wrap: anywhere; }
.mereda-figures dd.mereda-note { font-size: .8rem; opacity: .75; min-height: 1.3em; }
@media (max-width: 640px) {
  .mereda-told thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .mereda-told tr { display: block; border-top: 1px solid rgba(128,136,148,.3); padding: .35rem 0; }
  .mereda-told td { display: block; border: 0; padding: .1rem 0; }
  .stHtml dl.mereda-figures { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .5rem; }
  .mereda-figures > div { padding: .35rem .65rem; }
  .mereda-figures dd { font-size: 1.25rem; }
}
</style>"""


def guarded(draw: Callable[[], None], *, has_charts: bool = False) -> Callable[[], None]:
    """Gives the page with what all pages share; an error becomes a sentence for the reader and a line in the log.

    Args:
        draw: draws what is the page's own.
        has_charts: whether what draws charts is loaded while the page is put together.
    """

    @wraps(draw)
    def shown() -> None:
        listen()
        st.html(STYLE)
        draw_language(library=library_url() if has_charts else None)
        try:
            if not may("read"):
                draw_closed()
                return
            if has_sign_in():
                draw_who()
            with cached.one_version((draw.__module__, urlencode(address.parameters()))):
                _draw_banner()
                draw()
                drawn = cached.drawn_versions()
            _watch(drawn, time.monotonic())
            _tell_address()
            _set_modules_aside()
        except QuestionError:
            logger.exception("the warehouse did not answer a question of page %s", draw.__module__)
            _say_unanswered()
        except WarehouseError:
            logger.warning("the warehouse can't be read", exc_info=True)
            _say_unreachable()
        except Exception:  # the one edge between our pages and a reader
            logger.exception("page %s failed", draw.__module__)
            st.error(t("This page could not be drawn. The log of the dashboard says why; the other pages still work."))

    return shown


def _tell_address() -> None:
    """Says the address to the browser again where it changed since the last run that came to its end.

    What a run that another replaced has said of it is lost: an event would be open that no copied address names. The
    browser keeps an address that it has already as it is.
    """
    told = urlencode(address.parameters())
    if st.session_state.get(_TOLD_KEY) != told:
        st.session_state[_TOLD_KEY] = told
        st.query_params.update()


@cache
def _set_modules_aside() -> None:
    """Leaves what was imported until now out of collections, which would look through all of it in vain.

    Streamlit would collect after each run besides, which `.streamlit/config.toml` takes from it. Not where pages are
    drawn without a server: a process that ends needs its collections.
    """
    if type(get_instance()) is Runtime:
        gc.collect()
        gc.freeze()


def table_height_px(row_count: int, *, at_most: int) -> int:
    """Gives the height at which a data grid shows all its rows, or as many as are wanted before it scrolls."""
    return HEAD_PX + ROW_PX * min(row_count, at_most)


def say_empty(sentence: str) -> None:
    """Says what will be here, and what to do so that it comes."""
    st.info(sentence)
    st.markdown(
        t(
            "Feeds are polled in turn, the first within a minute of the start; events appear after the next "
            "assessment. This page fills by itself.\n\n"
            "- Watch or start the flows in the Prefect UI: <{address}>\n"
            "- Add a feed of your own: `.venv/bin/mereda feeds add ADDRESS`\n"
            "- Read articles you have: `.venv/bin/mereda backfill articles FILE.jsonl`\n"
            "- See the dashboard at work first, on articles written for it: `make demo`",
            address=prefect_address(),
        )
    )


def prefect_address() -> str:
    """Where the Prefect UI is."""
    return (os.environ.get("PREFECT_UI_URL") or "http://127.0.0.1:4200").rstrip("/")


def draw_page_link(page_key: str, *, label: str, icon: str, query: dict[str, str]) -> None:
    """Draws a link to a page of ours, asked something; nothing where a page is drawn alone. The label is Markdown."""
    target = st.session_state.get(page_key)
    if target is not None:
        st.page_link(target, label=label, icon=f":material/{icon}:", query_params=in_chosen_language(query))


def draw_link_to(path: str, *, label: str, icon: str, query: dict[str, str] | None = None) -> None:
    """Draws a link to the page at this path, as `draw_page_link`."""
    target = st.session_state.get(PATHS_KEY, {}).get(path)
    if target is not None:
        st.page_link(target, label=label, icon=f":material/{icon}:", query_params=in_chosen_language(query or {}))


def pair_query(a: str, b: str, event_id: str | None = None) -> dict[str, str]:
    """Gives the address's parameters for a pair; without a range, since the page finds the one that fits."""
    return {"a": a, "b": b} | ({"event": event_id} if event_id else {})


def pair_link(a: str, b: str, *, label: str, event_id: str | None = None) -> None:
    """Draws a link to the page of a pair, with one of its events opened; the label is Markdown."""
    draw_page_link(PAIR_PAGE_KEY, label=label, icon="show_chart", query=pair_query(a, b, event_id))


def _draw_banner() -> None:
    if cached.is_demo():
        st.warning(
            t(
                "**Demo data:** the events are real and public, of 2023 to 2025; the outlets and their articles are "
                "invented for the demo. Do not quote them."
            ),
            icon=":material/science:",
        )


def _say_unanswered() -> None:
    st.header(t("The warehouse did not answer a question of this page"))
    st.markdown(
        t(
            "It is running and was reached, but could not do what this page asked of it. Nothing is lost, and the "
            "other pages still work.\n\n"
            "- If Mereda was just updated, an older warehouse process may still be running: stop Mereda and start it "
            "again in its folder, `make up`.\n"
            "- If you chose many days or words, try fewer.\n"
            "- If it stays like this, the log of the dashboard in the data folder, under `logs`, says which question "
            "failed and why."
        )
    )


def _say_unreachable() -> None:
    st.header(t("The warehouse can't be reached"))
    st.markdown(
        t(
            "The dashboard is running, but the process that keeps the data does not answer. Nothing is lost: what was "
            "collected is on disk.\n\n"
            "- If Mereda was just started, wait a few seconds: this page tries again by itself.\n"
            "- If it was stopped, start it again in its folder: `make up`.\n"
            "- If it stays like this, look at the log of the warehouse in the data folder, under `logs`."
        )
    )
    _retry(time.monotonic())


@st.fragment
def _watch(drawn: dict[str, int], drawn_at_s: float) -> None:
    """Draws the page again when a table that it shows was changed since it was drawn, and only then."""
    draw_pulse(key="watch", every_s=WATCH_EVERY_S)
    if time.monotonic() - drawn_at_s < WATCH_EVERY_S / 2:
        return  # just drawn: the next beat asks
    address.hear(is_beat=True)
    try:
        is_changed = cached.is_changed(drawn)
    except WarehouseError:
        is_changed = True  # the page itself will say so
    if is_changed:
        st.rerun()


@st.fragment(run_every=WATCH_EVERY_S)
def _retry(failed_at_s: float) -> None:
    """Draws the page again once the warehouse answers; asks for the first time when some time has passed."""
    if time.monotonic() - failed_at_s < WATCH_EVERY_S / 2:
        return
    try:
        cached.data_version()
    except WarehouseError:
        return
    st.rerun()
