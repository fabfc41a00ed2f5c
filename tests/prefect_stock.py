"""Prefect for tests: its database, made once a run, and a server for runs from the shell; each takes ten seconds."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from filelock import FileLock

from tests.ports import free_port
from tests.waiting import PATIENCE_S, wait_for

# Set by `conftest` in the process that shares out the tests, and inherited by those it starts.
SHARED_FOLDER = "TESTS_SHARED_FOLDER"
NAME = "prefect.db"


def stock_prefect(home: Path) -> None:
    """Puts a database as a server leaves it after its first start into a home that has none."""
    target = home / "prefect" / NAME
    shared = os.environ.get(SHARED_FOLDER)
    if shared is None or target.exists():
        return
    made = Path(shared) / NAME
    with FileLock(Path(shared) / "prefect.lock"):
        if not made.exists():
            _make(made)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made, target)


def _make(target: Path) -> None:
    """Starts a server in a home of its own and stops it once it answers."""
    home = target.parent / "first"
    with serve_prefect(home):
        pass
    shutil.move(home / "prefect" / NAME, target)


@contextmanager
def serve_prefect(home: Path) -> Iterator[int]:
    """The port of a Prefect server of this home, without what plans runs and cleans up, while the block lasts."""
    port = free_port()
    (home / "prefect").mkdir(parents=True, exist_ok=True)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    own = {"PREFECT_HOME": str(home / "prefect"), "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}
    command = [str(Path(sys.executable).parent / "prefect"), "server", "start", "--no-services"]
    where = ["--host", "127.0.0.1", "--port", str(port)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen([*command, *where], env=kept | own, stdout=quiet, stderr=quiet) as server:
        try:
            health = f"http://127.0.0.1:{port}/api/health"
            wait_for(lambda: server.poll() is not None or _answers(health), PATIENCE_S, "the Prefect server to answer")
            assert server.poll() is None, "the Prefect server ended"
            yield port
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(PATIENCE_S)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
