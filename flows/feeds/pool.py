"""The open connections of one client: which request gets which, how many there are, and how long an idle one is kept.

httpcore's own pool looks at every connection and every waiting request whenever one of them comes or goes, which with
a hundred sites asked side by side was a third of the time of a request. HTTP/2 is httpcore's, and so is what is raised.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from weakref import WeakValueDictionary

import httpcore

from flows.feeds.dialling import CheckedDialler
from flows.feeds.http11 import Http11Connection
from flows.feeds.streams import SocketStream

# Servers keep idle connections for 5 to 75 s.
KEEP_S = 15.0
Connection = Http11Connection | httpcore.AsyncHTTP2Connection
Origin = tuple[bytes, bytes, int]  # scheme, host, port


class ConnectionPool:
    """Connections to any number of origins, dialled when they are asked for. Belongs to one event loop."""

    def __init__(self, dialler: CheckedDialler, ssl_context: ssl.SSLContext, *, max_connections: int) -> None:
        ssl_context.set_alpn_protocols(["http/1.1", "h2"])
        self._dialler, self._ssl_context = dialler, ssl_context
        self._most, self._most_idle = max_connections, max_connections // 5 or 1
        # A request has a connection at most, so as many may be under way.
        self._turns = asyncio.Semaphore(max_connections)
        self._open: set[Connection] = set()
        self._idle: dict[Connection, tuple[Origin, float]] = {}  # with the time until which it is kept, soonest first
        self._shared: dict[Origin, _Shared] = {}  # idle or not: one serves many requests
        # What one finds who dials an origin over TLS may serve all who wait for it.
        self._dialling: WeakValueDictionary[Origin, asyncio.Lock] = WeakValueDictionary()

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """The headers; the connection is held until the body is closed.

        Raises:
            httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError: as httpcore's own pool.
        """
        origin = (request.url.scheme, request.url.host, request.url.origin.port)
        await self._turns.acquire()
        try:
            while True:
                connection = await self._connection_to(origin, request)
                try:
                    response = await connection.handle_async_request(request)
                except httpcore.ConnectionNotAvailable:  # sent away by HTTP/2 just now
                    await self._let_go(origin, connection)
                    continue
                except BaseException:
                    await self._let_go(origin, connection)
                    raise
                break
        except BaseException:
            self._turns.release()
            raise
        body = _Body(self, origin, connection, response)
        return httpcore.Response(
            response.status, headers=response.headers, content=body, extensions=response.extensions
        )

    async def release(self, origin: Origin, connection: Connection) -> None:
        """The answer of one request is no longer wanted."""
        self._turns.release()
        await self._let_go(origin, connection)

    async def aclose(self) -> None:
        """Hangs up everywhere."""
        for connection in list(self._open):
            await self._close(connection)

    async def _connection_to(self, origin: Origin, request: httpcore.Request) -> Connection:
        kept = await self._kept_to(origin)
        if kept is not None:
            return kept
        if origin[0] != b"https":
            return await self._dial(origin, request)
        async with self._dialling.setdefault(origin, asyncio.Lock()):
            return await self._kept_to(origin) or await self._dial(origin, request)

    async def _kept_to(self, origin: Origin) -> Connection | None:
        shared = self._shared.get(origin)
        if shared is not None and shared.can_be_asked:
            self._idle.pop(shared.connection, None)
            return shared.connection
        for connection in [one for one, (its_origin, _) in self._idle.items() if its_origin == origin]:
            del self._idle[connection]
            if isinstance(connection, Http11Connection) and connection.can_be_asked:
                return connection
            await self._close(connection)
        return None

    async def _dial(self, origin: Origin, request: httpcore.Request) -> Connection:
        while self._idle and len(self._open) >= self._most:
            await self._close(next(iter(self._idle)))
        _, host, port = origin
        timeout_s: float | None = request.extensions.get("timeout", {}).get("connect")
        if "trace" in request.extensions:
            await request.extensions["trace"]("connection.connect_tcp.started", {})
        stream = await self._dialler.connect(host.decode("ascii"), port, timeout_s)
        connection: Connection
        if origin[0] == b"https":
            stream = await stream.start_tls(self._ssl_context, host.decode("ascii"), timeout_s)
        if stream.protocol == "h2":
            connection = httpcore.AsyncHTTP2Connection(request.url.origin, stream, keepalive_expiry=KEEP_S)
            self._shared[origin] = _Shared(connection, stream)
        else:
            connection = Http11Connection(stream)
        self._open.add(connection)
        return connection

    async def _let_go(self, origin: Origin, connection: Connection) -> None:
        """Keeps the connection where it may serve others, else hangs up unless it still serves some."""
        if isinstance(connection, Http11Connection):
            may_be_kept = connection.finish()
        elif not connection.is_idle() and not connection.is_closed():
            return
        else:
            shared = self._shared.get(origin)
            may_be_kept = shared is not None and shared.connection is connection and shared.can_be_asked
        if not may_be_kept:
            await self._close(connection)
            return
        now = time.monotonic()
        self._idle[connection] = (origin, now + KEEP_S)
        while len(self._idle) > self._most_idle or next(iter(self._idle.values()))[1] < now:
            await self._close(next(iter(self._idle)))

    async def _close(self, connection: Connection) -> None:
        self._open.discard(connection)
        origin, _ = self._idle.pop(connection, (None, 0.0))
        if origin is not None and origin in self._shared and self._shared[origin].connection is connection:
            del self._shared[origin]
        await connection.aclose()


@dataclass(frozen=True, slots=True)
class _Shared:
    """A connection of HTTP/2, and what it goes over."""

    connection: httpcore.AsyncHTTP2Connection
    stream: SocketStream

    @property
    def can_be_asked(self) -> bool:
        return self.stream.is_open and self.connection.is_available() and not self.connection.has_expired()


class _Body:
    """The body of an answer, whose connection is given back when it is closed."""

    def __init__(
        self, pool: ConnectionPool, origin: Origin, connection: Connection, response: httpcore.Response
    ) -> None:
        self._pool, self._origin, self._connection, self._response = pool, origin, connection, response
        self._is_closed = False

    def __aiter__(self) -> AsyncIterator[bytes]:
        stream: AsyncIterator[bytes] = self._response.stream.__aiter__()  # type: ignore[union-attr]  # of ours always
        return stream

    async def aclose(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            try:
                await self._response.aclose()
            finally:
                await self._pool.release(self._origin, self._connection)
