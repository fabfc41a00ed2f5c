"""Which reports of one block are of one time, found from the days of the block alone (`counting`).

A time is known by its *home*: a stated day, the first day of a run of undated ones, or a span too long to be compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from flows.events.merging.counting import BlockDays, Toll, count_days, hear_families, order_of, toll_of
from warehouse.records import MergeKey

# A text that gives no date is published up to two days after the act; a day before it where time zones differ.
LATE_DAYS = 2
EARLY_DAYS = 1
# An undated report joins a day farther off only where so many times more families tell of it.
SURER = 2


class Home(NamedTuple):
    """What a time is known by."""

    kind: str  # day, run, era
    first_on: date
    last_on: date  # day after an era's last; of others as the first


@dataclass(frozen=True, slots=True)
class Homes:
    """The homes of one block."""

    # Tolls told a day beside where more tell of them, to that day.
    moved: Mapping[Toll, date]
    # By the day that undated reports are taken for.
    of_undated: Mapping[date, Home]

    def of(self, key: MergeKey) -> Home | None:
        """The home of a report; None for an interval that holds no stated day: those meet where they overlap."""
        if key.precision == "bare":
            return self.of_undated[key.told_on]
        if key.precision == "era":
            return Home("era", key.starts_on, key.ends_on)
        if key.precision == "wide":
            # Whether that day is at hand here or not: an interval that has its day is open to no other interval.
            return _day(key.told_on) if key.told_by == "interval" else None
        toll = toll_of(key)
        return _day(self.moved.get(toll, key.starts_on) if toll else key.starts_on)

    def list_days(self, home: Home) -> set[tuple[str, date]]:
        """(precision, day taken for) of all reports that may have this home."""
        if home.kind == "era":
            return {("era", home.first_on)}
        days = {("bare", day) for day, one in self.of_undated.items() if one == home}
        if home.kind == "day":
            days |= {("day", home.first_on), ("wide", home.first_on)}
            days |= {("day", toll[0]) for toll, day in self.moved.items() if day == home.first_on}
        return days


def find_homes(days: BlockDays, whole: Mapping[date, Iterable[MergeKey]]) -> Homes:
    """The homes of a block.

    Args:
        days: of the block.
        whole: all keys that state these days; at least of those days on which a toll is told that the day before or
            after tells too.
    """
    moved = _move_tolls(days.tolls)
    by_home: defaultdict[date, list[MergeKey]] = defaultdict(list)
    for key in (key for keys in whole.values() for key in keys):
        toll = toll_of(key)
        by_home[moved.get(toll, key.starts_on) if toll else key.starts_on].append(key)
    stated = {day: count for day, count in days.stated.items() if day not in whole}
    # Counted once and for all, so that what joins early does not draw what comes later.
    stated |= {day: len(hear_families(found)) for day, found in by_home.items()}
    return Homes(moved, _find_undated(stated, days.taken))


def list_changed(before: Homes, after: Homes, removed: Iterable[MergeKey], added: Iterable[MergeKey]) -> set[Home]:
    """The homes of which any report comes, goes or is read otherwise."""
    homes = {*map(before.of, removed), *map(after.of, added)}
    for day in before.of_undated.keys() | after.of_undated.keys():
        was, is_now = before.of_undated.get(day), after.of_undated.get(day)
        homes |= {was, is_now} if was != is_now else set()
    for toll in before.moved.keys() | after.moved.keys():
        then, now = before.moved.get(toll, toll[0]), after.moved.get(toll, toll[0])
        homes |= {_day(then), _day(now)} if then != now else set()
    return {home for home in homes if home is not None}


def gather_days(keys: Iterable[MergeKey]) -> list[list[MergeKey]]:
    """Groups of keys of one block that may be one time, in an order that depends on their content alone."""
    keys = list(keys)
    whole: defaultdict[date, list[MergeKey]] = defaultdict(list)
    for key in keys:
        if key.precision == "day":
            whole[key.starts_on].append(key)
    return gather_homes(keys, find_homes(count_days(keys), whole))


def gather_homes(keys: Iterable[MergeKey], homes: Homes) -> list[list[MergeKey]]:
    """As `gather_days`, of keys whose homes are known."""
    groups: defaultdict[Home, list[MergeKey]] = defaultdict(list)
    wide: list[MergeKey] = []
    for key in keys:
        home = homes.of(key)
        (wide if home is None else groups[home]).append(key)
    gathered = [*groups.values(), *gather_wide(wide)]
    return sorted((sorted(group, key=order_of) for group in gathered), key=lambda group: order_of(group[0]))


def gather_wide(wide: Iterable[MergeKey]) -> list[list[MergeKey]]:
    """Intervals that hold no stated day: each joins the narrowest that it overlaps."""
    heads: list[list[MergeKey]] = []
    for key in sorted(wide, key=lambda k: (k.ends_on - k.starts_on, k.starts_on, *order_of(k))):
        home = next((h for h in heads if key.starts_on < h[0].ends_on and h[0].starts_on < key.ends_on), None)
        if home is None:
            heads.append([key])
        else:
            home.append(key)
    return heads


def nearest(on: date, near: Sequence[date], stated: Mapping[date, int]) -> date:
    """The nearest of the stated days, unless another is told by more than twice as many families."""
    if not near:
        return on
    closest = min(near, key=lambda day: (abs((day - on).days), day))
    best = min(near, key=lambda day: (-stated[day], abs((day - on).days), day))
    return best if stated[best] > SURER * stated[closest] else closest


def _day(on: date) -> Home:
    return Home("day", on, on)


def _move_tolls(heard: Mapping[Toll, int]) -> dict[Toll, date]:
    """Tolls told a day beside one on which more families tell the same of the same place, to that day.

    A night has two dates, and clocks differ: so many dead in one place on two days running are the same dead. Counted
    by what is stated, so that it never reaches further than a day.
    """
    moved = {}
    for on, place, number in heard:
        near = [one for n in (-1, 0, 1) if (one := (on + timedelta(days=n), place, number)) in heard]
        best = min(near, key=lambda one: (-heard[one], one[0]))
        if best[0] != on:
            moved[on, place, number] = best[0]
    return moved


def _find_undated(stated: Mapping[date, int], taken: Collection[date]) -> dict[date, Home]:
    """By day that undated reports are taken for, the stated day or the run that they are of."""
    homes, left = {}, set()
    for on in taken:
        near = [day for offset in range(-LATE_DAYS, EARLY_DAYS + 1) if (day := on + timedelta(offset)) in stated]
        if near:
            homes[on] = _day(nearest(on, near, stated))
        else:
            left.add(on)
    return homes | {on: Home("run", first := _first_of_run(on, left), first) for on in left}


def _first_of_run(day: date, left: Collection[date]) -> date:
    """Days near no stated one: the first of a run and the two after it are one time, each later day its own.

    Where every day has undated reports and none says which day, they are of different things more often than of one.
    """
    before = [day - timedelta(days=n) for n in range(LATE_DAYS, 0, -1)]
    return next((first for first in before if first in left and _begins(first, left)), day)


def _begins(day: date, left: Collection[date]) -> bool:
    return not any(day - timedelta(days=n) in left for n in range(1, LATE_DAYS + 1))
