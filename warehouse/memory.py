"""How much memory the serving process may take: what it must hold, and a share for pages of the file and for work.

DuckDB keeps every page it has read for as long as its limit allows, and the limit is most of the machine. What was
looked up in an index can't be given back, so a fixed limit would be too low one day, and questions would fail. So the
limit follows what is held: pages beyond the share are read again from the file, which the system has in its cache.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from typing import Final

import duckdb

logger = logging.getLogger(__name__)

MIB: Final = 1024 * 1024
# For pages of the file, and for sorting and joining; what does not fit is written beside the file meanwhile. A third of
# what warehouse and dashboard are to take together: the dashboard takes another, indexes the rest (docs/scale.md).
SHARE_MIB: Final = 512
EVERY_S: Final = 1.0
# What a batch may come to need for each byte of its text (indexes that it reads, what it writes), for so long, at most.
A_BYTE_NEEDS: Final = 4096
WRITING_S: Final = 30.0
WRITING_MIB: Final = 4096
# Pages alone are let go when the limit falls.
_HELD = "SELECT coalesce(sum(memory_usage_bytes), 0)::BIGINT FROM duckdb_memory() WHERE tag <> 'BASE_TABLE'"


class MemoryKeeper:
    """Sets the limit of a database anew as it comes to hold more or less."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, *, share_mib: int = SHARE_MIB) -> None:
        self._connection, self._share = connection.cursor(), share_mib * MIB
        self._limit = 0
        self._writes: deque[tuple[float, int]] = deque()
        self._guard = threading.Lock()
        self._wanted, self._is_adjusted = threading.Event(), threading.Event()

    def expect_write(self, sql: str) -> None:
        """Makes room for a batch that is about to be written; a large one waits until it is there."""
        with self._guard:
            self._writes.append((time.monotonic(), len(sql) * A_BYTE_NEEDS))
        if len(sql) * A_BYTE_NEEDS > self._share // 4:
            # Who asks is within the database's own work, so that the limit is set by the thread that keeps it.
            self._is_adjusted.clear()
            self._wanted.set()
            self._is_adjusted.wait(2 * EVERY_S)

    def adjust(self) -> int:
        """The limit in bytes, set to what is held now and the share for all else."""
        with self._guard:
            while self._writes and self._writes[0][0] < time.monotonic() - WRITING_S:
                self._writes.popleft()
            writing = min(sum(need for _, need in self._writes), WRITING_MIB * MIB)
            row = self._connection.execute(_HELD).fetchone()
            wanted = int(row[0] if row else 0) + writing + self._share
            # Not for every small difference: setting it looks through all that is cached.
            if abs(wanted - self._limit) > self._share // 16:
                self._connection.execute(f"SET GLOBAL memory_limit = '{wanted // MIB} MiB'")
                self._limit = wanted
            return self._limit

    def keep(self, stop: threading.Event) -> None:
        """Adjusts the limit every second, and when a large batch comes, until `stop` is set."""
        while not stop.is_set():
            self._wanted.wait(EVERY_S)
            self._wanted.clear()
            try:
                self.adjust()
            except duckdb.Error:
                # More was taken meanwhile than the limit was to be: in a second it is another one.
                logger.info("the limit of memory was left as it is", exc_info=True)
            self._is_adjusted.set()
