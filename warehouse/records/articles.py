"""Articles and the stories they tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The page behind an entry, or the entry's own text where the page can't be had."""

    article_id: str
    url: str
    outlet_id: str
    outlet_name: str
    family_id: str
    title: str
    text: str
    text_source: str  # page, entry, import
    text_source_reason: str | None = None
    language: str | None = None
    published_at_utc: datetime | None = None
    published_source: str = "feed"
    first_seen_at_utc: datetime | None = None
    fetched_at_utc: datetime | None = None
    content_hash: str = ""
    revision: int = 1
    # What the coder adds
    coder_version: str | None = None
    coded_at_utc: datetime | None = None
    is_relevant: bool | None = None
    relevance: float | None = None
    story_id: str | None = None
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRevision:
    """One state of an article's text; mentions point to the revision they were read from."""

    article_id: str
    revision: int
    title: str
    text: str
    content_hash: str
    seen_at_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles that tell the same thing."""

    story_id: str
    title: str
    first_published_at_utc: datetime
    last_published_at_utc: datetime
    article_count: int
    outlet_count: int
    family_count: int
    language_count: int
    signature: str  # JSON: what new articles are compared with
    updated_at_utc: datetime
    merged_into_id: str | None = None
    split_from_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSignature:
    """The wording of an article, by which copies are found."""

    article_id: str
    published_at_utc: datetime
    outlet_id: str
    family_id: str
    story_id: str | None
    minhash: str
    band_keys: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCopy:
    """That an article repeats an earlier one."""

    article_id: str
    copy_of_id: str
    resemblance: float
    found_at_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryKey:
    """What a new article looks a story up by."""

    story_key: str
    story_id: str
    last_published_at_utc: datetime
