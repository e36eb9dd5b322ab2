"""Which IP addresses belong to the public internet; import `may_connect` and `is_public`.

The tables are data of our own because `ipaddress.is_global` differs between Python releases and
passes 224.0.0.1, 64:ff9b::7f00:1 and 2002:7f00:1:: on some of them. IPv4 is everything but the
list; IPv6 is only what IANA has delegated for unicast, minus the list.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# IANA IPv4 Special-Purpose Address Registry (RFC 6890 and updates): every block that is not
# globally reachable, whole, so that the two anycast addresses inside 192.0.0.0/24 fall with it.
NOT_PUBLIC_IPV4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # "this network", RFC 791
        "10.0.0.0/8",  # private use, RFC 1918
        "100.64.0.0/10",  # shared address space of carriers, RFC 6598; Alibaba metadata
        "127.0.0.0/8",  # loopback, RFC 1122
        "168.63.129.16/32",  # Azure's virtual host address, learn.microsoft.com
        "169.254.0.0/16",  # link-local, RFC 3927; the metadata service of most clouds
        "172.16.0.0/12",  # private use, RFC 1918
        "192.0.0.0/24",  # IETF protocol assignments, RFC 6890; Oracle metadata
        "192.0.2.0/24",  # documentation, RFC 5737
        "192.88.99.0/24",  # 6to4 relay anycast, deprecated by RFC 7526
        "192.168.0.0/16",  # private use, RFC 1918
        "198.18.0.0/15",  # benchmarking, RFC 2544
        "198.51.100.0/24",  # documentation, RFC 5737
        "203.0.113.0/24",  # documentation, RFC 5737
        "224.0.0.0/4",  # multicast, RFC 5771
        "240.0.0.0/4",  # reserved, RFC 1112; the limited broadcast address, RFC 919
    )
)

# IANA IPv6 Global Unicast Address Assignments: all delegations so far lie in 2000::/3. This alone
# shuts out loopback, mapped, compatible, NAT64, unique local, link-local, site-local, multicast.
PUBLIC_IPV6 = IPv6Network("2000::/3")

# IANA IPv6 Special-Purpose Address Registry: the blocks inside 2000::/3 that are not ordinary.
NOT_PUBLIC_IPV6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # IETF protocol assignments: Teredo, benchmarking, ORCHID, RFC 2928
        "2001:db8::/32",  # documentation, RFC 3849
        "2002::/16",  # 6to4, carries any IPv4 address inside, RFC 3056
        "3fff::/20",  # documentation, RFC 9637
    )
)

# RFC 5214: an ISATAP interface identifier, with an IPv4 address in its last 32 bits.
ISATAP_IDENTIFIERS = frozenset({0x00005EFE, 0x02005EFE})


def parse_address(text: str) -> Address:
    """The address behind its text form, an IPv4-mapped one as the IPv4 address it stands for.

    Raises ValueError when `text` is no address. A zone ("fe80::1%eth0") is kept and never public.
    """
    address = ip_address(text)
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def is_public(address: Address) -> bool:
    """Whether the address is one of the public internet's, by the tables of this module."""
    if isinstance(address, IPv4Address):
        return not any(address in block for block in NOT_PUBLIC_IPV4)
    if address.ipv4_mapped:
        return is_public(address.ipv4_mapped)
    return (
        address.scope_id is None
        and address in PUBLIC_IPV6
        and not any(address in block for block in NOT_PUBLIC_IPV6)
        and (int(address) >> 32) & 0xFFFFFFFF not in ISATAP_IDENTIFIERS
    )


def is_allowed(address: Address, networks: Iterable[Network]) -> bool:
    """Whether the address lies in one of the networks the operator named."""
    return any(address.version == network.version and address in network for network in networks)


def may_connect(address: Address, networks: Iterable[Network]) -> bool:
    """Whether the fetcher may connect: a public address, or one the operator allowed."""
    return is_public(address) or is_allowed(address, networks)
