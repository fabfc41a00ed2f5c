"""The page's pair beside others: their net over the same days, and the way to each pair's own page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.charts.compared import ComparedPair, compared_figure
from dashboard.charts.days import fill_days
from dashboard.charts.figure import Figure
from dashboard.translation import t
from dashboard.views import wording
from dashboard.views.exports import formula_versions, permalink
from dashboard.views.figures import draw_figures
from dashboard.views.live_chart import Image, clicked_in, draw_chart
from dashboard.views.pair_question import Question, show_pair
from dashboard.views.shown_days import Days, follow_zoom

CHART_KEY = "compared-chart"
# The names stand beside the lines, where a phone has little room.
SHORT_NAME_LENGTH = 16


def compared_pairs(question: Question, names: dict[str, str], series: pd.DataFrame) -> list[ComparedPair]:
    """Gives the page's pair and those beside it, in the order of their looks.

    Args:
        series: rows of `daily_dyads`, of any pairs.
    """
    own = (min(question.a, question.b), max(question.a, question.b))
    pairs = []
    for a, b in [own, *question.others]:
        name = wording.written_pair({"side_a_code": a, "side_b_code": b}, names)
        rows = series[(series["side_a_code"] == a) & (series["side_b_code"] == b)]
        pairs.append(ComparedPair((a, b), name, f"{a} - {b}"[:SHORT_NAME_LENGTH], rows))
    return pairs


def draw_compared(question: Question, pairs: list[ComparedPair], days: Days, half_life_days: float) -> None:
    """Draws the net of the pairs over the same days, with what each stands at and the way to its page."""
    st.subheader(t("Compared"))

    def figure() -> Figure:
        return compared_figure(
            pairs,
            since=days.since,
            until=days.until,
            half_life_days=half_life_days,
            zoom=days.zoom,
            revision=f"{question.a}-{question.b}-{question.span}",
        )

    versions = ", ".join(sorted({formula_versions(pair.series) for pair in pairs if not pair.series.empty}))
    told = t("Mereda, net, formula version {version}", version=versions or t("unknown"))
    draw_chart(
        cached.figure("compared", (question, days), figure),
        key=CHART_KEY,
        description=t(
            "Net of {pairs}. The numbers below say where each stands.", pairs=", ".join(pair.name for pair in pairs)
        ),
        on_event=_show_clicked,
        on_zoom=follow_zoom(CHART_KEY),
        image=Image("mereda-compared", f"{told}\n{permalink()}"),
    )
    st.caption(t("Net: de-escalation minus tension, weight points. A pair's own page shows its band and its events."))
    draw_figures([(pair.name, *_standing(pair, days, half_life_days)) for pair in pairs])
    with st.container(horizontal=True):
        # No links: the browser keeps the old address for a link that leads to the page it stands on.
        for pair in pairs[1:]:
            label = wording.plain_markdown(t("Open {pair}", pair=pair.name))
            key = f"open-{'-'.join(pair.codes)}"
            st.button(label, on_click=show_pair, args=pair.codes, icon=":material/show_chart:", key=key)


def _standing(pair: ComparedPair, days: Days, half_life_days: float) -> tuple[str, str]:
    """The net on the last day that is seen, and how far it moved since the first: a value and a note."""
    filled = fill_days(pair.series, since=days.first, until=days.last, half_life_days=half_life_days)
    filled = filled[[day <= days.last for day in filled["on_date"]]]
    if filled.empty:
        return t("unknown"), t("nothing is known {days}", days=days.words())
    first, last = filled.iloc[0], filled.iloc[-1]
    moved = wording.signed(last["net"] - first["net"])
    since = t("{change} since {day}", change=moved, day=wording.written_day(first["on_date"]))
    return wording.signed(last["net"]), since


def _show_clicked() -> None:
    if clicked := clicked_in(CHART_KEY):
        a, _, b = clicked.partition(" ")
        show_pair(a, b)
