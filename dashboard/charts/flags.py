"""Small flags on the curves of a pair, one a note of a person."""

from __future__ import annotations

from datetime import date
from textwrap import wrap
from typing import Any, Final

import pandas as pd

from dashboard.charts import palette
from dashboard.charts.figure import scatter
from dashboard.charts.plain_text import plain
from dashboard.translation.written import written_date

# With more, their words would cover each other: the flags stay, and say theirs when pointed at.
WORDED_COUNT: Final = 5
WORDS_LENGTH: Final = 18
ROOM_SHARE: Final = 0.7
# Of the lane's height, the lower ones for flags that stand close to the one before.
HEIGHTS: Final = (0.96, 0.86, 0.76)


def flag_traces(notes: pd.DataFrame, first: date, last: date) -> list[Any]:
    """Gives a pole and a pennant for each note, over the lane of the curves; none where there is no note.

    Args:
        notes: one row a note: `on_date`, `text`, `noted_by`; in the order of their days.
        first: the first day that is seen.
        last: the last; words of flags that stand near it are written before them.
    """
    if notes.empty:
        return []
    days = list(notes["on_date"])
    heights = [HEIGHTS[place % len(HEIGHTS)] for place in range(len(days))]
    poles_x, poles_y = [], []
    for day, height in zip(days, heights, strict=True):
        poles_x += [day, day, None]
        poles_y += [0, height, None]
    shared: dict[str, Any] = {"yaxis": "y4", "showlegend": False}
    return [
        scatter(
            **shared,
            x=poles_x,
            y=poles_y,
            mode="lines",
            line={"color": palette.NEUTRAL, "width": 1},
            hoverinfo="skip",
            name="poles",
        ),
        scatter(
            **shared,
            x=days,
            y=heights,
            mode="markers+text" if len(days) <= WORDED_COUNT else "markers",
            text=[_shortened(str(text)) for text in notes["text"]],
            textposition=[_side_of(day, first, last) for day in days],
            hovertext=[_hover(row) for row in notes.to_dict("records")],
            hovertemplate="%{hovertext}<extra></extra>",
            marker={"symbol": "triangle-right", "size": 12, "color": palette.SELECTED, "opacity": 1},
            name="notes",
        ),
    ]


def _side_of(day: Any, first: date, last: date) -> str:
    """On which side of its flag the words have room."""
    share = (pd.Timestamp(day) - pd.Timestamp(first)) / max(pd.Timedelta(last - first), pd.Timedelta(days=1))
    return "middle left" if share > ROOM_SHARE else "middle right"


def _shortened(text: str) -> str:
    return f" {plain(text if len(text) <= WORDS_LENGTH else text[: WORDS_LENGTH - 1] + '…')} "


def _hover(note: dict[Any, Any]) -> str:
    lines = "<br>".join(plain(line) for line in wrap(str(note["text"]), 56))
    return f"{written_date(pd.Timestamp(note['on_date']).date())}<br>{lines}<br>{plain(str(note['noted_by']))}"
