"""What was asked for of the list of feeds, and what became of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.translation import later, t, tc, tn
from dashboard.translation.kept import kept
from dashboard.views import wording
from dashboard.views.managing import feed_name, give_order
from dashboard.views.page import prefect_address, table_height_px
from dashboard.views.quote import web_link
from dashboard.views.reader import written_instant
from dashboard.views.roles import may

SHOWN_ORDERS = 30
SHOWN_ROWS = 8
# A run of collect begins every minute.
LONG = timedelta(minutes=3)
# For so long an outcome is news to who looks at the page.
RECENT = timedelta(minutes=15)
KINDS = {
    "add": later("Add"),
    "replace": later("Replace the address"),
    "pause": later("Pause"),
    "resume": later("Resume"),
    "retire": later("Retire"),
    "import": later("Import"),
}


def draw_newest() -> None:
    """Draws what waits, what became of the newest order, and what can be chosen where its site has several feeds."""
    rows = cached.recent_orders(SHOWN_ORDERS).to_dict("records")
    done = [row for row in rows if written_state(row) != "waits"]
    _say_waiting([row for row in rows if written_state(row) == "waits"])
    if done and pd.Timestamp(datetime.now(UTC)) - pd.Timestamp(done[0]["carried_out_at_utc"]) < RECENT:
        say = st.warning if written_state(done[0]) == "refused" else st.success
        say(wording.plain_markdown(f"{t(KINDS[str(done[0]['kind'])])}: {kept(wording.text_of(done[0]['outcome']))}"))
        _draw_choices(done[0])


def draw_orders() -> None:
    """Draws the newest orders, and what became of each."""
    orders = cached.recent_orders(SHOWN_ORDERS)
    if orders.empty:
        return
    st.subheader(t("Orders"))
    st.dataframe(
        order_table(orders),
        hide_index=True,
        width="stretch",
        height=table_height_px(len(orders), at_most=SHOWN_ROWS),
        column_config={t("What became of it"): st.column_config.TextColumn(width="large")},
        alt=t("Orders on feeds, and what became of each"),
    )


def order_table(orders: pd.DataFrame) -> pd.DataFrame:
    """Gives one row an order in the words of the page."""
    rows = orders.to_dict("records")
    return pd.DataFrame(
        {
            t("Order"): [f"{t(KINDS.get(str(row['kind']), str(row['kind'])))}: {_subject(row)}" for row in rows],
            tc("order", "State"): [tc("order", written_state(row)) for row in rows],
            t("What became of it"): [kept(wording.text_of(row["outcome"])) for row in rows],
            t("By"): [str(row["ordered_by"]) for row in rows],
            t("Given"): [written_instant(row["ordered_at_utc"]) for row in rows],
        }
    )


def written_state(order: dict[Any, Any]) -> str:
    """Gives how far an order is: `waits`, `refused` or `done`."""
    if wording.is_missing(order["carried_out_at_utc"]):
        return "waits"
    return "refused" if order["is_refused"] else "done"


def _subject(order: dict[Any, Any]) -> str:
    """What an order speaks of: its feed, the address given, or the file."""
    if not wording.is_missing(order["feed_title"]):
        return feed_name({"outlet_name": order["feed_outlet_name"], "title": order["feed_title"]})
    return web_link(wording.text_of(order["url"])) or wording.text_of(order["title"] or order["feed_id"], t("a list"))


def _say_waiting(waiting: list[dict[Any, Any]]) -> None:
    if not waiting:
        return
    oldest = min(pd.Timestamp(row["ordered_at_utc"]) for row in waiting)
    count = tn("{count} order", "{count} orders", len(waiting))
    if pd.Timestamp(datetime.now(UTC)) - oldest > LONG:
        st.warning(
            t(
                "{orders} should have been carried out by now. The flow *collect* does it, every minute: see in the "
                "Prefect UI, <{address}>, whether it is paused or fails.",
                orders=count,
                address=prefect_address(),
            )
        )
    else:
        st.info(t("{orders} will be carried out within a minute; this page then says so.", orders=count))


def _draw_choices(order: dict[Any, Any]) -> None:
    """Draws the feeds of a site that has several, to be ordered by a click."""
    choices = [str(choice) for choice in order["choices"]]
    if not choices or not may("feeds"):
        return
    with st.container(horizontal=True):
        for choice in choices:
            url, _, title = choice.partition(" ")
            st.button(
                wording.plain_markdown(title or url),
                key=f"choice-{order['order_id']}-{url}",
                help=url,
                on_click=give_order,
                args=(str(order["kind"]),),
                kwargs={"url": url, **_kept(order)},
            )


def _kept(order: dict[Any, Any]) -> dict[str, Any]:
    """What the order for the site said, to be said again for the feed that is chosen."""
    said = {name: wording.text_of(order[name]) or None for name in ("feed_id", "title", "outlet_name", "language")}
    return {**said, "tags": tuple(order["tags"])}
