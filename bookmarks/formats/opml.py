"""Outlines in OPML (http://opml.org/spec2.opml): of bookmarks, and of what feed readers follow."""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from bookmarks.formats.html_pieces import Piece
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import FEED, Row
from bookmarks.formats.values import flag, paragraphs, text
from bookmarks.formats.xml_pieces import pieces, root_of

LABEL = "outline (OPML)"
ADDRESS = re.compile(r"https?://\S+\Z", re.IGNORECASE)
# Of a feed what is saved is the page of its site.
PAGES, FEEDS = ("url", "htmlurl", "href", "link"), ("xmlurl",)


def looks_like(head: bytes) -> bool:
    """Tell by the outermost tag."""
    return root_of(head) == "opml"


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each outline with an address; those around it are its folders.

    A feed of which no page is told is skipped. Raises BadFile.
    """
    above: list[Mapping[str, str]] = []
    for piece in pieces(file):
        if piece.tag == "outline":
            if row := _row(piece, above):
                yield row
            above.append(piece.attributes)
        elif piece.tag == "/outline":
            above.pop()


def _row(piece: Piece, above: list[Mapping[str, str]]) -> Row | None:
    said = piece.attributes
    url, feed = text(said, *PAGES), text(said, *FEEDS)
    if text(said, "type").lower() in ("rss", "atom") and not feed:
        # Of old, a feed's own address stood where that of a link does.
        url, feed = text(said, *PAGES[1:]), url
    if not url and ADDRESS.match(name := text(said, "text", "title")):
        url = name
    if not (url or feed):
        return None
    private = flag(said, "private", "isprivate")
    return Row(
        piece.line,
        url=url or feed,
        title=_words(text(said, "title", "text")),
        description=paragraphs(text(said, "description"), text(said, "_note", "note")),
        tags=_tags(text(said, "category", "tags")),
        folders=tuple(name for one in above if (name := _words(text(one, "text", "title")))),
        saved_at=moment_of(text(said, "created", "added")),
        updated_at=moment_of(text(said, "modified")),
        private=private,
        unread=flag(said, "unread", "toread"),
        starred=flag(said, "starred"),
        skipped="" if url else FEED,
    )


def _words(text: str) -> str:
    return " ".join(text.split())


def _tags(text: str) -> tuple[str, ...]:
    """Return categories, which stand between commas; a path of them begins with a slash."""
    return tuple(name for one in text.split(",") if (name := one.strip().strip("/")))
