"""The day each mention is taken for.

Every rule reaches a bounded number of days, so that a new mention can only change what lies near it (`REACH`): merging
step by step reads a window and gives what one run over everything would have given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from flows.events.merging.counting import SMALLEST_TOLL, BlockDays
from flows.events.merging.homes import EARLY_DAYS, LATE_DAYS, nearest
from warehouse.records import MergeKey

# The same sentence within two weeks is a copy; later it may be a new happening told in a stock phrase. As long, a
# follow-up says "the attack" and its toll, and no day.
COPY_DAYS = 14
# How many days around a changed one must be known to know what it changes. A stated day looks one day around for the
# same toll. An undated day looks two days around for a stated one, four back for where its run began, and each of those
# two days around again.
REACH = 16
# The same for intervals that hold no stated day: they meet when they overlap, and may overlap a third.
WIDE_REACH = 100

Key = MergeKey


def resolve_days(keys: Sequence[Key], ties: Iterable[Key], days: Mapping[str, BlockDays]) -> list[Key]:
    """The same keys, each with the day it is taken for and how that is known.

    Args:
        keys: to be resolved; those that state a day or an era keep it.
        ties: all keys of their blocks that share a sentence, place or toll with an undated one of them and lie in the
            four weeks before it (and the day after), themselves included.
        days: by block; at least of every block with a key that only points to what was told before (from four weeks
            before it to the day after) or states an interval (all of it).
    """
    blocks: defaultdict[str, _Ties] = defaultdict(_Ties)
    for key in ties:
        blocks[key.block].add(key)
    none = BlockDays()
    return [_resolve(key, blocks[key.block], days.get(key.block, none)) for key in keys]


def asks_days(key: Key) -> tuple[date, date] | None:
    """The days, ends included, whose counts say what day this is taken for; None where that hangs on ties alone."""
    if key.precision == "wide":
        return key.starts_on, key.ends_on
    if key.precision == "bare" and key.is_pointing:
        return key.starts_on - timedelta(days=2 * COPY_DAYS), key.starts_on + timedelta(days=EARLY_DAYS)
    return None


class _Ties:
    """The days that keys of one block tell, by what ties others to them."""

    def __init__(self) -> None:
        self.by_place: defaultdict[str, set[date]] = defaultdict(set)
        # By toll the day and the place.
        self.by_toll: defaultdict[str, set[tuple[date, str | None]]] = defaultdict(set)
        self.by_sentence: defaultdict[str, set[date]] = defaultdict(set)

    def add(self, key: Key) -> None:
        if key.precision == "day" and key.place_key is not None:
            self.by_place[key.place_key].add(key.starts_on)
        if key.precision == "bare" and key.sentence_key:
            self.by_sentence[key.sentence_key].add(key.starts_on)
        if key.precision in ("day", "bare") and key.toll_key is not None:
            self.by_toll[key.toll_key].add((key.starts_on, key.place_key))


def _resolve(key: Key, ties: _Ties, days: BlockDays) -> Key:
    if key.precision == "wide":
        inside = [day for day in days.stated if key.starts_on <= day < key.ends_on]
        best = min(inside, key=lambda day: (-days.stated[day], day), default=None)
        return _taken_for(key, best or key.starts_on, "interval" if best else "stated")
    if key.precision != "bare":
        return key
    alike = ties.by_sentence.get(key.sentence_key or "", set())
    on = min((day for day in alike if 0 <= (key.starts_on - day).days <= COPY_DAYS), default=key.starts_on)
    told = list(_tied_days(key, ties, on))
    if told:
        _, day, by = min(told)
        return _taken_for(key, day, by)
    last = _last_told(days, on) if key.is_pointing else None
    if last is not None:
        return _taken_for(key, last, "noun")
    return _taken_for(key, on, "sentence" if on != key.starts_on else "published")


def _last_told(days: BlockDays, on: date) -> date | None:
    """The day of the last event told before, for a noun that points to one; None where any day near will do.

    Of days within two of the last, the one that far more tell of: a strike that one paper dates a day late is no other.
    """
    stated = {day: count for day, count in days.stated.items() if -EARLY_DAYS <= (on - day).days <= COPY_DAYS}
    last = max(stated, default=None)
    if last is None:
        return None
    is_late = (on - last).days > LATE_DAYS
    if is_late and any(last < day <= on for day in days.undated):
        return None
    best = nearest(on, [day for day in stated if (last - day).days <= LATE_DAYS], stated)
    return best if (on - best).days > LATE_DAYS else None


def _taken_for(key: Key, on: date, by: str) -> Key:
    return key if (key.told_on, key.told_by) == (on, by) else replace(key, told_on=on, told_by=by)


def _tied_days(key: Key, ties: _Ties, on: date) -> Iterable[tuple[int, date, str]]:
    """(days between, day, how known) of all that an undated mention may be taken to tell of."""
    for day in ties.by_place.get(key.place_key or "", ()):
        age = (on - day).days
        if -EARLY_DAYS <= age <= LATE_DAYS:
            yield abs(age), day, "place"
    if key.toll_key is None or int(key.toll_key) < SMALLEST_TOLL:
        return
    for day, place_key in ties.by_toll.get(key.toll_key, ()):
        is_elsewhere = key.place_key is not None and place_key is not None and key.place_key != place_key
        if LATE_DAYS < (on - day).days <= COPY_DAYS and not is_elsewhere:
            yield (on - day).days, day, "toll"
