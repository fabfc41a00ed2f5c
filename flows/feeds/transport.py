"""The client that everything is fetched with: what it lets through is safe to read, whatever a server sends.

A check of a URL's text is not enough: a public name may point to a private address, and may point elsewhere a second
later. So names are resolved in `dialling`, each address is checked, and the connection goes to the checked address
itself; TLS still verifies the name. Compression is taken off here too, a bounded piece at a time, so that no reader
can forget it. Proxies and certificates named in the environment are ignored, since a proxy would dial for us, unseen
(a setting for one was refused: it would have to check addresses as we do). Cookies are not kept between requests.
This module follows no redirects and counts no bytes of a body; `fetch` does.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterable
from http.cookiejar import CookieJar
from importlib.metadata import version

import httpx

from flows.feeds.compression import ACCEPT_ENCODING, CompressionError, Unpacker
from flows.feeds.connections import PROTOCOL_ERRORS, Connections
from flows.feeds.dialling import CheckedBackend, Lookup, look_up

# Honest answers have some thirty headers; h11 and h2 limit their size in all to 100 and 64 KiB.
HEADER_LIMIT = 200
# Chunks of a byte or two cost us a thousand times what they cost the server; honest ones hold a line at least.
CRUMB_COUNT, CRUMB_BYTES = 10_000, 8
OF_PACKED_BODY = (b"content-encoding", b"content-length")


class CheckedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport over connections to checked addresses; answers come unpacked and within limits."""

    def __init__(
        self,
        *,
        allow_private_hosts: frozenset[str],
        max_connections: int,
        first_byte_timeout_s: float,
        ssl_context: ssl.SSLContext | None = None,
        lookup: Lookup = look_up,
    ) -> None:
        ssl_context = ssl_context or httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=ssl_context, trust_env=False)
        # httpx has no public place for connections of another kind; replacing its pool keeps its mapping of errors.
        self._pool = Connections(  # type: ignore[assignment]
            CheckedBackend(allow_private_hosts, lookup=lookup),
            ssl_context,
            at_once=max_connections,
            kept_count=max_connections // 5 or 1,
            first_byte_timeout_s=first_byte_timeout_s,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, its body unpacked as it is read and its Content-Encoding gone.

        Raises:
            httpx.TransportError: the connection failed, or the headers are late or too many.
            httpx.DecodingError: here or while reading, where the compression is broken.
        """
        response = await self._answer(request)
        try:
            if len(response.headers.raw) > HEADER_LIMIT:
                raise httpx.RemoteProtocolError(f"the answer has more than {HEADER_LIMIT} headers")
            stream = _Unpacked(response.stream, Unpacker(",".join(response.headers.get_list("content-encoding"))))
            # The length is that of the packed body, and readers would take it for the other.
            headers = httpx.Headers([pair for pair in response.headers.raw if pair[0].lower() not in OF_PACKED_BODY])
            if request.url.scheme == "https" and headers.get("location", "").strip().lower().startswith("http:"):
                headers["location"] = _protected(headers["location"].strip())
        except (CompressionError, httpx.TransportError, httpx.InvalidURL) as error:
            await response.aclose()
            if isinstance(error, CompressionError):
                raise httpx.DecodingError(str(error), request=request) from error
            raise
        return httpx.Response(response.status_code, headers=headers, stream=stream, extensions=response.extensions)

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        try:
            return await super().handle_async_request(request)
        except PROTOCOL_ERRORS as error:
            raise httpx.RemoteProtocolError(f"the answer cannot be understood: {error!r:.200}") from error


def _protected(location: str) -> str:
    """The address over TLS, since a redirect never leaves it: what was promised secret would go in the clear.

    Raises:
        httpx.UnsupportedProtocol: the address names a port of its own, where TLS is not to be expected.
    """
    target = httpx.URL(location)
    if target.port is not None:
        raise httpx.UnsupportedProtocol("a redirect leads from https to an unprotected address")
    return str(target.copy_with(scheme="https"))


class _Unpacked(httpx.AsyncByteStream):
    """A body as it is before any compression, in the pieces it is unpacked in."""

    def __init__(self, packed: httpx.AsyncByteStream | httpx.SyncByteStream, unpacker: Unpacker) -> None:
        if not isinstance(packed, httpx.AsyncByteStream):
            raise TypeError("expected an asynchronous stream")
        self._packed = packed
        self._unpacker = unpacker

    async def __aiter__(self) -> AsyncIterator[bytes]:
        chunk_count = byte_count = 0
        try:
            async for chunk in self._packed:
                chunk_count, byte_count = chunk_count + 1, byte_count + len(chunk)
                if chunk_count > CRUMB_COUNT and byte_count < chunk_count * CRUMB_BYTES:
                    raise httpx.RemoteProtocolError("the body comes in crumbs")
                for piece in self._unpacker.unpack(chunk):
                    yield piece
            for piece in self._unpacker.unpack(b"", is_last=True):
                yield piece
        except CompressionError as error:
            raise httpx.DecodingError(str(error)) from error
        except PROTOCOL_ERRORS as error:
            raise httpx.RemoteProtocolError(f"the body cannot be understood: {error!r:.200}") from error

    async def aclose(self) -> None:
        await self._packed.aclose()


class _NoCookies(CookieJar):
    """Keeps none: shared by thousands of servers it would grow without end, and tell one what another has said."""

    def extract_cookies(self, response: object, request: object) -> None:
        pass


def build_user_agent(contact: str | None) -> str:
    """The truthful name we go by, with the way to reach whoever runs this copy."""
    plain = "".join(sign for sign in contact or "" if sign.isascii() and sign.isprintable() and sign not in "()")
    return f"Mereda/{version('mereda')} (news monitor; {'+' + plain.strip() if plain.strip() else 'no contact set'})"


def open_client(
    *,
    contact: str | None = None,
    allow_private_hosts: Iterable[str] = (),
    connect_timeout_s: float = 10.0,
    read_timeout_s: float = 20.0,
    max_connections: int = 100,
    ssl_context: ssl.SSLContext | None = None,
    lookup: Lookup = look_up,
) -> httpx.AsyncClient:
    """A client for feeds and pages; close it with `async with`.

    Args:
        contact: address or URL of who runs this copy, told in the User-Agent.
        allow_private_hosts: names, or name:port, that may be dialled although private, such as `127.0.0.1:8091`.
        connect_timeout_s: limit for name lookup and connection together, and for the handshake of TLS.
        read_timeout_s: limit for the wait from the request to all headers of the answer, and for each wait for bytes;
            the total is `fetch`'s to limit.
        max_connections: sockets open at once over all hosts.
        ssl_context: which certificates are believed; by default those that browsers believe.
        lookup: gives the addresses of a name; by default the machine's resolver.
    """
    transport = CheckedTransport(
        allow_private_hosts=frozenset(allow_private_hosts),
        max_connections=max_connections,
        first_byte_timeout_s=read_timeout_s,
        ssl_context=ssl_context,
        lookup=lookup,
    )
    return httpx.AsyncClient(
        transport=transport,
        headers={"User-Agent": build_user_agent(contact), "Accept-Encoding": ACCEPT_ENCODING},
        timeout=httpx.Timeout(connect=connect_timeout_s, read=read_timeout_s, write=connect_timeout_s, pool=None),
        follow_redirects=False,
        trust_env=False,
        cookies=_NoCookies(),
    )
