"""Delicious's bookmarks as JSON, as they were handed out at its end."""

from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.json_pieces import Said, outline, rows_of
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import Row
from bookmarks.formats.values import flag, names, text

LABEL = "Delicious (JSON)"


def looks_like(head: bytes) -> bool:
    """Tell by the names of fields, which Shaarli has as well, with others beside them."""
    fields = outline(head)[2]
    return {"url", "created", "private"} <= fields and not fields & {"shorturl", "updated"}


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each bookmark, numbered from 1; raises BadFile."""
    return rows_of(file, _row)


def _row(number: int, said: Said) -> Row:
    return Row(
        number,
        url=text(said, "url"),
        title=text(said, "title"),
        description=text(said, "description"),
        tags=names(said.get("tags")),
        saved_at=moment_of(text(said, "created")),
        private=flag(said, "private"),
    )
