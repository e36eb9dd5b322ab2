"""Which addresses are public."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import addresses
from bookmarks.fetching.addresses import (
    NOT_PUBLIC_IPV4,
    NOT_PUBLIC_IPV6,
    is_allowed,
    is_public,
    may_connect,
    parse_address,
)

PUBLIC = """
1.1.1.1 8.8.8.8 93.184.216.34 100.63.255.255 100.128.0.0 172.15.255.255 172.32.0.0
192.0.1.0 168.63.129.15 168.63.129.17 223.255.255.255 198.17.255.255 198.20.0.0
2606:4700:4700::1111 2a00:1450:4001:81b::200e 2001:200:: 2001:4860:4860::8888
::ffff:8.8.8.8 3ffe::1 2003::1
"""

NOT_PUBLIC = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254
168.63.129.16 169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.9
192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.7
203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:10.0.0.1
::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1
2001:0:7f00:1:: 2001:2::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:808:808::1
3fff::1 4000::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1
2a00:1450::5efe:10.0.0.1 2a00:1450::200:5efe:127.0.0.1
"""


@pytest.mark.parametrize("text", PUBLIC.split())
def test_an_address_of_the_internet_is_public(text: str) -> None:
    assert is_public(parse_address(text))


@pytest.mark.parametrize("text", NOT_PUBLIC.split())
def test_a_special_address_is_not_public(text: str) -> None:
    assert not is_public(parse_address(text))


def test_a_mapped_address_is_judged_as_the_one_inside_also_when_unparsed() -> None:
    assert not is_public(IPv6Address("::ffff:127.0.0.1"))
    assert is_public(IPv6Address("::ffff:8.8.8.8"))


@given(st.sampled_from(NOT_PUBLIC_IPV4), st.integers(0, 2**32 - 1))
def test_no_address_of_a_special_ipv4_block_is_public(block: IPv4Network, number: int) -> None:
    inside = IPv4Address(int(block.network_address) + number % block.num_addresses)
    assert not is_public(inside)
    assert not is_public(IPv6Address(f"::ffff:{inside}"))


@given(st.sampled_from(NOT_PUBLIC_IPV6), st.integers(0, 2**128 - 1))
def test_no_address_of_a_special_ipv6_block_is_public(block: IPv6Network, number: int) -> None:
    inside = IPv6Address(int(block.network_address) + number % block.num_addresses)
    assert not is_public(inside)


@given(st.integers(0, 2**128 - 1).filter(lambda number: number >> 125 != 1))
def test_no_ipv6_address_outside_of_global_unicast_is_public(number: int) -> None:
    address = IPv6Address(number)
    assert not is_public(address) or address.ipv4_mapped


def test_the_registries_read_another_way_come_to_the_same() -> None:
    assert addresses.differences(cases=20_000, seed=7) == []


def test_the_second_opinion_would_tell_of_a_wrong_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "is_public", lambda address: address.is_global)
    assert addresses.differences(cases=2000, seed=7)


def test_the_operator_may_allow_a_network_and_nothing_beside_it() -> None:
    networks = (ip_network("10.1.0.0/16"), ip_network("fd00:1::/32"))
    assert may_connect(parse_address("10.1.2.3"), networks)
    assert may_connect(parse_address("::ffff:10.1.2.3"), networks)
    assert may_connect(parse_address("fd00:1::9"), networks)
    assert not may_connect(parse_address("10.2.0.1"), networks)
    assert not may_connect(parse_address("fd00:2::9"), networks)


def test_what_is_public_is_not_for_that_allowed_by_the_operator() -> None:
    assert not is_allowed(parse_address("8.8.8.8"), (ip_network("10.0.0.0/8"),))
