"""Pinboard's and Delicious's backup as XML: a `<post>` with attributes for each bookmark."""

from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.pinboard_posts import row_of
from bookmarks.formats.rows import Row
from bookmarks.formats.xml_pieces import pieces, root_of

LABEL = "Pinboard (XML)"


def looks_like(head: bytes) -> bool:
    """Tell by the outermost tag."""
    return root_of(head) == "posts"


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each post; raises BadFile."""
    for piece in pieces(file):
        if piece.tag == "post":
            yield row_of(piece.line, piece.attributes, "tag")
