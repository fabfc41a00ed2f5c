"""What keeps a home healthy: retention, checks, backups and the health of its feeds."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from flows.rounds.report import StageCount
from flows.settings import Settings
from warehouse.backlog import drop_polls
from warehouse.backup import back_up
from warehouse.checks import check_warehouse
from warehouse.connect import Warehouse
from warehouse.read import read_feeds
from warehouse.records import Feed

# A feed is stale when nothing new came for this many of its own poll intervals, and at least for three days.
STALE_INTERVALS = 20
STALE_FLOOR = timedelta(days=3)


def drop_old_polls(wh: Warehouse, keep_days: int, now: datetime) -> StageCount:
    """Drops outcomes of polls older than `keep_days`; entries and articles are never dropped."""
    dropped = drop_polls(wh, now - timedelta(days=keep_days))
    return StageCount("drop old polls", read=dropped, refused=dropped, note=f"polls older than {keep_days} days")


def check_promises(wh: Warehouse) -> StageCount:
    """Checks every promise of the warehouse; each broken one is a failure that names its rows."""
    broken = check_warehouse(wh)
    return StageCount(
        "check the warehouse",
        read=len(broken),
        failed=len(broken),
        note="every promise holds" if not broken else "see the failures",
        failures=tuple(("warehouse", str(one)) for one in broken),
    )


def store_backup(wh: Warehouse, settings: Settings, now: datetime) -> StageCount:
    """Keeps a copy of every table as Parquet under `backups/`, and the newest few of them."""
    folder: Path = back_up(wh, settings.home / "backups", now=now, keep=settings.keep_backups)
    return StageCount("back up", read=1, kept=1, note=str(folder))


def read_health(wh: Warehouse, now: datetime) -> tuple[StageCount, list[dict[str, str | int]]]:
    """(count, one row a feed): its state, since when and why it fails, when it is asked next."""
    feeds = [feed for feed in read_feeds(wh) if feed.status != "retired" and feed.origin != "backfill"]
    rows = [_row(feed, state_of(feed, now)) for feed in feeds]
    failing = sum(row["state"] == "failing" for row in rows)
    count = StageCount("feed health", read=len(rows), kept=len(rows) - failing, failed=failing)
    return count, sorted(rows, key=lambda row: (row["state"] == "fine", row["feed"]))


def state_of(feed: Feed, now: datetime) -> str:
    """One word: paused, failing, waiting (never polled), stale (silent beyond its habit) or fine."""
    if feed.status != "active":
        return feed.status
    if feed.failing_since_utc is not None:
        return "failing"
    if feed.last_polled_at_utc is None:
        return "waiting"
    habit = max(STALE_FLOOR, timedelta(seconds=(feed.poll_interval_s or 0) * STALE_INTERVALS))
    last = feed.last_new_at_utc or feed.added_at_utc or feed.last_polled_at_utc
    return "stale" if now - last > habit else "fine"


def _row(feed: Feed, state: str) -> dict[str, str | int]:
    def when(instant: datetime | None) -> str:
        return f"{instant:%Y-%m-%d %H:%M}" if instant else ""

    return {
        "feed": feed.feed_id,
        "state": state,
        "failing since (UTC)": when(feed.failing_since_utc),
        "why": feed.failure_reason or "",
        "failures": feed.failure_count,
        "last new (UTC)": when(feed.last_new_at_utc),
        "next try (UTC)": when(feed.next_poll_at_utc),
    }
