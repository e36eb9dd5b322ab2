"""What recognising comes to, and a row of the table; import `Recognised`, `Source`, `known`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bookmarks.identities.address import Address, quote_path

Kind = Literal[
    "paper",
    "code",
    "notebook",
    "model",
    "dataset",
    "demo",
    "competition",
    "list",
    "post",
    "course",
    "video",
    "book",
    "",  # several kinds share the form of address
]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What an address names.

    `identity` is equal for all addresses of one item ("arxiv:1706.03762"); where the source has
    no identifiers it is `canonical_url`, the one address shown. `fetch_url` is where facts are
    read: a landing page, never its PDF. `version` ("v5") and `start`, the second at which a
    video shall begin, tell the saved address from others of the item.
    """

    identity: str
    canonical_url: str
    fetch_url: str
    kind: Kind
    version: str = ""
    start: int = 0

    @property
    def has_identifier(self) -> bool:
        """Whether the source names the item apart from its address."""
        return self.identity != self.canonical_url


Recogniser = Callable[[Address], Recognised | None]


class Source(NamedTuple):
    """A row of the table: a host that begins with a dot stands for all hosts under it."""

    hosts: frozenset[str]
    recognise: Recogniser

    def serves(self, host: str) -> bool:
        """Whether `host` is one of this source."""
        if host in self.hosts:
            return True
        _, dot, parent = host.partition(".")
        return bool(dot) and dot + parent in self.hosts


def source(recogniser: Recogniser, *hosts: str) -> Source:
    """A row of the table for these hosts."""
    return Source(frozenset(hosts), recogniser)


def words(text: str) -> frozenset[str]:
    """The words of `text`, each once."""
    return frozenset(text.split())


def path_pattern(pattern: str, *, any_case: bool = True) -> re.Pattern[str]:
    """Compile a pattern for whole paths; digits and letters are those of ASCII.

    `any_case` is for sources whose identifiers do not depend on case.
    """
    return re.compile(rf"(?:{pattern})\Z", re.ASCII | (re.IGNORECASE if any_case else 0))


def known(identity: str, canonical_url: str, kind: Kind, *, version: str = "") -> Recognised:
    """What is fetched where it is shown: the usual case."""
    return Recognised(identity, canonical_url, canonical_url, kind, version)


def plain(address: Address, host: str, kind: Kind) -> Recognised:
    """A page of a source without identifiers: its identity is its address, without a query."""
    slash = "/" if address.is_directory or not address.path else ""
    url = f"https://{host}{quote_path(address.path)}{slash}"
    return known(url, url, kind)
