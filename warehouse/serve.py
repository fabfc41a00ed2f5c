"""The process that owns the warehouse file and answers for it: `python -m warehouse.serve --home DIR [--port N]`.

It listens on 127.0.0.1 only, to two tokens that are new with every start: the writer's, and the reader's, which may
SELECT, label, acknowledge and order (`rights`). Nobody can reach files or change settings through it. It is ready when
`warehouse.endpoint` names it, and stops cleanly on SIGTERM or SIGINT.
"""

from __future__ import annotations

import argparse
import hmac
import logging
import os
import secrets
import signal
import socket
import threading
from collections import OrderedDict
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from warehouse.endpoint import DATABASE_NAME, ENDPOINT_NAME, LOCK_NAME, TOKEN_NAMES, Endpoint, Role, write_endpoint
from warehouse.endpoint import write_private as write_token
from warehouse.errors import WarehouseError
from warehouse.extension import load_extensions
from warehouse.literals import text_literal
from warehouse.memory import MemoryKeeper
from warehouse.migrate import migrate_database
from warehouse.rights import Rights

logger = logging.getLogger(__name__)

# A connection lives for one request; the roles of the last ten thousand are far more than can be open at once.
_REMEMBERED_CONNECTIONS = 10_000


class Gate:
    """Who is at the door: knows a connection's role by the token it came with, and what that role may run."""

    def __init__(self, tokens: dict[Role, str], memory: MemoryKeeper) -> None:
        self._tokens, self._memory = tokens, memory
        self._roles: OrderedDict[str, Role] = OrderedDict()
        self._guard = threading.Lock()
        self._rights = Rights()

    def is_known(self, connection_id: str, token: str, _server_token: str) -> bool:
        """Whether the token is one of ours; remembers whose."""
        for role, known in self._tokens.items():
            if hmac.compare_digest(known.encode(), token.encode()):
                with self._guard:
                    self._roles[connection_id] = role
                    while len(self._roles) > _REMEMBERED_CONNECTIONS:
                        self._roles.popitem(last=False)
                return True
        return False

    def is_allowed(self, connection_id: str, sql: str) -> bool:
        """Whether this connection may run this SQL; a connection we do not remember may run nothing."""
        role = self._roles.get(connection_id)
        if role == "write":
            self._memory.expect_write(sql)
            return True
        return role == "read" and self._rights.is_reader_allowed(sql)


def open_served(home: Path, uri: str, tokens: dict[Role, str]) -> tuple[duckdb.DuckDBPyConnection, MemoryKeeper]:
    """The open, migrated, locked-down database, already answering at `uri`, and what keeps its memory."""
    connection = duckdb.connect(str(home / DATABASE_NAME))
    migrate_database(connection)
    load_extensions(connection)
    memory = MemoryKeeper(connection)
    gate = Gate(tokens, memory)
    text = duckdb.sqltypes.VARCHAR
    yes = duckdb.sqltypes.BOOLEAN
    connection.create_function("mereda_is_known", gate.is_known, [text, text, text], yes, side_effects=True)
    connection.create_function("mereda_is_allowed", gate.is_allowed, [text, text], yes, side_effects=True)
    for setting in (
        "SET GLOBAL TimeZone = 'UTC'",
        "SET GLOBAL quack_authentication_function = 'mereda_is_known'",
        "SET GLOBAL quack_authorization_function = 'mereda_is_allowed'",
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET GLOBAL allocator_background_threads = true",
        "SET enable_external_access = false",
        "SET allowed_configs = ['memory_limit']",
        "SET lock_configuration = true",
    ):
        connection.execute(setting)
    # Not as bound values: for one DuckDB imports pandas, which takes longer than all else here.
    at, token = text_literal(uri), text_literal(tokens["write"])
    connection.execute(f"CALL quack_serve({at}, token := {token}, disable_ssl := true)")
    memory.adjust()
    return connection, memory


def serve(home: Path, *, port: int = 0, stop: threading.Event, wait_s: float = 30.0) -> None:
    """Own the file of this home and answer for it until `stop` is set; then write everything back and close.

    Args:
        port: TCP port on 127.0.0.1; 0 takes a free one.

    Raises:
        WarehouseError: another process holds the file for longer than `wait_s` seconds, or the port is taken.
    """
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / LOCK_NAME, timeout=wait_s)
    try:
        lock.acquire()
    except Timeout as error:
        message = f"Another process holds the warehouse in {home}; stop it first."
        raise WarehouseError(message, subject_id=str(home), is_retryable=True) from error
    with lock:
        tokens: dict[Role, str] = {"write": secrets.token_hex(32), "read": secrets.token_hex(32)}
        uri = f"quack:127.0.0.1:{_free_port(port)}"
        try:
            connection, memory = open_served(home, uri, tokens)
        except duckdb.Error as error:
            message = f"The warehouse in {home} cannot be served: {str(error).partition(chr(10))[0]}"
            raise WarehouseError(message, subject_id=str(home)) from error
        for role, name in TOKEN_NAMES.items():
            write_token(home / name, tokens[role])
        write_endpoint(home, Endpoint(uri=uri, pid=os.getpid()))
        logger.info("The warehouse in %s is served at %s", home, uri)
        try:
            memory.keep(stop)
        finally:
            (home / ENDPOINT_NAME).unlink(missing_ok=True)
            connection.execute(f"CALL quack_stop({text_literal(uri)})")
            connection.execute("CHECKPOINT")
            connection.close()
            lock.release(force=True)
    logger.info("The warehouse in %s is closed", home)


def _free_port(port: int) -> int:
    """The port if nobody has it, or a free one for 0. Two servers can bind one port with this protocol, so we ask."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise WarehouseError(f"Port {port} on 127.0.0.1 is taken; choose another.") from error
        return int(probe.getsockname()[1])


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m warehouse.serve", description="Serve the warehouse of one home.")
    parser.add_argument("--home", type=Path, required=True, help="the data folder")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    serve(arguments.home, port=arguments.port, stop=stop)
    # Not by way of Python's own end: a request that is still being answered asks it who may run what, finds it half
    # gone, and then the process aborts or never ends. All is written back and closed by now.
    logging.shutdown()
    os._exit(0)


if __name__ == "__main__":
    main()
