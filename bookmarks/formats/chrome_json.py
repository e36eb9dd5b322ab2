"""The file `Bookmarks` of Chrome, Edge, Brave and their kin."""

from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.json_pieces import outline
from bookmarks.formats.json_trees import leaves
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import Row
from bookmarks.formats.values import text

LABEL = "Chrome (JSON)"


def looks_like(head: bytes) -> bool:
    """Tell by the names of fields."""
    return "roots" in outline(head)[1]


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each bookmark, numbered from 1; raises BadFile."""
    number = 0
    for above, said in leaves(file):
        if text(said, "url") or text(said, "type") != "folder":
            number += 1
            yield Row(
                number,
                url=text(said, "url"),
                title=text(said, "name"),
                folders=tuple(filter(None, (text(one, "name") for one in above))),
                saved_at=moment_of(text(said, "date_added")),
            )
