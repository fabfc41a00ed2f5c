"""One connection's bytes: held back, taken late, cut off, or never protected."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import httpcore
import pytest

from flows.feeds.fetch import Failed, FailureClass, Fetched, Outcome, fetch_feed
from flows.feeds.sockets import AHEAD_BYTES, SocketStream, connect
from flows.feeds.transport import open_client
from tests.feeds.rough import Authority, serve_raw
from tests.feeds.test_faults import FEED
from tests.feeds.world import NOW, build_feed

NAME = "news.example"
T = TypeVar("T")


@contextmanager
def listening(talk: Callable[[socket.socket], object]) -> Iterator[int]:
    """The port of a server that gives its one connection to `talk`."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            connection, _ = listener.accept()
            with connection:
                talk(connection)

        thread = threading.Thread(target=accept)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(10)


def with_stream(talk: Callable[[socket.socket], object], use: Callable[[SocketStream], Awaitable[T]]) -> T:
    """What `use` gives back for a connection to `talk`."""

    async def run(port: int) -> T:
        stream = await connect("127.0.0.1", port)
        try:
            return await use(stream)
        finally:
            await stream.aclose()

    with listening(talk) as port:
        return asyncio.run(run(port))


def fetch_over_tls(base: str, authority: Authority) -> Outcome:
    async def look_up(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    async def run() -> Outcome:
        async with open_client(
            allow_private_hosts={NAME}, ssl_context=authority.believing(), lookup=look_up, read_timeout_s=5
        ) as client:
            return await fetch_feed(client, build_feed(base.replace("127.0.0.1", NAME)), now=NOW)

    return asyncio.run(run())


def http1_only(authority: Authority) -> ssl.SSLContext:
    context = authority.serving(NAME)
    context.set_alpn_protocols(["http/1.1"])
    return context


def test_a_body_over_tls_that_ends_without_a_farewell_is_read() -> None:
    authority = Authority()

    def script(connection: socket.socket, head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + FEED)
        connection.shutdown(socket.SHUT_RDWR)  # of TLS nothing is said any more

    with serve_raw(script, http1_only(authority)) as base:
        outcome = fetch_over_tls(base, authority)
    assert isinstance(outcome, Fetched)
    assert outcome.body == FEED


def test_what_is_said_before_the_connection_is_protected_is_never_an_answer() -> None:
    def talk(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<rss>")
        connection.settimeout(10)
        while connection.recv(65536):
            pass

    with listening(talk) as port:
        outcome = fetch_over_tls(f"https://127.0.0.1:{port}", Authority())
    assert isinstance(outcome, Failed)
    assert outcome.failure_class is FailureClass.TEMPORARY


def test_what_came_before_the_handshake_is_refused() -> None:
    async def use(stream: SocketStream) -> None:
        while not stream.get_extra_info("is_readable"):
            await asyncio.sleep(0.01)
        await stream.start_tls(ssl.create_default_context(), NAME, 5)

    with pytest.raises(httpcore.ConnectError, match="before"):
        with_stream(lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n"), use)


def test_a_server_that_sends_more_than_is_read_has_to_wait() -> None:
    sent = 0

    def talk(connection: socket.socket) -> None:
        nonlocal sent
        connection.settimeout(0.3)
        try:
            while sent < 200_000_000:
                sent += connection.send(bytes(65536))
        except OSError:
            return

    async def use(stream: SocketStream) -> int:
        await asyncio.sleep(0.6)
        read_count = 0
        while read_count <= AHEAD_BYTES:
            read_count += len(await stream.read(1000, 5))
        return read_count

    assert with_stream(talk, use) == AHEAD_BYTES // 1000 * 1000 + 1000
    assert sent < 50_000_000


def test_a_server_that_takes_nothing_ends_in_a_timeout() -> None:
    done = threading.Event()

    async def use(stream: SocketStream) -> None:
        try:
            await stream.write(bytes(50_000_000), 0.2)
        finally:
            done.set()

    with pytest.raises(httpcore.WriteTimeout):
        with_stream(lambda connection: done.wait(10), use)


def test_a_connection_that_was_reset_is_an_error_and_one_that_ended_is_not() -> None:
    stands = threading.Event()

    def reset(connection: socket.socket) -> None:
        stands.wait(10)  # before it stands, a reset is a failure to connect
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    async def read_all(stream: SocketStream) -> bytes:
        said = b""
        stands.set()
        while data := await stream.read(10, 5):
            said += data
        with pytest.raises(httpcore.WriteError):
            await stream.write(b"more", 5)
        return said

    assert with_stream(lambda connection: connection.sendall(b"all of it said"), read_all) == b"all of it said"
    stands.clear()
    with pytest.raises(httpcore.ReadError):
        with_stream(reset, read_all)


def test_a_silent_server_ends_in_a_timeout() -> None:
    done = threading.Event()

    async def use(stream: SocketStream) -> None:
        try:
            await stream.read(10, 0.1)
        finally:
            done.set()

    with pytest.raises(httpcore.ReadTimeout):
        with_stream(lambda connection: done.wait(10), use)
