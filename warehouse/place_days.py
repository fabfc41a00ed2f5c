"""Events counted by day and place (`place_days`), kept exact by every batch that writes events, in its transaction.

The days and places of a batch are few: their rows are taken away and put back with what the batch changed. So a row may
stand twice (two writers who are the first to count a place on a day), and sums are right all the same.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import duckdb

from warehouse.changes import Statement
from warehouse.literals import ids_literal, rows_literal
from warehouse.records import Event
from warehouse.tables import table_of

_KEY: Final = ("on_date", "country_code", "place_name", "latitude", "longitude")
_COUNTS: Final = ("event_count", "happened_count", "escalation_count", "deescalation_count")
# As schema/081_place_days.sql counts them, {which} any further condition on events.
_COUNTED: Final = """
    SELECT starts_on AS on_date, place_country_code AS country_code, place_name, latitude, longitude,
        count(*) AS event_count,
        count(*) FILTER (status IN ('occurred', 'alleged')) AS happened_count,
        count(*) FILTER (status IN ('occurred', 'alleged') AND direction = 'escalation') AS escalation_count,
        count(*) FILTER (status IN ('occurred', 'alleged') AND direction = 'de-escalation') AS deescalation_count
    FROM ({events}) WHERE withdrawn_at_utc IS NULL AND starts_on IS NOT NULL
        AND (place_country_code IS NOT NULL OR place_name IS NOT NULL)
    GROUP BY ALL
    """
# What of an event it reads.
_READ: Final = (
    "starts_on",
    "place_country_code",
    "place_name",
    "latitude",
    "longitude",
    "status",
    "direction",
    "withdrawn_at_utc",
)
_SAME_PLACE: Final = " AND ".join(f"p.{name} IS NOT DISTINCT FROM c.{name}" for name in _KEY)


def count_places(connection: duckdb.DuckDBPyConnection) -> None:
    """Counts all events by day and place anew: of rows that did not come by way of a batch.

    Raises:
        duckdb.Error: as the database does.
    """
    connection.execute("DELETE FROM place_days")
    connection.execute(f"INSERT INTO place_days {_counted('FROM events')} ORDER BY on_date")


def counted_otherwise() -> str:
    """SQL of the days and places, column `id`, that are not counted as the events are; none while all is well."""
    counts = ", ".join(f"-{name} AS {name}" for name in _COUNTS)
    both = f"{_counted('FROM events')} UNION ALL SELECT {', '.join(_KEY)}, {counts} FROM place_days"
    differs = " OR ".join(f"sum({name}) <> 0" for name in _COUNTS)
    return f"SELECT concat_ws(' ', {', '.join(_KEY)}) AS id FROM ({both}) GROUP BY {', '.join(_KEY)} HAVING {differs}"


def before_events(events: Collection[Event]) -> Statement:
    """What goes before these events are written: remembers for what they were counted."""
    counts = ", ".join(f"-{name} AS {name}" for name in _COUNTS)
    of_ids = _counted(f"SELECT * FROM events WHERE event_id IN ({ids_literal(event.event_id for event in events)})")
    return Statement(
        f"CREATE OR REPLACE TEMP TABLE changed_places AS SELECT {', '.join(_KEY)}, {counts} FROM ({of_ids})", None
    )


def after_events(events: Collection[Event]) -> list[Statement]:
    """What goes after these events are written: counts them for what they are now.

    Of two with the same id the last one counts, as when they are written.
    """
    types = table_of(Event).columns
    rows = [{name: getattr(event, name) for name in _READ} for event in {one.event_id: one for one in events}.values()]
    key, sums = ", ".join(_KEY), ", ".join(f"sum({name})::BIGINT AS {name}" for name in _COUNTS)
    changed = " OR ".join(f"{name} <> 0" for name in _COUNTS)
    net = f"SELECT {key}, {sums} FROM changed_places GROUP BY {key}"
    # Only rows of these days are looked at: of a condition of this form the database knows so before it joins.
    days = "p.on_date BETWEEN (SELECT min(on_date) FROM changed_places) AND (SELECT max(on_date) FROM changed_places)"
    same = f"{days} AND EXISTS (SELECT 1 FROM changed_places AS c WHERE {_SAME_PLACE})"
    return [
        Statement(
            f"INSERT INTO changed_places {_counted(rows_literal({name: types[name] for name in _READ}, rows))}", None
        ),
        Statement(f"CREATE OR REPLACE TEMP TABLE changed_places AS SELECT * FROM ({net}) WHERE {changed}", None),
        Statement(f"INSERT INTO changed_places SELECT p.* FROM place_days AS p WHERE {same}", None),
        Statement(f"DELETE FROM place_days AS p WHERE {same}", "place_days"),
        Statement(f"INSERT INTO place_days SELECT * FROM ({net}) WHERE {changed} ORDER BY on_date", "place_days"),
        Statement("DROP TABLE temp.changed_places", None),
    ]


def _counted(events: str) -> str:
    return _COUNTED.replace("{events}", events)
