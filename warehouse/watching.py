"""What changes about alerts and watched dyads; batches and errors as in `warehouse.write`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from warehouse.changes import Rows
from warehouse.connect import Warehouse
from warehouse.records import Alert, WatchedDyad


def write_alerts(wh: Warehouse, batch_key: str, alerts: Sequence[Alert]) -> bool:
    """Put alerts that were raised; one already there stays as it is, acknowledged or not."""
    return wh.apply(batch_key, [Rows(alerts, is_insert_only=True)])


def write_notified(wh: Warehouse, alert_ids: Sequence[str], at: datetime) -> int:
    """How many of these alerts are now marked as told to whoever wants notifications; those marked before stay."""
    return wh.execute(
        "UPDATE alerts SET notified_at_utc = $at WHERE notified_at_utc IS NULL AND alert_id IN (SELECT unnest($ids))",
        at=at,
        ids=sorted(alert_ids),
    )


def acknowledge_alert(wh: Warehouse, alert_id: str, acknowledged_by: str, at: datetime) -> bool:
    """Whether the alert is acknowledged now by this person; False where it was before, or is not there.

    A reader may do this too: one of the few statements beside SELECT that `rights` lets through.
    """
    return (
        wh.execute(
            "UPDATE alerts SET acknowledged_at_utc = $at, acknowledged_by = $who "
            "WHERE alert_id = $alert_id AND acknowledged_at_utc IS NULL",
            at=at,
            who=acknowledged_by.replace("\x00", ""),  # which SQL text cannot carry
            alert_id=alert_id,
        )
        > 0
    )


def write_watched_dyad(wh: Warehouse, dyad: WatchedDyad) -> bool:
    """Whether the dyad is watched now and was not before; one already watched stays as it is. A reader may do this."""
    return (
        wh.execute(
            "INSERT INTO watched_dyads (side_a_code, side_b_code, watched_since_utc) VALUES ($a, $b, $since) "
            "ON CONFLICT DO NOTHING",
            a=dyad.side_a_code,
            b=dyad.side_b_code,
            since=dyad.watched_since_utc,
        )
        > 0
    )


def drop_watched_dyad(wh: Warehouse, side_a_code: str, side_b_code: str) -> int:
    """How many dyads are no longer watched: 1, or 0 where it was not. A reader may do this too."""
    return wh.execute(
        "DELETE FROM watched_dyads WHERE side_a_code = $a AND side_b_code = $b", a=side_a_code, b=side_b_code
    )
