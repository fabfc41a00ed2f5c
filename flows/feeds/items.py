"""From the items of any feed format to entries: dates settled, identity given, repeats and empty items set aside."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta, timezone
from json import dumps

from flows.feeds.dates import parse_date
from flows.feeds.identity import entry_id_of, guid_key, identity_address
from flows.feeds.plain_text import tidy_line, tidy_text
from warehouse.records import Entry, Feed, Quarantined, stable_id

CLOCK_TOLERANCE = timedelta(minutes=10)  # servers' clocks differ; beyond this a date lies in the future
STAMPED_COUNT = 4
STAMP_SPAN = timedelta(seconds=5)
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
    names = _Names.of(items)
    for item, dated in zip(items, _dates_of(items, feed, now), strict=True):
        if not (item.title.strip() or item.summary.strip() or item.content.strip()):
            problem = _quarantine(item, feed, now)
            problems.setdefault(problem.quarantine_id, problem)
            continue
        entry = _entry_of(item, dated, feed, language, now, names)
        entries.setdefault(entry.entry_id, entry)
    return list(entries.values()), list(problems.values())


def normalize_language(text: str) -> str | None:
    """The two- or three-letter code of a language tag (`in-ID` -> `id`), or None."""
    code = re.split(r"[-_]", text.strip().lower(), maxsplit=1)[0]
    if not re.fullmatch(r"[a-z]{2,3}", code):
        return None
    return {"in": "id", "iw": "he", "ind": "id", "eng": "en"}.get(code, code)


@dataclass(frozen=True, slots=True)
class _Names:
    """The guids and addresses that name nothing in this capture, since different items share them."""

    shared_guids: frozenset[str]
    shared_addresses: frozenset[str]

    @classmethod
    def of(cls, items: list[RawItem]) -> _Names:
        first_by_guid: dict[str, RawItem] = {}
        first_by_address: dict[str, RawItem] = {}
        guids: set[str] = set()
        addresses: set[str] = set()
        for item in items:
            if item.guid:
                key = guid_key(tidy_line(item.guid))
                other = first_by_guid.setdefault(key, item)
                if other.url != item.url and other.title != item.title:
                    guids.add(key)
            if item.url:
                key = identity_address(item.url)
                if first_by_address.setdefault(key, item).title != item.title:
                    addresses.add(key)
        return cls(frozenset(guids), frozenset(addresses))

    def guid(self, guid: str | None) -> str | None:
        return None if guid is None or guid_key(guid) in self.shared_guids else guid

    def address(self, url: str | None) -> str | None:
        return None if url is None or identity_address(url) in self.shared_addresses else url


def _dates_of(items: list[RawItem], feed: Feed, now: datetime) -> list[tuple[datetime, str]]:
    """As `settle_date` for each; a feed that stamps all it shows with the moment of the request tells no dates."""
    dates = [settle_date(item.date_texts, feed, now) for item in items]
    told = [instant for instant, source in dates if source == "feed"]
    is_stamped = (
        len(told) == len(dates) >= STAMPED_COUNT
        and min(told) >= now - CLOCK_TOLERANCE
        and max(told) - min(told) <= STAMP_SPAN
    )
    return [(now, "first_seen")] * len(dates) if is_stamped else dates


def settle_date(date_texts: tuple[str, ...], feed: Feed, now: datetime) -> tuple[datetime, str]:
    """The instant of publication and where it comes from: `feed`, `clamped` (lay in the future), `first_seen`."""
    zone = timezone(timedelta(minutes=ZONE_OF_COUNTRY.get(feed.country_code or "", 0)))
    for text in date_texts:
        instant = parse_date(text, default_zone=zone if zone.utcoffset(None) else UTC)
        if instant is not None:
            return (instant, "feed") if instant <= now + CLOCK_TOLERANCE else (now, "clamped")
    return now, "first_seen"


def _entry_of(
    item: RawItem, dated: tuple[datetime, str], feed: Feed, language: str | None, now: datetime, names: _Names
) -> Entry:
    title = tidy_line(item.title)[:MAX_TITLE_SIGNS]
    summary, content = tidy_text(item.summary)[:MAX_TEXT_SIGNS], tidy_text(item.content)[:MAX_TEXT_SIGNS]
    published_at_utc, published_source = dated
    guid = tidy_line(item.guid or "") or None
    stated_at_utc = published_at_utc if published_source == "feed" else None
    entry_id = entry_id_of(
        feed,
        guid=names.guid(guid),
        url=names.address(item.url),
        title=title or summary[:200],
        published_at_utc=stated_at_utc,
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
        # A new date of the same text is an edit too: live reports are dated anew with each post.
        content_hash=stable_id(title, summary, content, stated_at_utc and stated_at_utc.isoformat()),
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
