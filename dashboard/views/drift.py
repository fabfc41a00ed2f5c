"""Whether the reading drifts: what is read by language, the last weeks beside those before, and week by week."""

from __future__ import annotations

import math
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.charts.figure import Figure
from dashboard.charts.weeks import LINES, weeks_figure
from dashboard.translation import later, t
from dashboard.views import wording
from dashboard.views.live_chart import Image, draw_chart
from dashboard.views.page import table_height_px

LAST_WEEKS: Final = 4
# A share of fewer articles jumps from week to week by itself.
ENOUGH: Final = 20
# Standard errors between two shares from which on it is no chance: one false alarm in a thousand.
FAR: Final = 3.3
# What is watched: the counts a share is of, and what it is called.
WATCHED: Final = {
    "relevant": ("relevant_count", "coded_count", later("About diplomacy or security")),
    "yielding": ("yielding_count", "relevant_count", later("Relevant ones with an event")),
    "confidence": ("confidence_sum", "mention_count", later("Mean confidence")),
}
EVERY: Final = ""


def draw_drift(weeks: pd.DataFrame) -> None:
    """Draws which shares moved and how they went by week; says so where there are too few weeks.

    Args:
        weeks: of `queries/read_by_week.sql`.
    """
    st.subheader(t("Drift"))
    whole, moved = cached.drawn("weeks read", (), lambda: _found(weeks))
    if whole["week_on"].nunique() < 2:
        st.write(t("Two whole weeks are needed to see whether the reading drifts."))
        return
    if moved.empty:
        st.write(t("No share moved by more than chance in the last {count} weeks.", count=LAST_WEEKS))
    else:
        st.write(
            t(
                "What moved by more than chance in the last {count} weeks: another coder, other feeds, or other news.",
                count=LAST_WEEKS,
            )
        )
        table = drift_rows(moved)
        st.dataframe(table, hide_index=True, width="stretch", height=table_height_px(len(table), at_most=12))
    watched = st.segmented_control(
        t("Share"),
        list(WATCHED),
        default="yielding" if moved.empty else moved["watched"].iloc[0],
        format_func=lambda one: t(WATCHED[one][2]),
        key="quality-drift",
        required=True,
    )
    names, name = _names(whole, moved), t(WATCHED[watched][2])

    def figure() -> Figure:
        return weeks_figure(shares_by_week(whole, watched), names, new_versions(whole))

    draw_chart(
        cached.figure("drift", (watched,), figure),
        key="drift-chart",
        description=t("{share}, by week, of {languages}.", share=name, languages=", ".join(names.values())),
        image=Image("mereda-drift", t("Mereda, {share}, by week", share=name)),
    )
    st.caption(t("Weeks of fewer than {count} articles are left out.", count=ENOUGH))


def _found(weeks: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The whole weeks, and what moved in them."""
    whole = whole_weeks(weeks)
    return whole, drift_of(whole)


def whole_weeks(weeks: pd.DataFrame) -> pd.DataFrame:
    """Gives the weeks without the last, which may not be over, and without the first, which may be cut; and with all
    languages together under `EVERY`.
    """
    days = sorted(set(weeks["week_on"]))
    kept = weeks[weeks["week_on"].isin(days[1:-1] if len(days) > 2 else [])]
    counts = ["article_count", *{name for one in WATCHED.values() for name in one[:2]}]
    versions = kept.groupby("week_on")["coder_versions"].agg(_all_of)
    every = kept.groupby("week_on")[counts].sum().assign(language=EVERY, coder_versions=versions).reset_index()
    return pd.concat([every, kept[[*every.columns]]], ignore_index=True)


def _all_of(lists: pd.Series[Any]) -> list[str]:
    """Every version of several lists, each once; a language of which nothing was read has no list."""
    return sorted({one for told in lists if hasattr(told, "__iter__") for one in told})


def shares_by_week(whole: pd.DataFrame, watched: str) -> pd.DataFrame:
    """Gives language, week_on and share, NaN where fewer than `ENOUGH` stand behind it."""
    part, of, _ = WATCHED[watched]
    share = whole[part] / whole[of].where(whole[of] >= ENOUGH)
    return whole[["language", "week_on"]].assign(share=share.astype(float))


def drift_of(whole: pd.DataFrame) -> pd.DataFrame:
    """Gives what moved by more than chance: language, watched, before, after (0-1), and how far (standard errors).

    The last `LAST_WEEKS` beside all before them, each with at least `ENOUGH` behind it; the farthest first. A mean
    confidence counts as a share, which takes its spread for greater than it can be.
    """
    days = sorted(set(whole["week_on"]))
    late = whole["week_on"].isin(days[-LAST_WEEKS:] if len(days) > LAST_WEEKS else days[len(days) // 2 :])
    rows = []
    for watched, (part, of, _) in WATCHED.items():
        before, after = (one.groupby("language")[[part, of]].sum() for one in (whole[~late], whole[late]))
        for language in before.index.intersection(after.index):
            (part_before, of_before), (part_after, of_after) = before.loc[language], after.loc[language]
            if min(of_before, of_after) < ENOUGH:
                continue
            first, second = part_before / of_before, part_after / of_after
            pooled = (part_before + part_after) / (of_before + of_after)
            error = math.sqrt(max(pooled * (1 - pooled), 1e-9) * (1 / of_before + 1 / of_after))
            if abs(second - first) / error >= FAR:
                far = (second - first) / error
                rows.append({"language": language, "watched": watched, "before": first, "after": second, "far": far})
    found = pd.DataFrame(rows, columns=["language", "watched", "before", "after", "far"])
    return found.sort_values("far", key=abs, ascending=False, kind="stable").reset_index(drop=True)


def drift_rows(moved: pd.DataFrame) -> pd.DataFrame:
    """Gives what moved as readers see it."""
    rows = moved.to_dict("records")
    return pd.DataFrame(
        {
            t("Language"): [_language_name(row["language"]) for row in rows],
            t("Share"): [t(WATCHED[str(row["watched"])][2]) for row in rows],
            t("Before"): [f"{wording.decimal(100 * row['before'])} %" for row in rows],
            t("Last weeks"): [f"{wording.decimal(100 * row['after'])} %" for row in rows],
        }
    )


def new_versions(whole: pd.DataFrame) -> dict[Any, str]:
    """Gives the first day of each week in which a version of the coder read that had not read before, but the first."""
    every = whole[whole["language"] == EVERY].sort_values("week_on")
    known: set[str] = set()
    begun: dict[Any, str] = {}
    for day, versions in zip(every["week_on"], every["coder_versions"], strict=True):
        new = [one for one in versions if one not in known]
        if new and known:
            begun[day] = ", ".join(new)
        known |= set(new)
    return begun


def _names(whole: pd.DataFrame, moved: pd.DataFrame) -> dict[str, str]:
    """All together, then the languages that moved, then those with the most articles: so many as there are looks."""
    counts = whole[whole["language"].notna()].groupby("language")["article_count"].sum()
    busiest = counts.sort_values(ascending=False, kind="stable").index
    languages = dict.fromkeys([EVERY, *(one for one in moved["language"] if one), *busiest])
    return {language: _language_name(language) for language in [*languages][:LINES]}


def _language_name(language: Any) -> str:
    return t("all languages") if language == EVERY else wording.language_name(language) or t("unknown")
