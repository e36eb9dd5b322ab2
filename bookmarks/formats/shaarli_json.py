"""Shaarli's links as its REST API tells them."""

from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.json_pieces import Said, outline, rows_of
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import NOTE, Row
from bookmarks.formats.values import flag, names, text

LABEL = "Shaarli (JSON)"


def looks_like(head: bytes) -> bool:
    """Tell by the names of fields."""
    fields = outline(head)[2]
    return {"url", "private", "created"} <= fields and bool(fields & {"shorturl", "updated"})


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each link, numbered from 1; notes have no address. Raises BadFile."""
    return rows_of(file, _row)


def _row(number: int, said: Said) -> Row:
    url = text(said, "url")
    return Row(
        number,
        url=url,
        title=text(said, "title"),
        description=text(said, "description"),
        tags=names(said.get("tags")),
        saved_at=moment_of(text(said, "created")),
        updated_at=moment_of(text(said, "updated")),
        private=flag(said, "private"),
        skipped=NOTE if url.startswith(("?", "/")) else "",
    )
