"""Events and indices as files anybody can read: Parquet and CSV, in our columns and in those of GDELT and PLOVER.

Events are read a month at a time, so that the size of an export is not bounded by memory. A file is written beside
and renamed when whole.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as untyped_pyarrow
import pyarrow.parquet as untyped_parquet

from flows.events.codebook import load_codebook
from flows.events.gdelt.write import COLUMNS as GDELT_COLUMNS
from flows.events.gdelt.write import EXPORTED_STATUSES, gdelt_cells_of
from warehouse.connect import Warehouse
from warehouse.questions import sql
from warehouse.spreadsheets import guarded

pyarrow: Any = untyped_pyarrow
parquet: Any = untyped_parquet
Row = Mapping[str, Any]
# Every cell of GDELT's and PLOVER's layouts is a text; those that are numbers stay numbers.
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?")
# What PLOVER's public records hold, where we have it; `Event Status` is ours.
PLOVER_COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Primary Actor Sector", "Actor Sectors", "Actor Name Raw"),
    *("Recipient Name", "Recipient Country", "Primary Recipient Sector", "Recipient Sectors", "Recipient Name Raw"),
    *("Placename", "Country", "Latitude", "Longitude", "Feature Type"),
    *("Dead", "Injured", "Source", "Source URL", "Publication Date", "Language", "Event Status", "Version"),
)


def export_all(
    wh: Warehouse, folder: Path, *, since: date | None, until: date | None, dyads: Sequence[tuple[str, str]]
) -> dict[str, int]:
    """Name of each file written, without its ending, to its number of rows.

    Args:
        folder: made where it is missing; files of the same names are replaced.
        since: first day, `until` last day, both included; from the first and to the last event where None.
        dyads: only these, sides in order; all where empty. Of states then those that are a side of one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    first, last = since or date.min, until or date.max
    names = [f"{a} {b}" for a, b in dyads]
    counts = _export_events(wh, folder, first, last, names)
    days = wh.table(
        "SELECT * FROM daily_dyads WHERE on_date >= $since AND on_date <= $until "
        "AND (len($dyads) = 0 OR list_contains($dyads, side_a_code || ' ' || side_b_code)) "
        "ORDER BY side_a_code, side_b_code, on_date, formula_version",
        since=first,
        until=last,
        dyads=names,
    )
    of_states = wh.table(
        "SELECT * FROM daily_states WHERE on_date >= $since AND on_date <= $until "
        "AND (len($states) = 0 OR list_contains($states, state_code)) ORDER BY state_code, on_date, formula_version",
        since=first,
        until=last,
        states=sorted({code for dyad in dyads for code in dyad}),
    )
    for name, table in (("daily_dyads", days), ("daily_states", of_states)):
        with _Files(folder, name, table.schema) as files:
            files.add(table)
        counts[name] = table.num_rows
    return counts


def plover_cells_of(event: Row) -> dict[str, str]:
    """One event in the columns of PLOVER's records, empty where we keep nothing of the kind."""
    cells = dict.fromkeys(PLOVER_COLUMNS, "")
    cells |= {
        "Event ID": event["event_id"],
        "Event Date": event["starts_on"].isoformat(),
        "Event Type": event["type"],
        "Event Mode": event["mode"] or "",
        "Intensity": f"{event['score']:g}",
        "Quad Code": str(load_codebook()[event["type"]].quad),
        "Placename": event["place_name"] or "",
        "Country": event["place_country_code"] or "",
        "Latitude": _number(event["latitude"]),
        "Longitude": _number(event["longitude"]),
        "Feature Type": event["place_precision"] or "",
        "Dead": _number(event["killed_min"]),
        "Injured": _number(event["injured_min"]),
        "Source": event["outlet_name"] or "",
        "Source URL": event["article_url"] or "",
        "Publication Date": _day(event["published_at_utc"]),
        "Language": event["language"] or "",
        "Event Status": event["status"],
        "Version": "mereda",
    }
    for column, role in (("Actor", "actor"), ("Recipient", "target")):
        sector = event[f"{role}_sector"] or ""
        cells |= {
            f"{column} Name": event[f"{role}_code"] or "",
            f"{column} Country": event[f"{role}_country_code"] or "",
            f"Primary {column} Sector": sector,
            f"{column} Sectors": sector,
            f"{column} Name Raw": event[f"{role}_name"] or "",
        }
    return cells


def harmless(value: Any) -> Any:
    """The value as a cell of a CSV file: text that a spreadsheet would take for a formula gets a leading quote."""
    if isinstance(value, str):
        return value if _NUMBER.fullmatch(value) else guarded(value)
    if isinstance(value, list):
        return harmless(" | ".join(str(item) for item in value))
    if isinstance(value, date | datetime):
        return value.isoformat()
    return "" if value is None else value


def _export_events(wh: Warehouse, folder: Path, since: date, until: date, dyads: list[str]) -> dict[str, int]:
    question = sql("export_events")
    empty = wh.table(question, since=date.max, until=date.min, dyads=dyads)
    with (
        _Files(folder, "events", empty.schema) as own,
        _Files(folder, "events_gdelt", _texts(GDELT_COLUMNS)) as gdelt,
        _Files(folder, "events_plover", _texts(PLOVER_COLUMNS)) as plover,
    ):
        for first, last in _months(wh, since, until):
            table = wh.table(question, since=first, until=last, dyads=dyads)
            own.add(table)
            told = [event for event in table.to_pylist() if event["status"] in EXPORTED_STATUSES]
            gdelt.add_rows([gdelt_cells_of(event) for event in told])
            plover.add_rows([plover_cells_of(event) for event in told])
    return {files.name: files.row_count for files in (own, gdelt, plover)}


def _texts(columns: Sequence[str]) -> Any:
    """The schema of these columns, all of them text."""
    return pyarrow.schema([(name, pyarrow.string()) for name in columns])


def _months(wh: Warehouse, since: date, until: date) -> Iterator[tuple[date, date]]:
    """The months that have events, cut to the days asked for."""
    rows = wh.query(
        "SELECT DISTINCT date_trunc('month', starts_on)::DATE AS month FROM events "
        "WHERE withdrawn_at_utc IS NULL AND starts_on >= $since AND starts_on <= $until ORDER BY month",
        since=since,
        until=until,
    )
    for month in (row["month"] for row in rows):
        after = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
        yield max(since, month), min(until, after - timedelta(days=1))


class _Files:
    """One table as Parquet and as CSV, there only when both are whole."""

    def __init__(self, folder: Path, name: str, schema: Any) -> None:
        self._paths = [folder / f"{name}.{ending}" for ending in ("parquet", "csv")]
        self._drafts = [path.with_name(f".{path.name}.{os.getpid()}.new") for path in self._paths]
        self._schema = schema
        self.name, self.row_count = name, 0

    def __enter__(self) -> _Files:
        self._parquet = parquet.ParquetWriter(self._drafts[0], self._schema)
        self._text = self._drafts[1].open("w", encoding="utf-8", newline="")
        # Lines end as RFC 4180 says; with a bare line feed the writer would leave a carriage return within a cell bare.
        self._csv = csv.writer(self._text, lineterminator="\r\n")
        self._csv.writerow(self._schema.names)
        return self

    def add(self, table: Any) -> None:
        """Appends rows with the columns of the schema."""
        self._parquet.write_table(table.cast(self._schema))
        self.row_count += table.num_rows
        for row in table.to_pylist():
            self._csv.writerow([harmless(value) for value in row.values()])

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Appends rows told by column."""
        self.add(pyarrow.Table.from_pylist(rows, schema=self._schema))

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._parquet.close()
        self._text.close()
        for draft, path in zip(self._drafts, self._paths, strict=True):
            if kind is None:
                draft.replace(path)
            else:
                draft.unlink(missing_ok=True)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _day(value: datetime | None) -> str:
    return "" if value is None else value.date().isoformat()
