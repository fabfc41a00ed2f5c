"""The day each mention is taken for, and which mentions of one block lie on one day.

Every rule reaches a bounded number of days, so that a new mention can only change what lies near it (`REACH`): merging
step by step reads a window and gives what one run over everything would have given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from flows.events.merging.grouping import STOCK
from warehouse.records import MergeKey

# A text that gives no date is published up to two days after the act; a day before it where time zones differ.
LATE_DAYS = 2
EARLY_DAYS = 1
# The same sentence within two weeks is a copy; later it may be a new happening told in a stock phrase. As long, a
# follow-up says "the attack" and its toll, and no day.
COPY_DAYS = 14
# Fewer dead than this are the same number in too many attacks.
SMALLEST_TOLL = 3
# An undated report joins a day farther off only where so many times more families tell of it.
SURER = 2
# How many days around a changed one must be known to know what it changes. A stated day looks one day around for the
# same toll. An undated day looks two days around for a stated one, four back for where its run began, and each of those
# two days around again; a group that changes takes the groups of its former members along.
REACH = 16
# The same for intervals that hold no stated day: they meet when they overlap, and may overlap a third.
WIDE_REACH = 100

Key = MergeKey


def order_of(key: Key) -> tuple[datetime, str]:
    """The canonical order: by publication, then by id."""
    return key.published_at_utc, key.mention_id


def hear_families(keys: Iterable[Key]) -> set[str]:
    """The families that speak, each copied sentence heard once, from who published it first."""
    families: set[str] = set()
    heard: set[str] = set()
    for key in sorted(keys, key=lambda k: (*order_of(k), k.family_id)):
        if key.sentence_key is None or key.sentence_key.startswith(STOCK):
            families.add(key.family_id)
        elif key.sentence_key not in heard:
            heard.add(key.sentence_key)
            families.add(key.family_id)
    return families


def resolve_days(keys: Sequence[Key], around: Sequence[Key]) -> list[Key]:
    """The same keys, each with the day it is taken for and how that is known.

    Args:
        keys: to be resolved; those that state a day or an era keep it.
        around: all keys of their blocks that state a day within an interval or lie in the two weeks before (and the day
            after) an undated one, or what it copies, themselves included.
    """
    blocks: defaultdict[str, _Around] = defaultdict(_Around)
    for key in around:
        blocks[key.block].add(key)
    return [_resolve(key, blocks[key.block]) for key in keys]


class _Around:
    """The keys of one block that tell a day, by what ties others to them."""

    def __init__(self) -> None:
        self.days: defaultdict[date, list[Key]] = defaultdict(list)
        self.by_place: defaultdict[str, set[date]] = defaultdict(set)
        # By toll the day and the place.
        self.by_toll: defaultdict[str, set[tuple[date, str | None]]] = defaultdict(set)
        self.by_sentence: defaultdict[str, set[date]] = defaultdict(set)
        # Days published on, of undated reports that tell of something themselves.
        self.undated: set[date] = set()
        self._families: dict[date, int] = {}

    def add(self, key: Key) -> None:
        if key.precision == "day":
            self.days[key.starts_on].append(key)
            if key.place_key is not None:
                self.by_place[key.place_key].add(key.starts_on)
        elif key.precision == "bare":
            if key.sentence_key:
                self.by_sentence[key.sentence_key].add(key.starts_on)
            if not key.is_pointing:
                self.undated.add(key.starts_on)
        if key.precision in ("day", "bare") and key.toll_key is not None:
            self.by_toll[key.toll_key].add((key.starts_on, key.place_key))

    def family_count(self, day: date) -> int:
        """How many families state this day."""
        if day not in self._families:
            self._families[day] = len(hear_families(self.days[day]))
        return self._families[day]


def _resolve(key: Key, around: _Around) -> Key:
    if key.precision == "wide":
        inside = [day for day in around.days if key.starts_on <= day < key.ends_on]
        best = min(inside, key=lambda day: (-around.family_count(day), day), default=None)
        return _taken_for(key, best or key.starts_on, "interval" if best else "stated")
    if key.precision != "bare":
        return key
    alike = around.by_sentence.get(key.sentence_key or "", set())
    on = min((day for day in alike if 0 <= (key.starts_on - day).days <= COPY_DAYS), default=key.starts_on)
    told = list(_ties(key, around, on))
    if told:
        _, day, by = min(told)
        return _taken_for(key, day, by)
    last = _last_told(around, on) if key.is_pointing else None
    if last is not None:
        return _taken_for(key, last, "noun")
    return _taken_for(key, on, "sentence" if on != key.starts_on else "published")


def _last_told(around: _Around, on: date) -> date | None:
    """The day of the last event told before, for a noun that points to one; None where any day near will do.

    Of days within two of the last, the one that far more tell of: a strike that one paper dates a day late is no other.
    """
    stated = {day: around.family_count(day) for day in around.days if -EARLY_DAYS <= (on - day).days <= COPY_DAYS}
    last = max(stated, default=None)
    if last is None:
        return None
    is_late = (on - last).days > LATE_DAYS
    if is_late and any(last < day <= on for day in around.undated):
        return None
    best = _nearest(on, [day for day in stated if (last - day).days <= LATE_DAYS], stated)
    return best if (on - best).days > LATE_DAYS else None


def _taken_for(key: Key, on: date, by: str) -> Key:
    return key if (key.told_on, key.told_by) == (on, by) else replace(key, told_on=on, told_by=by)


def _ties(key: Key, around: _Around, on: date) -> Iterable[tuple[int, date, str]]:
    """(days between, day, how known) of all that an undated mention may be taken to tell of."""
    for day in around.by_place.get(key.place_key or "", ()):
        age = (on - day).days
        if -EARLY_DAYS <= age <= LATE_DAYS:
            yield abs(age), day, "place"
    if key.toll_key is None or int(key.toll_key) < SMALLEST_TOLL:
        return
    for day, place_key in around.by_toll.get(key.toll_key, ()):
        is_elsewhere = key.place_key is not None and place_key is not None and key.place_key != place_key
        if LATE_DAYS < (on - day).days <= COPY_DAYS and not is_elsewhere:
            yield (on - day).days, day, "toll"


def _days_of_one_toll(keys: Iterable[Key]) -> dict[tuple[date, str, str], date]:
    """(day, place, toll) told on a day beside one on which more families tell the same of the same place, to that day.

    A night has two dates, and clocks differ: so many dead in one place on two days running are the same dead. Counted
    by what is stated, so that it never reaches further than a day.
    """
    told: defaultdict[tuple[date, str, str], list[Key]] = defaultdict(list)
    for key in keys:
        if key.precision == "day" and key.place_key and int(key.toll_key or 0) >= SMALLEST_TOLL:
            told[key.starts_on, key.place_key, key.toll_key or ""].append(key)
    heard = {what: len(hear_families(found)) for what, found in told.items()}
    moved = {}
    for on, place, toll in heard:
        near = [one for n in (-1, 0, 1) if (one := (on + timedelta(days=n), place, toll)) in heard]
        best = min(near, key=lambda one: (-heard[one], one[0]))
        if best[0] != on:
            moved[on, place, toll] = best[0]
    return moved


def gather_days(keys: Iterable[Key]) -> list[list[Key]]:
    """Groups of keys of one block that may be one time, in an order that depends on their content alone."""
    anchors: defaultdict[date, list[Key]] = defaultdict(list)
    eras: defaultdict[tuple[date, date], list[Key]] = defaultdict(list)
    wide: list[Key] = []
    bare: list[Key] = []
    keys = list(keys)
    moved = _days_of_one_toll(keys)
    for key in keys:
        if key.precision == "day":
            anchors[moved.get((key.starts_on, key.place_key or "", key.toll_key or ""), key.starts_on)].append(key)
        elif key.precision == "era":
            eras[key.starts_on, key.ends_on].append(key)
        else:
            (wide if key.precision == "wide" else bare).append(key)
    # Counted once and for all, so that what joins early does not draw what comes later.
    stated = {day: len(hear_families(found)) for day, found in anchors.items()}
    left: defaultdict[date, list[Key]] = defaultdict(list)
    for on, found in _by_day(bare).items():
        near = [day for offset in range(-LATE_DAYS, EARLY_DAYS + 1) if (day := on + timedelta(offset)) in stated]
        home = anchors if near else left
        home[_nearest(on, near, stated)] += found
    open_wide = []
    for key in wide:
        # Whether that day is at hand here or not: an interval that has its day is open to no other interval.
        if key.told_by == "interval":
            anchors[key.told_on].append(key)
        else:
            open_wide.append(key)
    groups = [*anchors.values(), *_gather_runs(left), *_gather_wide(open_wide), *eras.values()]
    return sorted((sorted(group, key=order_of) for group in groups), key=lambda group: order_of(group[0]))


def _by_day(keys: Iterable[Key]) -> dict[date, list[Key]]:
    days: defaultdict[date, list[Key]] = defaultdict(list)
    for key in keys:
        days[key.told_on].append(key)
    return days


def _nearest(on: date, near: Sequence[date], stated: Mapping[date, int]) -> date:
    """The nearest of the stated days, unless another is told by more than twice as many families."""
    if not near:
        return on
    nearest = min(near, key=lambda day: (abs((day - on).days), day))
    best = min(near, key=lambda day: (-stated[day], abs((day - on).days), day))
    return best if stated[best] > SURER * stated[nearest] else nearest


def _gather_runs(left: Mapping[date, list[Key]]) -> list[list[Key]]:
    """Days near no stated one: the first of a run and the two after it are one time, each later day its own.

    Where every day has undated reports and none says which day, they are of different things more often than of one.
    """
    runs: defaultdict[date, list[Key]] = defaultdict(list)
    for day, keys in left.items():
        before = [day - timedelta(days=n) for n in range(LATE_DAYS, 0, -1)]
        runs[next((first for first in before if first in left and _begins(first, left)), day)] += keys
    return list(runs.values())


def _begins(day: date, left: Mapping[date, list[Key]]) -> bool:
    return not any(day - timedelta(days=n) in left for n in range(1, LATE_DAYS + 1))


def _gather_wide(wide: Iterable[Key]) -> list[list[Key]]:
    """Intervals that hold no stated day: each joins the narrowest that it overlaps."""
    heads: list[list[Key]] = []
    for key in sorted(wide, key=lambda k: (k.ends_on - k.starts_on, k.starts_on, *order_of(k))):
        home = next((h for h in heads if key.starts_on < h[0].ends_on and h[0].starts_on < key.ends_on), None)
        if home is None:
            heads.append([key])
        else:
            home.append(key)
    return heads
