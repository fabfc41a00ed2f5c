"""How the feeds are: which speak, which fail and why."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.views import quote, wording
from dashboard.views.event_table import HEAD_PX, ROW_PX
from dashboard.views.page import say_empty

SHOWN_ROWS = 18


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
        height=HEAD_PX + ROW_PX * min(len(feeds), SHOWN_ROWS),
        column_config={"Address": st.column_config.LinkColumn(), "Why": st.column_config.TextColumn(width="medium")},
    )


def health_table(feeds: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """Gives one row a feed in the words of the page."""
    rows = feeds.to_dict("records")
    return pd.DataFrame(
        {
            "Outlet": [str(row["outlet_name"]) for row in rows],
            "Feed": [str(row["title"]) for row in rows],
            "State": [
                "paused" if row["status"] == "paused" else wording.text_of(row["failure_class"], "working")
                for row in rows
            ],
            "Why": [wording.text_of(row["failure_reason"]) for row in rows],
            "Last success": [wording.written_ago(row["last_success_at_utc"], now) for row in rows],
            "Polls": [int(row["poll_count"]) for row in rows],
            "Failed": [int(row["failed_count"]) for row in rows],
            "New entries": [int(row["new_count"]) for row in rows],
            "Language": [wording.language_name(row["language"]) for row in rows],
            "Address": [quote.web_link(wording.text_of(row["url"])) for row in rows],
        }
    )
