"""GDELT 2.0 event exports into `gdelt_events`, apart from everything we code ourselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from flows.events.gdelt import COLUMN_COUNT, COLUMN_COUNT_OF_1_0, gdelt_event_of_line
from flows.rounds.history.aside import INPUT_LENGTH, set_aside
from flows.rounds.history.lines import read_line_files
from flows.rounds.history.opened import OpenedLines, Progress, check_files
from flows.rounds.report import StageCount
from warehouse.connect import Warehouse
from warehouse.errors import ArticleError, CodebookError
from warehouse.known import read_known_gdelt_events
from warehouse.records import GdeltEvent, Quarantined
from warehouse.write import write_gdelt_events

STAGE = "read GDELT events"
EXPECTED = "a GDELT 2.0 event export, such as 20260101000000.export.CSV.zip"
LINES_A_BATCH = 2000
# One bad line at the top does not make a file something else; this many do.
LINES_TO_JUDGE = 20


def read_gdelt_exports(wh: Warehouse, paths: Sequence[Path], now: datetime, progress: Progress) -> StageCount:
    """Reads event exports, plain, .zip or .gz; see `read_archive`."""
    check_files(paths, EXPECTED)
    for path in paths:
        _check_columns(path)
    return read_line_files(wh, STAGE, "gdelt", paths, LINES_A_BATCH, partial(_store, wh, now), progress)


def _check_columns(path: Path) -> None:
    """Raises ArticleError where no line at the top of the file is one of a GDELT 2.0 event export."""
    with OpenedLines(path) as opened:
        counts = [line.count(b"\t") + 1 for line in next(opened.batches(LINES_TO_JUDGE), [])]
    if COLUMN_COUNT in counts:
        return
    first = counts[0] if counts else 0
    if first in COLUMN_COUNT_OF_1_0:
        message = f"{path}: GDELT 1.0 ({first} columns); only event exports of GDELT 2.0 ({COLUMN_COUNT}) are read"
    else:
        message = f"{path}: no GDELT 2.0 event export; its first line has {first} columns, expected {COLUMN_COUNT}"
    raise ArticleError(message, subject_id=str(path))


def _store(wh: Warehouse, now: datetime, path: Path, key: str, lines: Sequence[bytes]) -> StageCount:
    events: dict[int, GdeltEvent] = {}
    bad: list[Quarantined] = []
    for line in lines:
        text = line.decode("utf-8", "replace")
        try:
            event = gdelt_event_of_line(text, now)
        except CodebookError as error:
            bad.append(set_aside(path.name, str(error), text[:INPUT_LENGTH], now))
            continue
        events.setdefault(event.gdelt_event_id, event)
    known = read_known_gdelt_events(wh, events)
    new = [event for event in events.values() if event.gdelt_event_id not in known]
    write_gdelt_events(wh, key, new, bad)
    return StageCount(
        STAGE,
        read=len(lines),
        kept=len(new),
        refused=len(lines) - len(bad) - len(new),
        failed=len(bad),
        failures=tuple((f"{path.name}: {one.input[:40]!r}", one.reason) for one in bad),
    )
