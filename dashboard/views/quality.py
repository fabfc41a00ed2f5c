"""How good the reading is: measured figures, what is not read, and what people have said of single readings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.asking import begin
from dashboard.labelled import labelled_lines
from dashboard.translation import later, t, tn
from dashboard.views import wording
from dashboard.views.drift import draw_drift
from dashboard.views.labelling import draw_name, written_label
from dashboard.views.page import say_empty, table_height_px
from dashboard.views.reader import time_zone, written_instant

GROUPS = {
    "language": later("By language"),
    "type": later("By event type"),
    "status": later("By status"),
    "kind": later("By kind of sentence"),
}
# How the names of a group are written.
WRITTEN: Final[dict[str, Callable[[Any], str]]] = {
    "language": wording.language_name,
    "type": wording.written_code,
    "status": wording.status_word,
}
LABEL_COUNT = 200
# What is read by language is said of the articles of so many days, up to the last one seen.
READ_DAYS = 90
SHOWN_ROWS = 16
# Relevant articles without any event, from which on a language is said to be hardly read.
HARDLY_READ_SHARE = 0.2
ENOUGH_ARTICLES = 20


def draw() -> None:
    """Draws the page on quality."""
    st.header(t("Quality"))
    st.caption(t("How far what is shown can be believed: by labelled sentences, by language, and by readers' words."))
    begin(cached.weeks_read, READ_DAYS)
    begin(cached.recent_labels, LABEL_COUNT)
    _draw_measured(cached.evaluations())
    weeks = cached.weeks_read(READ_DAYS)
    _draw_languages(cached.drawn("languages read", (), lambda: languages_of(weeks)))
    draw_drift(weeks)
    _draw_labels(cached.recent_labels(LABEL_COUNT))


def _draw_measured(figures: pd.DataFrame) -> None:
    st.subheader(t("Measured on labelled sentences"))
    if figures.empty:
        st.info(t("Nothing has been measured in this warehouse yet."))
        st.markdown(t("Measure the coder on the project's own sentences: `.venv/bin/mereda evaluate`"))
        return
    sources = list(dict.fromkeys(figures["source_name"]))
    source = sources[0]
    if len(sources) > 1:
        source = st.selectbox(t("Labelled set"), sources, key="quality-source") or sources[0]
    own = figures[figures["source_name"] == source]
    first = own.iloc[0]
    st.caption(
        t(
            "Coder version {version}, measured {when}.",
            version=wording.plain_markdown(str(first["coder_version"])),
            when=written_instant(first["evaluated_at_utc"]),
        )
    )
    _draw_figures(own[own["group_kind"] == "all"], by="measure", name=t("Measure"))
    for kind, title in GROUPS.items():
        rows = own[(own["group_kind"] == kind) & own["f1"].notna()]
        if not rows.empty:
            st.markdown(f"**{t(title)}**")
            measure = "event" if "event" in set(rows["measure"]) else str(rows.iloc[0]["measure"])
            _draw_figures(rows[rows["measure"] == measure], by="group_name", name=t(title))


def _draw_figures(rows: pd.DataFrame, *, by: str, name: str) -> None:
    table = measured_table(rows, by=by, name=name)
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        height=table_height_px(len(table), at_most=SHOWN_ROWS),
        alt=t("Precision, recall and F1 in percent"),
    )


def measured_table(rows: pd.DataFrame, *, by: str, name: str) -> pd.DataFrame:
    """Gives figures as readers see them: shares in percent with one decimal, empty where they do not apply."""
    written = WRITTEN.get(str(rows.iloc[0].get("group_kind")), str)
    named = [written(value) for value in rows[by]]
    columns = {name: named, t("Items"): [int(count) for count in rows["item_count"]]}
    for column, title in (
        ("precision", t("Precision")),
        ("recall", t("Recall")),
        ("f1", "F1"),
        ("accuracy", t("Accuracy")),
    ):
        if rows[column].notna().any():
            columns[title] = [
                "" if pd.isna(share) else f"{wording.decimal(100 * float(share))} %" for share in rows[column]
            ]
    return pd.DataFrame(columns)


def _draw_languages(languages: pd.DataFrame) -> None:
    st.subheader(t("What is read, by language"))
    if languages.empty:
        say_empty(t("No article has been collected yet."))
        return
    hardly = hardly_read(languages)
    total = int(languages["article_count"].sum())
    unread = int(languages.loc[hardly, "article_count"].sum())
    st.write(
        t(
            "Of {count} articles of the last {days} days, {percent} % are in languages that are hardly read.",
            days=READ_DAYS,
            percent=wording.decimal(100 * unread / total),
            count=wording.number(total),
        )
    )
    table = pd.DataFrame(
        {
            t("Language"): [wording.language_name(code) or t("unknown") for code in languages["language"]],
            t("Articles"): [int(count) for count in languages["article_count"]],
            t("Coded"): [_percent(share) for share in languages["coded_share"]],
            t("Relevant"): [_percent(share) for share in languages["relevant_share"]],
            t("Relevant ones with an event"): [_percent(share) for share in languages["yielding_share"]],
            t("Hardly read"): [t("yes") if is_hardly else "" for is_hardly in hardly],
        }
    )
    st.dataframe(table, hide_index=True, width="stretch", height=table_height_px(len(table), at_most=SHOWN_ROWS))


def languages_of(weeks: pd.DataFrame) -> pd.DataFrame:
    """Gives how much is read in each language, its weeks together, the most articles first.

    Args:
        weeks: of `queries/read_by_week.sql`.

    Returns:
        language, article_count, and the shares (0-1, NaN of nothing) of coded, of relevant among those, and of those an
        event was read in among the relevant: coded_share, relevant_share, yielding_share.
    """
    counts = ["article_count", "coded_count", "relevant_count", "yielding_count"]
    summed = weeks.groupby("language", dropna=False, sort=True)[counts].sum().reset_index()
    shares = summed.assign(
        coded_share=summed["coded_count"] / summed["article_count"],
        relevant_share=summed["relevant_count"] / summed["coded_count"].where(summed["coded_count"] > 0),
        yielding_share=summed["yielding_count"] / summed["relevant_count"].where(summed["relevant_count"] > 0),
    )
    return shares.sort_values("article_count", ascending=False, kind="stable").reset_index(drop=True)


def hardly_read(languages: pd.DataFrame) -> pd.Series[bool]:
    """Whether a language has enough coded articles, of which none is relevant or hardly one yields an event."""
    yielding = pd.to_numeric(languages["yielding_share"]).fillna(0.0)
    is_enough = (languages["article_count"] >= ENOUGH_ARTICLES) & (languages["coded_share"] > 0)
    return (is_enough & (yielding < HARDLY_READ_SHARE)).astype(bool)


def _percent(share: object) -> str:
    return "" if wording.is_missing(share) else f"{wording.percent(share)} %"


def _draw_labels(labels: pd.DataFrame) -> None:
    st.subheader(t("What readers say"))
    draw_name("page")
    if labels.empty:
        st.write(
            t("Nobody has labelled a reading yet: open an event and say whether it is right, beside its sentence.")
        )
        return
    counts = labels["verdict"].value_counts()
    right = int(counts.get("right", 0))
    said = tn("{count} label", "{count} labels", len(labels))
    st.write(t("{labels}: {right} say it is right", labels=said, right=wording.number(right)))
    sentences = cached.labelled_sentences()
    lines = cached.drawn("labelled lines", (), lambda: labelled_lines(sentences))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            t("Labels for measuring (JSONL)"),
            data=lines.encode("utf-8"),
            file_name="mereda-labels.jsonl",
            mime="application/jsonl",
            on_click="ignore",
            disabled=not lines,
            icon=":material/download:",
        )
        count = tn("{count} sentence", "{count} sentences", lines.count("\n"))
        st.caption(f"{count}: `.venv/bin/mereda evaluate mereda-labels.jsonl`")
    st.dataframe(
        cached.drawn("label rows", (str(time_zone()),), lambda: _label_rows(labels)),
        hide_index=True,
        width="stretch",
        height=table_height_px(len(labels), at_most=SHOWN_ROWS),
    )


def _label_rows(labels: pd.DataFrame) -> pd.DataFrame:
    rows = labels.to_dict("records")
    return pd.DataFrame(
        {
            t("Label"): [written_label(row) for row in rows],
            t("Language"): [wording.language_name(row["language"]) for row in rows],
            t("Event type"): [wording.written_code(row["type"]) for row in rows],
            t("Sentence"): [str(row["evidence_text"]) for row in rows],
            t("Outlet"): [wording.text_of(row["outlet_name"]) for row in rows],
        }
    )
