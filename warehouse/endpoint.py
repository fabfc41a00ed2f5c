"""Where a served warehouse is found: file names in the home, the endpoint file, the two token files."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psutil

Role = Literal["write", "read"]

DATABASE_NAME = "warehouse.duckdb"
ENDPOINT_NAME = "warehouse.endpoint"
LOCK_NAME = "warehouse.lock"
TOKEN_NAMES: dict[Role, str] = {"write": "warehouse.writer.token", "read": "warehouse.reader.token"}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A running server: its Quack address and process."""

    uri: str  # quack:127.0.0.1:PORT
    pid: int


def write_private(path: Path, text: str) -> None:
    """Put the text there at once and readable by its owner alone (mode 600)."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)


def write_endpoint(home: Path, endpoint: Endpoint) -> None:
    """Say that the server is ready, and where."""
    write_private(home / ENDPOINT_NAME, json.dumps({"uri": endpoint.uri, "pid": endpoint.pid}) + "\n")


def read_endpoint(home: Path) -> Endpoint | None:
    """The server that answers now; None where there is none, or the file was left behind by a dead one."""
    try:
        found = json.loads((home / ENDPOINT_NAME).read_text(encoding="utf-8"))
        endpoint = Endpoint(uri=str(found["uri"]), pid=int(found["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return endpoint if _is_alive(endpoint) else None


def read_token(home: Path, role: Role) -> str:
    """The token of this role; OSError where the server has not written it."""
    return (home / TOKEN_NAMES[role]).read_text(encoding="utf-8").strip()


def _is_alive(endpoint: Endpoint) -> bool:
    if not psutil.pid_exists(endpoint.pid):
        return False
    _, host, port = endpoint.uri.split(":")
    try:
        socket.create_connection((host, int(port)), timeout=2).close()
    except OSError:
        return False
    return True
