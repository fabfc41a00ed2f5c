"""The newsroom on a socket of the loopback, or behind an httpx transport without any.

Names need no name server: `run_with_names` runs a coroutine on an event loop that knows where they lead. A process
that cannot be given such a loop is given addresses instead: all of 127.0.0.0/8 is this machine, and each address counts
as a host of its own.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, TypeVar

import httpx

from tests.newsroom.room import Newsroom, Reply

T = TypeVar("T")
LOOPBACK = "127.0.0.1"
DRIP_S = 0.02  # how often a dripping body gives its next bytes


class NamedLoop(asyncio.SelectorEventLoop):
    """An event loop for which every name under `.test` is this machine."""

    async def getaddrinfo(self, host: Any, port: Any, **options: Any) -> Any:
        """The addresses of a name; the loopback for ours."""
        is_ours = isinstance(host, str) and host.rstrip(".").endswith(".test")
        return await super().getaddrinfo(LOOPBACK if is_ours else host, port, **options)


def run_with_names(main: Coroutine[Any, Any, T]) -> T:
    """What the coroutine returns, run where `*.test` leads to this machine."""
    with asyncio.Runner(loop_factory=NamedLoop) as runner:
        return runner.run(main)


class _Conversation(asyncio.Protocol):
    """One connection: requests one after the other, kept alive unless either side says otherwise."""

    def __init__(self, room: Newsroom, default_after_s: float) -> None:
        self._room, self._after_s = room, default_after_s
        self._received = b""
        self._is_busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        self._room.connection_count += 1

    def data_received(self, data: bytes) -> None:
        self._received += data
        self._take()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._is_busy:
            self._is_busy = False
            self._room.end(self._host)

    def _take(self) -> None:
        head, end, rest = self._received.partition(b"\r\n\r\n")
        if self._is_busy or not end:
            return
        self._received = rest
        lines = head.decode("latin-1").split("\r\n")
        path = lines[0].split(" ")[1]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        self._host = headers.get("host", "").rpartition(":")[0] or headers.get("host", "")
        self._is_busy = True
        self._room.begin(self._host)
        reply = self._room.reply(self._host, path, headers)
        self._keeps = headers.get("connection", "").lower() != "close"
        after_s = self._after_s + reply.first_byte_after_s
        asyncio.get_running_loop().call_later(after_s, self._answer, reply)

    def _answer(self, reply: Reply) -> None:
        if self._transport.is_closing():
            return
        has_body = reply.status not in (204, 304)
        headers = dict(reply.headers)
        if has_body and not reply.is_endless:
            headers["Content-Length"] = str(len(reply.body))
        if reply.is_endless or not self._keeps:
            headers["Connection"] = "close"
        phrase = HTTPStatus(reply.status).phrase if reply.status in HTTPStatus._value2member_map_ else "Odd"
        lines = [f"HTTP/1.1 {reply.status} {phrase}", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
        head = "\r\n".join(lines).encode("latin-1")
        if not has_body or (reply.bytes_per_s is None and not reply.is_endless and reply.cut_after_bytes is None):
            self._transport.write(head + (reply.body if has_body else b""))
            self._finish()
            return
        self._transport.write(head)
        self._pour(reply, 0)

    def _pour(self, reply: Reply, sent: int) -> None:
        """Sends the next piece of a body that does not come at once."""
        if self._transport.is_closing():
            return
        size = max(1, int((reply.bytes_per_s or 1_000_000) * DRIP_S))
        limit = reply.cut_after_bytes if reply.cut_after_bytes is not None else len(reply.body)
        if reply.is_endless:
            self._transport.write((reply.body or b" ") * (1 + size // max(1, len(reply.body))))
        else:
            self._transport.write(reply.body[sent : min(sent + size, limit)])
            if sent + size >= limit:
                self._finish(is_cut=reply.cut_after_bytes is not None)
                return
        asyncio.get_running_loop().call_later(DRIP_S, self._pour, reply, sent + size)

    def _finish(self, *, is_cut: bool = False) -> None:
        self._is_busy = False
        self._room.end(self._host)
        if is_cut or not self._keeps:
            self._transport.close()
        else:
            self._take()


async def start_newsroom(
    room: Newsroom, *, addresses: Iterable[str] = (LOOPBACK,), port: int = 0, after_s: float = 0.0
) -> asyncio.Server:
    """The running server of a newsroom, on one port of all these loopback addresses; every answer takes `after_s`."""
    sockets = []
    for address in addresses:
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((address, port))
        port = listening.getsockname()[1]
        sockets.append(listening)
    room.port = port
    loop = asyncio.get_running_loop()
    first, *others = [
        await loop.create_server(lambda: _Conversation(room, after_s), sock=one, backlog=2048) for one in sockets
    ]
    first.others = others  # type: ignore[attr-defined]  # they live as long as the first one
    return first


@contextmanager
def open_newsroom(
    room: Newsroom | None = None, *, addresses: Iterable[str] = (LOOPBACK,), after_s: float = 0.0
) -> Iterator[Newsroom]:
    """A newsroom served from a thread of its own while the block lasts."""
    room = room or Newsroom()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def do(work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result(30)

    server = do(start_newsroom(room, addresses=list(addresses), after_s=after_s))
    try:
        yield room
    finally:
        do(_stop(server))
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
        room.port = 0


async def _stop(server: asyncio.Server) -> None:
    for one in (server, *getattr(server, "others", ())):
        one.close()
    for task in asyncio.all_tasks():
        if task is not asyncio.current_task():
            task.cancel()
    await asyncio.sleep(0)


class _InProcess(httpx.AsyncBaseTransport):
    def __init__(self, room: Newsroom, pause: Callable[[float], Awaitable[None]]) -> None:
        self._room, self._pause = room, pause

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        host = request.url.host
        self._room.begin(host)
        try:
            reply = self._room.reply(host, request.url.raw_path.decode("ascii"), headers)
            if reply.first_byte_after_s:
                limit_s = request.extensions.get("timeout", {}).get("read")
                if limit_s is not None and reply.first_byte_after_s > limit_s:
                    await self._pause(limit_s)
                    raise httpx.ReadTimeout("no byte in time", request=request)
                await self._pause(reply.first_byte_after_s)
            if reply.cut_after_bytes is not None:
                raise httpx.RemoteProtocolError("the peer closed the connection", request=request)
            body = httpx.ByteStream(reply.body)
            return httpx.Response(reply.status, headers=dict(reply.headers), stream=body, request=request)
        finally:
            self._room.end(host)


def in_process(
    room: Newsroom, *, pause: Callable[[float], Awaitable[None]] = asyncio.sleep, read_timeout_s: float = 5.0
) -> httpx.AsyncClient:
    """A client that reaches this newsroom and nothing else, without a socket; `pause` passes its clock's time."""
    return httpx.AsyncClient(transport=_InProcess(room, pause), follow_redirects=False, timeout=read_timeout_s)
