"""The way to the warehouse, for everyone: through the serving process where there is one, else the file itself.

Threads may share a `Warehouse`. Served, each request is its own Quack connection with its own fate, so nothing has to
be mended after the server died: a request that finds it gone is sent again, for half a minute, to what answers then.
A batch carries its key into the same transaction, so that sending it again can never count it twice.
Not served, one process at a time has the file (a lock file is the turnstile); within a process all share one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeAlias, TypeVar

import duckdb
from filelock import FileLock, Timeout
from pyarrow.types import is_integer

from warehouse.changes import Change
from warehouse.endpoint import DATABASE_NAME, ENDPOINT_NAME, LOCK_NAME, Endpoint, Role, read_endpoint, read_token
from warehouse.errors import QuestionError, WarehouseError
from warehouse.extension import load_extensions
from warehouse.literals import bind
from warehouse.migrate import migrate_database
from warehouse.records import Batch
from warehouse.rights import Rights
from warehouse.rows import columns_of, record_values_of, values_of

if TYPE_CHECKING:  # half a second to import, and most commands and flows never ask for a frame
    import pandas as pd

T = TypeVar("T")
R = TypeVar("R")
# A pyarrow.Table, which publishes no types.
ArrowTable: TypeAlias = Any

# An IOException is the way to the server that broke. These two come from a server that has just started anew.
_RESTARTED_MARKS = ("invalid connection id", "authentication failed")
# Two writers met: the later one starts again.
_CONFLICT_MARKS = ("conflict on", "transaction conflict", "write-write conflict", "failed to commit")


class _Backend(Protocol):
    is_served: bool

    def run(self, sql: str, take: Callable[[duckdb.DuckDBPyConnection], T]) -> T: ...

    def close(self) -> None: ...


class _Served:
    """A client of the serving process. Its own DuckDB, in memory, only carries the requests."""

    is_served = True

    def __init__(self, home: Path, role: Role) -> None:
        self._home, self._role = home, role
        self._found: tuple[object, Endpoint, str] | None = None
        self._connection = duckdb.connect(":memory:")
        load_extensions(self._connection)
        self._connection.execute("SET TimeZone = 'UTC'")

    def run(self, sql: str, take: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        endpoint, token = self._find()
        cursor = self._connection.cursor()
        try:
            return take(
                cursor.execute(
                    "SELECT * FROM quack_query(?, ?, token := ?, disable_ssl := true)", [endpoint.uri, sql, token]
                )
            )
        except duckdb.Error:
            self._found = None
            raise
        finally:
            cursor.close()

    def _find(self) -> tuple[Endpoint, str]:
        """Where the server is and what it is told; looked up again after an error, and when another server says so."""
        try:
            said = (self._home / ENDPOINT_NAME).stat()
        except OSError as error:
            raise duckdb.IOException("Could not connect: nothing serves this home") from error
        mark, found = (said.st_ino, said.st_mtime_ns), self._found
        if found is not None and found[0] == mark:
            return found[1], found[2]
        endpoint = read_endpoint(self._home)
        if endpoint is None:
            raise duckdb.IOException("Could not connect: nothing serves this home")
        try:
            token = read_token(self._home, self._role)
        except OSError as error:
            raise duckdb.IOException("Could not connect: the token is not there yet") from error
        self._found = mark, endpoint, token
        return endpoint, token

    def close(self) -> None:
        self._connection.close()


@dataclass(slots=True)
class _OpenFile:
    connection: duckdb.DuckDBPyConnection
    lock: FileLock
    user_count: int = 0


_open_files: dict[Path, _OpenFile] = {}
_open_files_guard = threading.Lock()


class _Direct:
    """The file itself, held by this process until its last user closes."""

    is_served = False

    def __init__(self, home: Path, wait_s: float) -> None:
        self._path = (home / DATABASE_NAME).resolve()
        self._is_closed = False
        with _open_files_guard:
            held = _open_files.get(self._path) or _open_file(self._path, wait_s)
            held.user_count += 1
            self._connection = held.connection

    def run(self, sql: str, take: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        cursor = self._connection.cursor()
        try:
            return take(cursor.execute(sql))
        finally:
            cursor.close()

    def close(self) -> None:
        with _open_files_guard:
            if self._is_closed:
                return
            self._is_closed = True
            held = _open_files[self._path]
            held.user_count -= 1
            if held.user_count == 0:
                del _open_files[self._path]
                held.connection.close()
                held.lock.release()


def _open_file(path: Path, wait_s: float) -> _OpenFile:
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_name(LOCK_NAME), timeout=wait_s, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        message = f"Another process holds {path}; close it, or serve the warehouse and let both ask the server."
        raise WarehouseError(message, subject_id=str(path), is_retryable=True) from error
    try:
        connection = duckdb.connect(str(path))
        migrate_database(connection)
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_external_access = false")
    except duckdb.Error as error:
        lock.release()
        message = f"The warehouse file {path} cannot be opened: {_first_line(error)}"
        raise WarehouseError(message, subject_id=str(path)) from error
    _open_files[path] = held = _OpenFile(connection, lock)
    return held


class Warehouse:
    """What is kept, ready to be asked and added to. Close it, or use it in a `with` block."""

    def __init__(self, backend: _Backend, *, role: Role, retry_s: float) -> None:
        self._backend, self._role, self._retry_s = backend, role, retry_s
        self._rights = Rights() if role == "read" else None
        self._hear: Callable[[str], None] | None = None

    @property
    def is_served(self) -> bool:
        """Whether a serving process stands between us and the file."""
        return self._backend.is_served

    @property
    def role(self) -> Role:
        """What we may do: write, or read, label, acknowledge alerts and order feeds."""
        return self._role

    def query(self, sql: str, /, **params: Any) -> list[dict[str, Any]]:
        """One dict a row, in the query's order, instants aware UTC; `$name` in the SQL takes the value of `name`.

        Raises:
            QuestionError: the SQL is wrong, not allowed to this role, or failed.
            WarehouseError: the file can't be read; or (is_retryable) no server came back in time.
        """
        table = self.table(sql, **params)
        names, columns = table.column_names, [values_of(column) for column in table.columns]
        return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]

    def records(self, record: type[R], sql: str, /, **params: Any) -> list[R]:
        """One record a row, in the query's order; columns that it does not name are left out. Raises as `query`."""
        table = self.table(sql, **params)
        names = columns_of(record)
        columns = [record_values_of(table.column(name)) for name in names]
        return [record(**dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True)]

    def table(self, sql: str, /, **params: Any) -> ArrowTable:
        """The answer as an Arrow table: columns in the query's order, also without rows. Raises as `query`."""
        if self._hear is not None:
            self._hear(sql)
        text = self._allowed(bind(sql, params))
        return self._insist(lambda: self._backend.run(text, lambda answer: answer.to_arrow_table()))

    def frame(self, sql: str, /, **params: Any) -> pd.DataFrame:
        """The answer as a frame; no rows, same columns and types. Raises as `query`.

        Instants are datetime64 in UTC, days datetime64 without a zone; whole numbers are Int64, so that a missing one
        makes nothing of its column a fraction.
        """
        frame: pd.DataFrame = self.table(sql, **params).to_pandas(date_as_object=False, types_mapper=_frame_type)
        return frame

    def apply(self, batch_key: str, changes: Sequence[Change]) -> bool:
        """Whether the batch was committed now: all changes and its key in one transaction, or nothing.

        False when that key was committed before. Sending the same batch again is always safe.

        Raises:
            QuestionError: the changes break a rule of the schema, or are not for this role.
            WarehouseError: the file can't be read or written; or (is_retryable) no server came back in time.
        """
        statements = [text for change in changes if (text := change.sql())]
        if self._role == "read":
            raise QuestionError("A reader adds labels and orders and acknowledges alerts only.", subject_id=batch_key)
        script = _transaction(batch_key, changes, statements)
        is_fate_unknown = False

        def commit() -> bool:
            nonlocal is_fate_unknown
            if self._is_committed(batch_key):
                # An earlier try of ours may have been committed just before its answer was lost.
                return is_fate_unknown
            is_fate_unknown = True
            try:
                self._backend.run(script, lambda answer: answer.fetchall())
            except duckdb.Error as error:
                if not _is_lost(error):
                    is_fate_unknown = False
                    if not _is_conflict(error) and self._is_committed(batch_key):
                        return False  # Another process sent the same key in between.
                raise
            return True

        return self._insist(commit)

    def execute(self, sql: str, /, **params: Any) -> int:
        """How many rows one statement changed, committed on its own; for what may be done twice. Raises as `query`."""
        text = self._allowed(bind(sql, params))
        rows = self._insist(lambda: self._backend.run(text, lambda answer: answer.fetchall()))
        return int(rows[0][0]) if rows and rows[0] and isinstance(rows[0][0], int) else 0

    def heard_by(self, hear: Callable[[str], None]) -> Warehouse:
        """The same way to the warehouse, not to be closed itself; `hear` is told each question before it is asked."""
        heard = copy(self)
        heard._hear = hear
        return heard

    def close(self) -> None:
        """Let go of the server or the file."""
        self._backend.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _is_committed(self, batch_key: str) -> bool:
        sql = bind("SELECT 1 FROM batches WHERE batch_key = $key", {"key": batch_key})
        return bool(self._backend.run(sql, lambda answer: answer.fetchall()))

    def _allowed(self, sql: str) -> str:
        if self._rights is not None and not self._rights.is_reader_allowed(sql):
            raise QuestionError(
                "A reader may run one SELECT at a time, and nothing that changes or leaves the warehouse."
            )
        return sql

    def _insist(self, attempt: Callable[[], T]) -> T:
        """The outcome of the attempt, made again while the server is away or another writer is in the way."""
        deadline = time.monotonic() + self._retry_s
        pause_s = 0.05
        while True:
            try:
                return attempt()
            except duckdb.Error as error:
                is_passing = _is_conflict(error) or (self.is_served and _is_lost(error))
                if not is_passing or time.monotonic() + pause_s > deadline:
                    kind = WarehouseError if _is_lost(error) else QuestionError
                    raise kind(_first_line(error), is_retryable=is_passing) from error
            time.sleep(pause_s)
            pause_s = min(pause_s * 1.5, 1.0)


def open_warehouse(home: Path, *, role: Role = "write", wait_s: float = 30.0, retry_s: float = 30.0) -> Warehouse:
    """The warehouse of this home, through its server if one answers, else its file (made and migrated if need be).

    Args:
        home: the data folder.
        role: "read" may only SELECT, add labels and orders, and acknowledge alerts.
        wait_s: how long to wait for another process to let go of the file, seconds.
        retry_s: how long a request waits for a server that went away, seconds.

    Raises:
        WarehouseError: the file is held by another process for longer than `wait_s`, or is no warehouse.
    """
    home = Path(home)
    deadline = time.monotonic() + wait_s
    while True:
        if read_endpoint(home) is not None:
            return Warehouse(_Served(home, role), role=role, retry_s=retry_s)
        try:
            # A short wait at a time: what holds the file may be a server that is about to be ready.
            return Warehouse(_Direct(home, min(wait_s, 0.3)), role=role, retry_s=retry_s)
        except WarehouseError as error:
            if not error.is_retryable or time.monotonic() > deadline:
                raise


def _frame_type(arrow_type: Any) -> pd.Int64Dtype | None:
    """The type of a frame's column where Arrow's own choice would depend on what is missing in it."""
    from pandas import Int64Dtype

    return Int64Dtype() if is_integer(arrow_type) else None


def _transaction(batch_key: str, changes: Sequence[Change], statements: Sequence[str]) -> str:
    names = dict.fromkeys(change.table_name for change in changes if change.table_name)
    batch = Batch(
        batch_key=batch_key,
        table_names=",".join(names),
        row_count=sum(change.row_count for change in changes),
        committed_at_utc=datetime.now(UTC),
    )
    key = bind(
        "INSERT INTO batches (batch_key, table_names, row_count, committed_at_utc) VALUES ($key, $names, $count, $at)",
        {"key": batch.batch_key, "names": batch.table_names, "count": batch.row_count, "at": batch.committed_at_utc},
    )
    return ";\n".join(["BEGIN TRANSACTION", key, *statements, "COMMIT"])


def _is_lost(error: duckdb.Error) -> bool:
    if isinstance(error, duckdb.IOException | duckdb.HTTPException):
        return True
    text = _first_line(error).lower()  # further lines quote the SQL, where any word may stand
    return any(mark in text for mark in _RESTARTED_MARKS)


def _is_conflict(error: duckdb.Error) -> bool:
    text = _first_line(error).lower()
    return any(mark in text for mark in _CONFLICT_MARKS)


def _first_line(error: duckdb.Error) -> str:
    return str(error).partition("\n")[0]
