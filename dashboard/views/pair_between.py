"""Third sides that act with both sides of the page's pair: a network, and a table that says the same."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.charts.between import SIGNS, Edge, ThirdSide, between_figure
from dashboard.translation import t
from dashboard.views import wording
from dashboard.views.exports import permalink
from dashboard.views.live_chart import Image, clicked_in, draw_chart
from dashboard.views.page import table_height_px
from dashboard.views.pair_question import Question, show_pair
from dashboard.views.shown_days import Days

CHART_KEY = "between-chart"
DRAWN_COUNT, SHOWN_ROWS = 10, 12


def third_sides_of(rows: pd.DataFrame, question: Question, names: dict[str, str]) -> list[ThirdSide]:
    """Gives the third sides in the order of their first rows.

    Args:
        rows: of `queries/third_sides.sql`.
    """
    edges: dict[str, dict[str, Edge]] = {}
    for row in rows.to_dict("records"):
        side = str(row["side_code"])
        edge = Edge(int(side == question.b), int(row["event_count"]), float(row["net"]), int(row["mediation_count"]))
        edges.setdefault(str(row["third_code"]), {})[side] = edge
    return [ThirdSide(code, names.get(code, code), (own[question.a], own[question.b])) for code, own in edges.items()]


def draw_between(question: Question, names: dict[str, str], rows: pd.DataFrame, days: Days) -> None:
    """Draws who acts with both sides in the days that are seen; choosing one opens its own pair, in the same days."""
    st.subheader(t("Third sides between them"))
    args = question.a, question.b, days
    thirds = cached.drawn("third sides", args, lambda: third_sides_of(rows, question, names))
    first, second = names[question.a], names[question.b]
    if not thirds:
        st.write(wording.plain_markdown(_nobody(first, second, days)))
        return
    network, table = st.columns([1, 1], gap="medium")
    with network:
        drawn = thirds[:DRAWN_COUNT]
        draw_chart(
            cached.figure(
                "between",
                args,
                lambda: between_figure(first, second, drawn, revision=f"{question.a}-{question.b}"),
            ),
            key=CHART_KEY,
            description=t(
                "{count} sides that act with both {first} and {second}, as the table beside it says",
                count=len(drawn),
                first=first,
                second=second,
            ),
            on_event=lambda: _open_clicked(question),
            image=Image(f"mereda-{question.a}-{question.b}-third-sides", f"Mereda\n{permalink()}"),
        )
    with table:
        _draw_table(thirds, question, names, days)
        left_out = t("The network draws the first {count} of {all}.", count=DRAWN_COUNT, all=len(thirds)) + " "
        st.caption(
            (left_out if len(thirds) > len(drawn) else "")
            + t(
                "Choose a side or a row to open its own pair. Wider: more events. Net: impact of de-escalation "
                "minus that of escalation, weight points; mediating or hosting is counted with it."
            )
        )


def _nobody(first: str, second: str, days: Days) -> str:
    return t("Nobody else acts with both {first} and {second} {days}.", first=first, second=second, days=days.words())


def third_side_rows(thirds: list[ThirdSide], names: tuple[str, str]) -> pd.DataFrame:
    """Gives third sides as readers see them in a table."""
    columns: dict[str, list[Any]] = {t("Third side"): [third.name for third in thirds]}
    for side, name in enumerate(names):
        edges = [third.edges[side] for third in thirds]
        columns[t("Events with {side}", side=name)] = [edge.event_count for edge in edges]
        columns[t("Net with {side}", side=name)] = [
            f"{SIGNS[edge.direction]} {wording.signed(edge.net)}" for edge in edges
        ]
    columns[t("Mediates or hosts")] = [sum(edge.mediation_count for edge in third.edges) for third in thirds]
    return pd.DataFrame(columns)


def _draw_table(thirds: list[ThirdSide], question: Question, names: dict[str, str], days: Days) -> None:
    key = f"between-table-{question.a}-{question.b}-{hash(tuple(third.code for third in thirds))}"

    def chosen() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        if rows and rows[0] < len(thirds):
            show_pair(question.a, thirds[rows[0]].code)

    st.dataframe(
        cached.drawn(
            "third side rows",
            (question.a, question.b, days),
            lambda: third_side_rows(thirds, (names[question.a], names[question.b])),
        ),
        key=key,
        hide_index=True,
        width="stretch",
        height=table_height_px(len(thirds), at_most=SHOWN_ROWS),
        on_select=chosen,
        selection_mode="single-row",
        alt=t("Third sides that act with both; choose a row to open the pair of the first side and this one"),
    )


def _open_clicked(question: Question) -> None:
    side, _, third = (clicked_in(CHART_KEY) or "").partition(" ")
    if third:
        show_pair(question.b if side == "1" else question.a, third)
