"""Whatever a server does ends in a typed outcome, in time and within the limits, and harms no other feed."""

from __future__ import annotations

import asyncio
import gzip
import logging
import socket
import time
from contextlib import ExitStack
from dataclasses import dataclass

import brotli
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.feeds.fetch import Failed, FailureClass, Fetched, FetchLimits, Outcome, Postponed, Unchanged, fetch_feed
from flows.feeds.hosts import HostLimiter
from flows.feeds.parsing import LARGE_BYTES
from flows.feeds.poll import ask_feed
from flows.feeds.transport import open_client
from tests.feeds.rough import Script, serve_raw
from tests.feeds.world import NOW, build_feed

LIMITS = FetchLimits(total_s=1.5, max_bytes=200_000)
FEED = b"<rss version='2.0'><channel><title>T</title><item><link>/1</link><title>x</title></item></channel></rss>"
ZEROS = bytes(30_000_000)


def fetch(url: str, **known: object) -> Outcome:
    async def run() -> Outcome:
        async with open_client(allow_private_hosts={"127.0.0.1"}, read_timeout_s=0.5) as client:
            return await fetch_feed(client, build_feed(url, **known), now=NOW, limits=LIMITS)

    return asyncio.run(run())


def say(*parts: bytes, pause_s: float = 0.0, then_closes: bool = True) -> Script:
    def script(connection: socket.socket, head: bytes) -> None:
        for part in parts:
            connection.sendall(part)
            time.sleep(pause_s)
        if then_closes:
            connection.shutdown(socket.SHUT_RDWR)

    return script


def repeat(start: bytes, part: bytes, pause_s: float = 0.0) -> Script:
    """Sends `part` for ever, or until the client hangs up."""

    def script(connection: socket.socket, head: bytes) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(part)
            time.sleep(pause_s)

    return script


def answer(body: bytes, *headers: bytes, status: bytes = b"200 OK") -> bytes:
    lines = [b"HTTP/1.1 " + status, b"Content-Length: %d" % len(body), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def packed(encoding: bytes, body: bytes) -> bytes:
    return answer(body, b"Content-Encoding: " + encoding)


@dataclass(frozen=True)
class Fault:
    name: str
    script: Script
    failure_class: str
    says: str


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
UNENDING = b"HTTP/1.1 200 OK\r\n\r\n"
FAULTS = [
    Fault("silent", say(pause_s=0.8), "temporary", ""),
    Fault("accepts and says nothing", repeat(b"", b"", 0.1), "temporary", "no answer within|took too long"),
    Fault("hangs up at once", say(), "temporary", "connection broke"),
    Fault("speaks no HTTP", say(b"220 ftp.example ready\r\n"), "temporary", "connection broke"),
    Fault("drips its headers", repeat(b"HTTP/1.1 200 OK\r\n", b"A", 0.02), "temporary", "no answer within"),
    Fault("interim answers without end", repeat(b"", b"HTTP/1.1 103 Early\r\n\r\n"), "temporary", "no answer within"),
    Fault("a header without end", repeat(b"HTTP/1.1 200 OK\r\nA: ", b"x" * 4096), "temporary", "connection broke"),
    Fault("headers without end", repeat(b"HTTP/1.1 200 OK\r\n", b"A: b\r\n" * 99), "temporary", "connection broke"),
    Fault("too many headers", say(answer(FEED, *[b"A: b"] * 300)), "temporary", "more than 200 headers"),
    Fault("drips its body", repeat(UNENDING, b"<", 0.02), "temporary", "no full answer within 1.5 s"),
    Fault("a body without end", repeat(UNENDING, b"x" * 65536), "soft", "larger than 200000 bytes"),
    Fault("chunks without end", repeat(CHUNKED, b"40\r\n%b\r\n" % (b"x" * 64) * 900), "soft", "larger than 200000"),
    Fault("crumbs without end", repeat(CHUNKED, b"1\r\nx\r\n" * 9000), "temporary", "crumbs|no full answer"),
    Fault("a chunk of negative length", say(CHUNKED + b"-5\r\nhello\r\n"), "temporary", "connection broke"),
    Fault("a chunk of no length", say(CHUNKED + b"zz\r\nhello\r\n"), "temporary", "connection broke"),
    Fault("a chunk longer than all", say(CHUNKED + b"F" * 30 + b"\r\n<rss>"), "temporary", "connection broke"),
    Fault("a chunk extension without end", repeat(CHUNKED + b"5;", b"x" * 4096), "temporary", "connection broke"),
    Fault("stops in mid body", say(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<rss>"), "temporary", "broke"),
    Fault("two lengths", say(answer(FEED, b"Content-Length: 3")), "temporary", "connection broke"),
    Fault("a negative length", say(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"), "temporary", "connection broke"),
    Fault("a redirect to itself", say(answer(b"", b"Location: /", status=b"302 F")), "soft", "8 redirects"),
    Fault("a redirect to nowhere", say(answer(b"", status=b"302 Found")), "soft", "answered 302"),
    Fault("a redirect to a file", say(answer(b"", b"Location: file:///etc/passwd", status=b"301 M")), "hard", "http"),
    Fault("a redirect to data", say(answer(b"", b"Location: data:text/xml,<rss/>", status=b"301 M")), "hard", "addres"),
    Fault("a redirect to no host", say(answer(b"", b"Location: http://[", status=b"301 M")), "hard", "address"),
    Fault("nothing to say", say(b"HTTP/1.1 204 No Content\r\n\r\n"), "soft", "204"),
    Fault("another protocol", say(b"HTTP/1.1 101 Switching Protocols\r\n\r\n"), "temporary", "connection broke"),
    Fault("a part only", say(answer(FEED, status=b"206 Partial")), "soft", "206"),
    Fault("a number of its own", say(answer(FEED, status=b"999 Blocked")), "soft", "999"),
    Fault("gone", say(answer(b"", status=b"410 Gone")), "hard", "410"),
    Fault("forbidden", say(answer(b"", status=b"403 Forbidden")), "hard", "403"),
    Fault("missing", say(answer(b"", status=b"404 Not Found")), "soft", "404"),
    Fault("a gzip bomb", say(packed(b"gzip", gzip.compress(ZEROS))), "soft", "larger than"),
    Fault("a brotli bomb", say(packed(b"br", brotli.compress(ZEROS, quality=4))), "soft", "larger than"),
    Fault("a zstd bomb", say(packed(b"zstd", zstandard.compress(ZEROS))), "soft", "larger than"),
    Fault("a bomb in a bomb", say(packed(b"gzip, gzip", gzip.compress(gzip.compress(ZEROS)))), "soft", "larger than"),
    Fault("many layers", say(packed(b"gzip, br, gzip, br", gzip.compress(FEED))), "soft", "4 times over"),
    Fault(
        "packed nothing without end",
        repeat(UNENDING.replace(b"OK\r\n", b"OK\r\nContent-Encoding: gzip\r\n") + gzip.compress(b"")[:10],
               b"\0\0\0\xff\xff" * 9000),
        "soft", "padding",
    ),
    Fault("cut short in its compression", say(packed(b"gzip", gzip.compress(FEED)[:-12])), "soft", "cut short"),
    Fault("an unknown compression", say(packed(b"lzw", b"\x1f\x9d\x90abc")), "soft", "not asked for"),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_ends_in_a_failure_of_its_class(fault: Fault) -> None:
    with serve_raw(fault.script) as base:
        outcome = fetch(base)
    assert isinstance(outcome, Failed)
    assert outcome.failure_class == fault.failure_class
    assert any(words in outcome.reason for words in fault.says.split("|"))
    assert outcome.duration_s < 10


def test_faulty_feeds_do_not_keep_the_others_from_being_read() -> None:
    async def run(urls: list[str]) -> list[Outcome | Postponed]:
        limiter = HostLimiter(spacing_s=0.0)
        async with open_client(allow_private_hosts={"127.0.0.1"}, read_timeout_s=0.5) as client:
            asked = [ask_feed(client, limiter, build_feed(url), clock=lambda: NOW, limits=LIMITS) for url in urls]
            return [outcome for outcome, _ in await asyncio.gather(*asked)]

    with ExitStack() as servers:
        bad = [servers.enter_context(serve_raw(fault.script)) for fault in FAULTS]
        good = [servers.enter_context(serve_raw(say(answer(FEED)))) for _ in range(3)]
        outcomes = asyncio.run(run([good[0], *bad, good[1], good[2]]))
    assert [number for number, one in enumerate(outcomes) if isinstance(one, Fetched)] == [
        0,
        len(bad) + 1,
        len(bad) + 2,
    ]


def test_a_large_feed_is_read_whole() -> None:
    items = b"".join(b"<item><link>/%d</link><title>%b</title></item>" % (n, b"word " * 200) for n in range(900))
    large = FEED.replace(b"<item>", items + b"<item>", 1)

    async def run(base: str) -> tuple[Outcome | Postponed, int]:
        async with open_client(allow_private_hosts={"127.0.0.1"}) as client:
            limiter = HostLimiter(spacing_s=0.0)
            outcome, parsed = await ask_feed(client, limiter, build_feed(base), clock=lambda: NOW)
            return outcome, len(parsed.entries) if parsed else 0

    with serve_raw(say(answer(large))) as base:
        outcome, count = asyncio.run(run(base))
    assert isinstance(outcome, Fetched)
    assert len(large) > LARGE_BYTES
    assert count == 901


@pytest.mark.parametrize("encoding", [b"gzip", b"br", b"zstd", b"deflate", b"x-unknown"])
def test_a_plain_body_that_is_called_packed_is_read(encoding: bytes) -> None:
    with serve_raw(say(packed(encoding, FEED))) as base:
        outcome = fetch(base)
    assert isinstance(outcome, Fetched)
    assert outcome.body == FEED


def test_a_body_that_is_packed_badly_is_asked_for_unpacked() -> None:
    heard: list[bytes] = []

    def script(connection: socket.socket, head: bytes) -> None:
        heard.append(head.lower())
        is_plain = b"accept-encoding: identity" in head.lower()
        connection.sendall(answer(FEED) if is_plain else packed(b"gzip", gzip.compress(FEED)[:-9]))

    with serve_raw(script) as base:
        outcome = fetch(base)
    assert isinstance(outcome, Fetched)
    assert outcome.body == FEED
    assert [b"gzip, deflate, br, zstd" in head for head in heard] == [True, False]


def test_cookies_last_for_one_chain_of_redirects_and_no_longer() -> None:
    heard: list[bool] = []

    def script(connection: socket.socket, head: bytes) -> None:
        has_cookie = b"cookie: seen=yes" in head.lower()
        heard.append(has_cookie)
        wall = answer(b"", b"Location: /", b"Set-Cookie: seen=yes; Path=/", status=b"302 Found")
        connection.sendall(answer(FEED) if has_cookie else wall)

    async def run(base: str) -> list[Outcome]:
        async with open_client(allow_private_hosts={"127.0.0.1"}) as client:
            return [await fetch_feed(client, build_feed(base), now=NOW) for _ in range(2)]

    with serve_raw(script) as base:
        outcomes = asyncio.run(run(base))
    assert [type(outcome) for outcome in outcomes] == [Fetched, Fetched]
    assert heard == [False, True, False, True]


def test_credentials_of_an_address_are_sent_and_shown_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    heard: list[bytes] = []

    def script(connection: socket.socket, head: bytes) -> None:
        heard.append(head.lower())
        connection.sendall(answer(b"", b"Location: /again?api_key=topsecret", status=b"302 Found"))

    caplog.set_level(logging.DEBUG)
    with serve_raw(script) as base:
        outcome = fetch(base.replace("//", "//reader:hunter2@") + "/feed?token=topsecret")
    assert isinstance(outcome, Failed)
    assert all(b"authorization: basic" in head for head in heard)
    assert "hunter2" not in outcome.reason
    assert "topsecret" not in outcome.reason
    assert all("hunter2" not in record.getMessage() for record in caplog.records)


@pytest.mark.parametrize("url", ["ftp://a:hunter2@x/", "http://a:hunter2@/", "http://a:hunter2@[::1/x"])
def test_an_address_that_cannot_be_asked_is_named_without_its_credentials(url: str) -> None:
    outcome = fetch(url)
    assert isinstance(outcome, Failed)
    assert outcome.failure_class is FailureClass.HARD
    assert "hunter2" not in outcome.reason


HEADER_TEXT = st.text(st.characters(codec="latin-1", exclude_characters="\r\n\0"), max_size=60)
NAMES = ["Retry-After", "Cache-Control", "Expires", "Date", "Content-Type", "Content-Encoding", "ETag", "Last-Modified",
         "Set-Cookie", "Content-Length", "Transfer-Encoding", "Location"]  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from([b"200 OK", b"301 M", b"302 F", b"304 N", b"429 T", b"503 S"]),
    st.dictionaries(st.sampled_from(NAMES), HEADER_TEXT, max_size=6),
    st.binary(max_size=500),
)
def test_no_headers_and_no_body_are_beyond_an_outcome(status: bytes, headers: dict[str, str], body: bytes) -> None:
    lines = [f"{name}: {value}".encode("latin-1") for name, value in headers.items()]
    with serve_raw(say(b"\r\n".join([b"HTTP/1.1 " + status, *lines]) + b"\r\n\r\n" + body)) as base:
        outcome = fetch(base, etag='"a"')
    assert isinstance(outcome, Fetched | Unchanged | Failed)
    if isinstance(outcome, Failed):
        assert 0 <= (outcome.retry_after_s or 0) <= 86_400
        assert outcome.reason
