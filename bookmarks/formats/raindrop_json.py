"""Raindrop's bookmarks as its API tells them."""

from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.json_pieces import Said, outline, rows_of
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import Row
from bookmarks.formats.values import flag, names, paragraphs, quoted, text

LABEL = "Raindrop (JSON)"


def looks_like(head: bytes) -> bool:
    """Tell by the names of fields."""
    _, _, in_list, in_items = outline(head)
    return any({"link", "excerpt"} <= fields for fields in (in_list, in_items))


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each bookmark, numbered from 1; raises BadFile."""
    return rows_of(file, _row, (), ("items",))


def _row(number: int, said: Said) -> Row:
    marked = quoted(said.get("highlights"), ["text"], ["note"])
    folder = said.get("collection")
    return Row(
        number,
        url=text(said, "link"),
        title=text(said, "title"),
        description=paragraphs(text(said, "excerpt"), text(said, "note"), marked),
        tags=names(said.get("tags")),
        folders=names([folder]),
        saved_at=moment_of(text(said, "created")),
        updated_at=moment_of(text(said, "lastUpdate")),
        starred=flag(said, "important"),
    )
