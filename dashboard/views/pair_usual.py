"""What is usual between the two sides, behind their curves where a reader asks for it, and in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.charts.usual import usual_traces
from dashboard.usual import FEWEST_DAYS, LEVELS, YEAR_DAYS, Level, Usual, usual_of
from dashboard.views import wording
from dashboard.views.filters import take_from_address, write_in_address
from dashboard.views.pair_question import Question
from dashboard.views.shown_days import Days

KEY, NAME = "pair_usual", "usual"
WORDS = {"tension": "tension", "deescalation": "de-escalation", "net": "net"}


def draw_usual_switch() -> bool:
    """Draws the switch and keeps it and the address in step; gives whether it is on."""
    take_from_address(KEY, NAME, lambda asked: asked == "1")
    is_on = st.toggle("Usual level", key=KEY, help="The middle half of the days of the year before this range")
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
        known = wording.counted(usual, "day") if usual else "no day"
        return (
            f"What is usual cannot be said: of the year before {wording.written_day(since)}, {known} of this pair "
            f"can be told, and at least {FEWEST_DAYS} are wanted."
        )
    whole = "the year" if usual.day_count >= YEAR_DAYS else f"the {usual.day_count} known days"
    told = "; ".join(f"{WORDS[name]} {_level_words(usual.levels[name])}" for name in LEVELS)
    sentence = f"Usual in {whole} before {wording.written_day(usual.until)} (median, middle half of days): {told}."
    if series.empty:
        return sentence
    last = series.iloc[-1]
    stands = _stands(float(last["tension"]), usual.levels["tension"])
    return f"{sentence} On {wording.written_day(last['on_date'])} tension was {stands} what is usual."


def _level_words(level: Level) -> str:
    return f"{level.median:.1f} ({level.lower:.1f} to {level.upper:.1f})".replace("-", "−")


def _stands(value: float, level: Level) -> str:
    if value > level.upper:
        return "above"
    return "below" if value < level.lower else "within"
