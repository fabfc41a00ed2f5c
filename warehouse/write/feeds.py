"""What changes about feeds: the catalogue, who owns outlets, rounds of polling, and when a feed is asked next.

Contract and errors as in `warehouse.write`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from warehouse.changes import Change, Rows, Sent, Statement
from warehouse.connect import Warehouse
from warehouse.literals import rows_literal
from warehouse.records import Entry, EntryRevision, FamilyDay, Feed, OutletFamily, Poll, Quarantined
from warehouse.tables import table_of
from warehouse.write.statements import unless_changed

# Of a feed that was asked, at the address that was asked: what polling alone writes, ...
_POLLED = (
    "poll_interval_s",
    "next_poll_at_utc",
    "last_polled_at_utc",
    "last_success_at_utc",
    "last_new_at_utc",
    "failing_since_utc",
    "failure_class",
    "failure_reason",
    "failure_count",
    "new_by_hour",
    "observed_days",
    "longest_gap_s",
    "newest_entry_at_utc",
    "stale_after_utc",
    "empty_since_utc",
    "hint_interval_s",
    "skip_hours",
    "skip_weekdays",
    "next_poll_reason",
)
# ... what belongs to that address, ...
_OF_ADDRESS = (
    "etag",
    "last_modified",
    "body_hash",
    "original_url",
    "redirect_url",
    "redirect_count",
    "answered_url",
)
# ... and what polling may learn and people may say: a word said while the feed was being asked wins.
_SHARED = ("url", "title", "language", "status")
# Of this, what a poll concludes from the address it asked: at another one it means nothing.
_JUDGED = ("status",)
# What polling and people have made of a feed; reading the catalogue again does not undo it.
_FEED_HISTORY = frozenset({"status", "added_at_utc", *_POLLED, *_OF_ADDRESS} - {"original_url"})


def write_feeds(wh: Warehouse, batch_key: str, feeds: Sequence[Feed], *, keeps_history: bool = True) -> bool:
    """Put the feeds there. A feed already known keeps status and polling history unless `keeps_history` is False."""
    return wh.apply(batch_key, [Rows(feeds, kept=_FEED_HISTORY if keeps_history else frozenset())])


def write_outlet_families(wh: Warehouse, batch_key: str, families: Sequence[OutletFamily]) -> bool:
    """Put who owns outlets in place of what was kept of it."""
    ids = sorted(family.family_id for family in families)
    gone = Statement(
        "DELETE FROM outlet_families WHERE family_id NOT IN (SELECT unnest($ids))", "outlet_families", {"ids": ids}
    )
    return wh.apply(batch_key, [gone, Rows(families)])


def write_poll_round(
    wh: Warehouse,
    batch_key: str,
    polls: Sequence[Poll],
    feeds: Sequence[tuple[Feed, Feed]],
    entries: Sequence[Entry],
    entry_revisions: Sequence[EntryRevision],
    quarantined: Sequence[Quarantined] = (),
    family_days: Sequence[FamilyDay] = (),
) -> bool:
    """Put what one round of polling brought: polls, feeds with their new state, new and revised entries.

    An entry keeps its first_seen_at_utc. It keeps its article too while its content hash stays; a revised one is
    given back by `read_entries_without_article` again, so that its article is looked at anew.

    Args:
        feeds: each feed as it was when it was asked, and as the poll leaves it. Status, address, title and language
            that somebody changed in the meantime stay as they are now; a feed not yet there is added.
        family_days: days whose news the answers held.
    """
    changes = [Rows(polls), *_settle_feeds(feeds), *_put_entries(entries, entry_revisions), Rows(family_days)]
    return wh.apply(batch_key, [*changes, Rows(quarantined, is_insert_only=True)])


def claim_feeds(
    wh: Warehouse, feed_ids: Sequence[str], *, now: datetime, until: datetime, is_forced: bool = False
) -> set[str]:
    """The feeds that are ours to ask: those still due at `now` (forced: all active ones), put off until `until`.

    One statement, so that of two rounds only one gets a feed, and one that crashed leaves it to the next only then.
    Asked again after a lost answer it gives fewer feeds, never one twice.
    """
    if not feed_ids:
        return set()
    rows = wh.query(
        "UPDATE feeds SET next_poll_at_utc = $until WHERE status = 'active' AND feed_id IN (SELECT unnest($ids)) "
        "AND ($is_forced OR next_poll_at_utc IS NULL OR next_poll_at_utc <= $now) RETURNING feed_id",
        until=until,
        ids=list(feed_ids),
        is_forced=is_forced,
        now=now,
    )
    return {row["feed_id"] for row in rows}


def write_next_polls(wh: Warehouse, batch_key: str, times: Mapping[str, tuple[datetime, str]]) -> bool:
    """Put when each feed (id) is to be asked next, and why then; never sooner than is planned already."""
    rows = rows_literal(
        {"feed_id": "VARCHAR", "at": "TIMESTAMP WITH TIME ZONE", "why": "VARCHAR"},
        [{"feed_id": feed_id, "at": at, "why": why} for feed_id, (at, why) in times.items()],
    )
    sql = (
        "UPDATE feeds SET next_poll_at_utc = greatest(feeds.next_poll_at_utc, given.at), next_poll_reason = given.why "
        f"FROM ({rows}) AS given WHERE feeds.feed_id = given.feed_id"
    )
    return wh.apply(batch_key, [Statement(sql, "feeds", row_count=len(times))])


def _put_entries(entries: Sequence[Entry], revisions: Sequence[EntryRevision]) -> list[Change]:
    """The entries and their states, whose texts are sent once where they are the same: they are most of a round."""
    last = {entry.entry_id: entry for entry in entries}
    seen_at: dict[str, datetime] = {}
    others: list[EntryRevision] = []
    for revision in revisions:
        entry = last.get(revision.entry_id)
        if entry is not None and _is_state_of(revision, entry):
            seen_at[entry.entry_id] = revision.seen_at_utc
        else:
            others.append(revision)
    seen = [seen_at.get(entry.entry_id) for entry in last.values()]
    sent = Sent("sent_entries", list(last.values()), {"seen_at_utc": ("TIMESTAMP WITH TIME ZONE", seen)})
    entry_rows = Rows(
        sent.records,
        kept=frozenset({"first_seen_at_utc"}),
        overrides={"article_id": unless_changed("entries", "article_id")},
        source=sent.name,
    )
    same = [revision for revision in revisions if revision.entry_id in seen_at]
    states = Rows(same, source=f"{sent.name} WHERE seen_at_utc IS NOT NULL")
    return [sent, entry_rows, states, Rows(others), sent.dropped()]


def _is_state_of(revision: EntryRevision, entry: Entry) -> bool:
    return (entry.revision, entry.title, entry.summary, entry.content, entry.published_at_utc) == (
        revision.revision, revision.title, revision.summary, revision.content, revision.published_at_utc
    )  # fmt: skip


def _settle_feeds(feeds: Sequence[tuple[Feed, Feed]]) -> list[Change]:
    """The new state of feeds that were asked, beside what people have said of them since; unknown ones are added."""
    if not feeds:
        return []
    types = table_of(Feed).columns
    asked = {f"asked_{name}": (types[name], [getattr(before, name) for before, _ in feeds]) for name in _SHARED}
    sent = Sent("sent_feeds", [after for _, after in feeds], asked)
    settings = [f"{name} = {_if_as_asked('url', column=name)}" for name in (*_POLLED, *_OF_ADDRESS)]
    settings += [f"{name} = {_if_as_asked('url', name, column=name)}" for name in _JUDGED]
    settings += [f"{name} = {_if_as_asked(name, column=name)}" for name in _SHARED if name not in _JUDGED]
    sql = f"UPDATE feeds SET {', '.join(settings)} FROM {sent.name} AS given WHERE feeds.feed_id = given.feed_id"
    known = Rows(sent.records, is_insert_only=True, source=sent.name)
    return [sent, known, Statement(sql, "feeds"), sent.dropped()]


def _if_as_asked(*watched: str, column: str) -> str:
    """The poll's value where the watched columns still are what they were when it was asked, else the present one."""
    is_as_asked = " AND ".join(f"feeds.{name} IS NOT DISTINCT FROM given.asked_{name}" for name in watched)
    return f"CASE WHEN {is_as_asked} THEN given.{column} ELSE feeds.{column} END"
