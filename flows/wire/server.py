"""The loopback server of the wire: feeds with ETag and Last-Modified, pages, robots.txt, honest 404s.

It listens on 127.0.0.1 only. Time comes from a `clock`, so that a test moves it by hand. The feed of a flaky outlet
answers every fifth request with 503, as some real ones do.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from flows.wire.newsroom import Edition, Newsroom
from flows.wire.outlets import Outlet, load_outlets
from flows.wire.render import render_feed, render_front, render_page
from flows.wire.stock import Article, load_articles

HOST = "127.0.0.1"
ROBOTS = "User-agent: *\nDisallow: /haldencourier/members/\nAllow: /\n"
_FLAKY_EVERY = 5
_RELATED_COUNT = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request gets, before conditions on it are looked at."""

    status: int
    content_type: str
    body: str
    changed_at_utc: datetime | None = None


@dataclass
class Wire:
    """A running wire: its newsroom, its clock, and how to answer a path. Safe to use from many threads."""

    newsroom: Newsroom
    stock: dict[str, Article]
    clock: Callable[[], float]
    started_at_utc: datetime
    base_url: str = ""
    outlets: dict[str, Outlet] = field(default_factory=load_outlets)
    _started_s: float = 0.0
    _flaky_count: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._started_s = self.clock()

    def elapsed_s(self) -> float:
        """The seconds since the start, by the wire's clock."""
        return self.clock() - self._started_s

    def answer(self, path: str) -> Answer:
        """The answer to a path without its query."""
        if path == "/robots.txt":
            return Answer(200, "text/plain; charset=utf-8", ROBOTS)
        outlet = self.outlets.get(path.lstrip("/").split("/")[0])
        if path == "/":
            return Answer(200, "text/html; charset=utf-8", self._index())
        if outlet is not None and path == f"/{outlet.outlet_id}/feed.xml":
            return self._feed(outlet)
        if outlet is not None and path == f"/{outlet.outlet_id}/":
            editions = self.newsroom.of_outlet(outlet.outlet_id, self.elapsed_s())
            return Answer(200, "text/html; charset=utf-8", render_front(outlet, editions))
        edition = self.newsroom.at_path(path, self.elapsed_s())
        if outlet is None or edition is None or edition.article.page == "missing":
            return Answer(404, "text/html; charset=utf-8", "<!doctype html><title>404</title><p>Not here.</p>")
        return self._page(outlet, edition)

    def _index(self) -> str:
        rows = "".join(f'<li><a href="/{o.outlet_id}/">{o.name}</a></li>' for o in self.outlets.values())
        return f"<!doctype html><title>Demo newsroom</title><h1>Demo newsroom</h1><ul>{rows}</ul>"

    def _feed(self, outlet: Outlet) -> Answer:
        if outlet.is_flaky and self._is_refused():
            return Answer(503, "text/plain; charset=utf-8", "Try again later.\n")
        editions = self.newsroom.of_outlet(outlet.outlet_id, self.elapsed_s())
        changed = self._changed_at_utc(max((e.changed_at_s for e in editions), default=0.0))
        kind = "application/atom+xml" if outlet.feed_format == "atom" else "application/rss+xml"
        return Answer(200, f"{kind}; charset=utf-8", render_feed(outlet, editions, self.base_url, changed), changed)

    def _page(self, outlet: Outlet, edition: Edition) -> Answer:
        others = [e.article for e in self.newsroom.of_outlet(outlet.outlet_id, self.elapsed_s())]
        related = [a for a in others if a.language == edition.article.language and a != edition.article]
        body = render_page(edition, outlet, self.stock, related[:_RELATED_COUNT])
        return Answer(200, "text/html; charset=utf-8", body, self._changed_at_utc(edition.changed_at_s))

    def _changed_at_utc(self, changed_at_s: float) -> datetime:
        return self.started_at_utc + timedelta(seconds=int(changed_at_s))

    def _is_refused(self) -> bool:
        with self._lock:
            self._flaky_count += 1
            return self._flaky_count % _FLAKY_EVERY == 0


def make_server(
    port: int = 0,
    *,
    pace_s: float = 20.0,
    clock: Callable[[], float] = time.monotonic,
    now: datetime | None = None,
    is_full: bool = False,
) -> tuple[ThreadingHTTPServer, Wire]:
    """A bound server that does not answer yet, and its wire; port 0 takes a free one. Raises OSError if taken."""
    articles = load_articles()
    wire = Wire(
        newsroom=Newsroom(articles, pace_s=pace_s, is_full=is_full),
        stock={article.article_id: article for article in articles},
        clock=clock,
        started_at_utc=(now or datetime.now(UTC)).replace(microsecond=0),
    )
    server = ThreadingHTTPServer((HOST, port), _handler_of(wire))
    server.daemon_threads = True
    wire.base_url = f"http://{HOST}:{server.server_address[1]}"
    return server, wire


@contextmanager
def serve_wire(
    port: int = 0,
    pace: float = 20.0,
    clock: Callable[[], float] = time.monotonic,
    *,
    now: datetime | None = None,
    start_full: bool = False,
) -> Iterator[Wire]:
    """Serve the wire in a thread while the block runs; `pace` in seconds of `clock`, `now` the start in UTC."""
    server, wire = make_server(port, pace_s=pace, clock=clock, now=now, is_full=start_full)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield wire
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler_of(wire: Wire) -> type[BaseHTTPRequestHandler]:
    class WireRequest(BaseHTTPRequestHandler):
        """One request: looks the path up, honours conditions, writes the answer."""

        protocol_version = "HTTP/1.1"
        server_version = "DemoWire/1"

        def do_GET(self) -> None:
            """Answer with the body."""
            self._send(with_body=True)

        def do_HEAD(self) -> None:
            """Answer without the body."""
            self._send(with_body=False)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: a demo's terminal belongs to its user."""

        def _send(self, *, with_body: bool) -> None:
            answer = wire.answer(urlsplit(self.path).path)
            body = answer.body.encode()
            etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
            is_unchanged = answer.status == 200 and self._is_known(etag, answer.changed_at_utc)
            self.send_response(304 if is_unchanged else answer.status)
            if answer.status == 503:
                self.send_header("Retry-After", "5")
            if answer.status == 200:
                self.send_header("ETag", etag)
            if answer.changed_at_utc is not None:
                self.send_header("Last-Modified", format_datetime(answer.changed_at_utc, usegmt=True))
            if not is_unchanged:
                self.send_header("Content-Type", answer.content_type)
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if with_body and not is_unchanged:
                self.wfile.write(body)

        def _is_known(self, etag: str, changed_at_utc: datetime | None) -> bool:
            # RFC 9110 section 13.1.3: a date counts only where no ETag came.
            known = self.headers.get("If-None-Match")
            if known is not None:
                return etag in (part.strip().removeprefix("W/") for part in known.split(","))
            since = self.headers.get("If-Modified-Since")
            if since is None or changed_at_utc is None:
                return False
            try:
                return changed_at_utc <= parsedate_to_datetime(since)
            except (TypeError, ValueError):
                return False

    return WireRequest
