"""What servers asked of us, kept between rounds: sites at rest, and robots.txt of each host.

All raise WarehouseError as `Warehouse.query` and `Warehouse.apply` do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from warehouse.changes import Rows, Statement
from warehouse.connect import Warehouse
from warehouse.records import RobotsFile, SiteRest
from warehouse.tables import record_of


def read_site_rests(wh: Warehouse, now: datetime) -> list[SiteRest]:
    """Sites whose rest is not over, by domain."""
    rows = wh.query("SELECT * FROM site_rests WHERE until_at_utc > $now ORDER BY domain", now=now)
    return [record_of(SiteRest, row) for row in rows]


def write_site_rests(wh: Warehouse, batch_key: str, rests: Sequence[SiteRest], now: datetime) -> bool:
    """Put the rests there, and drop those that are over. A longer rest that is there already stays."""
    is_later = "excluded.until_at_utc > site_rests.until_at_utc"
    later = {
        name: f"CASE WHEN {is_later} THEN excluded.{name} ELSE site_rests.{name} END"
        for name in ("until_at_utc", "http_status", "asked_at_utc")
    }
    over = Statement("DELETE FROM site_rests WHERE until_at_utc <= $now", "site_rests", {"now": now})
    return wh.apply(batch_key, [over, Rows(rests, overrides=later)])


def read_robots_file(wh: Warehouse, origin: str, now: datetime) -> RobotsFile | None:
    """What robots.txt of this host said, None where it is to be asked for."""
    rows = wh.query(
        "SELECT * FROM robots_files WHERE origin = $origin AND expires_at_utc > $now", origin=origin, now=now
    )
    return record_of(RobotsFile, rows[0]) if rows else None


def write_robots_files(wh: Warehouse, batch_key: str, files: Sequence[RobotsFile], now: datetime) -> bool:
    """Put the files there, and drop those that are to be asked for anew."""
    over = Statement("DELETE FROM robots_files WHERE expires_at_utc <= $now", "robots_files", {"now": now})
    return wh.apply(batch_key, [over, Rows(files)])
