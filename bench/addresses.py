"""Does the rule of addresses agree with a second one? Run `.venv/bin/python -m bench.addresses`.

The second opinion is written another way: both IANA registries as bit patterns of integers, most
special first, and no use of the first one's tables. A million addresses are drawn, most of them
in and around the blocks where the two could differ.
"""

import argparse
import random
from ipaddress import IPv4Address, IPv6Address, ip_address

from bookmarks.fetching.addresses import is_public, parse_address

CASES = 1_000_000
SEED = 20261124

# IANA IPv4 Special-Purpose Address Registry: block, globally reachable. Read 2026 at
# iana.org/assignments/iana-ipv4-special-registry, RFC 6890 and the RFCs it names. Multicast and
# Azure's host address are not in it: iana.org/assignments/multicast-addresses, learn.microsoft.com.
IPV4_REGISTRY = """
0.0.0.0/8 no
0.0.0.0/32 no
10.0.0.0/8 no
100.64.0.0/10 no
127.0.0.0/8 no
168.63.129.16/32 no
169.254.0.0/16 no
172.16.0.0/12 no
192.0.0.0/24 no
192.0.0.0/29 no
192.0.0.8/32 no
192.0.0.9/32 anycast
192.0.0.10/32 anycast
192.0.0.170/31 no
192.0.2.0/24 no
192.31.196.0/24 yes
192.52.193.0/24 yes
192.88.99.0/24 no
192.168.0.0/16 no
192.175.48.0/24 yes
198.18.0.0/15 no
198.51.100.0/24 no
203.0.113.0/24 no
224.0.0.0/4 no
240.0.0.0/4 no
255.255.255.255/32 no
"""

# IANA IPv6 Special-Purpose Address Registry (iana-ipv6-special-registry, RFC 6890), and the types
# of RFC 4291 beside it. "inner" stands for an IPv4 address in the last 32 bits, which decides.
IPV6_REGISTRY = """
::/0 no
::1/128 no
::/128 no
::ffff:0:0/96 inner
64:ff9b::/96 no
64:ff9b:1::/48 no
100::/64 no
100:0:0:1::/64 no
2000::/3 yes
2001::/23 no
2001::/32 no
2001:1::1/128 anycast
2001:1::2/128 anycast
2001:1::3/128 anycast
2001:2::/48 no
2001:3::/32 anycast
2001:4:112::/48 anycast
2001:10::/28 no
2001:20::/28 anycast
2001:30::/28 anycast
2001:db8::/32 no
2002::/16 no
2620:4f:8000::/48 yes
3fff::/20 no
5f00::/16 no
fc00::/7 no
fe80::/10 no
fec0::/10 no
ff00::/8 no
"""
# Reachable by the registry, but services of the network and not web servers: both rules refuse.
REACHABLE = {"yes": True, "no": False, "anycast": False}
# RFC 5214: what an interface identifier begins with when an IPv4 address follows.
ISATAP = (0x00005EFE, 0x02005EFE)

Row = tuple[int, int, str]


def read_registry(text: str, bits: int) -> list[Row]:
    """The rows as (number of the block, bits it leaves open, verdict), the most special first."""
    rows = []
    for line in text.strip().splitlines():
        block, verdict = line.split()
        address, _, length = block.partition("/")
        rest = bits - int(length)
        rows.append((int(ip_address(address)) >> rest, rest, verdict))
    return sorted(rows, key=lambda row: row[1])


IPV4_ROWS = read_registry(IPV4_REGISTRY, 32)
IPV6_ROWS = read_registry(IPV6_REGISTRY, 128)


def reachable(number: int, bits: int) -> bool:
    """The second opinion on an address given as a number of so many bits."""
    rows = IPV4_ROWS if bits == 32 else IPV6_ROWS
    verdict = next((word for block, rest, word in rows if number >> rest == block), "yes")
    if verdict == "inner":
        return reachable(number & 0xFFFFFFFF, 32)
    isatap = bits == 128 and (number >> 32) & 0xFFFFFFFF in ISATAP
    return REACHABLE[verdict] and not isatap


def draw(chance: random.Random) -> tuple[int, int]:
    """One address: anywhere, in a block of the registries, at a block's edge, or ISATAP."""
    bits = chance.choice((32, 128))
    where = chance.random()
    if where < 0.25:
        return chance.getrandbits(bits), bits
    if where < 0.3:
        return 0x2A << 120 | chance.getrandbits(56) << 64 | _interface(chance), 128
    block, rest, _ = chance.choice(IPV4_ROWS if bits == 32 else IPV6_ROWS)
    if where < 0.7:
        return block << rest | chance.getrandbits(rest), bits
    edge = (block << rest) + chance.choice((-1, 0, 1, (1 << rest) - 1, 1 << rest))
    return edge % (1 << bits), bits


def _interface(chance: random.Random) -> int:
    first = chance.choice((*ISATAP, 0x00005EFF, chance.getrandbits(32)))
    return first << 32 | chance.getrandbits(32)


def differences(cases: int, seed: int) -> list[str]:
    """The addresses about which the two opinions differ, of so many drawn."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    wrong = []
    for _ in range(cases):
        number, bits = draw(chance)
        address = IPv4Address(number) if bits == 32 else IPv6Address(number)
        expected = reachable(number, bits)
        if {is_public(address), is_public(parse_address(str(address)))} != {expected}:
            wrong.append(f"{address}: public by the registries: {expected}")
    return wrong


def main() -> None:
    """Print how many differ, and which."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    wrong = differences(asked.cases, asked.seed)
    print(f"{asked.cases:,} addresses, {len(wrong)} judged otherwise by the registries")
    for line in wrong[:20]:
        print(line)
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
