"""Semantic Scholar; import `SOURCES`. A paper's identifier is a SHA-1 in hexadecimal."""

from bookmarks.identities.address import Address
from bookmarks.identities.recognised import Recognised, known, path_pattern, source

PAPER = path_pattern(r"/(?:paper/(?:[^/]+/)?|reader/)(?P<hash>[0-9a-f]{40})(?:/figure/.*)?")


def recognise_semantic_scholar(address: Address) -> Recognised | None:
    """A paper's page or its reader; the title in the address does not matter."""
    match = PAPER.match(address.path)
    if not match:
        return None
    digest = match["hash"].lower()
    return known(f"s2:{digest}", f"https://www.semanticscholar.org/paper/{digest}", "paper")


SOURCES = (source(recognise_semantic_scholar, "semanticscholar.org"),)
