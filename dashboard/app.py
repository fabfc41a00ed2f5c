"""Navigation and nothing else: `streamlit run dashboard/app.py`."""

from pathlib import Path

import streamlit as st

from dashboard.translation import t, tc
from dashboard.views import (
    address,
    brief,
    elsewhere,
    feeds,
    method,
    pair,
    quality,
    search,
    state,
    stories,
    today,
    world,
)
from dashboard.views.page import (
    PAGES_KEY,
    PAIR_PAGE_KEY,
    PATHS_KEY,
    SEARCH_PAGE_KEY,
    STORIES_PAGE_KEY,
    guarded,
)
from dashboard.views.reader import listen

# A file of ours: an icon by name or an emoji would be asked of another host.
ICON = Path(__file__).with_name("icon.svg")

st.set_page_config(page_title="Mereda", page_icon=str(ICON), layout="wide")

address.hear()
listen()

today_page = st.Page(
    guarded(today.draw, has_charts=True), title=t("Today"), icon=":material/today:", url_path="first", default=True
)
pair_page = st.Page(
    guarded(pair.draw, has_charts=True), title=t("Pair"), icon=":material/compare_arrows:", url_path="pair"
)
brief_page = st.Page(guarded(brief.draw), title=t("Brief"), icon=":material/summarize:", url_path="brief")
map_page = st.Page(guarded(world.draw, has_charts=True), title=t("Map"), icon=":material/public:", url_path="map")
stories_page = st.Page(guarded(stories.draw), title=t("Stories"), icon=":material/library_books:", url_path="stories")
search_page = st.Page(guarded(search.draw), title=t("Search"), icon=":material/search:", url_path="search")
feeds_page = st.Page(guarded(feeds.draw), title=t("Feeds"), icon=":material/rss_feed:", url_path="feeds")
quality_page = st.Page(
    guarded(quality.draw, has_charts=True), title=t("Quality"), icon=":material/fact_check:", url_path="quality"
)
method_page = st.Page(guarded(method.draw), title=t("Method"), icon=":material/menu_book:", url_path="method")
pages = [today_page, pair_page, brief_page, map_page, stories_page, search_page, feeds_page, quality_page, method_page]
st.session_state.update(
    {PAIR_PAGE_KEY: pair_page, STORIES_PAGE_KEY: stories_page, SEARCH_PAGE_KEY: search_page, PAGES_KEY: pages}
)

state_page = st.Page(
    guarded(state.draw, has_charts=True), title=tc("country", "State"), url_path="state", visibility="hidden"
)
st.session_state[PATHS_KEY] = {page.url_path: page for page in [*pages, state_page]}
# The first page has the bare address; it is found under its name as well.
hidden = [
    state_page,
    st.Page(lambda: st.switch_page(today_page), title=t("Today"), url_path="today", visibility="hidden"),
]
asked = elsewhere.asked_path()
if asked not in {"", "today", "state", *(page.url_path for page in pages)} and "/" not in asked:
    hidden.append(st.Page(guarded(elsewhere.draw), title=t("No such page"), url_path=asked, visibility="hidden"))

st.navigation([*pages, *hidden], position="top").run()
