"""Connections: kept where they may serve again, never more than allowed, and nothing of an answer lost in them."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack

import pytest

from flows.feeds.fetch import Failed, Fetched, Outcome, Unchanged, fetch_feed
from flows.feeds.streams import MOST_HELD_BYTES
from flows.feeds.transport import open_client
from tests.feeds.rough import Authority, serve_raw
from tests.feeds.test_faults import FEED, answer, say
from tests.feeds.world import NOW, build_feed

NAME = "news.example"


async def look_up(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def fetch_in_turn(*urls: str, authority: Authority | None = None, **known: object) -> list[Outcome]:
    async def run() -> list[Outcome]:
        context = authority.believing() if authority else None
        async with open_client(
            allow_private_hosts={NAME, "127.0.0.1"}, ssl_context=context, lookup=look_up, read_timeout_s=5
        ) as client:
            return [await fetch_feed(client, build_feed(url, **known), now=NOW) for url in urls]

    return asyncio.run(run())


class Counted:
    """A script that notes over which connections it was asked."""

    def __init__(self, reply: bytes) -> None:
        self.reply = reply
        self.ports: list[int] = []

    def __call__(self, connection: socket.socket, head: bytes) -> None:
        self.ports.append(connection.getpeername()[1])
        connection.sendall(self.reply)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (answer(FEED), Fetched),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", Unchanged),
        (answer(b"", status=b"404 Not Found"), Failed),
    ],
    ids=["a body", "not modified", "no body"],
)
def test_a_connection_whose_answer_was_read_whole_serves_the_next_feed(reply: bytes, expected: type) -> None:
    script = Counted(reply)
    with serve_raw(script) as base:
        outcomes = fetch_in_turn(f"{base}/a", f"{base}/b", etag='"v"')
    assert [type(outcome) for outcome in outcomes] == [expected] * 2
    assert len(script.ports) == 2
    assert len(set(script.ports)) == 1


@pytest.mark.parametrize(
    "reply",
    [
        answer(FEED, b"Connection: close"),
        answer(b"x" * 100, status=b"503 Busy"),  # nobody reads what a refusal says
        answer(FEED) + b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged",
    ],
    ids=["it closes", "a body unread", "more than was asked for"],
)
def test_a_connection_that_may_hold_something_else_serves_nobody(reply: bytes) -> None:
    script = Counted(reply)
    with serve_raw(script) as base:
        outcomes = fetch_in_turn(f"{base}/a", f"{base}/b")
    assert len(set(script.ports)) == 2
    assert all(outcome.body == FEED for outcome in outcomes if isinstance(outcome, Fetched))


def test_tls_without_http2_is_spoken_too() -> None:
    authority = Authority()
    script = Counted(answer(FEED))
    with serve_raw(script, authority.serving(NAME, protocol="http/1.1")) as base:
        url = base.replace("127.0.0.1", NAME)
        outcomes = fetch_in_turn(url, url, authority=authority)
    assert [outcome.body for outcome in outcomes if isinstance(outcome, Fetched)] == [FEED] * 2
    assert len(set(script.ports)) == 1


def test_a_certificate_of_another_name_is_refused_without_http2_too() -> None:
    authority = Authority()
    with serve_raw(say(answer(FEED)), authority.serving("other.example", protocol="http/1.1")) as base:
        (outcome,) = fetch_in_turn(base.replace("127.0.0.1", NAME), authority=authority)
    assert isinstance(outcome, Failed)
    assert "certificate" in outcome.reason.lower()


def test_a_body_far_beyond_what_is_held_at_once_arrives_whole() -> None:
    body = b"".join(b"%08d" % number for number in range(MOST_HELD_BYTES))
    with serve_raw(say(answer(body))) as base:
        (outcome,) = fetch_in_turn(base)
    assert isinstance(outcome, Fetched)
    assert outcome.body == body


def test_never_more_connections_are_open_than_allowed() -> None:
    lock, open_now, most = threading.Lock(), 0, 0

    def count() -> Callable[[socket.socket, bytes], None]:
        def script(connection: socket.socket, head: bytes) -> None:
            nonlocal open_now, most
            with lock:
                open_now += 1
                most = max(most, open_now)
            time.sleep(0.02)
            connection.sendall(answer(FEED))
            # Until the client lets go of the connection.
            while connection.recv(65536):
                pass
            with lock:
                open_now -= 1

        return script

    async def run(urls: list[str]) -> list[Outcome]:
        async with open_client(allow_private_hosts={"127.0.0.1"}, max_connections=3) as client:
            return await asyncio.gather(*(fetch_feed(client, build_feed(url), now=NOW) for url in urls))

    with ExitStack() as servers:
        outcomes = asyncio.run(run([servers.enter_context(serve_raw(count())) for _ in range(12)]))
    assert [type(outcome) for outcome in outcomes] == [Fetched] * 12
    assert most <= 4  # the server hears of an end a moment after it


def test_a_request_given_up_leaves_room_for_the_next() -> None:
    async def run(silent: str, good: str) -> Outcome:
        async with open_client(allow_private_hosts={"127.0.0.1"}, max_connections=1) as client:
            for _ in range(3):
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(0.1):
                        await client.get(silent)
            return await fetch_feed(client, build_feed(good), now=NOW)

    with serve_raw(say(b"", pause_s=1.0)) as silent, serve_raw(say(answer(FEED))) as good:
        assert isinstance(asyncio.run(run(silent, good)), Fetched)
