"""From the items of any feed format to entries: dates settled, identity given, repeats and empty items set aside."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta, timezone
from json import dumps

from flows.feeds.dates import parse_date
from flows.feeds.identity import entry_id_of
from flows.feeds.plain_text import tidy_line, tidy_text
from warehouse.records import Entry, Feed, Quarantined, stable_id

CLOCK_TOLERANCE = timedelta(minutes=10)  # servers' clocks differ; beyond this a date lies in the future
MAX_TEXT_SIGNS = 500_000
MAX_TITLE_SIGNS = 2_000

# Countries of one time zone: what a clock time without a zone means there (minutes east of UTC, no summer time).
ZONE_OF_COUNTRY = {
    "AFG": 270, "BGD": 360, "CHN": 480, "HKG": 480, "IND": 330, "IRN": 210, "IRQ": 180, "JPN": 540, "KOR": 540,
    "KWT": 180, "MYS": 480, "PAK": 300, "PHL": 480, "QAT": 180, "SAU": 180, "SGP": 480, "THA": 420, "TUR": 180,
    "TWN": 480, "VNM": 420, "YEM": 180, "IDN": 420, "RUS": 180, "ARE": 240,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RawItem:
    """An item as its format tells it: texts already plain, dates not yet read."""

    guid: str | None
    url: str | None
    title: str
    summary: str
    content: str
    author: str | None
    language: str | None
    date_texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """A feed as its format tells it; `link` may be relative, `further_urls` are the sitemaps that an index names."""

    title: str
    link: str
    language: str
    items: list[RawItem]
    further_urls: tuple[str, ...] = ()


def entries_of_items(
    items: list[RawItem], *, feed: Feed, language: str | None, now: datetime
) -> tuple[list[Entry], list[Quarantined]]:
    """The entries of one capture, each id once (the first wins), and the items that say nothing at all."""
    entries: dict[str, Entry] = {}
    problems: dict[str, Quarantined] = {}
    shared = _guids_of_several_pages(items)
    for item in items:
        if not (item.title.strip() or item.summary.strip() or item.content.strip()):
            problem = _quarantine(item, feed, now)
            problems.setdefault(problem.quarantine_id, problem)
            continue
        entry = _entry_of(item, feed, language, now, is_guid_trusted=item.guid not in shared)
        entries.setdefault(entry.entry_id, entry)
    return list(entries.values()), list(problems.values())


def normalize_language(text: str) -> str | None:
    """The two- or three-letter code of a language tag (`in-ID` -> `id`), or None."""
    code = re.split(r"[-_]", text.strip().lower(), maxsplit=1)[0]
    if not re.fullmatch(r"[a-z]{2,3}", code):
        return None
    return {"in": "id", "iw": "he", "ind": "id", "eng": "en"}.get(code, code)


def _guids_of_several_pages(items: list[RawItem]) -> set[str]:
    """The guids under which this capture shows pages of different address and title; such a guid names nothing."""
    first: dict[str, RawItem] = {}
    shared: set[str] = set()
    for item in items:
        if item.guid:
            other = first.setdefault(item.guid, item)
            if other.url != item.url and other.title != item.title:
                shared.add(item.guid)
    return shared


def settle_date(date_texts: tuple[str, ...], feed: Feed, now: datetime) -> tuple[datetime, str]:
    """The instant of publication and where it comes from: `feed`, `clamped` (lay in the future), `first_seen`."""
    zone = timezone(timedelta(minutes=ZONE_OF_COUNTRY.get(feed.country_code or "", 0)))
    for text in date_texts:
        instant = parse_date(text, default_zone=zone if zone.utcoffset(None) else UTC)
        if instant is not None:
            return (instant, "feed") if instant <= now + CLOCK_TOLERANCE else (now, "clamped")
    return now, "first_seen"


def _entry_of(item: RawItem, feed: Feed, language: str | None, now: datetime, *, is_guid_trusted: bool) -> Entry:
    title = tidy_line(item.title)[:MAX_TITLE_SIGNS]
    summary, content = tidy_text(item.summary)[:MAX_TEXT_SIGNS], tidy_text(item.content)[:MAX_TEXT_SIGNS]
    published_at_utc, published_source = settle_date(item.date_texts, feed, now)
    guid = tidy_line(item.guid or "") or None
    entry_id = entry_id_of(
        feed,
        guid=guid if is_guid_trusted else None,
        url=item.url,
        title=title or summary[:200],
        published_at_utc=published_at_utc if published_source == "feed" else None,
    )
    return Entry(
        entry_id=entry_id,
        feed_id=feed.feed_id,
        outlet_id=feed.outlet_id,
        guid=guid,
        url=item.url,
        title=title,
        summary=summary,
        content=content,
        author=tidy_line(item.author or "") or None,
        language=item.language or feed.language or language,
        published_at_utc=published_at_utc,
        published_source=published_source,
        first_seen_at_utc=now,
        last_seen_at_utc=now,
        content_hash=stable_id(title, summary, content),
    )


def _quarantine(item: RawItem, feed: Feed, now: datetime) -> Quarantined:
    text = tidy_text(dumps(asdict(item), ensure_ascii=False, default=str))
    return Quarantined(
        quarantine_id=stable_id("parse", feed.feed_id, text),
        stage="parse",
        subject_id=feed.feed_id,
        reason="the item has neither title nor text",
        input=text,
        quarantined_at_utc=now,
    )
