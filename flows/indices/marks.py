"""Marks on the way of an index: where all stood at the end of some days, to go on from instead of beginning anew.

A level depends on all days before, and its band on two hundred replicates of them. What is kept of a mark is every
number to its last bit, so going on from it gives exactly what one pass over everything gives.
"""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from warehouse.records import StandingMark

Draws = npt.NDArray[np.float64]

# Most news is of these last days, before the newest: each of them is marked.
NEAR_DAYS = 3
# Before them a mark closes a stretch of so many days; news reaches back a few of them, seldom further.
STRETCH_DAYS = 8
# Of the newest stretches every mark is kept, of older ones each 64th: a mark is four kilobytes for each pair.
NEAR_STRETCHES, FAR_STRETCHES = 2, 64
# A series of fewer days and fewer events is made anew in no time.
DAYS_TO_MARK, EVENTS_TO_MARK = 16, 64


@dataclass(frozen=True, slots=True)
class PairStanding:
    """Where one pair stands at the end of a day: both levels, and their replicates."""

    tension: float
    deescalation: float
    tension_draws: Draws
    deescalation_draws: Draws


@dataclass(frozen=True, slots=True)
class Start:
    """The end of a day from which the next days go on: where each partner stood, and when each family last spoke."""

    on_date: date
    pairs: Mapping[str, PairStanding]
    # Within the window of thinness until the day.
    heard: Mapping[str, date]


class Marks:
    """Marks to go on from, at most one day a subject, and those that were made on the way."""

    def __init__(self, stored: Iterable[StandingMark] = ()) -> None:
        self.made: list[StandingMark] = []
        by_subject: defaultdict[str, list[StandingMark]] = defaultdict(list)
        for mark in stored:
            by_subject[mark.subject].append(mark)
        self._starts = {
            subject: Start(
                marks[0].on_date, {mark.partner_code: _read_pair(mark) for mark in marks}, _read_heard(marks)
            )
            for subject, marks in by_subject.items()
        }

    def start_of(self, subject: str) -> Start | None:
        """Where to go on from; None: at the beginning."""
        return self._starts.get(subject)

    def keep(self, subject: str, formula_version: str, starts: Iterable[Start]) -> None:
        """Keeps what a later run may go on from."""
        for start in starts:
            heard = json.dumps({family: (start.on_date - last).days for family, last in sorted(start.heard.items())})
            for number, (partner, pair) in enumerate(sorted(start.pairs.items())):
                draws = np.concatenate([pair.tension_draws, pair.deescalation_draws]).astype("<f8")
                self.made.append(
                    StandingMark(
                        subject=subject,
                        partner_code=partner,
                        on_date=start.on_date,
                        formula_version=formula_version,
                        tension=pair.tension,
                        deescalation=pair.deescalation,
                        draws=base64.b64encode(draws.tobytes()).decode("ascii"),
                        heard=None if number else heard,
                    )
                )


def list_days_to_mark(event_counts: Mapping[date, int], *, goes_on: bool) -> set[date]:
    """The days after which a mark is worth its room: the near ones, and the last of a stretch that is over.

    Args:
        event_counts: by day with any event, how many.
        goes_on: whether they go on from a mark; if not, the first of them are not worth one.
    """
    days = sorted(event_counts)
    if not goes_on:
        totals = accumulate(event_counts[day] for day in days)
        days = [
            day
            for number, (day, total) in enumerate(zip(days, totals, strict=True), 1)
            if number >= DAYS_TO_MARK or total >= EVENTS_TO_MARK
        ]
    if not days:
        return set()
    newest = days[-1]
    last_of = {stretch_of(day): day for day in days}
    near = {day for day in days if newest - timedelta(days=NEAR_DAYS) <= day < newest}
    return near | {
        day
        for stretch, day in last_of.items()
        if stretch < stretch_of(newest) and is_stretch_kept(stretch, stretch_of(newest))
    }


def is_stretch_kept(stretch: int, newest: int) -> bool:
    """Whether the mark that closes a stretch is kept while this one is the newest."""
    return stretch >= newest - NEAR_STRETCHES or stretch % FAR_STRETCHES == FAR_STRETCHES - 1


def stretch_of(day: date) -> int:
    """The number of the stretch that a day lies in."""
    return day.toordinal() // STRETCH_DAYS


def _read_heard(marks: Sequence[StandingMark]) -> dict[str, date]:
    mark = next(one for one in marks if one.heard is not None)
    return {family: mark.on_date - timedelta(days=days) for family, days in json.loads(mark.heard or "{}").items()}


def _read_pair(mark: StandingMark) -> PairStanding:
    tension_draws, deescalation_draws = np.split(np.frombuffer(base64.b64decode(mark.draws), dtype="<f8"), 2)
    return PairStanding(mark.tension, mark.deescalation, tension_draws, deescalation_draws)
