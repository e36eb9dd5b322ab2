"""Matter's table of what was saved and read."""

from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import CUT_ROW, Row
from bookmarks.formats.table_pieces import columns, records
from bookmarks.formats.values import facts, flag, listed

LABEL = "Matter (CSV)"


def looks_like(head: bytes) -> bool:
    """Tell by the names of columns."""
    return {"url", "publisher", "in queue", "last interaction date"} <= columns(head)


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each page; raises BadFile."""
    for line, said, whole in records(file):
        read, queued = flag(said, "read"), flag(said, "in queue")
        yield Row(
            line,
            url=said.get("url", "").strip(),
            title=said.get("title", ""),
            tags=tuple(listed(said.get("tags", ""), ";")),
            saved_at=moment_of(said.get("last interaction date")),
            unread=None if queued is None else queued and not read,
            starred=flag(said, "favorited"),
            archived=None if queued is None else not queued,
            facts=facts(
                authors=said.get("author", "").strip(),
                site_name=said.get("publisher", "").strip(),
                word_count=said.get("word count", "").strip(),
            ),
            refused="" if whole else CUT_ROW,
        )
