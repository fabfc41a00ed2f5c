"""A real serving process for tests: started, waited for, stopped."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.waiting import PATIENCE_S
from warehouse.endpoint import read_endpoint


def start(home: Path) -> subprocess.Popen[bytes]:
    """The serving process of this home, once it answers."""
    server = subprocess.Popen([sys.executable, "-m", "warehouse.serve", "--home", str(home)], stderr=subprocess.DEVNULL)
    pause = threading.Event()
    while read_endpoint(home) is None:
        assert server.poll() is None, "the server died before it was ready"
        pause.wait(0.05)
    return server


@contextmanager
def serving(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A serving process for as long as the block lasts."""
    server = start(home)
    try:
        yield server
    finally:
        server.terminate()
        server.wait(PATIENCE_S)
