"""Name lookup and connection: only public addresses are dialled, and the address that was checked is the one dialled.

Addresses of both families are tried side by side, a quarter of a second apart (RFC 8305), so that a machine whose IPv6
leads nowhere still reaches every server.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from ipaddress import ip_address
from itertools import chain, zip_longest

import httpcore

from flows.feeds.networks import is_public_address
from flows.feeds.sockets import connect

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
Lookup = Callable[[str, int], Awaitable[list[str]]]

STAGGER_S = 0.25
# A name with more addresses than this is reachable by one of the first, or not at all.
ADDRESS_LIMIT = 8
# Lookups of dead names take half a minute each and cannot be stopped; they must not fill the pool all others use.
_LOOKUPS = ThreadPoolExecutor(max_workers=32, thread_name_prefix="lookup")


class AddressRefusedError(httpcore.ConnectError):
    """The name leads only to addresses that are not public; a retry cannot help until its owner changes it."""


async def look_up(host: str, port: int) -> list[str]:
    """The addresses of a name by the machine's resolver, in its order of preference.

    Raises:
        OSError, UnicodeError: the name is not known or cannot be asked.
    """
    with suppress(ValueError):
        return [str(ip_address(host))]  # an address needs no looking up, nor a thread that does
    loop = asyncio.get_running_loop()
    if type(loop).getaddrinfo is asyncio.BaseEventLoop.getaddrinfo:
        found = await loop.run_in_executor(_LOOKUPS, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    else:  # a loop that resolves names in a way of its own
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Dials public addresses, and the private ones that are named; resolves once, so the checked one is dialled."""

    def __init__(self, allow_private_hosts: frozenset[str], *, lookup: Lookup = look_up) -> None:
        self._allowed = frozenset(_plain_host(name) for name in allow_private_hosts)
        self._lookup = lookup

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connects to the first checked address that answers, all within `timeout` seconds.

        Raises:
            AddressRefusedError: no address of the name is public, and it is not among those allowed.
            httpcore.ConnectError: the name is not known, or nobody answers.
            httpcore.ConnectTimeout: the time is over.
        """

        async def dial(address: str) -> httpcore.AsyncNetworkStream:
            stream = await connect(address, port)
            for option in socket_options or ():
                stream.get_extra_info("socket").setsockopt(*option)
            return stream

        try:
            async with asyncio.timeout(timeout):
                addresses = await self._checked_addresses(host, port)
                return await dial(addresses[0]) if len(addresses) == 1 else await _dial_first(addresses, dial)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"{host} did not answer within {timeout} s") from error

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[SocketOption] | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Refuses: news does not come from local sockets."""
        raise AddressRefusedError(f"local socket {path} refused")

    async def sleep(self, seconds: float) -> None:
        """Waits, as the connection pool asks between its retries."""
        await asyncio.sleep(seconds)

    async def _checked_addresses(self, host: str, port: int) -> list[str]:
        try:
            addresses = await self._lookup(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"name {host} cannot be resolved: {error}") from error
        name = _plain_host(host)
        if name not in self._allowed and f"{name}:{port}" not in self._allowed:
            found, addresses = addresses, [address for address in addresses if is_public_address(address)]
            if found and not addresses:
                raise AddressRefusedError(f"{host} leads to a private address; allow that host by name to use it")
        if not addresses:
            raise httpcore.ConnectError(f"name {host} has no address")
        return _by_turns(addresses)[:ADDRESS_LIMIT]


def _plain_host(host: str) -> str:
    """A host in one spelling: `[::1]:80` and `EXAMPLE.com.` as the connection pool names them."""
    plain = host.strip().lower()
    if plain.startswith("["):
        return plain[1:].replace("]", "", 1)
    return plain.rstrip(".")


def _by_turns(addresses: list[str]) -> list[str]:
    """The families by turns, the resolver's first one first."""
    first = [one for one in addresses if (":" in one) == (":" in addresses[0])]
    second = [one for one in addresses if (":" in one) != (":" in addresses[0])]
    return [one for one in chain.from_iterable(zip_longest(first, second)) if one is not None]


async def _dial_first(
    addresses: list[str], dial: Callable[[str], Awaitable[httpcore.AsyncNetworkStream]]
) -> httpcore.AsyncNetworkStream:
    """The first connection that stands; each address gets a head start before the next, unless it fails sooner."""
    waiting = list(addresses)
    running: set[asyncio.Future[httpcore.AsyncNetworkStream]] = set()
    failure: BaseException = httpcore.ConnectError("no address")
    winner: httpcore.AsyncNetworkStream | None = None
    try:
        while waiting or running:
            if waiting:
                running.add(asyncio.ensure_future(dial(waiting.pop(0))))
            done, running = await asyncio.wait(
                running, timeout=STAGGER_S if waiting else None, return_when=asyncio.FIRST_COMPLETED
            )
            for task in done:
                error = task.exception()
                if error is not None:
                    failure = error
                elif winner is None:
                    winner = task.result()
                else:
                    await task.result().aclose()
            if winner is not None:
                return winner
    finally:
        for task in running:
            task.cancel()
        for late in await asyncio.gather(*running, return_exceptions=True):
            if isinstance(late, httpcore.AsyncNetworkStream):
                await late.aclose()
    raise failure
