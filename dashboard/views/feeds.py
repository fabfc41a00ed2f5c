"""How the feeds are: which speak, which fail and why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.views import quote, wording
from dashboard.views.page import say_empty, table_height_px

SHOWN_ROWS = 18
FAILURES = (
    "temporary: no answer; soft: refused for now; hard: gone, forbidden, or no feed. "
    "All are asked again, ever more rarely; one that fails hard for some ten days is paused."
)


def draw() -> None:
    """Draws the page on feeds."""
    st.header("Feeds")
    feeds = cached.feed_health()
    if feeds.empty:
        say_empty("No feed is kept yet.")
        return
    failing = int(feeds["failing_since_utc"].notna().sum())
    st.caption(
        f"{wording.counted(len(feeds), 'feed')}, {failing} failing; failing ones first. Counts of the last 7 days."
    )
    st.dataframe(
        health_table(feeds, datetime.now(UTC)),
        hide_index=True,
        width="stretch",
        height=table_height_px(len(feeds), at_most=SHOWN_ROWS),
        column_config={
            "State": st.column_config.TextColumn(help=FAILURES),
            "Address": st.column_config.LinkColumn(),
            "Why": st.column_config.TextColumn(width="medium"),
        },
    )


def written_state(feed: dict[Any, Any]) -> str:
    """Gives how a feed is, in a word or two."""
    if feed["status"] == "paused":
        return "paused"
    if not wording.is_missing(feed["failure_class"]):
        return f"failing, {feed['failure_class']}"
    is_new = wording.is_missing(feed["last_success_at_utc"]) and not feed["poll_count"]
    return "not polled yet" if is_new else "working"


def health_table(feeds: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """Gives one row a feed in the words of the page."""
    rows = feeds.to_dict("records")
    return pd.DataFrame(
        {
            "Outlet": [str(row["outlet_name"]) for row in rows],
            "Feed": [str(row["title"]) for row in rows],
            "State": [written_state(row) for row in rows],
            "Why": [wording.text_of(row["failure_reason"]) for row in rows],
            "Last success": [wording.written_ago(row["last_success_at_utc"], now) for row in rows],
            "Polls": [int(row["poll_count"]) for row in rows],
            "Failed": [int(row["failed_count"]) for row in rows],
            "New entries": [int(row["new_count"]) for row in rows],
            "Language": [wording.language_name(row["language"]) for row in rows],
            "Address": [quote.web_link(wording.text_of(row["url"])) for row in rows],
        }
    )
