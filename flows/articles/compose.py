"""An Article out of an entry, its feed and what became of its page.

Which text an article carries is decided here and said in one phrase: the page's where it is enough, else the entry's
own. One item is one article however many links and feeds of an outlet carry it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from flows.articles.address import article_id_of, canonical_url
from flows.articles.extract import Extracted
from flows.articles.fetch import PageFailed, PageFetched, PageOutcome, PageRefused
from flows.articles.language import detect_language
from warehouse.records import Article, ArticleRevision, Entry, Feed, stable_id

# Titles shorter than this ("Breaking news", "Live") name many items of a day.
TITLE_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Revised:
    """An article beside what is stored of it; `revision` is None where nothing changed."""

    article: Article
    revision: ArticleRevision | None
    change: Literal["new", "changed", "same"]


def article_from_entry(
    entry: Entry, feed: Feed, outcome: PageOutcome | None, extracted: Extracted | None, now: datetime
) -> Article:
    """The article behind an entry, at revision 1.

    Args:
        entry: what the feed said.
        feed: whose outlet and family the article gets.
        outcome: what fetching gave; None where the page was not asked for.
        extracted: what the page held, where it was fetched.
        now: becomes `first_seen_at_utc` where the entry has none.

    The page's text is taken where there is enough of it, or more than the entry has. The feed's time goes before the
    page's, which many sites renew with each edit.
    """
    own_text = entry.content or entry.summary
    page = _usable_page(extracted, own_text)
    title = entry.title.strip() or (extracted.title if extracted else "")
    text = page.text if page else _without_title(own_text, title)
    published, source = _publication(entry, extracted)
    address = _address_of(entry, feed, outcome, extracted)
    return Article(
        article_id=entry.article_id or _id_of(entry, address, title, published or now, has_page=page is not None),
        url=address,
        outlet_id=feed.outlet_id,
        outlet_name=feed.outlet_name,
        family_id=feed.family_id,
        title=title,
        text=text,
        text_source="page" if page else "entry",
        text_source_reason=_reason(outcome, extracted, page),
        language=detect_language(title, text, (page.language if page else None) or entry.language or feed.language),
        published_at_utc=published,
        published_source=source,
        first_seen_at_utc=entry.first_seen_at_utc or now,
        fetched_at_utc=outcome.fetched_at_utc if isinstance(outcome, PageFetched) else None,
        content_hash=content_hash_of(title, text),
        is_demo=feed.origin == "demo",
    )


def revise_article(old_state: tuple[str, int] | None, new: Article, now: datetime) -> Revised:
    """`new` with its revision number counted on from `old_state` = (content_hash, revision) as stored, if any.

    A text that changed is the next revision of the same article, and loses what a coder said of the former one.
    """
    if old_state is None:
        return Revised(new, revision_of(new, now), "new")
    old_hash, old_revision = old_state
    if old_hash == new.content_hash:
        return Revised(replace(new, revision=old_revision), None, "same")
    revised = replace(
        new, revision=old_revision + 1, coder_version=None, coded_at_utc=None, is_relevant=None, relevance=None
    )
    return Revised(revised, revision_of(revised, now), "changed")


def revision_of(article: Article, now: datetime) -> ArticleRevision:
    """The article's present text, as a row of its history."""
    return ArticleRevision(
        article_id=article.article_id,
        revision=article.revision,
        title=article.title,
        text=article.text,
        content_hash=article.content_hash,
        seen_at_utc=now,
    )


def content_hash_of(title: str, text: str) -> str:
    """The same for texts that differ in white space or Unicode form only."""
    return stable_id("content", *(" ".join(unicodedata.normalize("NFC", part).split()) for part in (title, text)))


def _usable_page(extracted: Extracted | None, own_text: str) -> Extracted | None:
    if extracted is None or not extracted.text:
        return None
    return extracted if extracted.is_enough or len(extracted.text) > len(own_text) else None


def _reason(outcome: PageOutcome | None, extracted: Extracted | None, page: Extracted | None) -> str | None:
    """Why the text is not the page's, or why a short page was taken; None for the usual case."""
    if page is not None:
        return None if page.is_enough else "the page is short, the entry is shorter"
    if isinstance(outcome, PageRefused | PageFailed):
        return f"page not {'asked for' if isinstance(outcome, PageRefused) else 'available'}: {outcome.reason}"
    if extracted is not None:
        return "the page has less text than the entry" if extracted.text else "no story found on the page"
    return "page not asked for"


def _without_title(text: str, title: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and _fold(lines[0]) == _fold(title):
        lines = lines[1:]
    return "\n".join(lines)


def _publication(entry: Entry, extracted: Extracted | None) -> tuple[datetime | None, str]:
    if entry.published_at_utc is not None and entry.published_source != "first_seen":
        return entry.published_at_utc, entry.published_source
    stated = extracted.published_at_utc if extracted else None
    seen = entry.first_seen_at_utc
    if stated is not None and (seen is None or stated <= seen):
        return stated, "page"
    return entry.published_at_utc or seen, "first_seen"


def _address_of(entry: Entry, feed: Feed, outcome: PageOutcome | None, extracted: Extracted | None) -> str:
    if isinstance(outcome, PageFetched):
        stated = extracted.canonical_url if extracted else None
        return stated or canonical_url(outcome.final_url)
    return canonical_url(entry.url) if entry.url else feed.url


def _id_of(entry: Entry, address: str, title: str, published: datetime, *, has_page: bool) -> str:
    """By address where the page is there; else by outlet, title and day, since feeds decorate links each in its way."""
    folded = _fold(title)
    if has_page and entry.url:
        return article_id_of(address)
    if len(folded) >= TITLE_LENGTH:
        return stable_id("article", entry.outlet_id, folded, published.date())
    return article_id_of(address) if entry.url else stable_id("article", entry.outlet_id, entry.entry_id)


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()
