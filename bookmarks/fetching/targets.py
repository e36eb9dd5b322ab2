"""Which URLs may be asked for, decided before any name is resolved; import `check_url`."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address
from urllib.parse import SplitResult, quote, urlsplit

import idna

from bookmarks.fetching.addresses import Address, may_connect, parse_address
from bookmarks.fetching.errors import Refused
from bookmarks.fetching.policy import FetchPolicy

MAX_URL = 8192
DEFAULT_PORTS = {"http": 80, "https": 443}

# Anything that one URL parser may read otherwise than another: controls, halves of characters, and
# a backslash before the query, which browsers take for a slash.
AMBIGUOUS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]|^[^?#]*\\")

# Brackets hold an IPv6 address and nothing follows them but a port.
AUTHORITY = re.compile(r"\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\](?::\d*)?|[^\[\]]*")

LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
HOST_NAME = re.compile(rf"{LABEL}(?:\.{LABEL})*")

# WHATWG URL, "ends in a number": such a host is an IPv4 address or nothing.
ENDS_IN_NUMBER = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)")

# RFC 6761 and 6762, RFC 8375, RFC 7686, and the suffixes that home routers and companies use.
INTERNAL_SUFFIXES = (
    ".localhost",
    ".localdomain",
    ".local",
    ".internal",
    ".intranet",
    ".lan",
    ".home",
    ".corp",
    ".private",
    ".home.arpa",
    ".onion",
    ".i2p",
    ".test",
    ".invalid",
)

# What may stand in a path or a query as it is; "%" is kept since the URL is already encoded.
SAFE_IN_PATH = "/%!$&'()*+,;=:@~-._[]|"
SAFE_IN_QUERY = SAFE_IN_PATH + "?"


@dataclass(frozen=True)
class Target:
    """A URL that may be asked for, rebuilt from the parts that were checked.

    `internal_name` marks a name that only an internal network knows: it may be connected to when
    every address behind it was allowed by the operator, and not merely public.
    """

    url: str
    host: str
    port: int
    internal_name: bool


def check_url(url: str, policy: FetchPolicy) -> Target:
    """The target behind `url`, by the rules of the WHATWG URL standard and of `policy`.

    Raises Refused with the reason. No name is resolved here: the addresses behind a name are
    judged when they are connected to, in `guard`.
    """
    parts = _split(url)
    host = _check_host(parts.hostname or "")
    port = _check_port(parts, policy)
    internal = _check_reach(host, policy)
    return Target(_rebuild(parts, host, port), host, port, internal)


def _split(url: str) -> SplitResult:
    url = url.strip(" ")
    if len(url) > MAX_URL:
        raise Refused(f"URL of {len(url)} characters")
    if AMBIGUOUS.search(url):
        raise Refused("control character or backslash in the URL")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise Refused(f"not a URL: {error}") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise Refused(f"scheme {parts.scheme!r}")
    if "@" in parts.netloc:
        raise Refused("user name in the URL")
    if not AUTHORITY.fullmatch(parts.netloc):
        raise Refused(f"brackets in {parts.netloc!r}")
    return parts


def _check_host(host: str) -> str:
    if "%" in host:
        raise Refused("percent sign or zone in the host")
    if ":" in host:
        return _check_literal(host)
    host = _to_ascii(host).removesuffix(".")
    if len(host) > 253 or not HOST_NAME.fullmatch(host):
        raise Refused(f"host {host!r}")
    if ENDS_IN_NUMBER.fullmatch(host.rpartition(".")[2]):
        return _check_dotted_quad(host)
    return host


def _to_ascii(host: str) -> str:
    """The host as it goes to DNS, after UTS 46 mapping: wide digits, odd dots and IDNs folded."""
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except idna.IDNAError as error:
        raise Refused(f"host {host!r}: {error}") from error


def _check_literal(host: str) -> str:
    try:
        return str(parse_address(host))
    except ValueError as error:
        raise Refused(f"address {host!r}") from error


def _check_dotted_quad(host: str) -> str:
    """Refuse 2130706433, 0x7f.1, 0177.0.0.1 and 127.1, which resolvers read as 127.0.0.1."""
    try:
        return str(IPv4Address(host))
    except ValueError as error:
        raise Refused(f"odd IPv4 address {host!r}") from error


def _check_port(parts: SplitResult, policy: FetchPolicy) -> int:
    try:
        port = DEFAULT_PORTS[parts.scheme] if parts.port is None else parts.port
    except ValueError as error:
        raise Refused(f"port in {parts.netloc!r}") from error
    if port not in policy.allow_ports:
        raise Refused(f"port {port}")
    return port


def _check_reach(host: str, policy: FetchPolicy) -> bool:
    """Refuse what can be refused by its name alone; true for a name only a local network knows."""
    if host in policy.own_hosts:
        raise Refused(f"{host} is this site")
    address = as_address(host)
    if address is not None:
        if not may_connect(address, policy.allow_networks):
            raise Refused(f"address {host} is not public")
        return False
    internal = "." not in host or host.endswith(INTERNAL_SUFFIXES)
    if internal and not policy.allow_networks:
        raise Refused(f"name {host} is internal")
    return internal


def as_address(host: str) -> Address | None:
    """The address a host is written as, or None when the host is a name."""
    try:
        return parse_address(host)
    except ValueError:
        return None


def _rebuild(parts: SplitResult, host: str, port: int) -> str:
    """The URL from checked parts alone, so that no second parser can find another host in it."""
    authority = f"[{host}]" if ":" in host else host
    if port != DEFAULT_PORTS[parts.scheme]:
        authority += f":{port}"
    path = quote(parts.path or "/", safe=SAFE_IN_PATH)
    query = "?" + quote(parts.query, safe=SAFE_IN_QUERY) if parts.query else ""
    return f"{parts.scheme}://{authority}{path}{query}"
