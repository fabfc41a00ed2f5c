"""The smallest world of these tests: a feed, a clock, and a loopback server that is one function."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.loopback import SilentHandler, serve_on_loopback
from warehouse.records import Feed

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def build_feed(url: str = "https://news.example/feed.xml", **changes: object) -> Feed:
    values: dict[str, object] = {
        "feed_id": "example",
        "url": url,
        "title": "Example",
        "outlet_id": "example-outlet",
        "outlet_name": "Example",
        "family_id": "example-family",
    }
    return Feed(**{**values, **changes})  # type: ignore[arg-type]  # the test names real fields


@dataclass
class Answer:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    hold: threading.Event | None = None


Respond = Callable[[str, dict[str, str]], Answer]


@contextmanager
def serve(respond: Respond) -> Iterator[str]:
    """A server on 127.0.0.1 that answers with `respond(path, request headers)`; gives its base URL."""

    class Handler(SilentHandler):
        def do_GET(self) -> None:
            answer = respond(self.path, {name.lower(): value for name, value in self.headers.items()})
            if answer.hold is not None:
                answer.hold.wait(10)
            try:
                self.send_response(answer.status)
                for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)
            except (BrokenPipeError, ConnectionResetError):
                return  # the client hung up, which some tests want

    with serve_on_loopback(Handler) as port:
        yield f"http://127.0.0.1:{port}"
