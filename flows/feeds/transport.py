"""The client every page and feed is fetched with: private addresses are refused at the moment of dialling.

A check of the URL's text is not enough: a public name may point to a private address, and may point elsewhere a
second later. So the name is resolved here, each address is checked, and the connection goes to the checked address
itself; TLS still verifies the name. Proxies from the environment are ignored, since a proxy would dial for us.
This module follows no redirects and reads no bodies; `fetch` does.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable

import httpcore
import httpx

# Compressed forms whose decoder can be stopped at a size; a brotli bomb of 64 KB would be gigabytes in one step.
ACCEPT_ENCODING = "gzip, deflate"
NAT64_NETWORK = ipaddress.ip_network("64:ff9b::/96")

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


class AddressRefusedError(httpcore.ConnectError):
    """The name leads only to addresses that are not public; a retry cannot help until its owner changes it."""


def is_public_address(address: str) -> bool:
    """True where the IP address is one of the public Internet, also when wrapped in an IPv6 form (RFC 6890)."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _embedded_address(ip)
        if inner is not None:
            return is_public_address(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _embedded_address(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for: mapped, 6to4, Teredo or NAT64."""
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    if ip in NAT64_NETWORK:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Dials public addresses, and the private ones that are named; resolves once, so the checked one is dialled."""

    def __init__(self, allow_private_hosts: frozenset[str]) -> None:
        self._allowed = frozenset(name.lower().rstrip(".") for name in allow_private_hosts)
        self._inner: httpcore.AsyncNetworkBackend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connects to the first checked address that answers."""
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in await self._checked_addresses(host, port, timeout):
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[SocketOption] | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Refuses: news does not come from local sockets."""
        raise AddressRefusedError(f"local socket {path} refused")

    async def sleep(self, seconds: float) -> None:
        """Waits, as the connection pool asks between its retries."""
        await self._inner.sleep(seconds)

    async def _checked_addresses(self, host: str, port: int, timeout: float | None) -> list[str]:
        name = host.lower().rstrip(".")
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"name lookup of {host} took longer than {timeout} s") from error
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"name {host} cannot be resolved: {error}") from error
        addresses = list(dict.fromkeys(str(item[4][0]) for item in found))
        if name in self._allowed or f"{name}:{port}" in self._allowed:
            return addresses
        public = [address for address in addresses if is_public_address(address)]
        if not public:
            raise AddressRefusedError(f"{host} leads to a private address; allow that host by name to use it")
        return public


class CheckedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport over a connection pool that dials through `CheckedBackend`."""

    def __init__(self, *, allow_private_hosts: frozenset[str], max_connections: int) -> None:
        super().__init__(trust_env=False)
        # httpx has no public place for a network backend; replacing the pool keeps its mapping of errors.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=max_connections,
            max_keepalive_connections=max_connections // 5 or 1,
            keepalive_expiry=15.0,
            http1=True,
            http2=True,
            network_backend=CheckedBackend(allow_private_hosts),
        )


def build_user_agent(contact: str | None) -> str:
    """The truthful name we go by, with the way to reach whoever runs this copy."""
    plain = "".join(sign for sign in contact or "" if sign.isascii() and sign.isprintable()).strip()
    return f"Mereda/0.1 (news monitor; {'+' + plain if plain else 'no contact set'})"


def open_client(
    *,
    contact: str | None = None,
    allow_private_hosts: frozenset[str] = frozenset(),
    connect_timeout_s: float = 10.0,
    read_timeout_s: float = 20.0,
    max_connections: int = 100,
) -> httpx.AsyncClient:
    """A client for feeds and pages; close it with `async with`.

    Args:
        contact: address or URL of who runs this copy, told in the User-Agent.
        allow_private_hosts: names, or name:port, that may be dialled although private, such as `127.0.0.1:8091`.
        connect_timeout_s: limit for name lookup and for the connection, each.
        read_timeout_s: limit for each wait for bytes, the first included; the total is `fetch`'s to limit.
        max_connections: sockets open at once over all hosts.
    """
    return httpx.AsyncClient(
        transport=CheckedTransport(allow_private_hosts=allow_private_hosts, max_connections=max_connections),
        headers={"User-Agent": build_user_agent(contact), "Accept-Encoding": ACCEPT_ENCODING},
        timeout=httpx.Timeout(connect=connect_timeout_s, read=read_timeout_s, write=connect_timeout_s, pool=None),
        follow_redirects=False,
        trust_env=False,
    )
