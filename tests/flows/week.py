"""A world of outlets with habits and bad days, polled by the real round in simulated time on a real warehouse."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.feeds.hosts import HostLimiter
from flows.rounds import polling
from flows.settings import Settings
from tests.newsroom import Newsroom, Reply, Request, faults, in_process, run_simulated, simulated_now
from tests.newsroom.publishing import Format, Item, Publication, write_item
from warehouse.connect import Warehouse, open_warehouse
from warehouse.read import read_feeds
from warehouse.records import Feed
from warehouse.write import write_feeds

START = datetime(2026, 11, 16, tzinfo=UTC)
TICK = timedelta(minutes=15)  # how often a round begins
SPACING_S = 2.0
RETRY_AFTER_S = 1800
BAD_DAY = timedelta(hours=2)  # how long a server fails at a time
BAD_SHARE = 0.05
FORMATS: tuple[Format, ...] = ("rss", "json", "atom", "json")


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of feed: entries a day, the UTC hours they come in, and how many of each hundred feeds are such."""

    per_day: float
    hours: range
    share: int
    window: int = 20
    is_dated: bool = True


KINDS = {
    "busy": Kind(60, range(5, 21), 4, 60),
    "daily": Kind(6, range(6, 22), 30),
    "undated": Kind(4, range(6, 22), 6, 20, is_dated=False),
    "morning": Kind(1, range(7, 8), 36),
    "weekly": Kind(1 / 7, range(24), 12),
    "silent": Kind(0, range(24), 8),
    "empty": Kind(0, range(24), 4, 0),
}


@dataclass
class Outlet:
    """One feed of the world: what it will publish, and how its server is."""

    kind: str
    paper: Publication
    coming: list[Item]
    edits: list[tuple[datetime, int]] = field(default_factory=list)


class World:
    """Outlets, their newsroom and the warehouse that is to know all of it."""

    def __init__(self, home: Path, *, feeds: int, days: float, seed: int) -> None:
        self.rng = random.Random(seed)
        self.seed = seed
        self.base = START
        self.end = START + timedelta(days=days)
        self.is_well = False  # no server fails any more
        self.room = Newsroom(clock=lambda: (self.now() - START).total_seconds())
        self.settings = Settings(home=home, host_spacing_s=SPACING_S)
        self.outlets: dict[str, Outlet] = {}
        self.break_after: int | None = None  # requests until the process "dies"
        self.death_count = 0
        self.wh: Warehouse = open_warehouse(home)
        kinds = [name for name, kind in KINDS.items() for _ in range(kind.share)]
        feeds_ = [self._found(number, kinds[number * 37 % 100]) for number in range(feeds)]
        write_feeds(self.wh, "stock", feeds_)

    def now(self) -> datetime:
        """The simulated time."""
        return self.base + timedelta(seconds=simulated_now())

    def _found(self, number: int, name: str) -> Feed:
        kind = KINDS[name]
        paper = Publication(name=f"p{number}", window=kind.window, format=FORMATS[number % 4], is_dated=kind.is_dated)
        times = self._times(kind)
        past = START - timedelta(days=3)
        if kind.window and kind.is_dated:
            paper.publish(*(write_item(k, past + timedelta(hours=7 * k), signs=60) for k in range(3)))
        items = [write_item(100 + k, at, signs=60) for k, at in enumerate(times)]
        # Every seventh entry is corrected within some hours.
        edits = sorted((item.published + timedelta(hours=self.rng.uniform(0.1, 5)), item.number) for item in items[::7])
        # Every third outlet has three feeds on one server.
        host = f"outlet{number // 3 if number % 9 < 3 else number}.test"
        feed_id = f"feed{number}"
        self.outlets[feed_id] = Outlet(name, paper, items, edits)
        url = self.room.put(host, f"/{number}", lambda request: self._answer(feed_id, request))
        return Feed(feed_id=feed_id, url=url, title=feed_id, outlet_id=feed_id, outlet_name=host, family_id=host)

    def _times(self, kind: Kind) -> list[datetime]:
        days = (self.end - START).total_seconds() / 86_400
        number = round(kind.per_day * days) if kind.per_day >= 1 else int(self.rng.random() < kind.per_day * days)
        picked = {
            START + timedelta(days=self.rng.randrange(max(1, int(days))), hours=self.rng.choice(kind.hours),
                              seconds=self.rng.randrange(3600))
            for _ in range(number)
        }  # fmt: skip
        return sorted(at for at in picked if at < self.end)

    def _answer(self, feed_id: str, request: Request) -> Reply:
        outlet, now = self.outlets[feed_id], self.now()
        if self.break_after is not None:
            self.break_after -= 1
            if self.break_after < 0:
                raise asyncio.CancelledError
        while outlet.coming and outlet.coming[0].published <= now:
            outlet.paper.publish(outlet.coming.pop(0))
        while outlet.edits and outlet.edits[0][0] <= now:
            outlet.paper.edit(outlet.edits.pop(0)[1], "Corrected")
        return self._bad_day(request, now) or outlet.paper(request)

    def _bad_day(self, request: Request, now: datetime) -> Reply | None:
        """What a server says that fails just now; None where it is well."""
        if self.is_well:
            return None
        draw = random.Random(f"{self.seed} {request.host} {(now - START) // BAD_DAY}")
        if draw.random() >= BAD_SHARE:
            return None
        fault = draw.choice(("busy", "busy", "busy", "broken", "late", "gone", "page", "cut"))
        if fault == "busy":
            return faults.refuse(429, retry_after=str(RETRY_AFTER_S))(request)
        if fault == "late":
            return Reply(first_byte_after_s=1000)
        if fault == "cut":
            return Reply(body=b"<rss", cut_after_bytes=2)
        if fault == "page":
            return faults.say(b"<html><title>Back soon</title></html>", "text/html")(request)
        return Reply(status=503 if fault == "broken" else 404)

    def round(self, *, dies_after: int | None = None) -> None:
        """One round as `collect` does it; with `dies_after`, the process is gone after so many requests.

        What was not committed is lost with it, and a new process opens the warehouse.
        """
        self.break_after = dies_after
        begun = self.base
        due = polling.plan_round(self.wh, begun, limit=2000)
        if due:
            try:
                run_simulated(self._poll(due, begun))
            except asyncio.CancelledError:
                self.death_count += 1
                self.wh.close()
                self.wh = open_warehouse(self.settings.home)
        self.break_after = None
        self.base = begun + TICK

    async def _poll(self, due: list[Feed], begun: datetime) -> None:
        limiter = HostLimiter(spacing_s=SPACING_S, clock=simulated_now)
        await polling.poll_feeds(
            self.wh,
            self.settings,
            due,
            begun,
            clock=self.now,
            client=lambda: in_process(self.room, read_timeout_s=20),
            limiter=limiter,
        )

    def run(self, *, deaths: int) -> None:
        """Rounds to the end, so many of which die at a random place."""
        ticks = int((self.end - START) / TICK)
        dying = set(self.rng.sample(range(ticks), deaths))
        for tick in range(ticks):
            self.round(dies_after=self.rng.randrange(8) if tick in dying else None)

    def get_well(self) -> None:
        """Every server works again, and every feed is asked at once."""
        self.is_well = True
        # Later than anybody may have asked us to wait.
        self.base += timedelta(days=1)
        fresh = [replace(feed, next_poll_at_utc=self.base, status="active") for feed in read_feeds(self.wh)]
        write_feeds(self.wh, "well", fresh, keeps_history=False)
        self.round()

    def published(self) -> dict[tuple[str, str], str]:
        """(feed, guid) -> title, of all that was ever shown."""
        return {
            (feed_id, outlet.paper.guid(item, 1) or ""): item.title
            for feed_id, outlet in self.outlets.items()
            for item in outlet.paper.items
        }

    def requests(self) -> dict[str, list[float]]:
        """Path -> seconds at which it was asked, to the end of the time that is looked at."""
        found: defaultdict[str, list[float]] = defaultdict(list)
        for one in self.room.book:
            if one.at_s < (self.end - START).total_seconds():
                found[one.path].append(one.at_s)
        return found
