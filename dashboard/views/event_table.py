"""A table of events in which a row is chosen to read its sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.translation import t, tc
from dashboard.views import wording
from dashboard.views.opened import elsewhere_count
from dashboard.views.page import table_height_px

SHOWN_ROWS = 12
# Of a few hundred events each column costs.
_WRITTEN = [
    "starts_on", "direction", "type", "mode", "actor_code", "actor_name", "target_code", "target_name", "is_symmetric",
    "confidence", "outlet_count", "status", "headline",
]  # fmt: skip


def _columns() -> dict[str, Any]:
    return {
        # As the grid writes days; it knows no month in another language than English.
        t("Day"): st.column_config.DateColumn(format=tc("day in a table", "D MMM YYYY")),
        "": st.column_config.TextColumn(width=36, help=t("▲ escalation, ▼ de-escalation, ● neutral")),
        t("Confidence"): st.column_config.NumberColumn(
            format="%d%%", help=t("The share of such readings that are right")
        ),
        t("Outlets"): st.column_config.NumberColumn(width="small"),
        t("Sentence"): st.column_config.TextColumn(width="large"),
    }


def draw_event_table(events: pd.DataFrame, selected: str | None, on_open: Callable[[str | None], None]) -> None:
    """Draws the events in the order they come; choosing a row calls `on_open` with its id, None when it is left.

    Args:
        events: rows of `events`, at least one.
        selected: the event whose row is marked.
        on_open: called before the page runs again.
    """
    ids = [str(event_id) for event_id in events["event_id"]]
    # A row is known to the browser by its number: with other rows, or a choice made elsewhere, the table begins anew.
    key = f"event-table-{hash(tuple(ids))}-{elsewhere_count()}"

    def chosen() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        on_open(ids[rows[0]] if rows and rows[0] < len(ids) else None)

    st.dataframe(
        cached.drawn("event rows", tuple(ids), lambda: event_rows(events)),
        key=key,
        hide_index=True,
        width="stretch",
        height=table_height_px(len(ids), at_most=SHOWN_ROWS),
        column_config=_columns(),
        on_select=chosen,
        selection_mode="single-row",
        selection_default={"selection": {"rows": [ids.index(selected)] if selected in ids else []}},
        alt=t("Events between the two sides; choose a row to read its sentences"),
    )


def event_names(events: pd.DataFrame) -> dict[str, str]:
    """Gives each event in a line, by its id: its day, its sides, its type."""
    return {
        str(row["event_id"]): wording.listed(
            wording.written_day(row["starts_on"]), wording.written_sides(row), wording.written_type(row)
        )
        for row in events[["event_id", *_WRITTEN]].to_dict("records")
    }


def event_rows(events: pd.DataFrame) -> pd.DataFrame:
    """Gives events as readers see them in a table, in the order they came."""
    rows: list[dict[Any, Any]] = events[_WRITTEN].to_dict("records")
    return pd.DataFrame(
        {
            t("Day"): [wording.day_of(row["starts_on"]) for row in rows],
            "": [wording.DIRECTIONS.get(str(row["direction"]), wording.DIRECTIONS["neutral"])[0] for row in rows],
            t("Event"): [f"{wording.written_sides(row)}: {wording.written_type(row)}" for row in rows],
            t("Confidence"): [wording.percent(row["confidence"]) for row in rows],
            t("Outlets"): [int(row["outlet_count"]) for row in rows],
            t("Status"): [wording.status_word(row["status"]) for row in rows],
            t("Sentence"): [wording.text_of(row["headline"]) for row in rows],
        }
    )
