"""`mereda export`: events and indices as files."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.saying import fail, plain_errors
from flows.settings import load_settings

Day = datetime | None


def export(
    folder: Annotated[Path, typer.Argument(help="Where the files go; made where it is missing.")],
    since: Annotated[Day, typer.Option("--from", formats=["%Y-%m-%d"], help="First day; the first event's.")] = None,
    until: Annotated[
        Day, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day, included; the last event's.")
    ] = None,
    dyad: Annotated[
        list[str] | None, typer.Option("--dyad", help="Only these two sides: IRN-PAK; may be repeated.")
    ] = None,
) -> None:
    """Writes events and indices as Parquet and CSV, in our columns and in those of GDELT and PLOVER."""
    from flows.rounds.exporting import export_all
    from warehouse.connect import open_warehouse

    first, last = _day(since), _day(until)
    if first and last and first > last:
        fail(f"--from {first} is after --to {last}; give an earlier first day")
    dyads = [_sides_of(told) for told in dyad or []]
    with plain_errors():
        if folder.exists() and not folder.is_dir():
            fail(f"{folder}: is a file; give a folder")
        with open_warehouse(load_settings().home, role="read") as wh:
            counts = export_all(wh, folder, since=first, until=last, dyads=dyads)
    for name, count in counts.items():
        typer.echo(f"{folder / name}.parquet, .csv: {count} rows")


def _day(given: Day) -> date | None:
    return given.date() if given else None


def _sides_of(told: str) -> tuple[str, str]:
    """The two codes of IRN-PAK or, where a slug holds dashes itself, of "IRN jaish-al-adl"; in order."""
    parts = told.split() if " " in told.strip() else told.split("-", 1)
    if len(parts) != 2 or not all(parts) or parts[0] == parts[1]:
        fail(f"--dyad {told}: expected two sides such as IRN-PAK, or 'IRN jaish-al-adl'")
    first, second = sorted(parts)
    return first, second
