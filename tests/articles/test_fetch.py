from __future__ import annotations

import asyncio
import gzip
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from flows.articles.fetch import PageFailed, PageFetched, PageOutcome, PageRefused, fetch_page, parse_retry_after
from flows.articles.manners import Manners
from warehouse.records import FailureClass

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
HTML = {"content-type": "text/html; charset=utf-8"}
Answer = tuple[int, Mapping[str, str], bytes]


@dataclass
class Site:
    """A web site on a loopback port: answers by path, and what it was asked."""

    answers: dict[str, Answer]
    asked: list[str] = field(default_factory=list)
    port: int = 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def serve(answers: dict[str, Answer]) -> Iterator[Site]:
    site = Site(answers)

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            status, headers, body = site.answers.get(self.path, (404, HTML, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Clock:
    """Time that passes only when somebody pauses."""

    now_s: float = 0.0
    pauses: list[float] = field(default_factory=list)

    def read(self) -> float:
        return self.now_s

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now_s += seconds


def fetch(
    *urls: str, clock: Clock | None = None, manners: Manners | None = None, size: int = 10_000
) -> list[PageOutcome]:
    clock = clock or Clock()
    chosen = manners or Manners(clock=clock.read, pause=clock.pause)

    async def run() -> list[PageOutcome]:
        async with httpx.AsyncClient(trust_env=False) as client:
            return [await fetch_page(client, url, manners=chosen, now=NOW, size_limit=size) for url in urls]

    return asyncio.run(run())


def test_a_page_comes_as_it_is() -> None:
    with serve({"/a": (200, HTML, b"<p>halo</p>")}) as site:
        (page,) = fetch(site.url("/a"))
        assert page == PageFetched(
            url=site.url("/a"), final_url=site.url("/a"), html=b"<p>halo</p>", charset="utf-8", fetched_at_utc=NOW
        )


def test_robots_txt_is_obeyed_and_asked_once() -> None:
    rules = b"User-agent: mereda\nDisallow: /private\n"
    with serve({"/robots.txt": (200, {"content-type": "text/plain"}, rules), "/a": (200, HTML, b"a")}) as site:
        refused, fetched = fetch(site.url("/private/x"), site.url("/a"))
        assert refused == PageRefused(
            url=site.url("/private/x"), reason="robots.txt forbids this address", is_retryable=False
        )
        assert isinstance(fetched, PageFetched)
        assert site.asked == ["/robots.txt", "/a"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_whose_robots_txt_fails_is_left_alone_for_now(status: int) -> None:
    with serve({"/robots.txt": (status, HTML, b""), "/a": (200, HTML, b"a")}) as site:
        (refused,) = fetch(site.url("/a"))
        assert refused == PageRefused(url=site.url("/a"), reason=f"robots.txt answers {status}", is_retryable=True)
        assert site.asked == ["/robots.txt"]


def test_robots_txt_is_asked_again_after_a_quarter_of_an_hour() -> None:
    clock = Clock()
    manners = Manners(clock=clock.read, pause=clock.pause)
    with serve({"/robots.txt": (503, HTML, b""), "/a": (200, HTML, b"a")}) as site:
        fetch(site.url("/a"), manners=manners)
        site.answers["/robots.txt"] = (404, HTML, b"")
        clock.now_s += 901
        (page,) = fetch(site.url("/a"), manners=manners)
        assert isinstance(page, PageFetched)


def test_requests_to_one_site_are_spaced() -> None:
    clock = Clock()
    with serve({path: (200, HTML, b"x") for path in ("/a", "/b", "/c")}) as site:
        fetch(site.url("/a"), site.url("/b"), site.url("/c"), clock=clock)
    assert clock.pauses == [2.0, 2.0]


def test_a_crawl_delay_is_kept_up_to_half_a_minute() -> None:
    clock = Clock()
    robots = (200, {"content-type": "text/plain"}, b"User-agent: *\nCrawl-delay: 600\n")
    with serve({"/robots.txt": robots, "/a": (200, HTML, b"x")}) as site:
        fetch(site.url("/a"), site.url("/a"), clock=clock)
    assert clock.pauses == [30.0]


def test_one_site_gets_one_request_at_a_time() -> None:
    clock, inside, most = Clock(), 0, 0
    manners = Manners(clock=clock.read, pause=clock.pause, concurrency_per_site=1)

    async def hold() -> None:
        nonlocal inside, most
        async with manners.turn("https://a.example.com/x"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    async def run() -> None:
        await asyncio.gather(*(hold() for _ in range(5)))

    asyncio.run(run())
    assert most == 1


def test_redirects_are_followed_and_each_host_is_asked_for_its_rules() -> None:
    forbidding = {"/robots.txt": (200, {"content-type": "text/plain"}, b"User-agent: *\nDisallow: /\n")}
    with serve(dict(forbidding)) as closed, serve({}) as site:
        site.answers["/a"] = (302, {"location": "/b"}, b"")
        site.answers["/b"] = (200, HTML, b"b")
        site.answers["/out"] = (301, {"location": closed.url("/x")}, b"")
        found, refused = fetch(site.url("/a"), site.url("/out"))
        assert isinstance(found, PageFetched)
        assert found.final_url == site.url("/b")
        assert isinstance(refused, PageRefused)
        assert closed.asked == ["/robots.txt"]


def test_a_ring_of_redirects_ends() -> None:
    with serve({"/a": (302, {"location": "/a"}, b"")}) as site:
        (failed,) = fetch(site.url("/a"))
        assert isinstance(failed, PageFailed)
        assert failed.reason == "more than 5 redirects"
        assert site.asked.count("/a") == 6


def test_size_counts_after_decompression() -> None:
    packed = gzip.compress(b"x" * 200_000)
    with serve({"/a": (200, {**HTML, "content-encoding": "gzip"}, packed)}) as site:
        (failed,) = fetch(site.url("/a"))
    assert isinstance(failed, PageFailed)
    assert len(packed) < 10_000
    assert failed.reason == "larger than 10000 bytes"


@pytest.mark.parametrize(
    ("answer", "failure_class"),
    [
        ((404, HTML, b""), FailureClass.HARD),
        ((503, HTML, b""), FailureClass.SOFT),
        ((429, HTML, b""), FailureClass.SOFT),
        ((200, {"content-type": "application/pdf"}, b"%PDF"), FailureClass.HARD),
        ((200, {**HTML, "content-encoding": "gzip"}, b"no gzip"), FailureClass.SOFT),
    ],
)
def test_failures_have_a_class(answer: Answer, failure_class: FailureClass) -> None:
    with serve({"/a": answer}) as site:
        (failed,) = fetch(site.url("/a"))
    assert isinstance(failed, PageFailed)
    assert failed.failure_class is failure_class


def test_a_page_that_takes_too_long_is_given_up() -> None:
    async def never(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return httpx.Response(404)
        await asyncio.Event().wait()
        return httpx.Response(200)

    async def run() -> PageOutcome:
        async with httpx.AsyncClient(transport=httpx.MockTransport(never)) as client:
            return await fetch_page(client, "https://a.example/x", manners=Manners(), now=NOW, time_limit_s=0.01)

    failed = asyncio.run(run())
    assert isinstance(failed, PageFailed)
    assert (failed.reason, failed.failure_class) == ("took too long", FailureClass.TEMPORARY)


def test_a_closed_port_is_a_value() -> None:
    with serve({}) as site:
        url = site.url("/a")
    (refused,) = fetch(url)
    assert isinstance(refused, PageRefused)
    assert refused.is_retryable


@pytest.mark.parametrize(
    "url", ["ftp://a.example/x", "javascript:alert(1)", "http://[", "/relative", "http://a:99999/"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    (refused,) = fetch(url)
    assert refused == PageRefused(url=url, reason="not an http(s) address", is_retryable=False)


def test_retry_after_is_read_as_seconds_or_date() -> None:
    assert parse_retry_after({"retry-after": "120"}, NOW) == 120
    assert parse_retry_after({"retry-after": "Wed, 04 Mar 2026 05:07:00 GMT"}, NOW) == 60
    assert parse_retry_after({"retry-after": "soon"}, NOW) is None
