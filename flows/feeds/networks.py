"""Which IP addresses belong to the public Internet, and so may be dialled; the ranges lie in `networks.toml`.

Our own list, since what `ipaddress` calls global changed with each of its releases and leaves out ranges of clouds.
"""

from __future__ import annotations

import tomllib
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network
from pathlib import Path

_DATA = tomllib.loads((Path(__file__).parent / "networks.toml").read_text(encoding="utf-8"))
_REFUSED_IPV4 = tuple(IPv4Network(text) for text in _DATA["ipv4"])
_REFUSED_IPV6 = tuple(IPv6Network(text) for text in _DATA["ipv6"])
_WRAPPED = tuple((IPv6Network(one["network"]), 96 - int(one["start"])) for one in _DATA["wrapped"])
_PUBLIC_IPV6 = IPv6Network("2000::/3")


def is_public_address(address: str) -> bool:
    """True where the IP address is one of the public Internet, also where an IPv6 address wraps an IPv4 one.

    A name, or a number that is no address in its usual spelling, is not public.
    """
    try:
        if ":" in address:
            return _is_public_ipv6(IPv6Address(address.partition("%")[0]))
        return _is_public_ipv4(IPv4Address(address))
    except AddressValueError:
        return False


def _is_public_ipv4(ip: IPv4Address) -> bool:
    return not any(ip in network for network in _REFUSED_IPV4)


def _is_public_ipv6(ip: IPv6Address) -> bool:
    for network, shift in _WRAPPED:
        if ip in network:
            return _is_public_ipv4(IPv4Address(int(ip) >> shift & 0xFFFFFFFF))
    return ip in _PUBLIC_IPV6 and not any(ip in network for network in _REFUSED_IPV6)
