"""What of each day could be read, as polling left it, and what the indices were computed with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from warehouse.changes import Change, Rows, Statement
from warehouse.connect import Warehouse
from warehouse.records import DailyCoverage
from warehouse.tables import record_of


def read_first_uncounted_day(wh: Warehouse) -> date | None:
    """The first day of which more or fewer families are read than the coverage kept of it says; None: none."""
    rows = wh.query(
        """
        WITH counted AS (SELECT on_date, count(*) AS n FROM family_days GROUP BY on_date)
        SELECT min(coalesce(c.on_date, d.on_date)) AS first_on
        FROM counted AS c FULL JOIN daily_coverage AS d ON d.on_date = c.on_date
        WHERE coalesce(c.n, 0) <> coalesce(d.read_family_count, 0)
        """
    )
    first: date | None = rows[0]["first_on"]
    return first


def read_families_read(wh: Warehouse, since: date) -> dict[date, set[str]]:
    """By day from this one on, the families whose news could be read; a day without any is absent."""
    return _by_day(wh, "SELECT family_id, on_date FROM family_days WHERE on_date >= $since", since)


def read_families_failed(wh: Warehouse, since: date) -> dict[date, set[str]]:
    """By day from this one on, the families of which a feed failed; a day without any is absent."""
    return _by_day(
        wh,
        "SELECT DISTINCT f.family_id, p.polled_at_utc::DATE AS on_date FROM polls AS p JOIN feeds AS f USING (feed_id) "
        "WHERE p.polled_at_utc >= $since::DATE AND p.outcome = 'failed'",
        since,
    )


def read_daily_coverage(wh: Warehouse) -> list[DailyCoverage]:
    """What the indices were computed with, by day."""
    return [record_of(DailyCoverage, row) for row in wh.query("SELECT * FROM daily_coverage ORDER BY on_date")]


def read_dyads_on(wh: Warehouse, days: Collection[date], *, by_any_formula: bool) -> dict[tuple[str, str], date]:
    """Dyads with an event on one of these days, with the first of them.

    Args:
        days: any.
        by_any_formula: also those whose event lies there by an older formula, which counts it on its first day.
    """
    told = "SELECT side_a_code, side_b_code, on_date AS day FROM event_dyads"
    if by_any_formula:
        told += " UNION ALL SELECT side_a_code, side_b_code, starts_on FROM event_dyads JOIN events USING (event_id)"
    rows = wh.query(
        f"SELECT side_a_code, side_b_code, min(day) AS first_on FROM ({told}) "
        "WHERE day IN (SELECT unnest($days)::DATE) GROUP BY ALL",
        days=[day.isoformat() for day in sorted(days)],
    )
    return {(row["side_a_code"], row["side_b_code"]): row["first_on"] for row in rows}


def write_coverage(wh: Warehouse, batch_key: str, coverage: Collection[DailyCoverage], since: date) -> bool:
    """Put the coverage of days in place of all that was kept from `since` on; as `warehouse.write`."""
    gone = Statement("DELETE FROM daily_coverage WHERE on_date >= $since::DATE", "daily_coverage", {"since": since})
    changes: list[Change] = [gone, Rows(list(coverage))]
    return wh.apply(batch_key, changes)


def _by_day(wh: Warehouse, sql: str, since: date) -> dict[date, set[str]]:
    found: defaultdict[date, set[str]] = defaultdict(set)
    for row in wh.query(sql, since=since):
        found[row["on_date"]].add(row["family_id"])
    return dict(found)
