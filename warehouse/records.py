"""The vocabulary everyone shares: one frozen record per public table, its fields the table's columns, in order.

Rooms of the pipeline meet only through these. Instants are aware UTC (`*_at_utc`), days are dates (`*_on`), an
imprecise date is an interval with an exclusive end. `None` means what the column comment in `schema/` says it means.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Direction(StrEnum):
    """What an event does to the relation of its two sides."""

    ESCALATION = "escalation"
    DE_ESCALATION = "de-escalation"
    NEUTRAL = "neutral"


class Status(StrEnum):
    """What a text claims of an event."""

    OCCURRED = "occurred"
    DENIED = "denied"
    ALLEGED = "alleged"
    PLANNED = "planned"
    DEMANDED = "demanded"
    HYPOTHETICAL = "hypothetical"
    HISTORICAL = "historical"


class FailureClass(StrEnum):
    """How bad a failed poll is: temporary (DNS, timeout), soft (404, 429, 5xx), hard (gone, forbidden, no feed)."""

    TEMPORARY = "temporary"
    SOFT = "soft"
    HARD = "hard"


class RequestOutcome(StrEnum):
    """What came of one request to a language model: still under way, paid for in some way, or not answered."""

    PENDING = "pending"  # sent, or about to be; so it stays when the process was killed meanwhile
    ANSWERED = "answered"
    REFUSED = "refused"  # the model declined, or a content filter did
    TRUNCATED = "truncated"  # the answer was cut at its longest
    UNREACHABLE = "unreachable"  # no connection, no whole answer in time, or a broken one
    BUSY = "busy"  # 429: asked to wait
    DENIED = "denied"  # 401, 403, 404: key, model or address is wrong
    FAILED = "failed"  # any other status, or an answer that is no chat completion


class ReadingOutcome(StrEnum):
    """What came of a second reading of a mention."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    INVALID = "invalid"  # an answer that cannot be used; the reason says why
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    DENIED = "denied"
    FAILED = "failed"


class ReadingReason(StrEnum):
    """Why an answer cannot be used."""

    TRUNCATED = "truncated"
    NO_JSON = "no JSON"
    WRONG_SCHEMA = "wrong schema"
    UNKNOWN_TYPE = "unknown type"
    UNKNOWN_MODE = "unknown mode"
    UNKNOWN_SIDE = "unknown side"
    INVENTED_EVIDENCE = "invented evidence"
    EVIDENCE_ELSEWHERE = "evidence outside the sentence"


def stable_id(*parts: object) -> str:
    """The 20 hex digits that name these parts, the same in every process and on every machine."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An address that is polled, and what we know of its manners."""

    feed_id: str
    url: str
    title: str
    outlet_id: str
    outlet_name: str
    family_id: str
    country_code: str | None = None
    language: str | None = None
    topic: str | None = None
    tags: tuple[str, ...] = ()
    reason: str | None = None
    origin: str = "catalogue"  # catalogue, user, opml, demo, backfill
    status: str = "active"  # active, paused, retired
    original_url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    poll_interval_s: int | None = None
    next_poll_at_utc: datetime | None = None
    last_polled_at_utc: datetime | None = None
    last_success_at_utc: datetime | None = None
    last_new_at_utc: datetime | None = None
    failing_since_utc: datetime | None = None
    failure_class: str | None = None
    failure_reason: str | None = None
    failure_count: int = 0
    added_at_utc: datetime | None = None
    redirect_url: str | None = None
    redirect_count: int = 0
    answered_url: str | None = None
    # What polling has learned of its rhythm, and what its publisher says of it
    new_by_hour: tuple[float, ...] = ()
    observed_days: float | None = None
    longest_gap_s: float | None = None
    newest_entry_at_utc: datetime | None = None
    stale_after_utc: datetime | None = None
    empty_since_utc: datetime | None = None
    hint_interval_s: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_weekdays: tuple[int, ...] = ()
    next_poll_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One request of one feed and what came of it."""

    poll_id: str
    feed_id: str
    polled_at_utc: datetime
    outcome: str  # fetched, unchanged, failed
    http_status: int | None = None
    byte_count: int = 0
    entry_count: int = 0
    new_count: int = 0
    revised_count: int = 0
    duration_s: float = 0.0
    failure_class: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRest:
    """A site (all hosts of one registrable domain) that asked to be left alone for a while."""

    domain: str
    until_at_utc: datetime
    http_status: int
    asked_at_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile:
    """What a host's robots.txt said when it was asked; without rules everything is allowed, unless it is refused."""

    origin: str  # scheme, host and port
    rules: str | None
    refusal: str | None
    asked_at_utc: datetime
    expires_at_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item of a feed, as the feed tells it; a later edit is a new revision of the same entry."""

    entry_id: str
    feed_id: str
    outlet_id: str
    guid: str | None
    url: str | None
    title: str
    summary: str  # plain text
    content: str  # plain text of the fullest body the feed carries, "" where none
    author: str | None = None
    language: str | None = None
    published_at_utc: datetime | None = None
    published_source: str = "first_seen"  # feed, clamped, first_seen
    first_seen_at_utc: datetime | None = None
    last_seen_at_utc: datetime | None = None
    content_hash: str = ""
    revision: int = 1
    article_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRevision:
    """One state of an entry, as it was seen; revision 1 is the first."""

    entry_id: str
    revision: int
    title: str
    summary: str
    content: str
    published_at_utc: datetime | None
    seen_at_utc: datetime


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One clause of one article that reports an event. Never edited; superseded when its article is coded anew."""

    mention_id: str
    article_id: str
    article_revision: int
    type: str
    mode: str | None
    direction: str
    score: float
    actor_code: str | None
    actor_name: str | None
    actor_country_code: str | None
    actor_sector: str | None
    target_code: str | None
    target_name: str | None
    target_country_code: str | None
    target_sector: str | None
    is_symmetric: bool
    status: str
    starts_on: date | None
    ends_on: date | None
    date_precision: str | None  # day, week, month, year, publication
    place_name: str | None
    place_country_code: str | None
    latitude: float | None
    longitude: float | None
    place_precision: str | None  # exact, city, region, country
    killed_min: int | None
    killed_max: int | None
    injured_min: int | None
    injured_max: int | None
    attribution: str | None
    confidence: float
    evidence_start: int
    evidence_end: int
    evidence_text: str
    trace: str  # JSON: field -> the rules that gave it
    coder_version: str
    coded_at_utc: datetime
    superseded_at_utc: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One happening in the world, merged from its mentions: our reading, revised as reports come in."""

    event_id: str
    type: str
    mode: str | None
    direction: str
    score: float
    actor_code: str | None
    actor_name: str | None
    actor_country_code: str | None
    target_code: str | None
    target_name: str | None
    target_country_code: str | None
    is_symmetric: bool
    status: str
    starts_on: date
    ends_on: date
    date_precision: str
    place_name: str | None
    place_country_code: str | None
    latitude: float | None
    longitude: float | None
    killed_min: int | None
    killed_max: int | None
    injured_min: int | None
    injured_max: int | None
    confidence: float
    mention_count: int
    article_count: int
    outlet_count: int
    family_count: int
    first_reported_at_utc: datetime
    last_reported_at_utc: datetime
    headline: str  # the evidence sentence of its best mention
    revision: int
    updated_at_utc: datetime
    withdrawn_at_utc: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """That a mention reports an event, and why we think so."""

    event_id: str
    mention_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRevision:
    """One change in our reading of an event: created, merged, re-dated, restated, withdrawn."""

    event_id: str
    revision: int
    change: str
    detail: str
    revised_at_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDyad:
    """What one event adds to one dyad on one day; the sum of these is the daily index."""

    event_id: str
    side_a_code: str  # < side_b_code
    side_b_code: str
    on_date: date
    direction: str
    weight: float  # 0..
    impact: float  # weight x |score|, weight points
    reason: str  # why this dyad: sides, soil


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyDyad:
    """One dyad on one day with at least one event, or within reach of one; side_a_code < side_b_code."""

    side_a_code: str
    side_b_code: str
    on_date: date
    conflict: float
    cooperation: float
    tension: float
    deescalation: float
    net: float
    lower: float
    upper: float
    event_count: int
    outlet_count: int
    family_count: int
    is_thin: bool
    formula_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A person's word on an event or mention: right, wrong, or how it should read."""

    label_id: str
    event_id: str | None
    mention_id: str | None
    verdict: str  # right, wrong, corrected
    field: str | None
    value: str | None
    note: str | None
    labelled_by: str
    labelled_at_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """One measured figure of the coder on one set of labelled items; shares 0-1."""

    evaluation_id: str
    source_name: str
    coder_version: str
    evaluated_at_utc: datetime
    group_kind: str  # all, language, type, status, kind
    group_name: str
    measure: str
    item_count: int
    precision: float | None
    recall: float | None
    f1: float | None
    accuracy: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReading:
    """What a language model reads where the rules were unsure of a mention; it stands beside them and moves nothing."""

    reading_id: str
    mention_id: str
    model: str
    prompt_version: str
    question_id: str
    asked_at_utc: datetime
    outcome: str  # ReadingOutcome
    reason: str | None = None
    differs_in: tuple[str, ...] = ()
    type: str | None = None
    mode: str | None = None
    direction: str | None = None
    status: str | None = None
    actor_code: str | None = None
    actor_name: str | None = None
    target_code: str | None = None
    target_name: str | None = None
    is_symmetric: bool | None = None
    on_date: date | None = None
    evidence_start: int | None = None
    evidence_end: int | None = None
    evidence_text: str | None = None
    is_reused: bool = False
    try_count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmRequest:
    """One request to a language model: what it cost, and the answer it is never asked for again."""

    request_id: str
    question_id: str
    model: str
    prompt_version: str
    asked_at_utc: datetime
    outcome: str  # RequestOutcome
    reason: str | None = None
    answer: str | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    duration_s: float | None = None
    retry_at_utc: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GdeltEvent:
    """An event as GDELT coded it, beside what its codes are in our words; another coder's reading, never an Event."""

    gdelt_event_id: int
    on_date: date
    added_at_utc: datetime
    actor_code: str | None
    actor_name: str | None
    actor_country_code: str | None
    actor_cameo_code: str | None
    actor_cameo_type_code: str | None
    target_code: str | None
    target_name: str | None
    target_country_code: str | None
    target_cameo_code: str | None
    target_cameo_type_code: str | None
    is_root_event: bool
    cameo_code: str
    quad_class: int  # 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict
    type: str | None
    mode: str | None
    direction: str | None
    score: float | None
    goldstein_score: float | None  # -10..+10
    mention_count: int
    source_count: int
    article_count: int
    average_tone: float | None  # -100..+100
    place_name: str | None
    place_precision: str | None  # city, region, country
    place_country_code: str | None
    place_fips_code: str | None
    place_division_code: str | None
    latitude: float | None
    longitude: float | None
    place_feature_id: str | None
    source_url: str | None
    imported_at_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """An input that could not be used, kept whole with the reason."""

    quarantine_id: str
    stage: str  # poll, parse, fetch, extract, code, merge, backfill
    subject_id: str | None
    reason: str
    input: str
    quarantined_at_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A committed batch; the same key is never applied twice."""

    batch_key: str
    table_names: str
    row_count: int
    committed_at_utc: datetime
