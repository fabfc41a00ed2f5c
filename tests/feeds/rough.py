"""Servers that do as they please: raw bytes over a socket, and HTTP/2 over TLS, both on the loopback."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress

import trustme
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived
from h2.exceptions import ProtocolError

Script = Callable[[socket.socket, bytes], None]
Headers = list[tuple[str, str]]
# What to send for a request: headers with :status first, and the body.
Respond = Callable[[dict[str, str]], tuple[Headers, bytes]]


@contextmanager
def _listen(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A port of the loopback where each connection is given to `talk`, in a thread of its own."""
    listener = socket.create_server(("127.0.0.1", 0))
    talking: list[threading.Thread] = []
    open_ones: list[socket.socket] = []

    def hold(connection: socket.socket) -> None:
        # Clients hang up in the middle, which is the point of most tests here.
        with connection, suppress(OSError, ProtocolError):
            talk(connection)

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connection.settimeout(10)
            open_ones.append(connection)
            talking.append(threading.Thread(target=hold, args=(connection,)))
            talking[-1].start()

    accepting = threading.Thread(target=accept)
    accepting.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join()
        for connection in open_ones:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in talking:
            thread.join()


@contextmanager
def serve_raw(script: Script, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server that reads the head of a request and then does what `script(connection, head)` does; its base URL."""

    def talk(plain: socket.socket) -> None:
        with context.wrap_socket(plain, server_side=True) if context else nullcontext(plain) as connection:
            while True:
                head = b""
                while b"\r\n\r\n" not in head:
                    data = connection.recv(65536)
                    if not data:
                        return
                    head += data
                script(connection, head)

    with _listen(talk) as port:
        yield f"{'https' if context else 'http'}://127.0.0.1:{port}"


class Authority:
    """A maker of certificates that a client may be told to believe."""

    def __init__(self) -> None:
        self._ca = trustme.CA()

    def believing(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        self._ca.configure_trust(context)
        return context

    def serving(self, *names: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["h2"])
        self._ca.issue_cert(*names).configure_cert(context)
        return context


@contextmanager
def serve_http2(context: ssl.SSLContext, respond: Respond, *, then_closes: bool = False) -> Iterator[int]:
    """The port of a server that speaks HTTP/2 only and answers with `respond(request headers)`.

    Args:
        then_closes: it hangs up after each answer, without a word of HTTP/2 about it.
    """

    def talk(plain: socket.socket) -> None:
        with context.wrap_socket(plain, server_side=True) as connection:
            state = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
            state.initiate_connection()
            connection.sendall(state.data_to_send())
            has_answered = False
            while not (has_answered and then_closes) and (data := connection.recv(65536)):
                for event in state.receive_data(data):
                    if isinstance(event, RequestReceived):
                        headers, body = respond({str(name): str(value) for name, value in event.headers})
                        state.send_headers(event.stream_id, headers)
                        for start in range(0, len(body), 16_000):
                            state.send_data(event.stream_id, body[start : start + 16_000])
                        state.end_stream(event.stream_id)
                        has_answered = True
                connection.sendall(state.data_to_send())
            if then_closes:
                # Closed with frames of the client still unread, the kernel would throw away what we have sent.
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65536):
                    pass

    with _listen(talk) as port:
        yield port
