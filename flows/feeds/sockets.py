"""One connection's bytes, over asyncio itself: what httpcore reads from and writes to.

httpcore's own way to the network goes through anyio, which starts a task group for each connection and stops listening
between two reads: a fifth of what a request cost us. Nothing is checked here; `dialling` does before.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import Any, cast

import httpcore

# Bytes taken in before they are asked for; beyond it the server has to wait.
AHEAD_BYTES = 256 * 1024
# What is asked of a stream besides bytes, and what asyncio calls it.
_INFO = {"client_addr": "sockname", "server_addr": "peername", "socket": "socket", "ssl_object": "ssl_object"}


async def connect(address: str, port: int) -> SocketStream:
    """The connection to an IP address; who calls limits the time.

    Raises:
        httpcore.ConnectError: nobody answers there.
    """
    try:
        _, stream = await asyncio.get_running_loop().create_connection(SocketStream, address, port)
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error
    return stream


class SocketStream(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """A connection that one task reads and one writes at a time."""

    _transport: asyncio.Transport

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._received = bytearray()
        self._is_ended = self._is_held = self._is_full = False
        self._error: Exception | None = None
        self._reading: asyncio.Future[None] | None = None
        self._writing: asyncio.Future[None] | None = None

    # What asyncio tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Takes the transport of a connection that stands."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Keeps what came until it is read."""
        self._received += data
        if len(self._received) > AHEAD_BYTES and not self._is_held:
            self._is_held = True
            self._transport.pause_reading()
        _wake(self._reading)

    def eof_received(self) -> None:
        """Nothing more will come; the connection is closed, since a request is sent whole before its answer."""
        self._is_ended = True
        _wake(self._reading)

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone, broken where `exc` says so."""
        self._is_ended, self._error = True, exc
        _wake(self._reading)
        _wake(self._writing)

    def pause_writing(self) -> None:
        """More was written than the other side takes."""
        self._is_full = True

    def resume_writing(self) -> None:
        """The other side takes more again."""
        self._is_full = False
        _wake(self._writing)

    # What httpcore asks

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What came, at least a byte; nothing at the end.

        Raises:
            httpcore.ReadTimeout: nothing came in time.
            httpcore.ReadError: the connection broke.
        """
        if not self._received and not self._is_ended:
            self._reading = self._loop.create_future()
            try:
                async with asyncio.timeout(timeout):
                    await self._reading
            except TimeoutError as error:
                raise httpcore.ReadTimeout(f"nothing came within {timeout} s") from error
            finally:
                self._reading = None
        if not self._received and self._error is not None:
            raise httpcore.ReadError(str(self._error)) from self._error
        data = bytes(self._received[:max_bytes])
        del self._received[:max_bytes]
        if self._is_held and len(self._received) <= AHEAD_BYTES:
            self._is_held = False
            if not self._is_ended:
                self._transport.resume_reading()
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends these bytes, or keeps them where the other side takes no more yet but soon.

        Raises:
            httpcore.WriteTimeout: it took none in time.
            httpcore.WriteError: the connection broke.
        """
        if not buffer:
            return
        if not self._transport.is_closing():
            self._transport.write(buffer)
        if self._is_full and not self._transport.is_closing():
            self._writing = self._loop.create_future()
            try:
                async with asyncio.timeout(timeout):
                    await self._writing
            except TimeoutError as error:
                raise httpcore.WriteTimeout(f"nothing was taken within {timeout} s") from error
            finally:
                self._writing = None
        if self._transport.is_closing():
            raise httpcore.WriteError(str(self._error or "the connection is closed"))

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """The same connection, protected from now on.

        Raises:
            httpcore.ConnectTimeout: the handshake took too long.
            httpcore.ConnectError: it failed, or something unprotected came before it, which must never pass for more.
        """
        if self._received:
            await self.aclose()
            raise httpcore.ConnectError("the server spoke before the connection was protected")
        try:
            async with asyncio.timeout(timeout):
                # From here on nothing comes in by the old transport.
                transport = await self._loop.start_tls(
                    self._transport, self, ssl_context, server_hostname=server_hostname
                )
        except TimeoutError as error:
            await self.aclose()
            raise httpcore.ConnectTimeout(f"no handshake within {timeout} s") from error
        except OSError as error:
            await self.aclose()
            raise httpcore.ConnectError(str(error)) from error
        self._transport = cast(asyncio.Transport, transport)
        return self

    async def aclose(self) -> None:
        """Closes the connection without waiting for the other side."""
        self._transport.abort()

    def get_extra_info(self, info: str) -> Any:
        """What httpcore may know of it; an idle one that `is_readable` was closed by the other side."""
        if info == "is_readable":
            return self._is_ended or bool(self._received)
        return self._transport.get_extra_info(_INFO[info]) if info in _INFO else None


def _wake(waiting: asyncio.Future[None] | None) -> None:
    if waiting is not None and not waiting.done():
        waiting.set_result(None)
