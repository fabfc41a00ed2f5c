"""Events, their links to mentions and their revision log, from mentions and the events read so far."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from flows.events.merging.bonds import Bond, apply_bonds
from flows.events.merging.counting import count_days
from flows.events.merging.days import resolve_days
from flows.events.merging.grouping import Block, ReportedMention, block_of, hear_voices, key_of, order_of, soil_of
from flows.events.merging.homes import gather_days
from flows.events.merging.parts import part_group
from flows.events.merging.reconcile import (
    best_mention,
    read_casualties,
    read_confidence,
    read_dates,
    read_status,
    vote,
)
from warehouse.records import Event, EventMention, EventRevision, MergeKey, stable_id

# What a mention says of its event, by its own status.
STANCES = {
    "occurred": "reports",
    "alleged": "alleges",
    "denied": "denies",
    "planned": "plans",
    "demanded": "demands",
    "hypothetical": "supposes",
    "historical": "recalls",
}
# Happenings of one block, day and country that were told apart; more are seldom.
ORDINALS = 4
# How the day was found, in words for a person.
TOLD_BY = {
    "sentence": "told first in the same words",
    "place": "same place",
    "toll": "same toll",
    "noun": "the last such event told before",
    "interval": "the best-told day in it",
}

# The (outlet family, outlet) of each report of one event.
Voices = frozenset[tuple[str, str]]


class Parts(NamedTuple):
    """Happenings, each as the mentions that tell of it, and by mention the label that put it there."""

    bonded: list[list[ReportedMention]]
    moved: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """All events of the blocks given (withdrawn ones too), all their links, and only the *new* revisions.

    `event_families` are the families that speak for themselves, by event: those that only copied are not among them.
    `merge_keys` are the mentions' keys, each with its day and event.
    """

    events: list[Event]
    event_mentions: list[EventMention]
    event_revisions: list[EventRevision]
    event_families: dict[str, frozenset[str]]
    merge_keys: list[MergeKey]


def merge_mentions(
    mentions: Sequence[ReportedMention],
    existing: Sequence[Event],
    *,
    now: datetime,
    existing_mentions: Sequence[EventMention] = (),
    wrong_mention_ids: Collection[str] = (),
    wrong_event_ids: Collection[str] = (),
    bonds: Sequence[Bond] = (),
) -> Merged:
    """Events told of by these mentions, reconciled with the events read before.

    Args:
        mentions: every mention of the touched blocks (`block_of`), any order; superseded ones are passed over.
        existing: events of those blocks as they stand. One that nothing supports any more is withdrawn.
        now: aware UTC; only stamps what changed.
        existing_mentions: links of `existing`. With them an event keeps its id when a later report moves its date;
            without them ids come from block and date alone.
        wrong_mention_ids: mentions a person labelled wrong: they support nothing.
        wrong_event_ids: events a person labelled wrong: withdrawn, whoever reports them.
        bonds: what people say belongs together, or does not.

    Returns:
        Sorted by event id. An event whose reading did not change is its old row, revision and instant included.
    """
    current: dict[str, ReportedMention] = {}
    # Should one mention come twice with different article facts, the choice must not hang on the order.
    for r in sorted(mentions, key=lambda r: (r.published_at_utc, r.family_id, r.outlet_id)):
        if r.mention.superseded_at_utc is None and r.mention.mention_id not in wrong_mention_ids:
            current.setdefault(r.mention.mention_id, r)
    blocks: defaultdict[str, list[MergeKey]] = defaultdict(list)
    for reported in current.values():
        key = key_of(reported)
        blocks[key.block].append(key)
    taken = {block: resolve_days(keys, keys, {block: count_days(keys)}) for block, keys in blocks.items()}
    return merge_groups(
        [group for block in sorted(taken) for group in gather_days(taken[block])],
        current,
        existing,
        now=now,
        former={link.mention_id: link.event_id for link in existing_mentions},
        wrong_event_ids=wrong_event_ids,
        bonds=bonds,
    )


def merge_groups(
    groups: Sequence[Sequence[MergeKey]],
    reported: Mapping[str, ReportedMention],
    existing: Sequence[Event],
    *,
    now: datetime,
    former: Mapping[str, str],
    wrong_event_ids: Collection[str] = (),
    bonds: Sequence[Bond] = (),
    parts: Parts | None = None,
    taken_ids: Collection[str] = (),
    voices: Mapping[str, Voices] | None = None,
) -> Merged:
    """Events of whole groups of one block and time each, as `gather_days` gives them.

    Args:
        groups: of mentions that may be one happening.
        reported: the mentions in full, by id.
        existing: events that any of these mentions, or of those that left, reported so far.
        now: as for `merge_mentions`, like the rest.
        former: the event each mention reported so far, by mention id.
        wrong_event_ids: events a person labelled wrong.
        bonds: what people say belongs together, or does not.
        parts: what `part_groups` makes of these groups, where it is at hand.
        taken_ids: ids of events that other mentions than these report.
        voices: who told each of the existing events so far; where that is known, other voices are a change too, though
            they be as many: bands and thin days hang on who speaks.
    """
    keys = {key.mention_id: key for group in groups for key in group}
    bonded, moved = parts or part_groups(groups, reported, bonds)
    before = {event.event_id: event for event in existing if event.event_id not in taken_ids}
    named = _name_groups([(block_of(part[0].mention), part) for part in bonded], before, former, taken_ids)
    events, links, revisions = [], [], []
    for event_id, part in sorted(named.items()):
        reading = _read_event(event_id, part, now)
        if event_id in wrong_event_ids:
            reading = replace(reading, withdrawn_at_utc=now)
        told_by = frozenset((r.family_id, r.outlet_id) for r in part)
        is_retold = (voices or {}).get(event_id, told_by) != told_by
        event, changes = _revise(before.get(event_id), reading, now, is_retold=is_retold)
        events.append(event)
        revisions += changes
        links += [_link(event, r, keys[r.mention.mention_id], moved.get(r.mention.mention_id)) for r in part]
    heirs = {link.mention_id: link.event_id for link in links}
    for event in before.values():
        if event.event_id not in named:
            withdrawn, changes = _withdraw(event, _heir_of(event, former, heirs), now)
            events.append(withdrawn)
            revisions += changes
    return Merged(
        events=sorted(events, key=lambda event: event.event_id),
        event_mentions=links,
        event_revisions=revisions,
        event_families={event_id: frozenset(r.family_id for r in part) for event_id, part in named.items()},
        merge_keys=[
            key if key.event_id == link.event_id else replace(key, event_id=link.event_id)
            for link in links
            for key in (keys[link.mention_id],)
        ],
    )


def part_groups(
    groups: Sequence[Sequence[MergeKey]], reported: Mapping[str, ReportedMention], bonds: Sequence[Bond] = ()
) -> Parts:
    """The happenings that these groups tell of, each as its mentions, and by mention the label that moved it."""
    parts = [part for group in groups for part in part_group(hear_voices([reported[key.mention_id] for key in group]))]
    return Parts(*apply_bonds(parts, bonds))


def list_likely_ids(parts: Parts) -> set[str]:
    """The ids that events of these parts may get where they are new; of those, some may be taken already."""
    keys = {_natural_key(block_of(part[0].mention), part) for part in parts.bonded}
    return {stable_id("event", *key, ordinal) for key in keys for ordinal in range(ORDINALS)}


def _name_groups(
    groups: Sequence[tuple[Block, list[ReportedMention]]],
    before: Mapping[str, Event],
    links: Mapping[str, str],
    taken_ids: Collection[str],
) -> dict[str, list[ReportedMention]]:
    """Groups by event id: the id most of their linked mentions had, else one made of block, first day and place."""
    former = {mention_id: event_id for mention_id, event_id in links.items() if event_id in before}
    natural = [_natural_key(block, group) for block, group in groups]
    ranked = sorted(range(len(groups)), key=lambda i: (natural[i], order_of(groups[i][1][0])))
    named: dict[str, list[ReportedMention]] = {}
    claims: list[tuple[int, str, tuple[str, ...], int]] = []
    for index in ranked:
        counts = Counter(former[r.mention.mention_id] for r in groups[index][1] if r.mention.mention_id in former)
        claims += [(-count, event_id, natural[index], index) for event_id, count in counts.items()]
    taken: set[int] = set()
    for _, event_id, _, index in sorted(claims):
        if event_id not in named and index not in taken:
            named[event_id] = groups[index][1]
            taken.add(index)
    for index in (index for index in ranked if index not in taken):
        ordinal = 0
        while (event_id := stable_id("event", *natural[index], ordinal)) in named or event_id in taken_ids:
            ordinal += 1
        named[event_id] = groups[index][1]
    return named


def _natural_key(block: Block, group: Sequence[ReportedMention]) -> tuple[str, ...]:
    place = vote(group, lambda r: r.mention.place_country_code)
    return (*block, read_dates(group)[0].isoformat(), place or "")


def _read_event(event_id: str, group: Sequence[ReportedMention], now: datetime) -> Event:
    """The event as its mentions tell it together, at revision 1."""
    status = read_status(group)
    best = best_mention(group, status).mention
    placed = [r for r in group if r.mention.place_name is not None]
    place = best if best.place_name else best_mention(placed, status).mention if placed else best
    starts_on, ends_on, precision = read_dates(group)
    killed = read_casualties(group, lambda r: (r.mention.killed_min, r.mention.killed_max))
    injured = read_casualties(group, lambda r: (r.mention.injured_min, r.mention.injured_max))
    published = [r.published_at_utc for r in group]
    return Event(
        event_id=event_id,
        type=best.type,
        mode=best.mode,
        direction=best.direction,
        score=best.score,
        actor_code=best.actor_code,
        actor_name=best.actor_name,
        actor_country_code=best.actor_country_code,
        target_code=best.target_code,
        target_name=best.target_name,
        target_country_code=best.target_country_code,
        is_symmetric=any(r.mention.is_symmetric for r in group),
        status=status,
        starts_on=starts_on,
        ends_on=ends_on,
        date_precision=precision,
        place_name=place.place_name,
        place_country_code=place.place_country_code or vote(group, lambda r: r.mention.place_country_code),
        latitude=place.latitude,
        longitude=place.longitude,
        killed_min=killed[0],
        killed_max=killed[1],
        injured_min=injured[0],
        injured_max=injured[1],
        confidence=read_confidence(group),
        mention_count=len(group),
        article_count=len({r.mention.article_id for r in group}),
        outlet_count=len({r.outlet_id for r in group}),
        family_count=len({r.family_id for r in group}),
        first_reported_at_utc=min(published),
        last_reported_at_utc=max(published),
        headline=best.evidence_text,
        revision=1,
        updated_at_utc=now,
    )


def _link(event: Event, reported: ReportedMention, key: MergeKey, label_id: str | None) -> EventMention:
    mention = reported.mention
    return EventMention(
        event_id=event.event_id,
        mention_id=mention.mention_id,
        reason=_reason(reported, key, event, label_id),
        family_id=reported.family_id,
        stance=STANCES.get(mention.status, mention.status),
        said_by=mention.attribution or reported.outlet_id,
    )


def _reason(reported: ReportedMention, key: MergeKey, event: Event, label_id: str | None) -> str:
    """Why this mention is linked to its event, in words for a person."""
    mention = reported.mention
    sides = f"{mention.actor_code or 'unnamed'} and {mention.target_code or 'unnamed'}"
    soil = soil_of(mention)
    where = f", on {soil} soil" if soil else f", in {mention.place_country_code}" if mention.place_country_code else ""
    when = key.starts_on
    if key.precision == "bare":
        dated = f"published {when}, no date stated"
    else:
        dated = f"dated {when} ({mention.date_precision})"
    if key.precision != "day" and event.starts_on != key.starts_on:
        how = TOLD_BY.get(key.told_by, "the nearest day that is stated")
        dated += f", taken for {event.starts_on} ({how})"
    elif key.precision == "day" and event.starts_on != key.starts_on and not label_id:
        dated += f", taken for {event.starts_on} (same toll and place a day apart)"
    copied = "; the words of another outlet" if reported.family_id != key.family_id else ""
    said = ", denies it" if mention.status == "denied" else ""
    label = f"; put here by label {label_id}" if label_id else ""
    return f"{mention.type} between {sides}{where}; {dated}; {mention.status}{said}{copied}{label}"


def _revise(
    before: Event | None, reading: Event, now: datetime, *, is_retold: bool
) -> tuple[Event, list[EventRevision]]:
    """The event's next row and what to log; the old row where nothing changed."""
    if before is None:
        detail = f"{reading.mention_count} mentions of {reading.family_count} families"
        return reading, [_log(reading, "created", detail, now)]
    if before.withdrawn_at_utc and reading.withdrawn_at_utc:
        reading = replace(reading, withdrawn_at_utc=before.withdrawn_at_utc)
    reading = replace(reading, revision=before.revision, updated_at_utc=before.updated_at_utc)
    if reading == before and not is_retold:
        return before, []
    event = replace(reading, revision=before.revision + 1, updated_at_utc=now)
    change, detail = _change_of(before, event)
    return event, [_log(event, change, detail, now)]


def _change_of(before: Event, after: Event) -> tuple[str, str]:
    """The weightiest change, named, and all changes in words."""
    details: defaultdict[str, list[str]] = defaultdict(list)
    if before.withdrawn_at_utc is None and after.withdrawn_at_utc is not None:
        details["withdrawn"].append("labelled wrong")
    if before.withdrawn_at_utc is not None and after.withdrawn_at_utc is None:
        details["restated"].append("reported again")
    if (before.starts_on, before.ends_on) != (after.starts_on, after.ends_on):
        details["re-dated"].append(f"{before.starts_on} to {after.starts_on} ({after.date_precision})")
    if before.mention_count != after.mention_count:
        details["merged"].append(f"{before.mention_count} to {after.mention_count} mentions")
    for name in ("status", "type", "mode", "target_code", "killed_min", "killed_max", "injured_min", "place_name"):
        if getattr(before, name) != getattr(after, name):
            details["restated"].append(f"{name} {getattr(before, name)} to {getattr(after, name)}")
    order = ("withdrawn", "re-dated", "restated", "merged")
    change = next((name for name in order if name in details), "restated")
    return change, "; ".join(
        text for name in order for text in details[name]
    ) or "its reports or who tells them changed"


def _heir_of(event: Event, former: Mapping[str, str], heirs: Mapping[str, str]) -> str | None:
    """The event that most of a vanished event's mentions belong to now, if any."""
    now_in = Counter(
        heirs[mention_id]
        for mention_id, event_id in former.items()
        if event_id == event.event_id and mention_id in heirs
    )
    return min(now_in, key=lambda event_id: (-now_in[event_id], event_id), default=None)


def _withdraw(event: Event, heir: str | None, now: datetime) -> tuple[Event, list[EventRevision]]:
    if event.withdrawn_at_utc is not None:
        return event, []
    gone = replace(event, withdrawn_at_utc=now, updated_at_utc=now, revision=event.revision + 1)
    detail = f"merged into {heir}" if heir else "all its mentions are superseded or labelled wrong"
    return gone, [_log(gone, "withdrawn", detail, now)]


def _log(event: Event, change: str, detail: str, now: datetime) -> EventRevision:
    return EventRevision(
        event_id=event.event_id, revision=event.revision, change=change, detail=detail, revised_at_utc=now
    )
