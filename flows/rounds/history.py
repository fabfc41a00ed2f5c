"""History read from archives: feed captures and article lists. Resumable, since every batch has a key of its own."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.articles.address import article_id_of, canonical_url
from flows.articles.compose import article_from_entry, content_hash_of, revise_article
from flows.articles.language import detect_language
from flows.feeds.captures import Capture, find_captures
from flows.feeds.dates import parse_date
from flows.feeds.parse import parse_feed
from flows.feeds.revise import compare_entries, recognise_entries
from flows.rounds.fetching import store_articles
from flows.rounds.report import StageCount
from flows.settings import Settings
from warehouse.backlog import read_batch_keys
from warehouse.connect import Warehouse
from warehouse.errors import ArticleError, FeedError
from warehouse.read import read_article_states, read_entries_at, read_entry_states, read_feeds
from warehouse.records import Article, Poll, Quarantined, stable_id
from warehouse.write import write_articles, write_feeds, write_poll_round, write_quarantine

Progress = Callable[[int, int], object]
# Rows of an article list that travel and are committed together.
LINES_A_BATCH = 500


def read_archive(
    wh: Warehouse, settings: Settings, source: str, path: Path, now: datetime, progress: Progress = lambda *_: None
) -> StageCount:
    """Reads an archive whole; what an interrupted run committed is passed over.

    Args:
        source: captures (a folder) or articles (a JSONL file).
        progress: called with how much is done of how much, in files or bytes.

    Raises:
        FeedError, ArticleError: the folder or file is not there.
    """
    del settings  # nothing of an archive is fetched
    if source == "captures":
        return _read_captures(wh, path, progress)
    if not path.is_file():
        raise ArticleError(f"{path}: no such file; give a JSONL file of articles", subject_id=str(path))
    return _read_articles(wh, path, now, progress)


def _read_captures(wh: Warehouse, folder: Path, progress: Progress) -> StageCount:
    stored = {feed.feed_id: feed for feed in read_feeds(wh)}
    found = find_captures(folder, feeds=stored)
    new_feeds = {one.feed.feed_id: one.feed for one in found.captures if one.feed.feed_id not in stored}
    if new_feeds:
        write_feeds(wh, stable_id("capture feeds", *sorted(new_feeds)), list(new_feeds.values()))
    done = read_batch_keys(wh, "capture ")
    total = StageCount("read captures", failed=len(found.unnamed), note="files with other names are passed over")
    for number, capture in enumerate(found.captures, 1):
        key = f"capture {capture.path.name}"
        total += _read_capture(wh, capture, key) if key not in done else StageCount("read captures", read=1, refused=1)
        progress(number, len(found.captures))
    return total


def _read_capture(wh: Warehouse, capture: Capture, key: str) -> StageCount:
    """One capture: its entries and their articles, from the feed's own text."""
    feed, seen = capture.feed, capture.seen_at_utc
    try:
        body = capture.read_body()
        parsed = parse_feed(body, feed=feed, now=seen)
    except FeedError as error:
        write_quarantine(wh, key, [_quarantined("backfill", capture.path.name, str(error), capture.path.name, seen)])
        return StageCount("read captures", read=1, failed=1, failures=((capture.path.name, str(error)),))
    known = read_entry_states(wh, [feed.feed_id])
    links = {entry.url for entry in parsed.entries if entry.url and entry.guid and entry.entry_id not in known}
    entries = recognise_entries(parsed.entries, known, read_entries_at(wh, links)) if links else parsed.entries
    compared = compare_entries(entries, known, seen)
    changed = [*compared.new, *compared.revised]
    poll = Poll(
        poll_id=stable_id("poll", feed.feed_id, key),
        feed_id=feed.feed_id,
        polled_at_utc=seen,
        outcome="fetched",
        byte_count=len(body),
        entry_count=len(parsed.entries),
        new_count=len(compared.new),
        revised_count=len(compared.revised),
    )
    if changed:
        # Articles first: a crash between the two leaves no entry that looks read and has no article.
        write_poll_round(wh, f"{key} entries", [], [], changed, compared.revisions, parsed.problems)
        store_articles(wh, [(entry, article_from_entry(entry, feed, None, None, seen)) for entry in changed], seen)
    write_poll_round(wh, key, [poll], [], [], [], [])
    return StageCount("read captures", read=1, kept=1, note=f"{len(changed)} entries new or revised")


def _read_articles(wh: Warehouse, path: Path, now: datetime, progress: Progress) -> StageCount:
    total = StageCount("read articles")
    size, done_bytes = path.stat().st_size, 0
    with path.open("rb") as file:
        while lines := list(itertools.islice(file, LINES_A_BATCH)):
            total += _read_lines(wh, lines, now)
            done_bytes += sum(len(line) for line in lines)
            progress(done_bytes, size)
    return total


def _read_lines(wh: Warehouse, lines: list[bytes], now: datetime) -> StageCount:
    key = f"articles {hashlib.blake2b(b''.join(lines), digest_size=10).hexdigest()}"
    articles: dict[str, Article] = {}
    bad: list[Quarantined] = []
    for line in lines:
        if not line.strip():
            continue
        try:
            article = _article_of(json.loads(line), now)
        except (ValueError, ArticleError) as error:
            text = line.decode("utf-8", "replace").rstrip("\n")
            bad.append(_quarantined("backfill", None, str(error), text, now))
            continue
        articles[article.article_id] = article
    states = read_article_states(wh, list(articles))
    revised = [revise_article(states.get(article_id), article, now) for article_id, article in articles.items()]
    changed = [one for one in revised if one.change != "same"]
    write_articles(wh, key, [one.article for one in changed], [one.revision for one in changed if one.revision], {})
    if bad:
        write_quarantine(wh, f"{key} bad", bad)
    return StageCount(
        "read articles",
        read=len(articles) + len(bad),
        kept=len(changed),
        refused=len(articles) - len(changed),
        failed=len(bad),
        failures=tuple((one.input[:80], one.reason) for one in bad),
    )


def _article_of(item: Any, now: datetime) -> Article:
    """An article of a list.

    Raises:
        ArticleError: the line is no object, or has no title and text, or its date cannot be read.
    """
    if not isinstance(item, Mapping):
        raise ArticleError("the line is not a JSON object; expected url, title, text, published, outlet, lang")
    url, title, text, outlet, lang = (_text_of(item, name) for name in ("url", "title", "text", "outlet", "lang"))
    if not (title or text):
        raise ArticleError("the line has neither title nor text")
    published = _published_of(item.get("published"))
    slug = re.sub(r"[\W_]+", "-", outlet.casefold()).strip("-") or "unknown"
    address = canonical_url(url) if url else ""
    return Article(
        article_id=article_id_of(address) if address else stable_id("article", slug, title, published),
        url=address,
        outlet_id=slug,
        outlet_name=outlet or "unknown",
        family_id=slug,
        title=title,
        text=text,
        text_source="import",
        language=detect_language(title, text, lang or None),
        published_at_utc=published,
        published_source="import",
        first_seen_at_utc=now,
        content_hash=content_hash_of(title, text),
    )


def _text_of(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    if value is not None and not isinstance(value, str):
        raise ArticleError(f"'{name}' is {type(value).__name__}, expected a text")
    return (value or "").strip().encode("utf-8", "replace").decode("utf-8")


def _published_of(value: Any) -> datetime | None:
    if value is None:
        return None
    when: datetime | None
    try:
        when = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        when = parse_date(value) if isinstance(value, str) else None
    if when is None:
        raise ArticleError(f"'published' is {value!r}, expected an ISO 8601 date")
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _quarantined(stage: str, subject_id: str | None, reason: str, text: str, now: datetime) -> Quarantined:
    return Quarantined(
        quarantine_id=stable_id("quarantine", stage, subject_id, text),
        stage=stage,
        subject_id=subject_id,
        reason=reason,
        input=text,
        quarantined_at_utc=now,
    )
