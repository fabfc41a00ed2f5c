"""Events brought up to date with what is new: look up what lies near, merge, commit; a bounded number at a time.

What merges is decided by `flows.events.merging` alone. Here it is only found out which mentions a change can touch, so
that step by step gives what one run over everything would have given, at a cost that does not grow with the history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import compress

from flows.events.merging import (
    Bond,
    ReportedMention,
    gather_days,
    key_of,
    list_likely_ids,
    merge_groups,
    part_groups,
    resolve_days,
)
from flows.events.merging.days import COPY_DAYS, REACH, WIDE_REACH
from flows.rounds.report import StageCount
from warehouse import merging
from warehouse.backlog import read_batch_count
from warehouse.connect import Warehouse
from warehouse.records import MergeKey, stable_id
from warehouse.write import queue_labelled, write_events

# Mentions merged and committed together; the rows around them are held in memory at once.
MENTIONS_A_BATCH = 20_000


def merge_events(wh: Warehouse, now: datetime) -> StageCount:
    """Brings events up to date with mentions that are new, superseded, copied or labelled."""
    queue_labelled(wh)
    total = StageCount("merge events", note="read: mentions not merged yet; kept: changes in our reading of events")
    while waiting := merging.read_queue(wh, MENTIONS_A_BATCH):
        total += _merge_batch(wh, waiting, now)
    return total


@dataclass(frozen=True, slots=True)
class _Touched:
    """Groups to be merged anew, and every key that reported their events so far."""

    groups: list[list[MergeKey]]
    former: dict[str, str]


def _merge_batch(wh: Warehouse, waiting: Sequence[str], now: datetime) -> StageCount:
    wrong_mention_ids, wrong_event_ids = merging.read_wrong_ids(wh)
    bonds = [Bond(b.mention_id, b.other_id, b.is_same, b.label_id) for b in merging.read_bonds(wh)]
    told = {
        row.mention.mention_id: _reported(row)
        for row in merging.read_reported(wh, waiting)
        if row.mention.mention_id not in wrong_mention_ids
    }
    old = merging.read_keys(wh, waiting)
    touched = _find_touched(wh, told, old, set(waiting), bonds)
    ids = {key.mention_id for group in touched.groups for key in group}
    told |= {row.mention.mention_id: _reported(row) for row in merging.read_reported(wh, ids - set(told))}
    # A mention superseded since its key was read waits for the next batch, which takes it out.
    groups = [kept for group in touched.groups if (kept := [key for key in group if key.mention_id in told])]
    own = set(touched.former.values())
    parts = part_groups(groups, told, bonds)
    existing = merging.read_events_by_id(wh, own | list_likely_ids(parts))
    merged = merge_groups(
        groups,
        told,
        existing,
        now=now,
        # One that is withdrawn is free to come back; a living one that others report is not ours.
        taken_ids={e.event_id for e in existing if e.event_id not in own and e.withdrawn_at_utc is None},
        former=touched.former,
        wrong_event_ids=wrong_event_ids,
        parts=parts,
        voices=merging.read_voices(wh, own),
    )
    gone = set(waiting) - {key.mention_id for key in merged.merge_keys}
    # The same mentions may wait again within one instant, so what was committed before is part of the key.
    key = stable_id("events", now.isoformat(), read_batch_count(wh), *sorted(waiting))
    write_events(
        wh,
        key,
        merged.events,
        merged.event_mentions,
        merged.event_revisions,
        merge_keys=merged.merge_keys,
        merged_mention_ids=waiting,
        gone_mention_ids=gone,
    )
    return StageCount("merge events", read=len(waiting), kept=len(merged.event_revisions))


def _reported(row: merging.ReportedRow) -> ReportedMention:
    return ReportedMention(
        mention=row.mention,
        outlet_id=row.outlet_id,
        family_id=row.family_id,
        published_at_utc=row.published_at_utc,
        story_id=row.story_id,
    )


def _find_touched(
    wh: Warehouse,
    told: Mapping[str, ReportedMention],
    old: Sequence[MergeKey],
    waiting: Collection[str],
    bonds: Sequence[Bond],
) -> _Touched:
    fresh = [key_of(reported) for reported in told.values()]
    stirred = [k for k in merging.read_stirred(wh, [*fresh, *old], COPY_DAYS) if k.mention_id not in waiting]
    around = [k for k in merging.read_around(wh, [*fresh, *stirred], COPY_DAYS) if k.mention_id not in waiting]
    known = {key.mention_id: key for key in [*around, *stirred, *fresh]}
    resolved = {key.mention_id: key for key in resolve_days([*fresh, *stirred], list(known.values()))}
    moved = [key for key in stirred if resolved[key.mention_id].told_on != key.told_on]
    changed = [*old, *moved, *fresh, *(resolved[key.mention_id] for key in [*moved, *fresh])]
    return _regroup(wh, changed, old, resolved, waiting, bonds)


def _regroup(
    wh: Warehouse,
    changed: Sequence[MergeKey],
    old: Sequence[MergeKey],
    resolved: Mapping[str, MergeKey],
    waiting: Collection[str],
    bonds: Sequence[Bond],
) -> _Touched:
    """The groups that are not as they were, among the keys near the changed ones."""
    seeds, forced = list(changed), set(waiting)
    while True:
        kept = {k.mention_id: k for k in merging.read_windows(wh, _spans(seeds), reach=REACH, wide_reach=WIDE_REACH)}
        kept |= {key.mention_id: key for key in old}
        after = {one: resolved.get(one, key) for one, key in kept.items() if one not in waiting}
        after |= {key.mention_id: key for key in resolved.values() if key.mention_id in waiting}
        were = {_ids_of(group) for group in _groups(kept.values())}
        now_are = [(_ids_of(group), group) for group in _groups(after.values())]
        new = [(ids, group) for ids, group in now_are if ids & forced or ids not in were]
        fresh = frozenset().union(*(ids for ids, _ in new))
        partners = _partners(bonds, fresh) - forced
        if not partners:
            break
        # What people say is one happening may lie in another block or far off: it is merged along.
        forced |= partners
        seeds += merging.read_keys(wh, partners)
    same = {ids for ids, _ in now_are}
    broken = frozenset().union(*(ids for ids in were if ids not in same))
    former = {one: k.event_id for one, k in kept.items() if (one in fresh or one in broken) and k.event_id}
    chosen = [group for _, group in new]
    # A group may stand as it was and yet share an event with one that does not.
    others = [group for ids, group in now_are if ids in were and not ids & forced]
    while True:
        shared = set(former.values())
        more = [any(k.event_id in shared for k in group) for group in others]
        if not any(more):
            return _Touched(chosen, former)
        joined = list(compress(others, more))
        chosen += joined
        others = [group for group, is_joined in zip(others, more, strict=True) if not is_joined]
        former |= {k.mention_id: k.event_id for group in joined for k in group if k.event_id}


def _ids_of(group: Iterable[MergeKey]) -> frozenset[str]:
    return frozenset(key.mention_id for key in group)


def _partners(bonds: Sequence[Bond], ids: Collection[str]) -> set[str]:
    pairs = [(b.mention_id, b.other_id) for b in bonds if b.is_same and b.other_id is not None]
    return {b for a, b in pairs if a in ids} | {a for a, b in pairs if b in ids}


def _groups(keys: Iterable[MergeKey]) -> list[list[MergeKey]]:
    blocks: defaultdict[str, list[MergeKey]] = defaultdict(list)
    for key in keys:
        blocks[key.block].append(key)
    return [group for block in sorted(blocks) for group in gather_days(blocks[block])]


def _spans(keys: Iterable[MergeKey]) -> list[merging.Span]:
    """The days of these keys by block, those less than two reaches apart as one span."""
    days: defaultdict[str, set[date]] = defaultdict(set)
    for key in keys:
        days[key.block].add(key.told_on)
    spans = []
    for block, found in days.items():
        ordered = sorted(found)
        first = last = ordered[0]
        for day in ordered[1:]:
            if day - last > timedelta(days=2 * REACH):
                spans.append(merging.Span(block, first, last))
                first = day
            last = day
        spans.append(merging.Span(block, first, last))
    return spans
