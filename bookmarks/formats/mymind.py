"""mymind's table of cards, some of which are pages."""

from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import CUT_ROW, NOTE, Row
from bookmarks.formats.table_pieces import columns, records
from bookmarks.formats.values import names, paragraphs

LABEL = "mymind (CSV)"


def looks_like(head: bytes) -> bool:
    """Tell by the names of columns."""
    return {"id", "type", "title", "url", "content", "note"} <= columns(head)


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each card; raises BadFile."""
    for line, said, whole in records(file):
        url = said.get("url", "").strip()
        yield Row(
            line,
            url=url,
            title=said.get("title", ""),
            description=paragraphs(said.get("content", ""), said.get("note", "")),
            tags=names(said.get("tags")),
            saved_at=moment_of(said.get("created")),
            refused="" if whole else CUT_ROW,
            skipped="" if url else NOTE,
        )
