"""The bytes of one connection, over asyncio's own transports, as HTTP/2 of httpcore wants them.

httpcore's own streams go through anyio, whose care for other event loops cost as much processor time as the request
itself. asyncio's StreamReader was refused: where a connection breaks it forgets what came before, which may be the
whole answer.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from typing import cast

import httpcore

# Held until it is taken; beyond it the peer has to wait.
MOST_HELD_BYTES = 128 * 1024


class SocketStream(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """The bytes of one connection. Whoever opened it closes it, in whatever state it is. One reads at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._held: deque[bytes] = deque()
        self._held_bytes = 0
        self._is_over = self._is_paused = False
        self._error: Exception | None = None
        self._heard: asyncio.Future[None] | None = None
        self._drained: asyncio.Future[None] | None = None

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection stands."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Bytes came."""
        self._held.append(data)
        self._held_bytes += len(data)
        if self._held_bytes > MOST_HELD_BYTES and not self._is_paused:
            self._is_paused = True
            self._wire.pause_reading()
        _wake(self._heard)

    def eof_received(self) -> None:
        """The peer says no more."""
        self._is_over = True
        _wake(self._heard)

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._is_over, self._error = True, exc
        _wake(self._heard)
        _wake(self._drained)

    def pause_writing(self) -> None:
        """Too much waits to be sent."""
        self._drained = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """It has been sent."""
        _wake(self._drained)
        self._drained = None

    # What we and httpcore call

    @property
    def _wire(self) -> asyncio.Transport:
        assert self._transport is not None, "a stream is made by `connect` only"
        return self._transport

    @property
    def is_open(self) -> bool:
        """True where neither side has hung up."""
        return not self._is_over and not self._wire.is_closing()

    @property
    def is_quiet(self) -> bool:
        """True where it is open and the peer has said nothing that nobody has listened to."""
        return self.is_open and not self._held

    @property
    def protocol(self) -> str | None:
        """What was agreed upon with TLS: h2, http/1.1 or nothing."""
        ssl_object: ssl.SSLObject | None = self._wire.get_extra_info("ssl_object")
        return ssl_object.selected_alpn_protocol() if ssl_object else None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The bytes that are there, after a wait for the first one; none where the peer has hung up.

        Raises:
            httpcore.ReadTimeout: nothing came within `timeout` seconds.
            httpcore.ReadError: the connection broke.
        """
        if not self._held and not self._is_over:
            self._heard = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(timeout):
                    await self._heard
            except TimeoutError as error:
                raise httpcore.ReadTimeout(f"no byte within {timeout} s") from error
            finally:
                self._heard = None
        if not self._held:
            if self._error is not None:
                raise httpcore.ReadError(str(self._error)) from self._error
            return b""
        data = self._held.popleft()
        if len(data) > max_bytes:
            self._held.appendleft(data[max_bytes:])
            data = data[:max_bytes]
        self._held_bytes -= len(data)
        if self._is_paused and self._held_bytes <= MOST_HELD_BYTES // 2:
            self._is_paused = False
            self._wire.resume_reading()
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends, and waits while too much of what was sent before is still here.

        Raises:
            httpcore.WriteTimeout: the peer took nothing for `timeout` seconds.
            httpcore.WriteError: the connection broke.
        """
        if not buffer:
            return
        if self._wire.is_closing():
            raise httpcore.WriteError(str(self._error or "the connection is closed")) from self._error
        self._wire.write(buffer)
        if self._drained is not None:
            try:
                async with asyncio.timeout(timeout):
                    await asyncio.shield(self._drained)
            except TimeoutError as error:
                raise httpcore.WriteTimeout(f"nothing was taken within {timeout} s") from error
            if self._error is not None:
                raise httpcore.WriteError(str(self._error)) from self._error

    def close(self) -> None:
        """Hangs up at once, without the farewell of TLS, which a peer may leave unanswered."""
        self._wire.abort()

    async def aclose(self) -> None:
        """As `close`."""
        self.close()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> SocketStream:
        """This stream, now protected; it is closed where that fails.

        Raises:
            httpcore.ConnectTimeout: the handshake took longer than `timeout` seconds.
            httpcore.ConnectError: it failed, as where the certificate is of another name.
        """
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                protected = await loop.start_tls(self._wire, self, ssl_context, server_hostname=server_hostname)
        except TimeoutError as error:
            self.close()
            raise httpcore.ConnectTimeout(f"no protection agreed upon within {timeout} s") from error
        except (OSError, ValueError) as error:  # ValueError: a name that no certificate can bear
            self.close()
            raise httpcore.ConnectError(str(error)) from error
        except BaseException:
            self.close()
            raise
        if protected is None:  # the peer hung up in between
            raise httpcore.ConnectError("the connection was closed during the handshake")
        self._transport = protected
        return self


async def connect(address: str, port: int) -> SocketStream:
    """A stream to this IP address.

    Raises:
        httpcore.ConnectError: nobody answers there.
    """
    try:
        _, stream = await asyncio.get_running_loop().create_connection(SocketStream, address, port)
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error
    return stream


def _wake(waiting: asyncio.Future[None] | None) -> None:
    if waiting is not None and not waiting.done():
        waiting.set_result(None)
