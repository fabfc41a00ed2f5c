"""Article lists in JSON lines: url, title, text, published, outlet, lang. An article that is known stays as it is.

A list of feed items does too: `link` where there is no `url`, `summary` where there is no `text`, tags taken off.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.articles.address import article_id_of, canonical_url
from flows.articles.compose import content_hash_of, revision_of
from flows.articles.language import detect_language
from flows.feeds.dates import parse_date
from flows.feeds.plain_text import text_of_html
from flows.rounds.history.aside import set_aside
from flows.rounds.history.lines import read_line_files
from flows.rounds.history.opened import LINE_BYTES, Progress, check_files
from flows.rounds.report import StageCount
from warehouse.connect import Warehouse
from warehouse.errors import ArticleError
from warehouse.known import read_new_articles
from warehouse.records import Article, Quarantined, stable_id
from warehouse.write import write_articles, write_quarantine

# Lists made from feeds bring texts as feeds have them.
_MARKUP = re.compile(r"</?[a-z][^<>]*>|&(?:#\d+|#x[0-9a-f]+|[a-z]+);", re.IGNORECASE)
STAGE = "read articles"
EXPECTED = "a JSONL file of articles"
# Lines that are read and committed together.
LINES_A_BATCH = 500


def read_article_lists(wh: Warehouse, paths: Sequence[Path], now: datetime, progress: Progress) -> StageCount:
    """Reads article lists, plain, .gz or .zip; see `read_archive`."""
    check_files(paths, EXPECTED)
    return read_line_files(
        wh, STAGE, "articles", paths, LINES_A_BATCH, lambda _, key, lines: _store(wh, key, lines, now), progress
    )


def _store(wh: Warehouse, key: str, lines: Sequence[bytes], now: datetime) -> StageCount:
    articles: dict[str, Article] = {}
    bad: list[Quarantined] = []
    for line in lines:
        try:
            article = _article_of_line(line, now)
        except ArticleError as error:
            bad.append(set_aside(None, str(error), line[:LINE_BYTES].decode("utf-8", "replace"), now))
            continue
        articles.setdefault(article.article_id, article)
    new = read_new_articles(wh, articles.values())
    if bad:
        write_quarantine(wh, f"{key} bad", bad)
    write_articles(wh, key, new, [revision_of(article, now) for article in new], {})
    return StageCount(
        STAGE,
        read=len(lines),
        kept=len(new),
        refused=len(lines) - len(bad) - len(new),
        failed=len(bad),
        failures=tuple((one.input[:80], one.reason) for one in bad),
    )


def _article_of_line(line: bytes, now: datetime) -> Article:
    if len(line) > LINE_BYTES:
        raise ArticleError(f"the line is longer than {LINE_BYTES // 1024 // 1024} MiB")
    try:
        return _article_of(json.loads(line), now)
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"the line is not JSON: {' '.join(str(error).split())[:200]}") from error


def _article_of(item: Any, now: datetime) -> Article:
    """An article of a list.

    Raises:
        ArticleError: the line is no object, or has no title and text, or its date cannot be read.
    """
    if not isinstance(item, Mapping):
        raise ArticleError("the line is not a JSON object; expected url, title, text, published, outlet, lang")
    url, title, text, outlet, lang = (_text_of(item, name) for name in ("url", "title", "text", "outlet", "lang"))
    if not text:  # an item of a feed, whose words are HTML; a text is plain, and what looks like a tag is its own
        text = _text_of(item, "summary")
        title, text = (text_of_html(one) if _MARKUP.search(one) else one for one in (title, text))
    url = url or _text_of(item, "link")
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
    try:
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except OverflowError as error:
        raise ArticleError(f"'published' is {value!r}, which is beyond the calendar") from error
