"""Looks at every feed of a list without storing anything: what is wrong with it, and what it would become."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flows.feeds.addresses import feed_of_address, outlets_by_domain
from flows.feeds.discover import find_feed
from flows.feeds.fetch import Failed, Fetched, fetch_feed
from flows.feeds.identity import identity_address
from flows.feeds.opml import SubscriptionList, Unread, read_opml
from flows.rounds.asking import Answered, ask_feeds, feed_limits, open_settings_client
from flows.rounds.politeness import shared_limiter
from flows.settings import Settings
from warehouse.errors import FeedError
from warehouse.records import Feed

ALL = "all"
STALE_DAYS = 30.0
# States of which a feed cannot be polled with use; the others are remarks.
HOPELESS = frozenset({"dead", "not a feed", "empty"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check of one feed found.

    `state` is the gravest of: dead, not a feed, empty, duplicate, moved, redirected, undated, stale, fine. `says` tells
    all of it for a person; `becomes` is the address it should have, where that is another.
    """

    feed_id: str
    url: str
    state: str
    says: str
    becomes: str | None = None
    entry_count: int = 0
    newest_at_utc: datetime | None = None
    failing_since_utc: datetime | None = None

    @property
    def is_fine(self) -> bool:
        """Whether it can be polled with use, remarks or not."""
        return self.state not in HOPELESS


def chosen_feeds(stored: Sequence[Feed], targets: Sequence[str]) -> SubscriptionList:
    """The feeds that a person names: by id, by a list in a file (OPML, or an address a line), or all active ones.

    A listed feed that is stored too is looked at with what is known of it.

    Raises:
        FeedError: there is no such feed or file, or the file is no list.
    """
    chosen = SubscriptionList()
    by_id = {feed.feed_id: feed for feed in stored}
    by_address = {identity_address(feed.url): feed for feed in stored}
    for target in targets or [ALL]:
        if target == ALL:
            chosen.feeds += [feed for feed in stored if feed.status == "active"]
        elif target in by_id:
            chosen.feeds.append(by_id[target])
        else:
            listed = _read_list(Path(target), stored)
            chosen.feeds += [by_address.get(identity_address(feed.url), feed) for feed in listed.feeds]
            chosen.repeated += listed.repeated
            chosen.unread += listed.unread
    chosen.feeds = list({feed.feed_id: feed for feed in chosen.feeds}.values())
    return chosen


def _read_list(path: Path, stored: Sequence[Feed]) -> SubscriptionList:
    if path.is_dir():
        raise FeedError(f"{path} is a folder; give an OPML file or a file with an address a line", subject_id=str(path))
    if not path.is_file():
        known = "`mereda feeds list` shows the ids"
        raise FeedError(f"no feed is called '{path}', and no file either; {known}", subject_id=str(path))
    body = path.read_bytes()
    outlets = outlets_by_domain(stored)
    if b"<" in body:
        return read_opml(body, outlets=outlets)
    found = SubscriptionList()
    feeds: dict[str, Feed] = {}
    for line in body.decode("utf-8-sig", "replace").splitlines():
        # As newsboat and others write them: an address, then what belongs to it; # begins a comment.
        address = line.strip().partition(" ")[0]
        if not address or address.startswith("#"):
            continue
        try:
            feed = feed_of_address(address, outlets=outlets)
        except FeedError as error:
            found.unread.append(Unread(address[:200], str(error)))
            continue
        if feeds.setdefault(identity_address(feed.url), feed) is not feed:
            found.repeated.append(feed.url)
    if not feeds:
        raise FeedError(f"{path}: neither OPML nor a list with an address a line", subject_id=str(path))
    found.feeds = list(feeds.values())
    return found


async def check_feeds(
    settings: Settings, feeds: Sequence[Feed], *, now: datetime, stale_after: timedelta = timedelta(days=STALE_DAYS)
) -> list[Finding]:
    """What each feed answers to one request without validators, in the order given; as politely as a round of polling.

    What answers with a page instead of a feed is asked once more, for the feeds it announces.
    """
    bare = [replace(feed, etag=None, last_modified=None, body_hash=None) for feed in feeds]
    answers = await ask_feeds(settings, bare, now)
    announced = await _announced_by(settings, [one.feed for one in answers if _is_page(one)], now)
    findings: list[Finding] = []
    seen: dict[str, str] = {}
    for feed, answer in zip(feeds, answers, strict=True):
        keys = _keys_of(answer)
        twin = next((seen[key] for key in keys if key in seen), None)
        findings.append(_finding(feed, answer, announced.get(feed.feed_id, []), twin, now, stale_after))
        for key in keys:
            seen.setdefault(key, feed.feed_id)
    return findings


def _is_page(answer: Answered) -> bool:
    return isinstance(answer.outcome, Failed) and answer.outcome.http_status == 200


async def _announced_by(settings: Settings, feeds: Iterable[Feed], now: datetime) -> dict[str, list[str]]:
    """Feed id to the addresses of feeds that the page there announces."""
    limits = feed_limits(settings)
    limiter = shared_limiter(settings)

    async with open_settings_client(settings) as client:

        async def look(feed: Feed) -> tuple[str, list[str]]:
            outcome = await fetch_feed(client, feed, now=now, limits=limits, turns=limiter)
            found = find_feed(outcome.body, outcome.url) if isinstance(outcome, Fetched) else []
            return feed.feed_id, [one.url for one in found if one.url != feed.url]

        return dict(await asyncio.gather(*(look(feed) for feed in feeds)))


def _keys_of(answer: Answered) -> list[str]:
    """What two feeds share when they are one: the address that answered, or the very same body."""
    if not isinstance(answer.outcome, Fetched) or answer.parsed is None:
        return [f"address {identity_address(answer.feed.url)}"]
    addresses = {identity_address(answer.feed.url), identity_address(answer.outcome.url)}
    keys = [f"address {address}" for address in sorted(addresses)]
    return [*keys, f"body {answer.outcome.body_hash}"] if answer.parsed.entries else keys


def _finding(
    feed: Feed, answer: Answered, announced: Sequence[str], twin: str | None, now: datetime, stale_after: timedelta
) -> Finding:
    outcome = answer.outcome
    if isinstance(outcome, Failed) or answer.parsed is None:
        return _failed(feed, answer, announced, now)
    entries, newest = answer.parsed.entries, answer.parsed.newest_stated_at_utc
    remarks: list[tuple[str, str]] = []
    becomes = None
    if not entries:
        remarks.append(("empty", "it has no entries"))
    if twin is not None:
        remarks.append(("duplicate", f"is the same as {twin}"))
    if outcome.moved_to_url:
        becomes = outcome.moved_to_url
        remarks.append(("moved", f"has moved to {becomes}"))
    elif isinstance(outcome, Fetched) and outcome.url != feed.url:
        remarks.append(("redirected", f"sends us to {outcome.url} for now"))
    if entries and newest is None:
        remarks.append(("undated", "its entries have no dates"))
    if newest is not None and newest < now - stale_after:
        remarks.append(("stale", f"nothing new since {newest:%Y-%m-%d}"))
    return Finding(
        feed_id=feed.feed_id,
        url=feed.url,
        state=remarks[0][0] if remarks else "fine",
        says="; ".join([f"{len(entries)} entries", *(text for _, text in remarks)]),
        becomes=becomes,
        entry_count=len(entries),
        newest_at_utc=newest,
    )


def _failed(feed: Feed, answer: Answered, announced: Sequence[str], now: datetime) -> Finding:
    reason = answer.outcome.reason if isinstance(answer.outcome, Failed) else "nothing could be read"
    if _is_page(answer):
        site = urlsplit(feed.url).hostname or feed.url
        hint = f"announces {', '.join(announced[:3])}" if announced else f"{site} announces none here"
        state, says, becomes = "not a feed", f"{reason}; {hint}", next(iter(announced), None)
    else:
        since = f"since {feed.failing_since_utc:%Y-%m-%d}: " if feed.failing_since_utc else ""
        state, says, becomes = "dead", f"{since}{reason}", None
    return Finding(
        feed_id=feed.feed_id,
        url=feed.url,
        state=state,
        says=says,
        becomes=becomes,
        failing_since_utc=feed.failing_since_utc or now,
    )
