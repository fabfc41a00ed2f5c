"""Which addresses may be dialled."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.feeds.networks import is_public_address

REFUSED = """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.255.255.254
    168.63.129.16 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1
    198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1
    64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b:1::127.0.0.1 64:ff9b:1::8.8.8.8 100::1
    2001::1 2001:0:7f00:1:: 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:0a00:1:: 2002:a9fe:a9fe::1
    3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fe80::1%25eth0 fec0::1 ff02::1 ffff::1
    nonsense localhost 2130706433 0x7f000001 0177.0.0.1 127.1 1.2.3 1.2.3.4.5 1.2.3.4%eth0
"""
PUBLIC = """
    1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1 169.253.1.1 172.15.1.1
    172.32.0.1 192.0.1.1 192.167.1.1 198.17.1.1 223.255.255.255 168.63.129.17
    2001:4860:4860::8888 2400:cb00::1 2606:4700::1111 2a00:1450::1 ::ffff:8.8.8.8 64:ff9b::8.8.8.8 2002:808:808::1
"""


@pytest.mark.parametrize("address", [*REFUSED.split(), ""])
def test_addresses_that_no_news_comes_from_are_not_public(address: str) -> None:
    assert not is_public_address(address)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_addresses_beside_the_refused_ranges_are_public(address: str) -> None:
    assert is_public_address(address)


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_changes_nothing(inner: ipaddress.IPv4Address) -> None:
    number = int(inner)
    wrapped = [
        ipaddress.IPv6Address((0xFFFF << 32) | number),
        ipaddress.IPv6Address((0x0064FF9B << 96) | number),
        ipaddress.IPv6Address((0x2002 << 112) | (number << 80) | 1),
    ]
    assert {is_public_address(str(one)) for one in wrapped} == {is_public_address(str(inner))}


@given(st.one_of(st.ip_addresses().map(str), st.text(max_size=60)))
def test_what_the_standard_library_calls_private_is_never_public(text: str) -> None:
    if is_public_address(text):
        ip = ipaddress.ip_address(text)
        # Some releases call all of 6to4 private, whatever address it wraps: ask about that one.
        ip = getattr(ip, "sixtofour", None) or ip
        assert not any((ip.is_private, ip.is_loopback, ip.is_link_local, ip.is_multicast, ip.is_unspecified))
