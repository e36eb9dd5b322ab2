"""An address taken apart for recognising; import `Address`, `read_address`, `quote_path`."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, unquote_plus, urlsplit

from bookmarks.identities.trimming import trim, trim_end

# `urlsplit` would drop some of these in silence; what holds them is no address.
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
HOST = re.compile(r"[a-z0-9.-]+\Z")
SCHEME = re.compile(r"(?:https?:)?//", re.IGNORECASE)
DEFAULT_PORTS = (None, 80, 443)


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address that can name something.

    `host` is in lower case, without `www.`; `path` percent-decoded, doubled slashes folded,
    without slashes and stray marks at its end; `is_directory` tells whether a slash was there.
    """

    host: str
    path: str
    is_directory: bool
    query: str
    fragment: str

    def parameter(self, name: str) -> str:
        """The first value of `name` in the query, decoded; names are compared without case.

        Pairs are never unescaped as HTML: `&noteId=` would turn into `¬eId=`.
        """
        for pair in self.query.split("&"):
            key, _, value = pair.partition("=")
            if key.lower() == name:
                return trim_end(unquote_plus(value))
        return ""

    def parameter_names(self) -> set[str]:
        """The names in the query, in lower case."""
        return {pair.partition("=")[0].lower() for pair in self.query.split("&")}


def read_address(text: str) -> Address | None:
    """Take apart the address in `text`, or return None where there is none of the web.

    A missing scheme is forgiven. User names, other ports, hosts beyond ASCII, control
    characters, dot segments and paths that are not UTF-8 are not: no source's addresses have them.
    """
    text = trim(text)
    if CONTROLS.search(text):
        return None
    try:
        parts = urlsplit(text if SCHEME.match(text) else "https://" + text)
        if parts.username is not None or parts.port not in DEFAULT_PORTS:
            return None
        path = unquote(parts.path, errors="strict")
    except ValueError:
        return None
    if CONTROLS.search(path) or {".", ".."} & set(path.split("/")):
        return None
    host = (parts.hostname or "").removesuffix(".").removeprefix("www.")
    if not HOST.match(host):
        return None
    path, is_directory = _fold_slashes(path)
    return Address(host, path, is_directory, parts.query, parts.fragment)


def quote_path(path: str) -> str:
    """Percent-encode a decoded path as browsers show it."""
    return quote(path, safe="/:@!$&'()*+,;=-._~")


def _fold_slashes(path: str) -> tuple[str, bool]:
    """The path without empty segments and stray marks, and whether it ended in a slash."""
    path = re.sub("//+", "/", path)
    trimmed = trim_end(path, also="/")
    return trimmed, "/" in path[len(trimmed) :]
