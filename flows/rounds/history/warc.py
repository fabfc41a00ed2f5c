"""Web archives of news: each HTML page through the same extraction as a live one, its outlet by domain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from flows.articles.address import canonical_url
from flows.articles.compose import article_from_entry, revision_of
from flows.articles.extract import extract_article
from flows.articles.fetch import PageFetched
from flows.articles.warc import ArchivedPage, Broken, Passed, ReadUntil, WarcItem, read_warc
from flows.feeds.addresses import feed_of_address, outlets_by_domain
from flows.feeds.identity import is_web_address
from flows.rounds.history.aside import set_aside
from flows.rounds.history.opened import Progress, check_files, digest_of
from flows.rounds.report import StageCount
from warehouse.backlog import read_batch_keys
from warehouse.connect import Warehouse
from warehouse.errors import ArticleError
from warehouse.known import read_new_articles
from warehouse.read import read_feeds
from warehouse.records import Article, Entry, Feed
from warehouse.write import write_articles, write_quarantine

STAGE = "read web archives"
EXPECTED = "a web archive, .warc or .warc.gz"
# Extracted and committed together: about ten seconds of work.
PAGES_A_BATCH = 300
HTML_BYTES_A_BATCH = 64 * 1024 * 1024
# Where an archive is long and has few pages, a place to go on from is kept this often.
BYTES_A_BATCH = 256 * 1024 * 1024
# An archive begins with a record that has an id of its own, so this much tells any two apart.
IDENTITY_BYTES = 1024
NO_STORY = "no story on the page"
FRONT_PATHS = frozenset({"", "/", "/index.html", "/index.htm", "/index.php"})


@dataclass(slots=True)
class _Batch:
    """What lies between two places from which an archive may be read on."""

    start: int
    number: int  # counted from where this reading began
    html_bytes: int = 0
    pages: list[ArchivedPage] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    broken: list[Broken] = field(default_factory=list)
    end: int | None = None  # None: to the end of the file, or as far as could be read

    @property
    def is_full(self) -> bool:
        is_long = (self.end or 0) - self.start > BYTES_A_BATCH
        return is_long or len(self.pages) >= PAGES_A_BATCH or self.html_bytes > HTML_BYTES_A_BATCH

    @property
    def is_overfull(self) -> bool:
        """A gzip member may hold a whole archive; its pages must not pile up until it ends."""
        return len(self.pages) >= 2 * PAGES_A_BATCH or self.html_bytes > 2 * HTML_BYTES_A_BATCH


def read_web_archives(wh: Warehouse, paths: Sequence[Path], now: datetime, progress: Progress) -> StageCount:
    """Reads web archives; see `read_archive`. Costs 10 to 30 ms a page."""
    check_files(paths, EXPECTED)
    for path in paths:
        _check_archive(path)
    outlets = outlets_by_domain(read_feeds(wh))
    total = StageCount(STAGE)
    passed: Counter[str] = Counter()
    size, before = sum(path.stat().st_size for path in paths), 0
    for path in paths:
        prefix = f"warc {_identity_of(path)} "
        start = max((int(key.rpartition("-")[2]) for key in read_batch_keys(wh, prefix)), default=0)
        with path.open("rb") as file:
            for batch in _batches(read_warc(file, start), start):
                total += _store(wh, path, prefix, batch, outlets, now)
                passed += batch.passed
                progress(before + min(file.tell(), path.stat().st_size), size)
        before += path.stat().st_size
    reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(passed.items()))
    return replace(total, note=f"refused: known already, or {reasons}" if reasons else "refused: known already")


def _check_archive(path: Path) -> None:
    with path.open("rb") as file:
        try:
            next(read_warc(file), None)
        except ArticleError as error:
            raise ArticleError(f"{path} {error}", subject_id=str(path)) from error


def _identity_of(path: Path) -> str:
    with path.open("rb") as file:
        return digest_of([file.read(IDENTITY_BYTES)])


def _batches(items: Iterator[WarcItem], start: int) -> Iterator[_Batch]:
    batch = _Batch(start, 0)
    for item in items:
        match item:
            case ArchivedPage():
                batch.pages.append(item)
                batch.html_bytes += len(item.html)
            case Passed():
                batch.passed[item.reason] += 1
            case Broken():
                batch.broken.append(item)
            case ReadUntil():
                batch.end = item.offset
        if batch.is_overfull or (batch.is_full and isinstance(item, ReadUntil)):
            yield batch
            batch = _Batch(batch.end if batch.end is not None else batch.start, batch.number + 1)
    if batch.pages or batch.passed or batch.broken or batch.end is not None:
        yield batch


def _store(
    wh: Warehouse, path: Path, prefix: str, batch: _Batch, outlets: Mapping[str, Feed], now: datetime
) -> StageCount:
    articles: dict[str, Article] = {}
    for page in batch.pages:
        article = _article_of(page, path.name, outlets)
        if article is None:
            batch.passed[NO_STORY] += 1
        else:
            articles.setdefault(article.article_id, article)
    new = read_new_articles(wh, articles.values())
    aside = [one for one in batch.broken if one.until is not None]
    lost = [one for one in batch.broken if one.until is None]
    _set_aside(wh, path, prefix, batch.broken, now)
    # The end is in the key: it is where the next reading begins.
    key = f"{prefix}{batch.start}.{batch.number}-{batch.end if batch.end is not None else batch.start}"
    write_articles(wh, key, new, [revision_of(article, article.first_seen_at_utc or now) for article in new], {})
    read = len(batch.pages) + sum(count for reason, count in batch.passed.items() if reason != NO_STORY)
    return StageCount(
        STAGE,
        read=read + len(aside),
        kept=len(new),
        refused=read - len(new),
        failed=len(aside),
        failures=tuple((f"{path.name}, byte {one.offset}", one.reason) for one in aside),
        unread=tuple((str(path), f"cannot be read from byte {one.offset} on: {one.reason}") for one in lost),
    )


def _set_aside(wh: Warehouse, path: Path, prefix: str, broken: Sequence[Broken], now: datetime) -> None:
    if not broken:
        return
    rows = [
        set_aside(
            f"{path.name} {one.offset}",
            one.reason,
            f"{path.name}, bytes {one.offset} to {'the end' if one.until is None else one.until}",
            now,
        )
        for one in broken
    ]
    write_quarantine(wh, f"broken {prefix}{broken[0].offset} {now.isoformat()}", rows)


def _article_of(page: ArchivedPage, archive_name: str, outlets: Mapping[str, Feed]) -> Article | None:
    """The article on an archived page, or None where there is no story: a front page, or one without text or title."""
    if not is_web_address(page.url):
        return None
    address = urlsplit(page.url)
    if address.path.lower() in FRONT_PATHS and not address.query:
        return None
    extracted = extract_article(page.html, page.url, charset=page.charset)
    if not (extracted.text and extracted.title):
        return None
    feed = feed_of_address(page.url, outlets=outlets)
    seen = page.seen_at_utc
    # An article comes from an entry; here only the archive tells of it.
    entry = Entry(
        entry_id="",
        feed_id=feed.feed_id,
        outlet_id=feed.outlet_id,
        guid=None,
        url=canonical_url(page.url),
        title="",
        summary="",
        content="",
        first_seen_at_utc=seen,
    )
    fetched = PageFetched(url=page.url, final_url=page.url, html=b"", charset=page.charset, fetched_at_utc=seen)
    article = article_from_entry(entry, feed, fetched, extracted, seen)
    source = "archive" if article.published_source == "first_seen" else article.published_source
    return replace(article, published_source=source, text_source_reason=f"from the web archive {archive_name}")
