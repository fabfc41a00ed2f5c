"""Feeds, what asking them brought, and what their sites asked of us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

# In OPML 2.0 attributes may stand in a namespace of their own. No other reader knows ours; a list comes back as it was.
OPML_NAMESPACE: Final = "urn:mereda:opml"
# What a list of ours says of the outlet of each feed: attribute -> column.
OPML_OUTLET_NAMES: Final = {
    f"{{{OPML_NAMESPACE}}}outletId": "outlet_id",
    f"{{{OPML_NAMESPACE}}}outletName": "outlet_name",
    f"{{{OPML_NAMESPACE}}}familyId": "family_id",
    f"{{{OPML_NAMESPACE}}}countryCode": "country_code",
}


class FailureClass(StrEnum):
    """How bad a failed poll is: temporary (DNS, timeout), soft (404, 429, 5xx), hard (gone, forbidden, no feed)."""

    TEMPORARY = "temporary"
    SOFT = "soft"
    HARD = "hard"


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
class FeedOrder:
    """What a person asked for on the Feeds page, and what became of it."""

    order_id: str
    kind: str  # add, replace, pause, resume, retire, import
    feed_id: str | None = None
    url: str | None = None
    title: str | None = None
    outlet_name: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    list_base64: str | None = None
    ordered_by: str
    ordered_at_utc: datetime
    # Written by who carries it out
    carried_out_at_utc: datetime | None = None
    is_refused: bool | None = None
    outcome: str | None = None
    choices: tuple[str, ...] = ()


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
class FamilyDay:
    """That the news of a day of one outlet family could be read."""

    family_id: str
    on_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyCoverage:
    """How much of a day could be read: families read, those usual, and the share in whole tenths (0-1)."""

    on_date: date
    read_family_count: int
    usual_family_count: int
    share: float


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
class OutletFamily:
    """Who owns outlets; None where it is not known."""

    family_id: str
    family_name: str
    owner_kind: str | None  # state, public, intergovernmental, party, trust, private
    country_code: str | None
    note: str | None
