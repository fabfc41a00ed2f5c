"""Connections kept by the origin they lead to, so that finding one costs no more among a thousand sites than among two.

httpcore speaks the protocols over each of them, HTTP/1.1 or HTTP/2. Its own pool looks at every connection it has at
each request, which was a fifth of what a request cost us; so which connection is used, how many requests are under way
and how long an answer may be awaited is settled here. Nothing is checked here; the network backend dials.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import httpcore
from h2.exceptions import H2Error
from hpack.exceptions import HPACKError

KEPT_S = 15.0
# What h11, h2 and httpcore let through of hostile input, besides httpcore's own errors.
PROTOCOL_ERRORS = (H2Error, HPACKError, LookupError, AssertionError, TypeError, AttributeError, ValueError)
# How a connection ends before it has answered: closed, cut, or sent away by HTTP/2 in between.
BROKEN = (httpcore.NetworkError, httpcore.ProtocolError)

Key = tuple[bytes, bytes, int | None]
Connection = httpcore.AsyncHTTP11Connection | httpcore.AsyncHTTP2Connection


@dataclass(slots=True, eq=False)
class _Site:
    """The connections to one origin, and how many requests are under way to it."""

    connections: list[Connection] = field(default_factory=list)
    dialling: asyncio.Lock = field(default_factory=asyncio.Lock)
    request_count: int = 0

    async def take(self) -> Connection | None:
        """One that stands and takes a request, where there is one; those that are over are put away."""
        over = [one for one in self.connections if one.is_closed() or one.has_expired()]
        self.connections = [one for one in self.connections if one not in over]
        for connection in over:
            await _close(connection)
        return next((one for one in self.connections if one.is_available()), None)


class Connections:
    """Sends requests over connections of its own; to httpx the same as a pool of httpcore."""

    def __init__(
        self,
        backend: httpcore.AsyncNetworkBackend,
        ssl_context: ssl.SSLContext,
        *,
        at_once: int,
        kept_count: int,
        first_byte_timeout_s: float,
    ) -> None:
        """No connection yet.

        Args:
            backend: dials.
            ssl_context: believes certificates.
            at_once: requests under way, over all origins; more of them wait.
            kept_count: origins whose connections are kept although nothing is asked of them.
            first_byte_timeout_s: limit for the wait for all headers of an answer.
        """
        self._backend, self._ssl_context = backend, ssl_context
        self._ssl_context.set_alpn_protocols(["http/1.1", "h2"])
        self._kept_count, self._first_byte_timeout_s = kept_count, first_byte_timeout_s
        self._room = asyncio.Semaphore(at_once)
        self._busy: dict[Key, _Site] = {}
        self._kept: dict[Key, _Site] = {}  # the one left longest ago stands first

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """The answer, whose room is taken until its body is closed.

        Raises:
            httpcore.ConnectError, httpcore.ConnectTimeout: as the backend does.
            httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException: no answer that can be understood.
        """
        key = (request.url.scheme, request.url.host, request.url.port)
        await self._room.acquire()
        site = self._busy.get(key) or self._kept.pop(key, None) or _Site()
        self._busy[key] = site
        site.request_count += 1
        try:
            response = await self._send(site, request)
        except BaseException:
            await self._leave(key, site)
            raise
        body = _Body(response.stream, lambda: self._leave(key, site))
        return httpcore.Response(
            response.status, headers=response.headers, content=body, extensions=response.extensions
        )

    async def _send(self, site: _Site, request: httpcore.Request) -> httpcore.Response:
        """The headers; asked for once more where a kept connection broke, as one that the server has closed does.

        Only what changes nothing is asked twice (RFC 9110, 9.2.2). A connection that was dialled for this request and
        broke is a failure.
        """
        may_break = request.method in (b"GET", b"HEAD")
        while True:
            connection = await site.take()
            is_kept = connection is not None
            if connection is None:
                # Over TLS it may speak HTTP/2, and then serves those who wait for the lock too.
                async with site.dialling if request.url.scheme == b"https" else nullcontext():
                    connection = await site.take()
                    if connection is None:
                        connection = await self._dial(request)
                        site.connections.append(connection)
            try:
                return await self._answer(connection, request)
            except httpcore.ConnectionNotAvailable:
                continue  # it had no room any more, and is not available again
            except BROKEN:
                if not (is_kept and may_break):
                    raise
                may_break = False

    async def _dial(self, request: httpcore.Request) -> Connection:
        origin, timeout = request.url.origin, request.extensions.get("timeout", {}).get("connect")
        host = origin.host.decode("ascii")
        stream = await self._backend.connect_tcp(host, origin.port, timeout)
        if origin.scheme == b"https":
            stream = await stream.start_tls(self._ssl_context, host, timeout)
            if stream.get_extra_info("ssl_object").selected_alpn_protocol() == "h2":
                return httpcore.AsyncHTTP2Connection(origin, stream, KEPT_S)
        return httpcore.AsyncHTTP11Connection(origin, stream, KEPT_S)

    async def _answer(self, connection: Connection, request: httpcore.Request) -> httpcore.Response:
        """The headers, all of them within the time limit.

        The time limit of each read is not enough: a byte now and then, or one interim answer after the other (1xx),
        would keep us waiting for ever.
        """
        try:
            async with asyncio.timeout(self._first_byte_timeout_s):
                return await connection.handle_async_request(request)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(f"no answer within {self._first_byte_timeout_s:g} s") from error
        except PROTOCOL_ERRORS as error:
            raise httpcore.RemoteProtocolError(f"the answer cannot be understood: {error!r:.200}") from error

    async def _leave(self, key: Key, site: _Site) -> None:
        self._room.release()
        site.request_count -= 1
        if site.request_count:
            return
        self._kept[key] = self._busy.pop(key)
        if len(self._kept) > self._kept_count:
            oldest = self._kept.pop(next(iter(self._kept)))
            for connection in oldest.connections:
                await _close(connection)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Closes every connection."""
        for site in (*self._busy.values(), *self._kept.values()):
            for connection in site.connections:
                await _close(connection)
            site.connections.clear()


async def _close(connection: Connection) -> None:
    with suppress(*PROTOCOL_ERRORS):  # of a farewell in HTTP/2 that nobody waits for
        await connection.aclose()


class _Body:
    """A body whose end gives room to the next request."""

    def __init__(self, body: Any, leave: Callable[[], Awaitable[None]]) -> None:
        self._body, self._leave = body, leave
        self._is_closed = False

    def __aiter__(self) -> AsyncIterator[bytes]:
        chunks: AsyncIterator[bytes] = aiter(self._body)
        return chunks

    async def aclose(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            try:
                await self._body.aclose()
            finally:
                await self._leave()
