"""The list of feeds: stocked from the catalogue or the demo, changed by people, checked, imported and exported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from flows.feeds.addresses import outlets_by_domain
from flows.feeds.catalogue import load_catalogue
from flows.feeds.discover import find_feed
from flows.feeds.fetch import Failed, Fetched, FetchLimits, fetch_feed
from flows.feeds.opml import read_opml, write_opml
from flows.feeds.parse import parse_feed
from flows.rounds.polling import ask_feeds, open_settings_client
from flows.settings import Settings
from warehouse.connect import Warehouse, open_warehouse
from warehouse.errors import FeedError
from warehouse.read import read_feeds
from warehouse.records import Feed, stable_id
from warehouse.write import set_meta, write_feed_status, write_feeds


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person says of a feed to be added."""

    url: str
    title: str | None = None
    outlet_name: str | None = None
    family_id: str | None = None
    language: str | None = None
    country_code: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check of one feed found."""

    feed_id: str
    is_fine: bool
    says: str


def stock_feeds(settings: Settings) -> None:
    """Puts the catalogue (or the demo newsroom's feeds) into the warehouse; what is there already stays as it is."""
    with open_warehouse(settings.home) as wh:
        if settings.demo:
            from flows.wire import feeds_of

            wanted = feeds_of(f"http://{settings.host}:{settings.wire_port}")
        else:
            wanted = load_catalogue() if settings.uses_catalogue else []
        known = {feed.feed_id for feed in read_feeds(wh)}
        now = datetime.now(UTC)
        new = [replace(feed, added_at_utc=now) for feed in wanted if feed.feed_id not in known]
        set_meta(wh, "is_demo", "true" if settings.demo else "false")
        set_meta(wh, "half_life_days", str(settings.half_life_days))
        if new:
            _store(wh, new, now)


def stock_if_empty(settings: Settings) -> None:
    """Stocks a home that has no feed at all, as its first start would; any other stays as it is."""
    with open_warehouse(settings.home) as wh:
        is_empty = not read_feeds(wh)
    if is_empty:
        stock_feeds(settings)


def list_feeds(wh: Warehouse, *, language: str | None = None, status: str | None = None) -> list[Feed]:
    """Feeds by id, narrowed where asked."""
    return sorted(
        (
            feed
            for feed in read_feeds(wh)
            if language in (None, feed.language) and (feed.status == status if status else feed.status != "retired")
        ),
        key=lambda feed: feed.feed_id,
    )


async def add_feed(wh: Warehouse, settings: Settings, wish: Wish, *, now: datetime) -> Feed:
    """Adds the feed at an address, or the one that the site there names.

    Raises:
        FeedError: nothing there can be read as a feed, it is in the list already, or what is said of it is no code.
    """
    _check_wish(wish)
    known = {feed.url: feed for feed in read_feeds(wh)}
    if wish.url in known and known[wish.url].status != "retired":
        raise FeedError(f"{wish.url} is in the list already, as {known[wish.url].feed_id}", subject_id=wish.url)
    feed = _feed_of(wish, wish.url)
    async with open_settings_client(settings) as client:
        for _ in range(2):
            outcome = await fetch_feed(client, feed, now=now, limits=FetchLimits(total_s=settings.total_timeout_s))
            if isinstance(outcome, Failed):
                raise FeedError(f"{feed.url}: {outcome.reason}; check the address", subject_id=feed.url)
            if not isinstance(outcome, Fetched):
                break
            try:
                parsed = parse_feed(outcome.body, feed=feed, content_type=outcome.content_type, now=now)
            except FeedError as error:
                found = next((found.url for found in find_feed(outcome.body, outcome.url)), None)
                if found is None or found == feed.url:
                    raise FeedError(
                        f"{wish.url}: neither a feed nor a site that names one; give the feed's own address",
                        subject_id=wish.url,
                    ) from error
                feed = _feed_of(wish, found)
                continue
            feed = replace(
                feed, title=wish.title or parsed.title or feed.title, language=wish.language or parsed.language
            )
            break
    feed = replace(feed, added_at_utc=now)
    _store(wh, [feed], now)
    return feed


def _check_wish(wish: Wish) -> None:
    try:
        urlsplit(wish.url)
    except ValueError as error:
        raise FeedError(f"{wish.url}: not an address ({error}); check it", subject_id=wish.url) from error
    if wish.language and not re.fullmatch("[a-z]{2,3}", wish.language):
        raise FeedError(f"'{wish.language}' is no language code; expected ISO 639-1, such as id", subject_id=wish.url)
    if wish.country_code and not re.fullmatch("[A-Z]{3}", wish.country_code):
        message = f"'{wish.country_code}' is no country code; expected ISO 3166-1 alpha-3, such as IDN"
        raise FeedError(message, subject_id=wish.url)


def _store(wh: Warehouse, feeds: Sequence[Feed], now: datetime) -> None:
    key = stable_id("feeds", now.isoformat(), *(feed.feed_id for feed in feeds))
    write_feeds(wh, key, feeds, keeps_history=False)


def _feed_of(wish: Wish, url: str) -> Feed:
    host = (urlsplit(url).hostname or url).removeprefix("www.")
    outlet_id = wish.outlet_name.casefold().replace(" ", "-") if wish.outlet_name else host
    return Feed(
        feed_id=f"{host.replace('.', '-')}-{stable_id(url)[:6]}",
        url=url,
        title=wish.title or host,
        outlet_id=outlet_id,
        outlet_name=wish.outlet_name or host,
        family_id=wish.family_id or outlet_id,
        language=wish.language,
        country_code=wish.country_code,
        tags=wish.tags,
        origin="user",
    )


def set_status(wh: Warehouse, feed_id: str, status: str, *, now: datetime) -> Feed:
    """The feed with its new status; a resumed one is due at once.

    Raises:
        FeedError: no feed has this id.
    """
    feed = next((feed for feed in read_feeds(wh) if feed.feed_id == feed_id), None)
    if feed is None:
        raise FeedError(f"no feed is called '{feed_id}'; `mereda feeds list` shows the ids", subject_id=feed_id)
    due = now if status == "active" else None
    write_feed_status(
        wh, stable_id("feed status", feed_id, status, now.isoformat()), feed_id, status, next_poll_at_utc=due
    )
    return replace(feed, status=status, next_poll_at_utc=due or feed.next_poll_at_utc)


async def check_feeds(wh: Warehouse, settings: Settings, feed_ids: Sequence[str], *, now: datetime) -> list[Finding]:
    """Asks each feed once, without its validators, and stores nothing.

    Raises:
        FeedError: one of the ids is unknown.
    """
    feeds = {feed.feed_id: feed for feed in read_feeds(wh)}
    unknown = [feed_id for feed_id in feed_ids if feed_id not in feeds]
    if unknown:
        raise FeedError(f"no feed is called '{unknown[0]}'; `mereda feeds list` shows the ids", subject_id=unknown[0])
    chosen = [feeds[i] for i in feed_ids] or [feed for feed in feeds.values() if feed.status == "active"]
    bare = [replace(feed, etag=None, last_modified=None, body_hash=None) for feed in chosen]
    return [_finding(one.feed, one.outcome, one.parsed) for one in await ask_feeds(settings, bare, now)]


def _finding(feed: Feed, outcome: object, parsed: object) -> Finding:
    if isinstance(outcome, Failed):
        return Finding(feed.feed_id, False, outcome.reason)
    entries = getattr(parsed, "entries", [])
    moved = getattr(outcome, "moved_to_url", None)
    says = f"{len(entries)} entries" + (f", has moved to {moved}" if moved else "")
    return Finding(feed.feed_id, bool(entries), says if entries else f"{says}: an empty feed")


def import_opml(wh: Warehouse, body: bytes, *, now: datetime) -> tuple[int, int]:
    """(feeds added, feeds known already). Feeds are matched by address.

    Raises:
        FeedError: the file is no OPML, or names no feed.
    """
    stored = read_feeds(wh)
    known = {feed.url for feed in stored}
    listed = read_opml(body, now=now, outlets=outlets_by_domain(stored))
    if not listed:
        raise FeedError("the OPML file names no feed; expected <outline xmlUrl=...>")
    new = {feed.url: replace(feed, added_at_utc=now) for feed in listed if feed.url not in known}
    if new:
        _store(wh, list(new.values()), now)
    return len(new), len(listed) - len(new)


def export_opml(wh: Warehouse) -> str:
    """All feeds that are not retired, as OPML text."""
    return write_opml(list_feeds(wh)).decode("utf-8")
