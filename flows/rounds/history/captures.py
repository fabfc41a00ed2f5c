"""Archived feed captures, oldest first: entries, their edits, and articles of the feed's own text.

Many captures are one transaction. What each brings is compared with the warehouse and with the captures before it in
the same batch, so that where batches begin and end makes no difference to what is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from flows.articles.compose import article_from_entry, revise_article
from flows.feeds.captures import Capture, find_captures
from flows.feeds.parse import ParsedFeed, parse_feed
from flows.feeds.reach import list_days_read
from flows.feeds.revise import compare_entries, recognise_entries
from flows.rounds.history.aside import set_aside
from flows.rounds.history.opened import Progress
from flows.rounds.report import StageCount
from warehouse.backlog import read_batch_keys
from warehouse.connect import Warehouse
from warehouse.errors import FeedError
from warehouse.known import KnownArticle, KnownEntry, read_known_articles, read_known_entries
from warehouse.read import read_entries_at, read_feeds
from warehouse.records import (
    Article,
    ArticleRevision,
    Batch,
    Entry,
    EntryRevision,
    FamilyDay,
    Feed,
    Poll,
    Quarantined,
    stable_id,
)
from warehouse.write import write_captures, write_feeds, write_quarantine

STAGE = "read captures"
# Committed together, whichever is reached first: a few hundred to a few thousand entries.
CAPTURES_A_BATCH = 50
BYTES_A_BATCH = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A capture with the key by which it is known to be done."""

    capture: Capture
    key: str


@dataclass(frozen=True, slots=True)
class _Read:
    """A capture with what was in it, or why it could not be read."""

    capture: Capture
    key: str
    byte_count: int
    parsed: ParsedFeed | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Changed:
    """An entry that a capture showed new or edited."""

    entry: Entry
    feed: Feed
    seen_at_utc: datetime
    is_new: bool


def read_capture_folder(wh: Warehouse, paths: Sequence[Path], now: datetime, progress: Progress) -> StageCount:
    """Reads the captures below these folders; see `read_archive`."""
    stored = {feed.feed_id: feed for feed in read_feeds(wh)}
    folders = [find_captures(folder, feeds=stored) for folder in paths]
    captures = sorted(
        (one for folder in folders for one in folder.captures), key=lambda one: (one.seen_at_utc, one.path.name)
    )
    new_feeds = {one.feed.feed_id: one.feed for one in captures if one.feed.feed_id not in stored}
    if new_feeds:
        write_feeds(wh, stable_id("capture feeds", *sorted(new_feeds)), list(new_feeds.values()))
    done = read_batch_keys(wh, "capture ")
    keyed = _with_keys(captures)
    waiting = [one for one in keyed if one.key not in done]
    known = len(keyed) - len(waiting)
    total = StageCount(STAGE, read=known, refused=known, note="refused: read before")
    total += _set_unnamed_aside(wh, [path for folder in folders for path in folder.unnamed], now)
    for batch in _batches(waiting):
        total += _store(wh, batch, now)
        progress(total.read, len(keyed))
    return total


def _with_keys(captures: Sequence[Capture]) -> list[_Keyed]:
    """By file name, which says feed and time; a name that comes twice, in two folders, by its folder too."""
    seen: set[str] = set()
    keyed = []
    for capture in captures:
        name = capture.path.name
        if name in seen:
            name = f"{capture.path.parent.name}/{name}"
        seen.add(name)
        keyed.append(_Keyed(capture, f"capture {name}"))
    return keyed


def _set_unnamed_aside(wh: Warehouse, paths: Sequence[Path], now: datetime) -> StageCount:
    reason = "the name says no feed and time; expected NAME__YYYYMMDDhhmmss__anything"
    if paths:
        key = stable_id("unnamed captures", *(str(path) for path in paths), now.isoformat())
        write_quarantine(wh, key, [set_aside(path.name, reason, path.name, now) for path in paths])
    failures = tuple((path.name, reason) for path in paths)
    return StageCount(STAGE, read=0, failed=len(paths), failures=failures)


def _batches(waiting: Sequence[_Keyed]) -> Iterator[list[_Read]]:
    batch: list[_Read] = []
    for one in waiting:
        batch.append(_read(one))
        if len(batch) == CAPTURES_A_BATCH or sum(read.byte_count for read in batch) > BYTES_A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _read(keyed: _Keyed) -> _Read:
    capture = keyed.capture
    byte_count = 0
    try:
        body = capture.read_body()
        byte_count = len(body)
        return _Read(capture, keyed.key, byte_count, parse_feed(body, feed=capture.feed, now=capture.seen_at_utc))
    except FeedError as error:
        return _Read(capture, keyed.key, byte_count, None, str(error))


def _store(wh: Warehouse, batch: Sequence[_Read], now: datetime) -> StageCount:
    """One transaction of captures."""
    known, kept = _read_known(wh, [entry for one in batch if one.parsed for entry in one.parsed.entries])
    polls: list[Poll] = []
    changed: list[_Changed] = []
    revisions: list[EntryRevision] = []
    bad: list[Quarantined] = []
    days: list[FamilyDay] = []
    for one in batch:
        if one.parsed is None:
            bad.append(set_aside(one.capture.path.name, one.reason or "", one.capture.path.name, now))
            continue
        found, told = _compare(one, one.parsed, known, kept)
        changed += found
        revisions += told
        bad += one.parsed.problems
        polls.append(_poll_of(one, one.parsed, found))
        days += _days_read(one.capture, one.parsed)
    entries, articles, article_revisions = _compose(wh, changed)
    keys = [Batch(batch_key=one.key, table_names="", row_count=0, committed_at_utc=now) for one in batch]
    key = stable_id("captures", *(one.key for one in batch))
    write_captures(wh, key, keys, polls, entries, revisions, articles, article_revisions, bad, days)
    failures = tuple((one.capture.path.name, one.reason) for one in batch if one.reason)
    return StageCount(STAGE, read=len(batch), kept=len(polls), failed=len(failures), failures=failures)


def _read_known(wh: Warehouse, entries: Sequence[Entry]) -> tuple[dict[str, KnownEntry], dict[str, Entry]]:
    """(states of stored entries by id, stored entries by id that may be these under another guid)."""
    known = read_known_entries(wh, {entry.entry_id for entry in entries})
    links = {entry.url for entry in entries if entry.url and entry.guid and entry.entry_id not in known}
    if not links:
        return known, {}
    kept = {entry.entry_id: entry for entry in read_entries_at(wh, links)}
    return known | read_known_entries(wh, kept.keys() - known.keys()), kept


def _compare(
    one: _Read, parsed: ParsedFeed, known: dict[str, KnownEntry], kept: dict[str, Entry]
) -> tuple[list[_Changed], list[EntryRevision]]:
    """What this capture shows new or edited; `known` and `kept` then say so. What is known from later on stays."""
    seen = one.capture.seen_at_utc
    links = {entry.url for entry in parsed.entries}
    # By the link as written, as the warehouse is asked, so that batches may end anywhere.
    there = [entry for entry in kept.values() if entry.url in links]
    entries = [
        entry
        for entry in recognise_entries(parsed.entries, known, there)
        if entry.entry_id not in known or known[entry.entry_id].changed_at_utc <= seen
    ]
    states = {
        entry.entry_id: (known[entry.entry_id].content_hash, known[entry.entry_id].revision)
        for entry in entries
        if entry.entry_id in known
    }
    compared = compare_entries(entries, states, seen)
    changed = []
    for entry in [*compared.new, *compared.revised]:
        before = known.get(entry.entry_id)
        article_id = before.article_id if before else None
        changed.append(_Changed(replace(entry, article_id=article_id), one.capture.feed, seen, is_new=before is None))
        kept[entry.entry_id] = entry
        known[entry.entry_id] = KnownEntry(entry.content_hash, entry.revision, article_id, seen)
    return changed, compared.revisions


def _compose(wh: Warehouse, changed: Sequence[_Changed]) -> tuple[list[Entry], list[Article], list[ArticleRevision]]:
    """The entries in their last state, each with its article, and the articles with all their new revisions."""
    entries: dict[str, Entry] = {}
    drafts: list[tuple[_Changed, Article]] = []
    for one in changed:
        before = entries.get(one.entry.entry_id)
        # A later edit belongs to the article that the entry began, whatever its new title.
        entry = one.entry
        if before:
            entry = replace(entry, article_id=before.article_id, first_seen_at_utc=before.first_seen_at_utc)
        article = article_from_entry(entry, one.feed, None, None, one.seen_at_utc)
        entries[entry.entry_id] = replace(entry, article_id=article.article_id)
        drafts.append((one, article))
    known = read_known_articles(wh, {article.article_id for _, article in drafts})
    articles: dict[str, Article] = {}
    revisions: list[ArticleRevision] = []
    for one, article in drafts:
        state = known.get(article.article_id)
        if state is not None and not _may_change(state, one, article):
            continue
        revised = revise_article((state.content_hash, state.revision) if state else None, article, one.seen_at_utc)
        if revised.revision is None:
            continue
        revisions.append(revised.revision)
        first = articles.get(article.article_id)
        seen_first = first.first_seen_at_utc if first else article.first_seen_at_utc
        articles[article.article_id] = replace(revised.article, first_seen_at_utc=seen_first)
        known[article.article_id] = KnownArticle(
            article.content_hash, revised.article.revision, "entry", len(article.text), one.seen_at_utc
        )
    return list(entries.values()), list(articles.values()), revisions


def _may_change(state: KnownArticle, one: _Changed, article: Article) -> bool:
    """Whether a capture may change a stored article: never a page's text, nor what is known from later on.

    Another feed of the outlet that carries the same item changes it only by a fuller text; the same item edited does.
    """
    if state.text_source != "entry" or state.changed_at_utc > one.seen_at_utc:
        return False
    return not one.is_new or len(article.text) > state.text_length


def _days_read(capture: Capture, parsed: ParsedFeed) -> list[FamilyDay]:
    days = list_days_read(parsed.entries, at=capture.seen_at_utc)
    return [FamilyDay(family_id=capture.feed.family_id, on_date=day) for day in days]


def _poll_of(one: _Read, parsed: ParsedFeed, changed: Sequence[_Changed]) -> Poll:
    new_count = sum(each.is_new for each in changed)
    return Poll(
        poll_id=stable_id("poll", one.capture.feed.feed_id, one.key),
        feed_id=one.capture.feed.feed_id,
        polled_at_utc=one.capture.seen_at_utc,
        outcome="fetched",
        byte_count=one.byte_count,
        entry_count=len(parsed.entries),
        new_count=new_count,
        revised_count=len(changed) - new_count,
    )
