"""What the indices hold, as records: for making them anew, finding their phases and raising alerts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from warehouse.connect import Warehouse
from warehouse.records import Alert, DailyDyad, DyadPhase, EventDyad
from warehouse.tables import record_of


def read_event_dyads_of_states(wh: Warehouse, states: Iterable[str]) -> list[EventDyad]:
    """Every row of `event_dyads` in which one of these states is a side, as the indices were last made."""
    rows = wh.query(
        "SELECT * FROM event_dyads WHERE side_a_code IN (SELECT unnest($states)) "
        "OR side_b_code IN (SELECT unnest($states)) ORDER BY side_a_code, side_b_code, on_date, event_id",
        states=sorted(set(states)),
    )
    return [record_of(EventDyad, row) for row in rows]


def read_event_dyads(wh: Warehouse, dyads: Iterable[tuple[str, str]]) -> list[EventDyad]:
    """Every row of `event_dyads` of these dyads, as the indices were last made."""
    return [record_of(EventDyad, row) for row in _rows_of_dyads(wh, "event_dyads", "on_date", dyads)]


def read_daily_dyads(wh: Warehouse, dyads: Iterable[tuple[str, str]], formula_version: str) -> list[DailyDyad]:
    """Every day of these dyads by one version of the formula, by dyad and day."""
    days = "(SELECT * FROM daily_dyads WHERE formula_version = $version)"
    rows = _rows_of_dyads(wh, days, "on_date", dyads, version=formula_version)
    return [record_of(DailyDyad, row) for row in rows]


def read_indexed_dyads(wh: Warehouse) -> set[tuple[str, str]]:
    """Every dyad that has a row of any index."""
    rows = wh.query(
        "SELECT side_a_code, side_b_code FROM daily_dyads UNION SELECT side_a_code, side_b_code FROM event_dyads "
        "UNION SELECT side_a_code, side_b_code FROM dyad_phases"
    )
    return {(row["side_a_code"], row["side_b_code"]) for row in rows}


def read_dyads_to_judge(wh: Warehouse, on: date) -> set[tuple[str, str]]:
    """Dyads whose phases end before this day and did not end calm: time alone may have changed them."""
    rows = wh.query(
        """
        SELECT side_a_code, side_b_code FROM dyad_phases
        QUALIFY row_number() OVER (PARTITION BY side_a_code, side_b_code ORDER BY starts_on DESC) = 1
            AND ends_on <= $on AND name <> 'calm'
        """,
        on=on,
    )
    return {(row["side_a_code"], row["side_b_code"]) for row in rows}


def read_phase_rows(wh: Warehouse, dyads: Iterable[tuple[str, str]]) -> list[DyadPhase]:
    """Every phase of these dyads."""
    return [record_of(DyadPhase, row) for row in _rows_of_dyads(wh, "dyad_phases", "starts_on", dyads)]


def read_dyads_moved_since(wh: Warehouse, since: date) -> set[tuple[str, str]]:
    """Dyads with a day, or a phase that began, after this day."""
    rows = wh.query(
        "SELECT side_a_code, side_b_code FROM daily_dyads WHERE on_date > $since "
        "UNION SELECT side_a_code, side_b_code FROM dyad_phases WHERE starts_on > $since",
        since=since,
    )
    return {(row["side_a_code"], row["side_b_code"]) for row in rows}


def read_alert_days(wh: Warehouse, dyads: Iterable[tuple[str, str]]) -> dict[tuple[str, str, str], list[date]]:
    """(side_a_code, side_b_code, rule) to the days for which the rule raised an alert on this dyad; absent: none."""
    found: dict[tuple[str, str, str], list[date]] = {}
    for row in _rows_of_dyads(wh, "alerts", "on_date", dyads):
        found.setdefault((row["side_a_code"], row["side_b_code"], row["rule"]), []).append(row["on_date"])
    return found


def read_untold_alerts(wh: Warehouse) -> list[Alert]:
    """Alerts that nobody was told of and nobody acknowledged, by day."""
    rows = wh.query(
        "SELECT * FROM alerts WHERE notified_at_utc IS NULL AND acknowledged_at_utc IS NULL "
        "ORDER BY on_date, side_a_code, side_b_code, rule"
    )
    return [record_of(Alert, row) for row in rows]


def _rows_of_dyads(
    wh: Warehouse, source: str, day: str, dyads: Iterable[tuple[str, str]], **params: Any
) -> list[dict[str, Any]]:
    """The rows of a table or subquery that are of these dyads, by dyad and its column `day`."""
    return wh.query(
        f"SELECT * FROM {source} WHERE (side_a_code || ' ' || side_b_code) IN (SELECT unnest($dyads)) "
        f"ORDER BY side_a_code, side_b_code, {day}",
        dyads=sorted({f"{a} {b}" for a, b in dyads}),
        **params,
    )
