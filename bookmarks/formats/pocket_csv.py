"""Pocket's last export: a table of what was saved, in files of 10,000 rows."""

from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import CUT_ROW, Row
from bookmarks.formats.table_pieces import columns, records
from bookmarks.formats.values import listed

LABEL = "Pocket (CSV)"


def looks_like(head: bytes) -> bool:
    """Tell by the names of columns."""
    return {"title", "url", "time_added", "status"} <= columns(head)


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each page; raises BadFile."""
    for line, said, whole in records(file):
        status = said.get("status", "").strip().lower()
        yield Row(
            line,
            url=said.get("url", "").strip(),
            title=" ".join(said.get("title", "").split()),
            tags=tuple(listed(said.get("tags", ""), "|,")),
            saved_at=moment_of(said.get("time_added")),
            unread=status == "unread" if status else None,
            archived=status == "archive" if status else None,
            refused="" if whole else CUT_ROW,
        )
