"""OpenReview; import `SOURCES`. Identifiers depend on case."""

import re

from bookmarks.identities.address import Address, quote_path
from bookmarks.identities.arxiv import arxiv_paper_named
from bookmarks.identities.recognised import Recognised, known, path_pattern, source

# `noteId=` names a comment of the same forum. Read as HTML, "&noteId" becomes "¬eId":
# links broken so are about, and the paper in them is still plain.
IDENTIFIER = re.compile(r"([A-Za-z0-9_-]{6,64})(?:¬eId=.*)?\Z")
PAPER_PATHS = ("/forum", "/pdf", "/attachment")
# "author|the_title" names a paper where its identifier is not known.
PAPERHASH = path_pattern(r"/forum/(?P<hash>[^/\s]{6,300})", any_case=False)


def recognise_openreview(address: Address) -> Recognised | None:
    """A paper under review: its forum, PDF or attachment.

    Not `/revisions` and `/references`, whose identifiers are others.
    """
    if address.path in PAPER_PATHS:
        match = IDENTIFIER.match(address.parameter("id"))
        if match:
            return known(f"openreview:{match[1]}", _forum(f"?id={match[1]}"), "paper")
    if address.path.lower() == "/forum":
        return arxiv_paper_named(address.parameter("arxivid"))
    match = PAPERHASH.match(address.path)
    if match:
        paperhash = quote_path(match["hash"])
        return known(f"openreview-paperhash:{paperhash}", _forum(f"/{paperhash}"), "paper")
    return None


def _forum(rest: str) -> str:
    return f"https://openreview.net/forum{rest}"


SOURCES = (source(recognise_openreview, "openreview.net"),)
