"""Which groups of mentions a change makes anew: found from how often days are told, then read, and nothing around them.

What belongs together is decided by `flows.events.merging` alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flows.events.merging import (
    BlockDays,
    Bond,
    Home,
    Homes,
    find_homes,
    gather_homes,
    gather_wide,
    list_changed,
    list_days_to_read,
    update_days,
)
from flows.events.merging.counting import SMALLEST_TOLL, order_of
from flows.events.merging.days import REACH, WIDE_REACH
from warehouse import merging, told_days
from warehouse.connect import Warehouse
from warehouse.records import MergeKey
from warehouse.told_days import Cell, Span

# The first and the last of some days.
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Change:
    """Keys as they are stored and as they are to be, by mention; one that comes or goes is in one of both alone."""

    before: Mapping[str, MergeKey]
    after: Mapping[str, MergeKey]

    def __iter__(self) -> Iterator[MergeKey]:
        """All of them."""
        return iter([*self.before.values(), *self.after.values()])


@dataclass(frozen=True, slots=True)
class Touched:
    """Groups to be merged anew, and what is stored of them: keys by mention, links of the events these report."""

    groups: list[list[MergeKey]]
    stored: dict[str, MergeKey]
    links: list[merging.LinkRow]

    @property
    def former(self) -> dict[str, str]:
        """The event that each mention reported so far."""
        return {one: key.event_id for one, key in self.stored.items() if key.event_id}

    @property
    def voices(self) -> dict[str, frozenset[tuple[str, str]]]:
        """By event the (family, outlet) of each mention that reported it."""
        found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in self.links:
            found[row.link.event_id].add((row.family_id, row.outlet_id))
        return {event_id: frozenset(told) for event_id, told in found.items()}


class Stored:
    """What is stored near a change; keys of one day are read once."""

    def __init__(self, wh: Warehouse) -> None:
        self._wh = wh
        self._cells: dict[Cell, list[MergeKey]] = {}

    def count_days(self, spans: Mapping[str, Sequence[Days]], *, is_as_told: bool) -> dict[str, BlockDays]:
        """The days of these spans (both ends included) by block; as `warehouse.told_days.read_days`."""
        asked = [Span(block, first, last) for block, found in spans.items() for first, last in found]
        days = {block: BlockDays() for block in spans}
        for row in told_days.read_days(self._wh, asked, smallest_toll=SMALLEST_TOLL, is_as_told=is_as_told):
            block = days[row.block]
            if row.kind == "day":
                block.stated[row.on] = row.count
            elif row.kind == "toll":
                block.tolls[row.on, row.place_key or "", row.toll_key or ""] = row.count
            else:
                block.taken[row.on] = row.count
                if row.own_count:
                    block.undated[row.on] = row.own_count
        return days

    def read(self, cells: Iterable[Cell]) -> None:
        """Makes the keys of these cells known."""
        missing = set(cells) - self._cells.keys()
        self._cells |= {cell: [] for cell in missing}
        for key in told_days.read_cells(self._wh, missing):
            self._cells[Cell(key.block, key.precision, key.told_on)].append(key)

    def keys_of(self, cell: Cell) -> list[MergeKey]:
        """The keys of a cell that was read."""
        return self._cells[cell]

    def read_open_intervals(self, spans: Sequence[Span]) -> list[MergeKey]:
        """As `warehouse.told_days.read_open_intervals`."""
        return told_days.read_open_intervals(self._wh, spans)


def find_days(stored: Stored, asking: Mapping[str, Sequence[Days]], change: Change) -> dict[str, BlockDays]:
    """These days by block as they are after the change, undated reports on the day of publication."""
    days = stored.count_days({block: join_days(found) for block, found in asking.items()}, is_as_told=False)
    found = {}
    for name, one in _by_block(change, days).items():
        stated = {key.starts_on for key in one if key.precision == "day"}
        stored.read(Cell(name, "day", day) for day in stated)
        _, whole = _whole(stored, name, stated, one)
        found[name] = update_days(days[name], whole, one.before.values(), one.after.values())
    return found


def regroup(wh: Warehouse, stored: Stored, change: Change, bonds: Sequence[Bond]) -> Touched:
    """The groups that hold a key of the change, or are not as they were by it.

    With them go what people say is one happening with any of them, and what shares an event with one: both may lie in
    another block or far off.
    """
    before, after = dict(change.before), dict(change.after)
    asked = {*before, *after}
    while True:
        groups, kept = _find_groups(stored, Change(before, after))
        own = {key.event_id for key in kept.values() if key.event_id}
        touched = Touched(groups, kept, merging.read_links(wh, own, kept))
        known = {key.mention_id for group in groups for key in group}
        mates = {row.link.mention_id for row in touched.links} - kept.keys() | _partners(bonds, known) - known
        seeds = merging.read_keys(wh, mates - asked)
        if not seeds:
            return touched
        asked |= mates
        before |= {key.mention_id: key for key in seeds}
        after |= {key.mention_id: key for key in seeds}


def _partners(bonds: Sequence[Bond], ids: Collection[str]) -> set[str]:
    pairs = [(b.mention_id, b.other_id) for b in bonds if b.is_same and b.other_id is not None]
    return {b for a, b in pairs if a in ids} | {a for a, b in pairs if b in ids}


@dataclass(slots=True)
class _Block:
    """A block that changes: what homes its reports have and are to have, and the homes that change."""

    change: Change
    before: Homes
    after: Homes
    cells: set[Cell]
    homes: set[Home]


def _find_groups(stored: Stored, change: Change) -> tuple[list[list[MergeKey]], dict[str, MergeKey]]:
    """(the groups that change, the stored keys that are or were in one by mention)."""
    blocks = _find_blocks(stored, change)
    stored.read(cell for block in blocks.values() for cell in block.cells)
    were = {
        key.mention_id: key
        for block in blocks.values()
        for cell in block.cells
        for key in stored.keys_of(cell)
        if block.before.of(key) in block.homes
    }
    groups = []
    for block in blocks.values():
        kept = [
            key for cell in block.cells for key in stored.keys_of(cell) if key.mention_id not in block.change.before
        ]
        now = [key for key in [*kept, *block.change.after.values()] if block.after.of(key) in block.homes]
        groups += gather_homes(now, block.after)
    wide, were_wide = _find_wide_groups(stored, change)
    groups += wide
    return sorted(groups, key=lambda group: (group[0].block, order_of(group[0]))), {
        **were,
        **were_wide,
        **change.before,
    }


def _find_blocks(stored: Stored, change: Change) -> dict[str, _Block]:
    days = stored.count_days(_spans(change, REACH), is_as_told=True)
    blocks = _by_block(change, days)
    to_read = {name: list_days_to_read(days[name], one) for name, one in blocks.items()}
    stored.read(Cell(name, "day", day) for name, found in to_read.items() for day in found)
    found = {}
    for name, one in blocks.items():
        whole, whole_after = _whole(stored, name, to_read[name], one)
        removed, added = one.before.values(), one.after.values()
        before = find_homes(days[name], whole)
        after = find_homes(update_days(days[name], whole_after, removed, added), whole_after)
        homes = list_changed(before, after, removed, added)
        cells = {
            Cell(name, precision, day)
            for home in homes
            for precision, day in before.list_days(home) | after.list_days(home)
        }
        found[name] = _Block(one, before, after, cells, homes)
    return found


def _by_block(change: Change, blocks: Iterable[str]) -> dict[str, Change]:
    """The change of each of these blocks."""
    before: defaultdict[str, dict[str, MergeKey]] = defaultdict(dict)
    after: defaultdict[str, dict[str, MergeKey]] = defaultdict(dict)
    for side, keys in ((before, change.before), (after, change.after)):
        for mention_id, key in keys.items():
            side[key.block][mention_id] = key
    return {block: Change(before[block], after[block]) for block in blocks}


def _whole(
    stored: Stored, block: str, days: Iterable[date], change: Change
) -> tuple[dict[date, list[MergeKey]], dict[date, list[MergeKey]]]:
    """All keys of a block that state these days, as they are stored and as they are to be."""
    before = {day: stored.keys_of(Cell(block, "day", day)) for day in days}
    after = {day: [key for key in keys if key.mention_id not in change.before] for day, keys in before.items()}
    for key in change.after.values():
        if key.precision == "day" and key.starts_on in after:
            after[key.starts_on].append(key)
    return before, after


def _find_wide_groups(stored: Stored, change: Change) -> tuple[list[list[MergeKey]], dict[str, MergeKey]]:
    """(groups of intervals without a stated day that change, stored keys that are or were in one)."""
    own = Change(*({one: k for one, k in keys.items() if _is_open(k)} for keys in (change.before, change.after)))
    spans = _spans(own, WIDE_REACH)
    kept: defaultdict[str, list[MergeKey]] = defaultdict(list)
    for key in stored.read_open_intervals([Span(block, *span) for block, found in spans.items() for span in found]):
        kept[key.block].append(key)
    groups: list[list[MergeKey]] = []
    former: list[MergeKey] = []
    for name, one in _by_block(own, spans).items():
        stays = [key for key in kept[name] if key.mention_id not in one.before]
        then, now = gather_wide(kept[name]), gather_wide([*stays, *one.after.values()])
        same = {_ids_of(group) for group in then} & {
            _ids_of(group) for group in now if not _ids_of(group) & {*one.after}
        }
        groups += [sorted(group, key=order_of) for group in now if _ids_of(group) not in same]
        former += [key for group in then if _ids_of(group) not in same for key in group]
    return groups, {key.mention_id: key for key in former}


def _is_open(key: MergeKey) -> bool:
    return key.precision == "wide" and key.told_by != "interval"


def _ids_of(group: Iterable[MergeKey]) -> frozenset[str]:
    return frozenset(key.mention_id for key in group)


def _spans(change: Change, reach: int) -> dict[str, list[Days]]:
    """The days so far around these keys, by block."""
    days: defaultdict[str, set[date]] = defaultdict(set)
    for key in change:
        days[key.block].add(key.told_on)
    around = timedelta(days=reach)
    return {block: join_days((day - around, day + around) for day in found) for block, found in days.items()}


def join_days(spans: Iterable[Days]) -> list[Days]:
    """The same days, those that meet as one span."""
    joined: list[Days] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
