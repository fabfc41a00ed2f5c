"""How the feeds are: which speak, which fail and why; and the list of them, for who may change it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.translation import later, t, tc, tn
from dashboard.translation.kept import kept
from dashboard.views import quote, wording
from dashboard.views.filters import Choice, Chosen, draw_filters
from dashboard.views.managing import choose_feed, chosen_elsewhere_count, chosen_feed, draw_manager, list_names
from dashboard.views.orders import draw_newest, draw_orders
from dashboard.views.page import say_empty, table_height_px
from dashboard.views.roles import may

SHOWN_ROWS = 18
STATE_PX = 140  # "in under a minute" and "failing, temporary" are read whole
STATES = later(
    "failing, temporary: no answer; soft: refused for now; hard: gone, forbidden, or no feed. All are asked again, "
    "ever more rarely; one that fails hard for some ten days is paused. stale: silent beyond its own habit. "
    "silently dead: answers, but has been empty for a day."
)

IN_TROUBLE = ("failing", "silently dead", "stale")
STATES_ASKED = (*IN_TROUBLE, "waiting", "paused", "fine", "retired")
FILTERS = "feeds"


def draw() -> None:
    """Draws the page on feeds: how they are, and for who may change the list, what changes it."""
    st.header(t("Feeds"))
    everyone = cached.managed_feeds()
    polled = everyone[everyone["state"] != "retired"]
    if polled.empty:
        say_empty(t("No feed is kept yet."))
    else:
        st.caption(
            t(
                "{states}; troubled ones first. Counts of the last 7 days, lags of the last 30.",
                states=written_states(polled),
            )
        )
    if not everyone.empty:
        feeds = narrowed(everyone, draw_filters(FILTERS, _choices(everyone)))
        if feeds.empty:
            st.info(t("No feed is like that. Take away a filter."))
    else:
        feeds = everyone
    if may("feeds"):
        draw_manager(feeds)
        draw_newest()
    if not feeds.empty:
        _draw_table(feeds)
    if may("feeds"):
        draw_orders()


def narrowed(feeds: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    """Gives the feeds that the filters leave, in their order; retired ones only where they are asked for."""
    state, tag, language = (chosen.code(name) for name in ("state", "list", "language"))
    states = IN_TROUBLE if state == "trouble" else (state,) if state else ()
    is_left = feeds["state"].isin(states) if states else feeds["state"] != "retired"
    if tag:
        is_left &= pd.Series([tag in tags for tags in feeds["tags"]], index=feeds.index, dtype=bool)
    if language:
        is_left &= feeds["language"] == language
    return feeds[is_left]


def _choices(feeds: pd.DataFrame) -> list[Choice]:
    states = {"trouble": t("any trouble")} | {state: tc("feed", state) for state in STATES_ASKED}
    languages = sorted({str(code) for code in feeds["language"].dropna()}, key=wording.language_name)
    return [
        Choice("state", tc("feed", "State"), states),
        Choice("list", t("List"), {tag: tag for tag in list_names()}),
        Choice("language", t("Language"), {code: wording.language_name(code) for code in languages}),
    ]


def _columns() -> dict[str, Any]:
    text = st.column_config.TextColumn
    return {
        tc("feed", "State"): text(help=t(STATES), width=STATE_PX),
        t("Next try"): text(width=STATE_PX, help=t("Learned from how often something new appears.")),
        t("Since"): text(width=STATE_PX),
        t("Repeats"): text(help=t("Share of the entries it showed that were known already.")),
        t("Known after"): text(help=t("Time between publication and our knowing: half, and nine of ten.")),
        t("Address"): st.column_config.LinkColumn(),
        t("Why"): text(width="medium"),
    }


def _draw_table(feeds: pd.DataFrame) -> None:
    ids = [str(feed_id) for feed_id in feeds["feed_id"]]
    # A row is known to the browser by its number: with other rows, or a choice made elsewhere, the table begins anew.
    key = f"feed-table-{hash(tuple(ids))}-{chosen_elsewhere_count()}"
    selected = chosen_feed()

    def chosen() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        choose_feed(ids[rows[0]] if rows and rows[0] < len(ids) else None)

    choosing: dict[str, Any] = {
        "on_select": chosen,
        "selection_mode": "single-row",
        "selection_default": {"selection": {"rows": [ids.index(selected)] if selected in ids else []}},
    }
    # All readers of a minute see the same words.
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    st.dataframe(
        cached.drawn("feed health", (tuple(ids), now), lambda: health_table(feeds, now)),
        key=key,
        hide_index=True,
        width="stretch",
        height=table_height_px(len(feeds), at_most=SHOWN_ROWS),
        column_config=_columns(),
        alt=t("Feeds and how they are"),
        **(choosing if may("feeds") else {}),
    )


def written_states(feeds: pd.DataFrame) -> str:
    """Gives how many feeds there are, and how many of them in each state that is not fine."""
    counts = feeds["state"].value_counts(sort=False)
    troubled = [f"{count} {tc('feed', str(state))}" for state, count in counts.items() if state != "fine"]
    return ", ".join([tn("{count} feed", "{count} feeds", len(feeds)), *troubled])


def written_state(feed: dict[Any, Any]) -> str:
    """Gives how a feed is, in a word or two."""
    if feed["state"] == "failing":
        return t("failing, {how}", how=tc("failure", str(feed["failure_class"])))
    return t("not polled yet") if feed["state"] == "waiting" else tc("feed", str(feed["state"]))


def written_since(feed: dict[Any, Any], now: datetime) -> str:
    """Gives since when a feed is in trouble; nothing where it is fine."""
    begun = {"failing": "failing_since_utc", "stale": "newest_entry_at_utc", "silently dead": "empty_since_utc"}
    column = begun.get(feed["state"])
    return wording.written_ago(feed[column], now) if column else ""


def written_next_try(feed: dict[Any, Any], now: datetime) -> str:
    """Gives how long it is until a feed is asked again; nothing where it is not."""
    return "" if feed["state"] in ("paused", "retired") else written_wait(feed["next_poll_at_utc"], now)


def written_wait(then: Any, now: datetime) -> str:
    """Gives how long it is until an instant, in one unit."""
    if wording.is_missing(then) or pd.Timestamp(then) <= pd.Timestamp(now):
        return t("now")
    length = wording.written_length((pd.Timestamp(then) - pd.Timestamp(now)).total_seconds())
    return t("in {length}", length=length)


def written_lag(feed: dict[Any, Any]) -> str:
    """Gives the usual and the long time between publication and our knowing."""
    usual, long = (wording.written_length(feed[name]) for name in ("lag_median_s", "lag_p90_s"))
    return usual if usual == long else f"{usual}, {long}"


def health_table(feeds: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """Gives one row a feed in the words of the page."""
    rows = feeds.to_dict("records")
    return pd.DataFrame(
        {
            t("Outlet"): [str(row["outlet_name"]) for row in rows],
            t("Feed"): [str(row["title"]) for row in rows],
            tc("feed", "State"): [written_state(row) for row in rows],
            t("Since"): [written_since(row, now) for row in rows],
            t("Why"): [kept(wording.text_of(row["failure_reason"])) for row in rows],
            t("Next try"): [written_next_try(row, now) for row in rows],
            t("Last success"): [wording.written_ago(row["last_success_at_utc"], now) for row in rows],
            t("Polls"): [int(row["poll_count"]) for row in rows],
            t("Failed"): [int(row["failed_count"]) for row in rows],
            t("New entries"): [int(row["new_count"]) for row in rows],
            t("New a day"): [
                "" if wording.is_missing(row["new_per_day"]) else wording.decimal(row["new_per_day"]) for row in rows
            ],
            t("Repeats"): [
                "" if wording.is_missing(row["repeat_share"]) else f"{wording.percent(row['repeat_share'])} %"
                for row in rows
            ],
            t("Known after"): [written_lag(row) for row in rows],
            t("Lists"): [", ".join(row["tags"]) for row in rows],
            t("Language"): [wording.language_name(row["language"]) for row in rows],
            t("Address"): [quote.web_link(wording.text_of(row["url"])) for row in rows],
        }
    )
