"""A server on the loopback for as long as a block lasts; what it answers is its handler's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class SilentHandler(BaseHTTPRequestHandler):
    """A handler that writes nothing on the terminal."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def serve_on_loopback(handler: type[SilentHandler]) -> Iterator[int]:
    """The port that is listened on; it is closed at the end of the block, without the half second usual."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()
