"""Compares what a feed shows now with what is known: new, revised or unchanged. A pure decision, no storage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from warehouse.records import Entry, EntryRevision


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAndRevised:
    """The entries to write. `revisions` has one row for each new and each revised entry; ids in `unchanged_ids`."""

    new: list[Entry]
    revised: list[Entry]
    revisions: list[EntryRevision]
    unchanged_ids: list[str]


def compare_entries(
    entries: Iterable[Entry], known_states: Mapping[str, tuple[str, int]], now: datetime
) -> NewAndRevised:
    """Sorts entries by whether they are new, edited or as before.

    Args:
        entries: of one or more captures, oldest first; an entry that comes twice is taken as it stands last.
        known_states: entry id -> (content hash, revision) of what is kept.
        now: when these were seen.
    """
    latest = {entry.entry_id: entry for entry in entries}
    new: list[Entry] = []
    revised: list[Entry] = []
    unchanged_ids: list[str] = []
    for entry_id, entry in latest.items():
        known = known_states.get(entry_id)
        if known is None:
            new.append(replace(entry, revision=1))
        elif known[0] != entry.content_hash:
            revised.append(replace(entry, revision=known[1] + 1))
        else:
            unchanged_ids.append(entry_id)
    revisions = [_revision_of(entry, now) for entry in [*new, *revised]]
    return NewAndRevised(new=new, revised=revised, revisions=revisions, unchanged_ids=unchanged_ids)


def _revision_of(entry: Entry, now: datetime) -> EntryRevision:
    return EntryRevision(
        entry_id=entry.entry_id,
        revision=entry.revision,
        title=entry.title,
        summary=entry.summary,
        content=entry.content,
        published_at_utc=entry.published_at_utc,
        seen_at_utc=now,
    )
