"""What the indices hold, as records: for making them anew, finding their phases and raising alerts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from warehouse.connect import Warehouse
from warehouse.literals import rows_literal
from warehouse.records import Alert, DailyDyad, DyadPhase, EventDyad, IndexedEvent, StandingMark


def read_event_dyads_of_states(wh: Warehouse, states: Iterable[str]) -> list[EventDyad]:
    """Every row of `event_dyads` in which one of these states is a side, as the indices were last made."""
    return wh.records(
        EventDyad,
        "SELECT * FROM event_dyads WHERE side_a_code IN (SELECT unnest($states)) "
        "OR side_b_code IN (SELECT unnest($states)) ORDER BY side_a_code, side_b_code, on_date, event_id",
        states=sorted(set(states)),
    )


def read_event_dyads_of_events(wh: Warehouse, event_ids: Iterable[str]) -> list[EventDyad]:
    """Every row of `event_dyads` of these events, as the indices were last made."""
    return wh.records(
        EventDyad,
        "SELECT * FROM event_dyads WHERE event_id IN (SELECT unnest($ids)) ORDER BY event_id, side_a_code, side_b_code",
        ids=sorted(set(event_ids)),
    )


def read_event_dyads_since(
    wh: Warehouse, dyads: Mapping[tuple[str, str], date], states: Mapping[str, date]
) -> list[EventDyad]:
    """Rows of `event_dyads` of these dyads, and of any dyad of these states, each after its own day."""
    return wh.records(
        EventDyad,
        f"""
        WITH own AS ({_days_literal({" ".join(dyad): day for dyad, day in dyads.items()})}),
        land AS ({_days_literal(states)}),
        near AS (SELECT * FROM event_dyads WHERE on_date > $first)
        SELECT near.* FROM near JOIN own ON own.subject = side_a_code || ' ' || side_b_code AND on_date > own.day
        UNION SELECT near.* FROM near JOIN land ON land.subject = side_a_code AND on_date > land.day
        UNION SELECT near.* FROM near JOIN land ON land.subject = side_b_code AND on_date > land.day
        ORDER BY side_a_code, side_b_code, on_date, event_id
        """,
        first=min([*dyads.values(), *states.values()], default=date.max),
    )


def read_dyads_due(wh: Warehouse, after: date, until: date) -> dict[tuple[str, str], date]:
    """Dyads with an event dated after the first day and until the second, with the first such day.

    What was foretold for these days was not counted when the indices were last made.
    """
    rows = wh.query(
        "SELECT side_a_code, side_b_code, min(on_date) AS first_on FROM event_dyads "
        "WHERE on_date > $after AND on_date <= $until GROUP BY ALL",
        after=after,
        until=until,
    )
    return {(row["side_a_code"], row["side_b_code"]): row["first_on"] for row in rows}


def read_indexed_events(wh: Warehouse) -> list[IndexedEvent]:
    """Events of the instant of the last round, or later, that the indices reflect as they were then."""
    return wh.records(IndexedEvent, "SELECT * FROM indexed_events")


def read_marks(wh: Warehouse, before: Mapping[str, date], formula_version: str) -> list[StandingMark]:
    """The marks of these subjects (a state, or "A B") on the last marked day before their own day."""
    return wh.records(
        StandingMark,
        f"""
        WITH asked AS ({_days_literal(before)}),
        last AS (
            SELECT m.subject, max(m.on_date) AS on_date FROM standing_marks AS m JOIN asked USING (subject)
            WHERE m.on_date < asked.day AND m.formula_version = $version GROUP BY m.subject
        )
        SELECT m.* FROM standing_marks AS m JOIN last USING (subject, on_date) WHERE m.formula_version = $version
        ORDER BY m.subject, m.partner_code
        """,
        version=formula_version,
    )


def read_days_and_last_before(
    wh: Warehouse, since: Mapping[tuple[str, str], date], formula_version: str
) -> list[DailyDyad]:
    """Days of these dyads from their own day on, and the last one before it, by dyad and day."""
    return wh.records(
        DailyDyad,
        f"""
        WITH asked AS ({_days_literal({" ".join(dyad): day for dyad, day in since.items()})}),
        own AS (
            SELECT d.*, asked.day FROM daily_dyads AS d JOIN asked ON asked.subject = side_a_code || ' ' || side_b_code
            WHERE formula_version = $version
        )
        SELECT * EXCLUDE (day) FROM own
        QUALIFY on_date >= day OR on_date = max(on_date) FILTER (on_date < day)
            OVER (PARTITION BY side_a_code, side_b_code)
        ORDER BY side_a_code, side_b_code, on_date
        """,
        version=formula_version,
    )


def read_event_dyads_and_weightiest(
    wh: Warehouse, since: Mapping[tuple[str, str], date], opened: Mapping[tuple[str, str], date], count: int
) -> list[EventDyad]:
    """Rows of `event_dyads` of these dyads from their own day on; before it, the weightiest since `opened`.

    Args:
        since: each dyad's day.
        opened: where the days before it begin; none are looked at for a dyad that is absent.
        count: how many of them a direction.
    """
    given = [{"subject": " ".join(dyad), "day": day, "opened_on": opened.get(dyad, day)} for dyad, day in since.items()]
    return wh.records(
        EventDyad,
        f"""
        WITH asked AS ({rows_literal({"subject": "VARCHAR", "day": "DATE", "opened_on": "DATE"}, given)}),
        own AS (
            SELECT e.*, asked.day FROM event_dyads AS e JOIN asked ON asked.subject = side_a_code || ' ' || side_b_code
            WHERE on_date >= asked.opened_on
        )
        SELECT * EXCLUDE (day) FROM own
        QUALIFY on_date >= day OR row_number() OVER (
            PARTITION BY side_a_code, side_b_code, direction, on_date >= day ORDER BY impact DESC, on_date, event_id
        ) <= $count
        ORDER BY side_a_code, side_b_code, on_date, event_id
        """,
        count=count,
    )


def read_phases_before(wh: Warehouse, since: Mapping[tuple[str, str], date]) -> list[DyadPhase]:
    """Of each of these dyads the last phase that began before its own day; none where none did."""
    return wh.records(
        DyadPhase,
        f"""
        WITH asked AS ({_days_literal({" ".join(dyad): day for dyad, day in since.items()})})
        SELECT p.* FROM dyad_phases AS p JOIN asked ON asked.subject = side_a_code || ' ' || side_b_code
        WHERE starts_on < asked.day
        QUALIFY row_number() OVER (PARTITION BY side_a_code, side_b_code ORDER BY starts_on DESC) = 1
        """,
    )


def read_indexed_dyads(wh: Warehouse) -> set[tuple[str, str]]:
    """Every dyad that has a row of any index."""
    rows = wh.query(
        "SELECT side_a_code, side_b_code FROM daily_dyads UNION SELECT side_a_code, side_b_code FROM event_dyads "
        "UNION SELECT side_a_code, side_b_code FROM dyad_phases"
    )
    return {(row["side_a_code"], row["side_b_code"]) for row in rows}


def read_dyads_to_judge(wh: Warehouse, on: date) -> dict[tuple[str, str], date]:
    """Dyads whose phases end before this day and did not end calm, with that end: time alone may have changed them."""
    rows = wh.query(
        """
        SELECT side_a_code, side_b_code, ends_on FROM dyad_phases
        QUALIFY row_number() OVER (PARTITION BY side_a_code, side_b_code ORDER BY starts_on DESC) = 1
            AND ends_on <= $on AND name <> 'calm'
        """,
        on=on,
    )
    return {(row["side_a_code"], row["side_b_code"]): row["ends_on"] for row in rows}


def read_phases_begun(wh: Warehouse, after: Mapping[tuple[str, str], date]) -> list[DyadPhase]:
    """The phases of these dyads that began after their own day, by dyad and beginning."""
    return wh.records(
        DyadPhase,
        f"""
        WITH asked AS ({_days_literal({" ".join(dyad): day for dyad, day in after.items()})})
        SELECT p.* FROM dyad_phases AS p JOIN asked ON asked.subject = side_a_code || ' ' || side_b_code
        WHERE starts_on > asked.day ORDER BY side_a_code, side_b_code, starts_on
        """,
    )


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
    rows = wh.query(
        "SELECT * FROM alerts WHERE (side_a_code || ' ' || side_b_code) IN (SELECT unnest($dyads)) "
        "ORDER BY side_a_code, side_b_code, on_date",
        dyads=sorted({f"{a} {b}" for a, b in dyads}),
    )
    for row in rows:
        found.setdefault((row["side_a_code"], row["side_b_code"], row["rule"]), []).append(row["on_date"])
    return found


def read_untold_alerts(wh: Warehouse) -> list[Alert]:
    """Alerts that nobody was told of and nobody acknowledged, by day."""
    return wh.records(
        Alert,
        "SELECT * FROM alerts WHERE notified_at_utc IS NULL AND acknowledged_at_utc IS NULL "
        "ORDER BY on_date, side_a_code, side_b_code, rule",
    )


def _days_literal(days: Mapping[str, date]) -> str:
    return rows_literal(
        {"subject": "VARCHAR", "day": "DATE"}, [{"subject": subject, "day": day} for subject, day in days.items()]
    )
