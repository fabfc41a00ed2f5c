"""What changes about alerts and watched dyads; batches and errors as in `warehouse.write`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from warehouse.changes import Rows, Statement
from warehouse.connect import Warehouse
from warehouse.records import Alert, AlertStanding, WatchedDyad
from warehouse.tables import record_of

# Of older standings one for so many days is kept, to begin from where an old day changes.
STRETCH_DAYS = 32


def write_alerts(wh: Warehouse, batch_key: str, alerts: Sequence[Alert]) -> bool:
    """Put alerts that were raised; one already there stays as it is, acknowledged or not."""
    return wh.apply(batch_key, [Rows(alerts, is_insert_only=True)])


def read_alert_standings(wh: Warehouse, dyads: Iterable[tuple[str, str]], until: date) -> list[AlertStanding]:
    """Where the rules stood with these dyads at the end of days until this one, included."""
    rows = wh.query(
        "SELECT * FROM alert_standings WHERE until_on <= $until "
        "AND (side_a_code || ' ' || side_b_code) IN (SELECT unnest($dyads)) ORDER BY ALL",
        until=until,
        dyads=sorted({f"{a} {b}" for a, b in dyads}),
    )
    return [record_of(AlertStanding, row) for row in rows]


def write_alert_standings(wh: Warehouse, batch_key: str, standings: Sequence[AlertStanding], until: date) -> bool:
    """Put where the rules stand at the end of this day; of the days before it, one a stretch stays."""
    passed = Statement(
        "DELETE FROM alert_standings WHERE until_on < $until::DATE AND until_on >= $until::DATE - $days::INTEGER "
        "AND (side_a_code || ' ' || side_b_code) IN (SELECT unnest($dyads))",
        "alert_standings",
        {
            "until": until,
            "days": until.toordinal() % STRETCH_DAYS,
            "dyads": sorted({f"{one.side_a_code} {one.side_b_code}" for one in standings}),
        },
    )
    return wh.apply(batch_key, [passed, Rows(standings)])


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
