"""wallabag's entries as a table, with whole articles in its cells."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from bookmarks.formats.rows import CUT_ROW, Row
from bookmarks.formats.table_pieces import columns, records
from bookmarks.formats.values import facts, names

LABEL = "wallabag (CSV)"
# wallabag writes the hours of a day from 1 to 12, without telling which half it is.
TIME = "%d/%m/%Y %H:%M:%S"


def looks_like(head: bytes) -> bool:
    """Tell by the names of columns."""
    return {"title", "url", "mime type", "creation date"} <= columns(head)


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each entry; raises BadFile."""
    for line, said, whole in records(file):
        yield Row(
            line,
            url=said.get("url", ""),
            title=said.get("title", ""),
            tags=names(said.get("tags")),
            saved_at=_moment(said.get("creation date", "")),
            facts=facts(language=said.get("language", "")),
            refused="" if whole else CUT_ROW,
        )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip(), TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
