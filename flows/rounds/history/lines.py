"""Archives that are files of lines: read and committed a batch of lines at a time, each batch once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from flows.rounds.history.opened import OpenedLines, Progress, digest_of
from flows.rounds.report import StageCount
from warehouse.backlog import read_batch_keys
from warehouse.connect import Warehouse

# (file, batch key, lines that are not empty) -> what became of them; commits them under that key.
StoreLines = Callable[[Path, str, Sequence[bytes]], StageCount]


def read_line_files(
    wh: Warehouse,
    stage: str,
    prefix: str,
    paths: Sequence[Path],
    line_count: int,
    store: StoreLines,
    progress: Progress,
) -> StageCount:
    """What became of these files, `line_count` lines at a time; a batch whose key is committed is passed over.

    Args:
        prefix: what the keys of these batches begin with.
    """
    total = StageCount(stage, note="refused: known already")
    size, before = sum(path.stat().st_size for path in paths), 0
    done = read_batch_keys(wh, f"{prefix} ")
    for path in paths:
        with OpenedLines(path) as opened:
            for lines in opened.batches(line_count):
                key = f"{prefix} {digest_of(lines)}"
                filled = [line for line in lines if line.strip()]
                if key in done:
                    total += StageCount(stage, read=len(filled), refused=len(filled))
                else:
                    total += store(path, key, filled)
                progress(before + opened.done_bytes, size)
            if opened.trouble:
                total += StageCount(stage, unread=((str(path), opened.trouble),))
            before += opened.size
    return total
