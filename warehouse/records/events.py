"""Mentions, the events they report, and the days of dyads that events move."""

from __future__ import annotations

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
    family_id: str | None = None
    stance: str | None = None
    said_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeKey:
    """What merging looks a mention up by, the day it is taken for, and the event it reports."""

    mention_id: str
    article_id: str
    block: str
    precision: str  # day, wide, era, bare
    starts_on: date
    ends_on: date
    published_at_utc: datetime
    outlet_id: str
    family_id: str  # that speaks: a copy's is that of what it copies
    sentence_key: str | None
    place_key: str | None
    toll_key: str | None
    told_on: date
    told_by: str  # stated, published, sentence, place, toll, noun, interval
    event_id: str | None = None
    is_pointing: bool = (
        False  # a noun without toll or town: where it states no day, that of the last such event is its own
    )


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
    reason: str  # why this dyad: sides, soil, or for whom a group speaks
    undone_share: float = 0.0  # of the standing tension (de-escalation) that this de-escalation (escalation) takes away


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyState:
    """One state on one day with at least one event it is a party to: its dyads together, each event counted once."""

    state_code: str
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
class StandingMark:
    """Where a dyad, or a state with one partner, stood at the end of a day: what later days are computed on from."""

    subject: str  # a state's code, or both of a dyad with a space between
    partner_code: str  # of a dyad its second side
    on_date: date
    formula_version: str
    tension: float  # weight points
    deescalation: float
    draws: str  # replicates of tension, then of de-escalation: doubles, little-endian, in base64
    # JSON of outlet family to how many days before it last spoke of the subject; None but on the first row of a day.
    heard: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedEvent:
    """A revision of an event that the indices reflect, of the instant up to which they reflect all."""

    event_id: str
    revision: int
    updated_at_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadPhase:
    """A stretch of days of one dyad with one name (escalating, tense, easing, calm); `ends_on` is exclusive."""

    side_a_code: str
    side_b_code: str
    starts_on: date
    ends_on: date
    name: str
    tension_at_start: float  # weight points
    tension_at_end: float
    driver_event_ids: tuple[str, ...]  # weightiest first; empty where time alone did it
    formula_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """That a rule found something worth a look in one dyad: raised once, and acknowledged by a person or not yet."""

    alert_id: str
    raised_at_utc: datetime
    rule: str
    kind: str  # level, change, phase, first
    side_a_code: str
    side_b_code: str
    on_date: date
    value: float
    limit_value: float | None
    detail: str
    event_ids: tuple[str, ...]
    formula_version: str
    notified_at_utc: datetime | None = None
    acknowledged_at_utc: datetime | None = None
    acknowledged_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertStanding:
    """Where a rule of alerts stood with a dyad at the end of a day, to go on from."""

    side_a_code: str
    side_b_code: str
    rule: str
    until_on: date  # included
    made_with: str  # hash of rule, formula and half-life
    is_armed: bool
    last_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedDyad:
    """Two sides a person wants a daily brief of."""

    side_a_code: str
    side_b_code: str
    watched_since_utc: datetime


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
