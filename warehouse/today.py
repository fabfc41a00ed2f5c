"""What the first page asks: alerts with their sentences, what came after an instant, and how well a day was covered.

Each question is a file in `queries/` with grain, keys and units in its header. All raise WarehouseError as
`Warehouse.query` does.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from warehouse.connect import Warehouse
from warehouse.questions import read_event_numbers, read_told, sql

if TYPE_CHECKING:
    import pandas as pd


def read_told_alerts(wh: Warehouse, *, only_open: bool, limit: int) -> pd.DataFrame:
    """Alerts with the sentence behind each, those not acknowledged first; see `queries/told_alerts.sql`."""
    named = f"SELECT DISTINCT unnest(event_ids) AS event_id FROM ({sql('alerts')})"
    rows = wh.query(named, only_open=only_open, limit=limit)
    event_ids = [row["event_id"] for row in rows]
    text = read_told(wh, read_event_numbers(wh, event_ids)).in_text(sql("told_alerts"))
    return wh.frame(text, only_open=only_open, limit=limit)


def read_open_alert_count(wh: Warehouse) -> int:
    """How many alerts nobody has acknowledged."""
    return int(wh.query("SELECT count(*) AS n FROM alerts WHERE acknowledged_at_utc IS NULL")[0]["n"])


def read_changes_since(wh: Warehouse, since: datetime, limit: int) -> pd.DataFrame:
    """What each dyad gained after an instant, the weightiest news first; see `queries/changes_since.sql`."""
    text = "SELECT min(starts_on) AS first, max(ends_on) AS last FROM events WHERE updated_at_utc > $since"
    days = {name: day or date.min for name, day in wh.query(text, since=since)[0].items()}
    return wh.frame(sql("changes_since"), since=since, limit=limit, **days)


def read_changes_count(wh: Warehouse, since: datetime) -> dict[str, Any]:
    """What came after an instant, in numbers; see `queries/changes_count.sql`."""
    return wh.query(sql("changes_count"), since=since)[0]


def read_coverage(wh: Warehouse, now: datetime) -> dict[str, Any]:
    """What was looked at in the 24 hours before `now`, and what is usual; see `queries/coverage.sql`."""
    return wh.query(sql("coverage"), now=now)[0]
