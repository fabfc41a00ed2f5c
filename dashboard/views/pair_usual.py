"""What is usual between the two sides, behind their curves where a reader asks for it, and in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.charts.usual import usual_traces
from dashboard.translation import later, t, tn
from dashboard.usual import FEWEST_DAYS, LEVELS, YEAR_DAYS, Level, Usual, usual_of
from dashboard.views import wording
from dashboard.views.filters import take_from_address, write_in_address
from dashboard.views.pair_question import Question
from dashboard.views.shown_days import Days

KEY, NAME = "pair_usual", "usual"
WORDS = {"tension": later("tension"), "deescalation": later("de-escalation"), "net": later("net")}


def draw_usual_switch() -> bool:
    """Draws the switch and keeps it and the address in step; gives whether it is on."""
    take_from_address(KEY, NAME, lambda asked: asked == "1")
    is_on = st.toggle(t("Usual level"), key=KEY, help=t("The middle half of the days of the year before this range"))
    write_in_address(KEY, NAME, "1" if is_on else None)
    return is_on


def read_usual(question: Question, since: date) -> Usual | int:
    """What was usual before this day; the number of known days where they are too few."""
    before = cached.pair_series(question.a, question.b, date(1900, 1, 1), since)
    return usual_of(before, until=since, half_life_days=cached.half_life_days())


def usual_behind(usual: Usual | int, days: Days) -> list[Any]:
    """The traces of what is usual over the range; none where that cannot be said."""
    if isinstance(usual, int):
        return []
    levels = {name: (level.lower, level.median, level.upper) for name, level in usual.levels.items()}
    return usual_traces(levels, days.since, days.until)


def usual_sentence(usual: Usual | int, series: pd.DataFrame, since: date) -> str:
    """Gives what is usual in words, and where the last known day stands to it.

    Args:
        usual: as `read_usual` gives it.
        series: the days of the range, as `daily_dyads`.
        since: the first day of the range.
    """
    if isinstance(usual, int):
        known = tn("{count} day", "{count} days", usual) if usual else t("no day")
        return t(
            "What is usual cannot be said: of the year before {day}, {known} of this pair can be told, and at least "
            "{least} are wanted.",
            day=wording.written_day(since),
            known=known,
            least=FEWEST_DAYS,
        )
    is_whole = usual.day_count >= YEAR_DAYS
    whole = t("the year") if is_whole else t("the {count} known days", count=usual.day_count)
    told = "; ".join(f"{t(WORDS[name])} {_level_words(usual.levels[name])}" for name in LEVELS)
    sentence = t(
        "Usual in {whole} before {day} (median, middle half of days): {told}.",
        whole=whole,
        day=wording.written_day(usual.until),
        told=told,
    )
    if series.empty:
        return sentence
    last = series.iloc[-1]
    stands = _stands(float(last["tension"]), usual.levels["tension"])
    return f"{sentence} {t(stands, day=wording.written_day(last['on_date']))}"


def _level_words(level: Level) -> str:
    lower, median, upper = (wording.decimal(value) for value in (level.lower, level.median, level.upper))
    return t("{median} ({lower} to {upper})", median=median, lower=lower, upper=upper)


def _stands(value: float, level: Level) -> str:
    if value > level.upper:
        return later("On {day} tension was above what is usual.")
    if value < level.lower:
        return later("On {day} tension was below what is usual.")
    return later("On {day} tension was within what is usual.")
