"""What keeps a home healthy: retention, checks, backups and the health of its feeds."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from flows.rounds.report import StageCount
from flows.settings import Settings
from warehouse.backlog import drop_polls
from warehouse.backup import back_up
from warehouse.checks import check_warehouse
from warehouse.connect import Warehouse
from warehouse.read import read_feed_health


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


def read_health(wh: Warehouse, now: datetime) -> tuple[StageCount, list[dict[str, str | int | float]]]:
    """(count, one row a feed, troubled ones first): its state, since when and why, next try, yield, repeats and lag."""
    found = read_feed_health(wh, now)
    rows = [_row({str(name): value for name, value in row.items()}) for row in found.to_dict("records")]
    failing = sum(row["state"] == "failing" for row in rows)
    states = Counter(str(row["state"]) for row in rows)
    note = ", ".join(f"{number} {state}" for state, number in states.items())
    return StageCount("feed health", read=len(rows), kept=len(rows) - failing, failed=failing, note=note), rows


def _row(feed: dict[str, Any]) -> dict[str, str | int | float]:
    def is_known(name: str) -> bool:
        return not pd.isna(feed[name])

    def when(name: str) -> str:
        return f"{feed[name]:%Y-%m-%d %H:%M}" if is_known(name) else ""

    def number(name: str, digits: int, factor: float = 1.0) -> str | float:
        return round(float(feed[name]) * factor, digits) if is_known(name) else ""

    return {
        "feed": str(feed["feed_id"]),
        "state": str(feed["state"]),
        "failing since (UTC)": when("failing_since_utc"),
        "why": str(feed["failure_reason"]) if is_known("failure_reason") else "",
        "failures": int(feed["failure_count"]),
        "next try (UTC)": when("next_poll_at_utc"),
        "because": str(feed["next_poll_reason"]) if is_known("next_poll_reason") else "",
        "newest entry (UTC)": when("newest_entry_at_utc"),
        "new a day": number("new_per_day", 1),
        "new a poll": number("new_per_poll", 2),
        "repeats, %": number("repeat_share", 0, 100),
        "lag, median minutes": number("lag_median_s", 1, 1 / 60),
        "lag, p90 minutes": number("lag_p90_s", 1, 1 / 60),
    }
