from __future__ import annotations

import asyncio
import gzip
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.articles.fetch import PageFailed, PageFetched, PageOutcome, PageRefused, fetch_page
from flows.articles.manners import Manners, Permission, Recall
from flows.feeds.hosts import HostLimiter
from flows.feeds.transport import open_client
from flows.feeds.waits import read_retry_after
from tests.loopback import SilentHandler, serve_on_loopback
from warehouse.records import FailureClass, RobotsFile

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
HTML = {"content-type": "text/html; charset=utf-8"}
Answer = tuple[int, Mapping[str, str], bytes]


@dataclass
class Site:
    """A web site on a loopback port: answers by path, and what it was asked."""

    answers: dict[str, Answer]
    asked: list[str] = field(default_factory=list)
    port: int = 0
    release: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def serve(answers: dict[str, Answer], holds: Collection[str] = ()) -> Iterator[Site]:
    site = Site(answers)

    class Desk(SilentHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            if self.path in holds:
                site.release.wait(10)
                return
            status, headers, body = site.answers.get(self.path, (404, HTML, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with serve_on_loopback(Desk) as site.port:
        yield site


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


async def recall_nothing(origin: str) -> RobotsFile | None:
    return None


def build_manners(clock: Clock, recall: Recall = recall_nothing) -> Manners:
    limiter = HostLimiter(clock=clock.read, sleep=clock.pause)
    return Manners(limiter, read_retry_after=read_retry_after, recall=recall)


def fetch(
    *urls: str,
    clock: Clock | None = None,
    manners: Manners | None = None,
    size: int = 10_000,
    now: datetime = NOW,
    time_limit_s: float = 10.0,
) -> list[PageOutcome]:
    chosen = manners or build_manners(clock or Clock())

    async def run() -> list[PageOutcome]:
        async with open_client(allow_private_hosts={"127.0.0.1"}) as client:
            return [
                await fetch_page(client, url, manners=chosen, now=now, size_limit=size, time_limit_s=time_limit_s)
                for url in urls
            ]

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
    manners = build_manners(Clock())
    with serve({"/robots.txt": (503, HTML, b""), "/a": (200, HTML, b"a")}) as site:
        fetch(site.url("/a"), manners=manners)
        site.answers["/robots.txt"] = (404, HTML, b"")
        (refused,) = fetch(site.url("/a"), manners=manners, now=NOW + timedelta(minutes=14))
        (page,) = fetch(site.url("/a"), manners=manners, now=NOW + timedelta(minutes=15))
        assert isinstance(refused, PageRefused)
        assert isinstance(page, PageFetched)
        assert site.asked == ["/robots.txt", "/robots.txt", "/a"]


def test_what_an_earlier_round_read_of_robots_txt_is_not_asked_again() -> None:
    kept: dict[str, RobotsFile] = {}

    async def recall(origin: str) -> RobotsFile | None:
        return kept.get(origin)

    rules = (200, {"content-type": "text/plain"}, b"User-agent: *\nDisallow: /private\n")
    with serve({"/robots.txt": rules, "/a": (200, HTML, b"a")}) as site:
        first = build_manners(Clock())
        fetch(site.url("/a"), manners=first)
        kept = {file.origin: file for file in first.learned()}
        second = build_manners(Clock(), recall)
        fetched, refused = fetch(site.url("/a"), site.url("/private/x"), manners=second)
        assert isinstance(fetched, PageFetched)
        assert isinstance(refused, PageRefused)
        assert second.learned() == first.learned() == []
        assert site.asked == ["/robots.txt", "/a", "/a"]
    (file,) = kept.values()
    assert (file.origin, file.expires_at_utc) == (site.url(""), NOW + timedelta(days=1))


@pytest.mark.parametrize(
    ("redirect_count", "is_allowed"),
    [(5, False), (6, True)],
)
def test_robots_txt_is_followed_through_five_redirects(redirect_count: int, is_allowed: bool) -> None:
    answers: dict[str, Answer] = {"/a": (200, HTML, b"a")}
    for number in range(redirect_count):
        path = "/robots.txt" if number == 0 else f"/{number}"
        answers[path] = (302, {"location": f"/{number + 1}"}, b"")
    answers[f"/{redirect_count}"] = (200, {}, b"User-agent: *\nDisallow: /\n")
    with serve(answers) as site:
        (outcome,) = fetch(site.url("/a"))
    assert isinstance(outcome, PageFetched) is is_allowed


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["User-agent", "Disallow", "Allow", "Crawl-delay", "Request-rate", "Visit-time", "Sitemap"]
            ),
            st.one_of(
                st.sampled_from(["*", "mereda", "/", "/*a*a*a*$", "nan", "inf", "-1", "1/0", "9999-0"]),
                st.text(max_size=20),
            ),
        ),
        max_size=12,
    )
)
def test_no_robots_txt_is_too_odd_to_be_read(lines: list[tuple[str, str]]) -> None:
    async def recall(origin: str) -> RobotsFile:
        rules = "\n".join(f"{name}: {value}" for name, value in lines)
        return RobotsFile(origin=origin, rules=rules, refusal=None, asked_at_utc=NOW, expires_at_utc=NOW)

    async def run() -> Permission:
        async with open_client() as client:
            return await build_manners(Clock(), recall).ask(client, "https://a.example/a/b?c", now=NOW)

    assert 0 <= asyncio.run(run()).crawl_delay_s <= 30


def test_only_the_first_half_mebibyte_of_robots_txt_counts() -> None:
    head = b"User-agent: *\nDisallow: /first\n"
    padding = b"# nothing\n" * 51_300
    robots: Answer = (200, {}, head + padding + b"Disallow: /last\n")
    with serve({"/robots.txt": robots, "/last": (200, HTML, b"a")}) as site:
        first, last = fetch(site.url("/first"), site.url("/last"))
    assert isinstance(first, PageRefused)
    assert isinstance(last, PageFetched)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_robots_txt_that_is_not_there_allows_everything(status: int) -> None:
    with serve({"/robots.txt": (status, HTML, b"User-agent: *\nDisallow: /"), "/a": (200, HTML, b"a")}) as site:
        (page,) = fetch(site.url("/a"))
    assert isinstance(page, PageFetched)


@pytest.mark.parametrize("answer", [(429, {}, b""), (503, {"retry-after": "3600"}, b"")])
def test_a_site_that_turns_a_page_away_is_left_alone_whole(answer: Answer) -> None:
    clock = Clock()
    manners = build_manners(clock)
    with serve({"/a": answer, "/b": (200, HTML, b"b")}) as site:
        failed, refused = fetch(site.url("/a"), site.url("/b"), manners=manners)
        asked = list(site.asked)
        clock.now_s += 3601
        (later,) = fetch(site.url("/b"), manners=manners)
    assert isinstance(failed, PageFailed)
    assert isinstance(refused, PageRefused)
    assert (refused.is_retryable, asked) == (True, ["/robots.txt", "/a"])
    assert isinstance(later, PageFetched)


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


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(bytes(5_000_000))),
        ("br", brotli.compress(bytes(5_000_000))),
        ("zstd", zstandard.compress(bytes(5_000_000))),
        ("gzip, br", brotli.compress(gzip.compress(bytes(5_000_000)))),
    ],
)
def test_size_counts_after_decompression(encoding: str, packed: bytes) -> None:
    with serve({"/a": (200, {**HTML, "content-encoding": encoding}, packed)}) as site:
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
    with serve({"/a": (200, HTML, b"x")}, holds={"/a"}) as site:
        (failed,) = fetch(site.url("/a"), time_limit_s=0.2)
        site.release.set()
    assert isinstance(failed, PageFailed)
    assert (failed.reason, failed.failure_class) == ("took too long", FailureClass.TEMPORARY)


def test_a_page_without_a_type_is_read_where_it_looks_like_one() -> None:
    with serve({"/a": (200, {}, b"\n<!doctype html><p>x"), "/b": (200, {}, b"%PDF-1.7")}) as site:
        page, failed = fetch(site.url("/a"), site.url("/b"))
    assert isinstance(page, PageFetched)
    assert isinstance(failed, PageFailed)


def test_credentials_in_an_address_stay_out_of_what_is_kept() -> None:
    with serve({"/a": (302, {"location": "/b"}, b""), "/b": (200, HTML, b"b")}) as site:
        (page,) = fetch(site.url("/a").replace("//", "//name:secret@"))
    assert isinstance(page, PageFetched)
    assert page.final_url == site.url("/b")


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
