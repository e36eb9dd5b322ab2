"""What the fetcher may ask for; import `FetchPolicy`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network

WEB_PORTS = frozenset({80, 443, 8080, 8443})


@dataclass(frozen=True, kw_only=True)
class FetchPolicy:
    """The operator's rules for one fetch; what is not allowed here is refused.

    `user_agent` should name the site and a way to reach its operator (RFC 9110, 10.1.5).
    `allow_networks` are the networks that may be reached although they are not public.
    `own_hosts` are this site's own names and addresses, in lower case, which are never fetched.
    `seconds` bounds the whole fetch by the wall clock, redirects and name resolution included;
    `max_bytes` bounds the body after decompression, `max_pdf_bytes` that of a PDF, whose last
    bytes tell where everything is. `claim` is asked before each connection
    whether one more to that address is in order; where it is not, the fetch ends with Busy.
    `visit` is told each URL before it is asked for, redirects too; what it raises ends the fetch.
    """

    user_agent: str
    allow_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    allow_ports: frozenset[int] = field(default=WEB_PORTS)
    own_hosts: frozenset[str] = frozenset()
    seconds: float = 15
    max_bytes: int = 2 * 1024 * 1024
    max_pdf_bytes: int = 16 * 1024 * 1024
    max_redirects: int = 5
    claim: Callable[[str], bool] | None = None
    visit: Callable[[str], None] | None = None
