"""One HTTP/1.1 connection: a request after the other, spoken by h11.

Beside httpcore's, which spent three times the processor time of h11 itself on locks and traces that one request at a
time does not need. It raises what httpcore's does.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import h11
import httpcore

from flows.feeds.streams import SocketStream

READ_BYTES = 64 * 1024
# Of a line or of all headers together, until they are whole.
MOST_HEADER_BYTES = 100 * 1024
Trace = Callable[[str, dict[str, Any]], Awaitable[None]]


class Http11Connection:
    """A connection that answers one request at a time."""

    def __init__(self, stream: SocketStream) -> None:
        self._stream = stream
        self._talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=MOST_HEADER_BYTES)

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """The headers, and the body as it comes; interim answers (1xx) are passed over.

        Raises:
            httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError: nothing more can be asked.
        """
        await self._send(request)
        trace: Trace | None = request.extensions.get("trace")
        if trace is not None:
            await trace("http11.receive_response_headers.started", {})
        read_timeout_s = request.extensions.get("timeout", {}).get("read")
        event = await self._receive(read_timeout_s)
        while isinstance(event, h11.InformationalResponse):
            event = await self._receive(read_timeout_s)
        assert isinstance(event, h11.Response)
        return httpcore.Response(
            event.status_code,
            headers=event.headers.raw_items(),
            content=self._body(read_timeout_s),
            extensions={"http_version": b"HTTP/" + event.http_version, "reason_phrase": event.reason},
        )

    async def _send(self, request: httpcore.Request) -> None:
        try:
            parts = [
                self._talk.send(h11.Request(method=request.method, target=request.url.target, headers=request.headers))
            ]
            body: AsyncIterable[bytes] = request.stream  # type: ignore[assignment]  # never one that blocks
            parts += [self._talk.send(h11.Data(data=data)) async for data in body]
            parts.append(self._talk.send(h11.EndOfMessage()))
        except h11.LocalProtocolError as error:
            raise httpcore.LocalProtocolError(str(error)) from error
        # A server may answer and hang up before it has heard all.
        with suppress(httpcore.WriteError):
            await self._stream.write(
                b"".join(part for part in parts if part), request.extensions.get("timeout", {}).get("write")
            )

    async def _receive(self, timeout_s: float | None) -> h11.Event:
        while True:
            try:
                event = self._talk.next_event()
            except h11.RemoteProtocolError as error:
                raise httpcore.RemoteProtocolError(str(error)) from error
            if isinstance(event, h11.Event):
                return event
            if event is h11.PAUSED:
                raise httpcore.RemoteProtocolError("the server went over to another protocol")
            data = await self._stream.read(READ_BYTES, timeout_s)
            if not data and self._talk.their_state is h11.SEND_RESPONSE:
                raise httpcore.RemoteProtocolError("the server hung up without an answer")
            self._talk.receive_data(data)

    async def _body(self, timeout_s: float | None) -> AsyncIterator[bytes]:
        while isinstance(event := await self._receive(timeout_s), h11.Data):
            yield bytes(event.data)

    def finish(self) -> bool:
        """Whether another request may follow this one, whose answer is no longer wanted: if it was read whole."""
        with suppress(h11.RemoteProtocolError):
            if self._talk.their_state is h11.SEND_BODY:
                self._talk.next_event()  # the end of an answer without a body, which nobody has looked at
        if self._talk.our_state is not h11.DONE or self._talk.their_state is not h11.DONE:
            return False
        self._talk.start_next_cycle()
        return True

    @property
    def can_be_asked(self) -> bool:
        """True where nothing has been heard of the server since its last answer, neither a farewell nor more bytes."""
        return self._talk.trailing_data == (b"", False) and self._stream.is_quiet

    async def aclose(self) -> None:
        """Hangs up."""
        self._stream.close()
