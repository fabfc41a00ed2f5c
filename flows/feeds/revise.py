"""Compares what a feed shows now with what is known: new, revised or unchanged. A pure decision, no storage."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flows.feeds.identity import identity_address
from warehouse.records import Entry, EntryRevision


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAndRevised:
    """The entries to write. `revisions` has one row for each new and each revised entry; ids in `unchanged_ids`."""

    new: list[Entry]
    revised: list[Entry]
    revisions: list[EntryRevision]
    unchanged_ids: list[str]


def recognise_entries(
    entries: Sequence[Entry], known_ids: Container[str], kept_entries: Iterable[Entry]
) -> list[Entry]:
    """The entries of one capture; one whose guid is new gets the id it is kept under, where its link shows it.

    Some feeds give an item a new guid with each request. It is the kept one when link and outlet are the same and so is
    title or stated date, and when the capture does not show the kept one itself.

    Args:
        entries: of one capture.
        known_ids: entry ids that are kept.
        kept_entries: those kept under the links of these entries; others do no harm.
    """
    shown = {entry.entry_id for entry in entries}
    kept_at: dict[tuple[str, str], list[Entry]] = {}
    for kept in kept_entries:
        if kept.url and kept.entry_id not in shown:
            kept_at.setdefault((kept.outlet_id, identity_address(kept.url)), []).append(kept)
    found: list[Entry] = []
    for entry in entries:
        if entry.entry_id not in known_ids and entry.url:
            there = kept_at.get((entry.outlet_id, identity_address(entry.url)), [])
            same = next((kept for kept in there if _is_same(kept, entry)), None)
            if same is not None:
                there.remove(same)  # one kept entry is one item at most
                entry = replace(entry, entry_id=same.entry_id)
        found.append(entry)
    return found


def _is_same(kept: Entry, entry: Entry) -> bool:
    is_dated = kept.published_source == entry.published_source == "feed"
    return kept.title == entry.title or (is_dated and kept.published_at_utc == entry.published_at_utc)


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
            new.append(entry if entry.revision == 1 else replace(entry, revision=1))
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
