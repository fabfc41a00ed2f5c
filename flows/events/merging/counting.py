"""How often the days of a block are told: all that the day of a report, and its company, hang on.

So a change is followed day by day without the reports around it, of which a busy block has thousands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from flows.events.merging.grouping import STOCK
from warehouse.records import MergeKey

# Fewer dead than this are the same number in too many attacks.
SMALLEST_TOLL = 3
# A day, a place and how many were killed there.
Toll = tuple[date, str, str]


@dataclass(frozen=True, slots=True)
class BlockDays:
    """The days of one block, those without a report left out."""

    # How many outlet families state the day, and how many tell of one toll of one place on it.
    stated: dict[date, int] = field(default_factory=dict)
    tolls: dict[Toll, int] = field(default_factory=dict)
    # Undated reports that tell of something themselves, by day of publication.
    undated: Counter[date] = field(default_factory=Counter)
    # All undated reports, by the day they are taken for.
    taken: Counter[date] = field(default_factory=Counter)


def order_of(key: MergeKey) -> tuple[datetime, str]:
    """The canonical order: by publication, then by id."""
    return key.published_at_utc, key.mention_id


def toll_of(key: MergeKey) -> Toll | None:
    """What the key tells of a toll that says which attack it was; None where it says too little."""
    if key.precision != "day" or not key.place_key or int(key.toll_key or 0) < SMALLEST_TOLL:
        return None
    return key.starts_on, key.place_key, key.toll_key or ""


def hear_families(keys: Iterable[MergeKey]) -> set[str]:
    """The families that speak, each copied sentence heard once, from who published it first."""
    families: set[str] = set()
    first: dict[str, MergeKey] = {}
    for key in keys:
        if key.sentence_key is None or key.sentence_key.startswith(STOCK):
            families.add(key.family_id)
        else:
            known = first.setdefault(key.sentence_key, key)
            if (*order_of(key), key.family_id) < (*order_of(known), known.family_id):
                first[key.sentence_key] = key
    return families | {key.family_id for key in first.values()}


def count_days(keys: Iterable[MergeKey]) -> BlockDays:
    """The days of a block, counted from all its keys."""
    keys = list(keys)
    days: defaultdict[date, list[MergeKey]] = defaultdict(list)
    tolls: defaultdict[Toll, list[MergeKey]] = defaultdict(list)
    for key in keys:
        if key.precision == "day":
            days[key.starts_on].append(key)
            if (toll := toll_of(key)) is not None:
                tolls[toll].append(key)
    return BlockDays(
        stated={day: len(hear_families(found)) for day, found in days.items()},
        tolls={toll: len(hear_families(found)) for toll, found in tolls.items()},
        undated=Counter(key.starts_on for key in keys if _tells_itself(key)),
        taken=Counter(key.told_on for key in keys if key.precision == "bare"),
    )


def update_days(
    days: BlockDays,
    whole: Mapping[date, Iterable[MergeKey]],
    removed: Iterable[MergeKey],
    added: Iterable[MergeKey],
) -> BlockDays:
    """The days after some keys went and others came.

    Args:
        days: as they were, of all keys.
        whole: all keys that state these days as they are to be; at least of the days that a key which went or came
            states.
        removed: keys that went; those that come back otherwise are among both.
        added: keys that came.
    """
    own = count_days(key for keys in whole.values() for key in keys)
    went, came = count_days(removed), count_days(added)
    return BlockDays(
        stated={day: count for day, count in days.stated.items() if day not in whole} | own.stated,
        tolls={toll: count for toll, count in days.tolls.items() if toll[0] not in whole} | own.tolls,
        undated=_change(days.undated, went.undated, came.undated),
        taken=_change(days.taken, went.taken, came.taken),
    )


def list_days_to_read(days: BlockDays, changed: Iterable[MergeKey]) -> set[date]:
    """The days whose keys must all be known to say what changes: those of stated keys, and of tolls a day apart.

    Args:
        days: as they are stored.
        changed: the keys that come or go.
    """
    changed = list(changed)
    tolls = {*days.tolls, *(toll for key in changed if (toll := toll_of(key)) is not None)}
    beside: set[date] = set()
    for on, place, number in tolls:
        later = on + timedelta(days=1)
        if (later, place, number) in tolls:
            beside |= {on, later}
    return beside | {key.starts_on for key in changed if key.precision == "day"}


def _tells_itself(key: MergeKey) -> bool:
    return key.precision == "bare" and not key.is_pointing


def _change(counts: Counter[date], went: Counter[date], came: Counter[date]) -> Counter[date]:
    changed = counts.copy()
    changed.subtract(went)
    changed.update(came)
    return +changed
