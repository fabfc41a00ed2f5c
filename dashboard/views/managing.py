"""The list of feeds changed from its page: each change is an order that the flow `collect` carries out within a minute.

Nothing here asks a feed. Who may not manage feeds is shown none of this, and an order of theirs is not kept.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import uuid4

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.translation import t, tc, tn
from dashboard.views import wording
from dashboard.views.filters import take_from_address, write_in_address
from dashboard.views.labelling import draw_name, labeller
from dashboard.views.roles import may
from warehouse.opml import write_opml
from warehouse.records import FeedOrder

FEED_KEY = "managed-feed"
# How often something else than the table chose a feed; the table then takes its row over anew.
CHOSEN_COUNT_KEY = "managed-feed-chosen"
# The result of an order shows below; a list of a thousand feeds has a quarter of this.
MOST_LIST_MIB = 2
# Longer than any address or name there is, and short enough to be read.
MOST_SIGNS = 2000
NAME_SIGNS = 200


def give_order(kind: str, **fields: Any) -> None:
    """Keeps an order, with who and when; nothing where who sits here may not manage feeds."""
    if not may("feeds"):
        return
    cached.add_order(
        FeedOrder(order_id=uuid4().hex, kind=kind, ordered_by=labeller(), ordered_at_utc=datetime.now(UTC), **fields)
    )


def draw_manager(feeds: pd.DataFrame) -> None:
    """Draws what adds and imports feeds, and what changes the chosen one.

    Args:
        feeds: rows of `queries/managed_feeds.sql` that a feed can be chosen of; maybe none.
    """
    with st.container(horizontal=True, key="feed-tools"):
        with st.popover(t("Add a feed"), icon=":material/add:", key="add-feed"):
            _draw_adding()
        with st.popover(t("Import or export"), icon=":material/swap_vert:", key="feed-lists"):
            _draw_lists()
    choice, name = st.columns([2, 1])
    with name:
        draw_name("feeds")
    with choice:
        feed_id = None if feeds.empty else _draw_choice(feeds)
    if feed_id is not None:
        with st.container(border=True, key="chosen-feed"):
            _draw_changes(feeds[feeds["feed_id"] == feed_id].to_dict("records")[0])


def chosen_feed() -> str | None:
    """The feed that is chosen to be changed."""
    return st.session_state.get(FEED_KEY)


def choose_feed(feed_id: str | None) -> None:
    """Chooses a feed from the table."""
    st.session_state[FEED_KEY] = feed_id


def chosen_elsewhere_count() -> int:
    """How often something else than the table chose a feed."""
    return int(st.session_state.get(CHOSEN_COUNT_KEY, 0))


def _draw_adding() -> None:
    with st.form("add-feed-form", border=False, clear_on_submit=True):
        url = st.text_input(
            t("Address"),
            max_chars=MOST_SIGNS,
            help=t("Of a feed or news sitemap, or of a site that has one: it is found."),
        )
        title = st.text_input(t("Title"), max_chars=NAME_SIGNS, placeholder=t("As the feed calls itself"))
        outlet = st.text_input(t("Outlet"), max_chars=NAME_SIGNS, placeholder=t("The known one of its site"))
        languages = sorted({feed.language for feed in cached.feeds() if feed.language}, key=wording.language_name)
        language = st.selectbox(
            t("Language"), languages, index=None, format_func=wording.language_name, placeholder=t("As the feed says")
        )
        tags = st.multiselect(t("Lists"), list_names(), accept_new_options=True, placeholder=t("None; or a new one"))
        is_sent = st.form_submit_button(t("Add"), type="primary")
    if is_sent and not url.strip():
        st.warning(t("Give the address of a feed, or of a site that has one."))
    elif is_sent:
        _send("add", url=url.strip(), title=_or_none(title), outlet_name=_or_none(outlet), language=language,
              tags=tuple(tag.strip()[:NAME_SIGNS] for tag in tags if tag.strip()))  # fmt: skip


def _draw_lists() -> None:
    with st.form("import-feeds-form", border=False, clear_on_submit=True):
        file = st.file_uploader(
            t("A list of feeds (OPML)"), type=["opml", "xml"], max_upload_size=MOST_LIST_MIB,
            help=t("As feed readers export it. Folders become lists; what is known already stays as it is."),
        )  # fmt: skip
        is_sent = st.form_submit_button(t("Import"))
    if is_sent and file is None:
        st.warning(t("Choose a file first."))
    elif is_sent and file is not None:
        _send("import", title=file.name[:NAME_SIGNS], list_base64=base64.b64encode(file.getvalue()).decode())
    listed = [feed for feed in cached.feeds() if feed.status != "retired"]
    st.download_button(
        tn("Export {count} feed", "Export {count} feeds", len(listed)),
        data=partial(write_opml, listed, now=datetime.now(UTC)),
        file_name="mereda-feeds.opml",
        mime="text/x-opml",
        icon=":material/download:",
        on_click="ignore",
    )


def _draw_choice(feeds: pd.DataFrame) -> str | None:
    named = feeds[["feed_id", "outlet_name", "title"]].to_dict("records")
    names = {str(row["feed_id"]): feed_name(row) for row in named}
    take_from_address(FEED_KEY, "feed", lambda asked: asked or None)
    if st.session_state[FEED_KEY] not in names:
        st.session_state[FEED_KEY] = None
    feed_id: str | None = st.selectbox(
        t("Feed to change"),
        list(names),
        index=None,
        key=FEED_KEY,
        format_func=names.__getitem__,
        placeholder=t("Choose one here, or its row in the table"),
        on_change=_count_choice,
    )
    write_in_address(FEED_KEY, "feed", feed_id)
    return feed_id


def _draw_changes(feed: dict[Any, Any]) -> None:
    feed_id = str(feed["feed_id"])
    st.markdown(f"**{wording.plain_markdown(feed_name(feed))}**, {tc('feed', str(feed['status']))}")
    with st.container(horizontal=True, vertical_alignment="center"):
        if feed["status"] == "active":
            _draw_button(t("Pause"), "pause", "pause", feed_id, t("It is not asked until it is resumed"))
        else:
            _draw_button(t("Resume"), "resume", "play_arrow", feed_id, t("It is asked again, at once"))
        if feed["status"] != "retired":
            with st.popover(t("Retire"), icon=":material/archive:", key=f"retiring-{feed_id}"):
                st.markdown(t("It is not asked any more and leaves this list. What it brought stays."))
                _draw_button(
                    t("Retire this feed"), "retire", "archive", feed_id, t("Under the state *retired* it is found")
                )
    with st.form(f"replace-{feed_id}", border=False, clear_on_submit=True):
        url = st.text_input(
            t("New address"), max_chars=MOST_SIGNS,
            help=t("Of the feed, or of a site that has it. What it brought, and its rhythm, stay its own."),
        )  # fmt: skip
        is_sent = st.form_submit_button(t("Replace the address"))
    if is_sent and url.strip():
        _send("replace", feed_id=feed_id, url=url.strip())


def _draw_button(label: str, kind: str, icon: str, feed_id: str, told: str) -> None:
    st.button(
        label,
        key=f"{kind}-{feed_id}",
        icon=f":material/{icon}:",
        help=told,
        on_click=give_order,
        args=(kind,),
        kwargs={"feed_id": feed_id},
    )


def list_names() -> list[str]:
    """Every list a feed belongs to, by name."""
    return sorted({tag for feed in cached.feeds() for tag in feed.tags}, key=str.casefold)


def feed_name(feed: dict[Any, Any]) -> str:
    """Gives what a feed is called beside others: its outlet, and its title where that says more."""
    outlet, title = wording.text_of(feed["outlet_name"]), wording.text_of(feed["title"])
    return title if title.startswith(outlet) else f"{outlet}: {title}"


def _send(kind: str, **fields: Any) -> None:
    give_order(kind, **fields)
    st.rerun()  # so that the order is seen among the others


def _count_choice() -> None:
    st.session_state[CHOSEN_COUNT_KEY] = chosen_elsewhere_count() + 1


def _or_none(text: str) -> str | None:
    return text.strip() or None
