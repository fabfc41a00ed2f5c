"""Tables as files that say where they come from: CSV and Parquet. Knows no Streamlit and reads nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import pandas as pd
import pyarrow
import pyarrow.parquet as pq

from warehouse.spreadsheets import guarded

# It publishes no types.
untyped_pyarrow: Any = pyarrow

SOURCE: Final = "Mereda: events read from news, indices computed from them"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a file comes from: the address of what was seen, the formula's version (empty: none), and when."""

    address: str
    formula_version: str
    made_at_utc: datetime

    def as_columns(self) -> dict[str, str]:
        """Name -> value, the same in every row of a CSV and in the metadata of a Parquet file."""
        return {
            "export_source": SOURCE,
            "export_formula_version": self.formula_version,
            "export_address": self.address,
            "export_made_at_utc": self.made_at_utc.astimezone(UTC).isoformat(timespec="seconds"),
        }


def csv_bytes(frame: pd.DataFrame, provenance: Provenance) -> bytes:
    """Gives the table as CSV in UTF-8 with a byte order mark, so that spreadsheets read every script.

    The columns of the frame, then those of `Provenance.as_columns`. Text that a spreadsheet would take for a formula
    begins with an apostrophe. Instants and days are ISO 8601, a missing value is empty, lists are joined by "; ".
    """
    added = provenance.as_columns()
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([*map(guarded, map(str, frame.columns)), *added])
    for row in frame.itertuples(index=False, name=None):
        writer.writerow([*(_cell(value) for value in row), *map(guarded, added.values())])
    return b"\xef\xbb\xbf" + file.getvalue().encode("utf-8")


def parquet_bytes(frame: pd.DataFrame, provenance: Provenance) -> bytes:
    """Gives the table as Parquet, with the provenance in the file's metadata under `mereda.*`."""
    table: Any = untyped_pyarrow.Table.from_pandas(frame, preserve_index=False)
    told = {f"mereda.{name}": value for name, value in provenance.as_columns().items()}
    metadata: Mapping[Any, Any] = {**(table.schema.metadata or {}), **told}
    file = io.BytesIO()
    told_table = table.replace_schema_metadata(metadata)
    pq.write_table(told_table, file, compression="zstd")  # type: ignore[no-untyped-call]  # pyarrow has no types
    return file.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple) or type(value).__name__ == "ndarray":
        return guarded("; ".join(str(item) for item in value))
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if value.tzinfo is None else value.isoformat()
    return str(value)
