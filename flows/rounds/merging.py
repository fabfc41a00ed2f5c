"""Events brought up to date with what is new: look up what lies near, merge, commit; a bounded number at a time.

What merges is decided by `flows.events.merging` alone. Here it is only found out which mentions a change can touch, so
that step by step gives what one run over everything would have given, at a cost that does not grow with the history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from flows.events.garbage import paused_collection
from flows.events.merging import (
    Bond,
    ReportedMention,
    asks_days,
    key_of,
    list_likely_ids,
    merge_groups,
    part_groups,
    resolve_days,
)
from flows.events.merging.days import COPY_DAYS
from flows.rounds.regrouping import Change, Days, Stored, Touched, find_days, regroup
from flows.rounds.report import StageCount
from warehouse import merging
from warehouse.backlog import read_batch_count
from warehouse.connect import Warehouse
from warehouse.records import MergeKey, stable_id
from warehouse.write import queue_labelled, write_events

# Mentions merged and committed together; the rows around them are held in memory at once.
MENTIONS_A_BATCH = 20_000
# Mentions put in order together: a day of news, so that each of its events changes once.
MENTIONS_A_READ = 100_000


def merge_events(wh: Warehouse, now: datetime) -> StageCount:
    """Brings events up to date with mentions that are new, superseded, copied or labelled."""
    queue_labelled(wh)
    total = StageCount("merge events", note="read: mentions not merged yet; kept: changes in our reading of events")
    while waiting := merging.read_queue(wh, MENTIONS_A_READ):
        for start in range(0, len(waiting), MENTIONS_A_BATCH):
            total += _merge_batch(wh, waiting[start : start + MENTIONS_A_BATCH], now)
    return total


@paused_collection()
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
    published = [key.published_at_utc for group in touched.groups for key in group]
    told |= {row.mention.mention_id: _reported(row) for row in merging.read_reported(wh, ids - set(told), published)}
    # A mention superseded since its key was read waits for the next batch, which takes it out.
    groups = [kept for group in touched.groups if (kept := [key for key in group if key.mention_id in told])]
    former = touched.former
    own = set(former.values())
    parts = part_groups(groups, told, bonds)
    existing = merging.read_events_by_id(wh, own | list_likely_ids(parts))
    merged = merge_groups(
        groups,
        told,
        existing,
        now=now,
        # One that is withdrawn is free to come back; a living one that others report is not ours.
        taken_ids={e.event_id for e in existing if e.event_id not in own and e.withdrawn_at_utc is None},
        former=former,
        wrong_event_ids=wrong_event_ids,
        parts=parts,
        voices=touched.voices,
    )
    gone = set(waiting) - {key.mention_id for key in merged.merge_keys}
    # What is as it is stored is not written again: most of a group that one report joins.
    links = {row.link.mention_id: row.link for row in touched.links}
    read = set(existing)
    # The same mentions may wait again within one instant, so what was committed before is part of the key.
    key = stable_id("events", now.isoformat(), read_batch_count(wh), *sorted(waiting))
    write_events(
        wh,
        key,
        [event for event in merged.events if event not in read],
        [link for link in merged.event_mentions if links.get(link.mention_id) != link],
        merged.event_revisions,
        merge_keys=[key for key in merged.merge_keys if touched.stored.get(key.mention_id) != key],
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
) -> Touched:
    """What has to be merged anew: the day of each mention that may have another now, then who is with whom."""
    stored = Stored(wh)
    fresh = [key_of(reported) for reported in told.values()]
    stirred = [k for k in merging.read_stirred(wh, [*fresh, *old], COPY_DAYS) if k.mention_id not in waiting]
    ties = [k for k in merging.read_ties(wh, [*fresh, *stirred], COPY_DAYS) if k.mention_id not in waiting]
    asking: defaultdict[str, list[Days]] = defaultdict(list)
    for key in [*fresh, *stirred]:
        if (days := asks_days(key)) is not None:
            asking[key.block].append(days)
    change = Change({key.mention_id: key for key in old}, {key.mention_id: key for key in fresh})
    known = {key.mention_id: key for key in [*ties, *stirred, *fresh]}
    resolved = resolve_days([*fresh, *stirred], known.values(), find_days(stored, asking, change))
    now = {key.mention_id: key for key in resolved}
    moved = [key for key in stirred if now[key.mention_id] != key]
    before = {key.mention_id: key for key in [*old, *moved]}
    after = {key.mention_id: now[key.mention_id] for key in [*fresh, *moved]}
    return regroup(wh, stored, Change(before, after), bonds)
