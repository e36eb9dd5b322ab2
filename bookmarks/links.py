"""What a URL is and when two are the same. Import `clean_url`, `url_key`, `page_address`,
`repaired`.

Pure: no network, no database. Three forms of one address are told apart:
the URL as saved (what the person gave, only made well-formed), its normal form (equal for
addresses that differ in nothing a server could see) and the page's address (equal for addresses
that show one page, or name one paper, repository or video).
"""

import hashlib
import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

import idna

from bookmarks.identities import recognise, without_trackers

MAX_URL_LENGTH = 2048

# Parameters that say where a visitor came from; no page depends on them.
TRACKERS = re.compile(r"(?:utm_\w+|fbclid|gclid|igsh|mc_(?:cid|eid))\Z", re.IGNORECASE)

# Hosts that publish no more what they once did; identities know where it is now.
MOVED_HOSTS = frozenset(
    {"aclweb.org", "aclanthology.info", "aclanthology.coli.uni-saarland.de"}  # ACL Anthology
    | {"jmlr.org", "jmlr.csail.mit.edu"}  # the proceedings went to PMLR, the journal stayed
    | {"papers.nips.cc", "papers.neurips.cc", "proceedings.nips.cc", "cv-foundation.org"}
)

# Controls, and what would turn the text around on a page.
CONTROLS = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")
UNRESERVED_ESCAPE = re.compile(r"%(?:2d|2e|3[0-9]|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])", re.I)
# Printable characters that RFC 3986 does not allow raw; browsers send them percent-encoded.
QUOTED = {ord(character): quote(character) for character in ' "<>\\^`{|}'}


class BadUrl(ValueError):
    """The text is not an address that can be kept; `str()` is a sentence for the person."""


def clean_url(text: str) -> str:
    """Return the address in `text`, well-formed and otherwise exactly as given.

    Blanks and angle brackets around it go, a missing scheme becomes `https:`, `feed:` becomes
    `http:` (as Pinboard does), blanks inside are percent-encoded as browsers do. Raises `BadUrl`
    for everything but http and https, for control characters, user names and passwords, hosts
    that are no hosts, and addresses of more than 2,048 characters.
    """
    url = text.strip()
    if url.startswith("<") and url.endswith(">"):
        url = url[1:-1].strip()
    if not url:
        raise BadUrl("Enter an address, such as https://arxiv.org/abs/1706.03762.")
    if CONTROLS.search(url):
        raise BadUrl("This address holds control characters. Copy it again without line breaks.")
    url = _with_scheme(url)
    _check_length(url)
    parts = _split(url)
    _check_host(parts)
    url = f"{parts.scheme}:{url.partition(':')[2]}".translate(QUOTED)
    _check_length(url)
    _check_length(normal_form(url))
    return url


@lru_cache(maxsize=2048)  # it is asked for three times in a row
def normal_form(url: str) -> str:
    """Return the conservative normal form of a clean URL (RFC 3986, 6.2.2 and 6.2.3).

    Folds the case of scheme and host, international names, default ports, dot segments and
    percent-encoding, and drops trackers; keeps scheme, `www.`, path, query and fragment.
    """
    parts = urlsplit(url)
    return urlunsplit(
        (
            parts.scheme.lower(),
            _network_location(parts),
            _without_dot_segments(_fold_escapes(parts.path)) or "/",
            _without_trackers(_fold_escapes(parts.query)),
            _fold_escapes(parts.fragment).partition(":~:")[0],
        )
    )


def url_key(url: str) -> str:
    """Return 40 hex digits, equal for URLs of one normal form."""
    return _digest(normal_form(url))


@dataclass(frozen=True)
class PageAddress:
    """Which page a URL leads to. Equal keys mean one page; `url` is where to fetch and show it.

    `identity` names what is the same under several addresses (`arxiv:1706.03762`) and `kind`
    what it is, where the URL alone tells.
    """

    key: str
    url: str
    identity: str = ""
    kind: str = ""


def page_address(url: str) -> PageAddress:
    """Return the page of a clean URL: a paper's or repository's whatever its form, else its own.

    http and https, with and without `www.`, are one page unless a port is named; trackers and
    fragments make no other page, but for fragments that name a view (`#!…`, `#/…`).
    """
    found = recognise(url)
    if found and found.has_identifier:
        return PageAddress(_digest(found.identity), found.fetch_url, found.identity, found.kind)
    fetch_url = _without_fragment(normal_form(found.fetch_url if found else without_trackers(url)))
    parts = urlsplit(fetch_url)
    scheme = parts.scheme if parts.port else "https"
    host = parts.netloc.removeprefix("www.")
    key = _digest(urlunsplit(parts._replace(scheme=scheme, netloc=host)))
    return PageAddress(key, fetch_url, kind=found.kind if found else "")


def page_url(url: str) -> str:
    """Return the address under which the page of a clean URL is fetched and shown."""
    return page_address(url).url


def page_key(url: str) -> str:
    """Return 40 hex digits, equal for URLs of one page; they stand in `/url:HASH/`."""
    return page_address(url).key


def repaired(url: str) -> str:
    """Return where a clean URL's item is now, if its host is known to have moved; else ""."""
    old = site_of(url)
    if old not in MOVED_HOSTS:
        return ""
    found = recognise(url)
    return found.canonical_url if found and site_of(found.canonical_url) != old else ""


def _without_fragment(url: str) -> str:
    parts = urlsplit(url)
    routed = parts.fragment.startswith(("!", "/"))
    return url if routed else urlunsplit(parts._replace(fragment=""))


def site_of(url: str) -> str:
    """Return the host as people call it: lower case, no `www.`, no default port."""
    return _network_location(urlsplit(url)).removeprefix("www.")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def _with_scheme(url: str) -> str:
    match = SCHEME.match(url)
    scheme = match[1].lower() if match else ""
    # "localhost:8000/x" and "example.com:8000" are hosts with ports, not schemes.
    if scheme and not re.match(r"[^/?#]*:\d+(?:[/?#]|\Z)", url):
        if scheme == "feed":
            url = url[5:]
            match = SCHEME.match(url)
            if not match:
                return "http://" + url.removeprefix("//")
            scheme = match[1].lower()
        if scheme not in ("http", "https"):
            raise BadUrl(f"Only http and https addresses can be saved, not {scheme}:.")
        return url
    url = url.removeprefix("//")
    host = re.split(r"[/?#:]", url, maxsplit=1)[0].lower()
    if "." not in host and host != "localhost":
        raise BadUrl("This is not an address. Start it with https:// and the name of the site.")
    return f"{'http' if host == 'localhost' else 'https'}://{url}"


def _check_length(url: str) -> None:
    if len(url) > MAX_URL_LENGTH:
        raise BadUrl(
            f"This address has {len(url):,} characters; {MAX_URL_LENGTH:,} are the most."
            " Cut what follows the question mark."
        )


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadUrl("The host or port of this address is not valid.") from None
    if parts.username is not None or parts.password is not None:
        raise BadUrl("This address holds a user name or password. Remove all before the @.")
    if port == 0:
        raise BadUrl("Port 0 is not a port. Remove it.")
    return parts


def _check_host(parts: SplitResult) -> None:
    host = parts.hostname or ""
    if not host or not parts.netloc or "\\" in parts.netloc:
        raise BadUrl("This address has no host. Write the name of the site after https://.")
    try:
        ascii_host(host)
    except ValueError:
        raise BadUrl(f"“{host[:80]}” is not the name of a host. Check its spelling.") from None


def ascii_host(host: str) -> str:
    """Return the host as it is sent in DNS (IDNA 2008 with UTS 46, no trailing dot).

    Names that end in a number must be plain dotted quads, as the URL standard has it
    (https://url.spec.whatwg.org/#ends-in-a-number-checker). Raises ValueError for no host.
    """
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host)}]"
    if not host.isascii():
        host = idna.encode(host, uts46=True, transitional=False).decode()
    host = host.lower().removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(LABEL.match(label) for label in labels):
        raise ValueError(host)
    if re.fullmatch(r"\d+|0x[0-9a-f]*", labels[-1]):
        return str(ipaddress.IPv4Address(host))
    return host


def _network_location(parts: SplitResult) -> str:
    host = ascii_host(parts.hostname or "")
    default = {"http": 80, "https": 443}.get(parts.scheme.lower())
    return host if parts.port in (None, default) else f"{host}:{parts.port}"


def _without_dot_segments(path: str) -> str:
    """Resolve `.` and `..` (RFC 3986, 5.2.4); empty segments stay."""
    kept: list[str] = []
    ends_in_dots = False
    for segment in path.split("/"):
        ends_in_dots = segment in (".", "..")
        if segment == ".." and len(kept) > 1:
            kept.pop()
        elif not ends_in_dots:
            kept.append(segment)
    return "/".join([*kept, ""] if ends_in_dots else kept)


def _without_trackers(query: str) -> str:
    kept = [pair for pair in query.split("&") if not TRACKERS.match(pair.partition("=")[0])]
    return "&".join(kept)


def _fold_escapes(text: str) -> str:
    """Percent-encode what must be, decode what need not be, in capitals (RFC 3986, 6.2.2)."""
    text = re.sub(r"%(?![0-9a-fA-F]{2})", "%25", text)
    text = UNRESERVED_ESCAPE.sub(lambda match: chr(int(match[0][1:], 16)), text)
    text = re.sub(r"%[0-9a-fA-F]{2}", lambda match: match[0].upper(), text)
    return quote(text, safe="%/:?#[]@!$&'()*+,;=-._~")
