"""The list of feeds: stocked from the catalogue or the demo, changed by people, checked, imported and exported."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from flows.feeds.addresses import feed_of_address, outlets_by_domain, plain_address
from flows.feeds.catalogue import load_catalogue
from flows.feeds.families import load_families
from flows.feeds.identity import identity_address
from flows.feeds.opml import Unread, read_opml
from flows.rounds.describing import describe_method
from flows.rounds.discovering import Candidate, discover_feeds
from flows.settings import Settings
from warehouse.changes import Change
from warehouse.connect import Warehouse, open_warehouse
from warehouse.errors import FeedError
from warehouse.feed_list import address_set, status_set, write_feed_list
from warehouse.opml import write_opml
from warehouse.read import read_feeds, read_outlet_families
from warehouse.records import Feed, OutletFamily, stable_id
from warehouse.write import set_meta, write_feeds, write_outlet_families


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
class Added:
    """The feed that was added or moved or, asked to change nothing, would be; with what was found of it."""

    feed: Feed
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the items of a list."""

    added_count: int
    known_count: int
    repeated: list[str]
    unread: list[Unread]


@dataclass(frozen=True, slots=True)
class Several:
    """More than one feed lies behind the address, and nobody said which; nothing was added."""

    url: str
    candidates: list[Candidate]


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
        _stock_families(wh, now)
        describe_method(wh, now)
        set_meta(wh, "half_life_days", str(settings.half_life_days))
        if new:
            _store(wh, new, now)


def _stock_families(wh: Warehouse, now: datetime) -> None:
    """Brings who owns outlets up to date with the list in the code."""
    families = [
        OutletFamily(
            family_id=family.family_id,
            family_name=family.family_name,
            owner_kind=family.owner_kind,
            country_code=family.country_code,
            note=family.note,
        )
        for _, family in sorted(load_families().items())
    ]
    if families != read_outlet_families(wh):
        write_outlet_families(wh, stable_id("outlet families", now.isoformat()), families)


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


async def add_feed(
    wh: Warehouse, settings: Settings, wish: Wish, *, now: datetime, pick: int | None = None, is_dry: bool = False
) -> Added | Several:
    """Adds the feed at an address, or the one that the site there names.

    Args:
        pick: which of several, counted from 1 in the order of `Several`.
        is_dry: finds and checks all the same, and adds nothing.

    Raises:
        FeedError: nothing there can be read as a feed, it is in the list already, or what is said of it is no code.
    """
    found = choose_added(wh, wish, await find_candidates(wh, settings, wish, now=now), now=now, pick=pick)
    if isinstance(found, Added) and not is_dry:
        _store(wh, [found.feed], now)
    return found


async def replace_address(
    wh: Warehouse, settings: Settings, feed_id: str, url: str, *, now: datetime, pick: int | None = None
) -> Added | Several:
    """Gives a feed a new address: the feed there, or the one that the site there names. What it brought stays its own.

    Raises:
        FeedError: no feed has this id, nothing at the address can be read as a feed, or it is in the list already.
    """
    named_feed(wh, feed_id)
    wish = Wish(url)
    found = choose_replaced(wh, feed_id, wish, await find_candidates(wh, settings, wish, now=now), pick=pick)
    if isinstance(found, Added):
        key = stable_id("feed address", feed_id, found.feed.url, now.isoformat())
        write_feed_list(wh, key, [address_set(found.feed, next_poll_at_utc=now)])
    return found


async def find_candidates(wh: Warehouse, settings: Settings, wish: Wish, *, now: datetime) -> list[Candidate]:
    """The feeds behind the address of a wish, the likeliest first, each asked; those in the list already too.

    Raises:
        FeedError: nothing there can be read as a feed, the address is in the list, or what is said of it is no code.
    """
    _check_wish(wish)
    url = plain_address(wish.url)
    _check_unknown(_known_feeds(read_feeds(wh)), [url])
    return await discover_feeds(settings, url, now=now)


def choose_added(
    wh: Warehouse, wish: Wish, found: Sequence[Candidate], *, now: datetime, pick: int | None = None
) -> Added | Several:
    """The feed that fulfils a wish, not yet in the list; nothing is stored. Raises as `add_feed`."""
    stored = read_feeds(wh)
    chosen = _choose(_known_feeds(stored), wish, found, pick)
    if isinstance(chosen, Several):
        return chosen
    return Added(replace(_feed_of(wish, chosen, outlets_by_domain(stored)), added_at_utc=now), chosen)


def choose_replaced(
    wh: Warehouse, feed_id: str, wish: Wish, found: Sequence[Candidate], *, pick: int | None = None
) -> Added | Several:
    """The feed with the address that fulfils a wish; nothing is stored. Raises as `replace_address`.

    One that failed, and perhaps was paused for it, is polled again; one that a person stopped stays so.
    """
    feed = named_feed(wh, feed_id)
    chosen = _choose(_known_feeds(read_feeds(wh)), wish, found, pick)
    if isinstance(chosen, Several):
        return chosen
    status = "active" if feed.failing_since_utc and feed.status == "paused" else feed.status
    return Added(replace(feed, url=chosen.url, status=status), chosen)


def named_feed(wh: Warehouse, feed_id: str) -> Feed:
    """The feed with this id.

    Raises:
        FeedError: there is none.
    """
    feed = next((feed for feed in read_feeds(wh) if feed.feed_id == feed_id), None)
    if feed is None:
        raise FeedError(f"no feed is called '{feed_id}'; `mereda feeds list` shows the ids", subject_id=feed_id)
    return feed


def _choose(known: Mapping[str, Feed], wish: Wish, found: Sequence[Candidate], pick: int | None) -> Candidate | Several:
    new = [one for one in found if identity_address(one.url) not in known]
    url = plain_address(wish.url)
    if not new:
        _check_unknown(known, [one.url for one in found])
    if pick is not None and not 1 <= pick <= len(new):
        raise FeedError(f"{url} has {len(new)} feeds to choose from, so --pick {pick} names none", subject_id=url)
    if len(new) > 1 and pick is None:
        return Several(url, new)
    return new[(pick or 1) - 1]


def _known_feeds(stored: Sequence[Feed]) -> dict[str, Feed]:
    known = {identity_address(feed.url): feed for feed in stored}
    return known | {identity_address(feed.original_url): feed for feed in stored if feed.original_url}


def _check_unknown(known: Mapping[str, Feed], urls: Sequence[str]) -> None:
    for url in urls:
        feed = known.get(identity_address(url))
        if feed is not None:
            hint = "" if feed.status == "active" else f", {feed.status}; resume it to have it polled"
            raise FeedError(f"{url} is in the list already, as {feed.feed_id}{hint}", subject_id=url)


def _check_wish(wish: Wish) -> None:
    if wish.language and not re.fullmatch("[a-z]{2,3}", wish.language):
        raise FeedError(f"'{wish.language}' is no language code; expected ISO 639-1, such as id", subject_id=wish.url)
    if wish.country_code and not re.fullmatch("[A-Z]{3}", wish.country_code):
        message = f"'{wish.country_code}' is no country code; expected ISO 3166-1 alpha-3, such as IDN"
        raise FeedError(message, subject_id=wish.url)


def _store(wh: Warehouse, feeds: Sequence[Feed], now: datetime) -> None:
    key = stable_id("feeds", now.isoformat(), *(feed.feed_id for feed in feeds))
    write_feeds(wh, key, feeds, keeps_history=False)


def _feed_of(wish: Wish, found: Candidate, outlets: Mapping[str, Feed]) -> Feed:
    """The record of a feed that was found: what the person says of it, else what its outlet or itself does."""
    feed = feed_of_address(found.url, title=wish.title or found.title, outlets=outlets)
    if wish.outlet_name:
        outlet_id = re.sub(r"[\W_]+", "-", wish.outlet_name.casefold()).strip("-") or feed.outlet_id
        feed = replace(feed, outlet_id=outlet_id, outlet_name=wish.outlet_name, family_id=outlet_id)
    return replace(
        feed,
        family_id=wish.family_id or feed.family_id,
        language=wish.language or found.language or feed.language,
        tags=wish.tags or feed.tags,
        country_code=wish.country_code or feed.country_code,
    )


def set_status(wh: Warehouse, feed_id: str, status: str, *, now: datetime) -> Feed:
    """The feed with its new status; a resumed one is due at once.

    Raises:
        FeedError: no feed has this id.
    """
    feed = with_status(wh, feed_id, status, now=now)
    write_feed_list(wh, stable_id("feed status", feed_id, status, now.isoformat()), [status_change(feed, now)])
    return feed


def with_status(wh: Warehouse, feed_id: str, status: str, *, now: datetime) -> Feed:
    """The feed as it would be with another status; nothing is stored. Raises as `set_status`."""
    feed = named_feed(wh, feed_id)
    return replace(feed, status=status, next_poll_at_utc=now if status == "active" else feed.next_poll_at_utc)


def status_change(feed: Feed, now: datetime) -> Change:
    """What stores the status of this feed."""
    return status_set(feed.feed_id, feed.status, next_poll_at_utc=now if feed.status == "active" else None)


def import_opml(wh: Warehouse, body: bytes, *, now: datetime) -> Imported:
    """Adds the feeds of a list that are not there yet, matched by address, and says what became of the rest.

    Raises:
        FeedError: the file is no OPML, or names no feed.
    """
    new, imported = read_new_feeds(wh, body, now=now)
    if new:
        _store(wh, new, now)
    return imported


def read_new_feeds(wh: Warehouse, body: bytes, *, now: datetime) -> tuple[list[Feed], Imported]:
    """The feeds of a list that are not there yet, and what would become of its items. Raises as `import_opml`."""
    stored = read_feeds(wh)
    known = {identity_address(feed.url) for feed in stored}
    listed = read_opml(body, now=now, outlets=outlets_by_domain(stored))
    if not listed.feeds and not listed.unread:
        raise FeedError("the OPML file names no feed; expected <outline xmlUrl=...>")
    new = [feed for feed in listed.feeds if identity_address(feed.url) not in known]
    return new, Imported(len(new), len(listed.feeds) - len(new), listed.repeated, listed.unread)


def export_opml(wh: Warehouse) -> str:
    """All feeds that are not retired, as OPML text."""
    return write_opml(list_feeds(wh)).decode("utf-8")
