"""How fast a host may be asked. Import `pace_of`, `host_of`. Pure.

Two pages at once and a second between them is what a person with two tabs would do. arXiv asks
for three seconds and one connection (https://info.arxiv.org/help/api/tou.html).
"""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address

from bookmarks.fetching.addresses import Network
from bookmarks.links import site_of

ARXIV = "arxiv.org"
MIRRORS_OF_ARXIV = frozenset({"ar5iv.org", "xxx.lanl.gov"})
AT_ONCE_AN_ADDRESS = 4
LONGEST_NAME = 255


@dataclass(frozen=True)
class Pace:
    """At most `at_once` pages of a host at the same time, begun `apart` from each other."""

    at_once: int
    apart: timedelta


POLITE = Pace(2, timedelta(seconds=1))
ARXIV_PACE = Pace(1, timedelta(seconds=3))
# The operator's own servers, where nobody else has to be considered.
AT_HOME = Pace(2, timedelta(0))


def host_of(url: str) -> str:
    """Return the name under which fetches of a URL are counted; arXiv and its mirrors are one."""
    site = site_of(url)
    if site.endswith(f".{ARXIV}") or site in MIRRORS_OF_ARXIV:
        return ARXIV
    return site[:LONGEST_NAME]


def pace_of(host: str, address: str | None, own_networks: tuple[Network, ...]) -> Pace:
    """Return the pace for a host, last seen at `address`.

    `own_networks` are those that the operator lets the fetcher reach although they are private;
    hosts there are not made to wait between two pages.
    """
    if host == ARXIV:
        return ARXIV_PACE
    return AT_HOME if is_at_home(address or _literal(host), own_networks) else POLITE


def is_at_home(address: str, own_networks: tuple[Network, ...]) -> bool:
    """Tell whether an address is in one of the operator's own networks; "" is nowhere."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in own_networks)


def _literal(host: str) -> str:
    """Return the address that a host is written as, without port and brackets."""
    name = host.partition("]")[0].removeprefix("[") if host.startswith("[") else host
    return name if name.count(":") > 1 else name.partition(":")[0]
