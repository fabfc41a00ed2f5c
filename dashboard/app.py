"""Navigation and nothing else: `streamlit run dashboard/app.py`."""

from pathlib import Path

import streamlit as st

from dashboard.views import feeds, method, pair, today
from dashboard.views.page import PAIR_PAGE_KEY, guarded

# A file of ours: an icon by name or an emoji would be asked of another host.
ICON = Path(__file__).with_name("icon.svg")

st.set_page_config(page_title="Mereda", page_icon=str(ICON), layout="wide")

pair_page = st.Page(guarded(pair.draw), title="Pair", icon=":material/compare_arrows:", url_path="pair")
st.session_state[PAIR_PAGE_KEY] = pair_page
st.navigation(
    [
        st.Page(guarded(today.draw), title="Today", icon=":material/today:", url_path="today", default=True),
        pair_page,
        st.Page(guarded(feeds.draw), title="Feeds", icon=":material/rss_feed:", url_path="feeds"),
        st.Page(guarded(method.draw), title="Method", icon=":material/menu_book:", url_path="method"),
    ],
    position="top",
).run()
