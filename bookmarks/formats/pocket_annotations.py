"""What was marked in pages with Pocket, a list beside the tables of its last export."""

from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.json_pieces import Said, outline, rows_of
from bookmarks.formats.rows import Row
from bookmarks.formats.values import quoted, text

LABEL = "Pocket's highlights (JSON)"


def looks_like(head: bytes) -> bool:
    """Tell by the names of fields."""
    fields = outline(head)[2]
    return {"url", "highlights"} <= fields <= {"url", "title", "highlights"}


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each page with highlights, numbered from 1; raises BadFile."""
    return rows_of(file, _row)


def _row(number: int, said: Said) -> Row:
    return Row(
        number,
        url=text(said, "url"),
        title=text(said, "title"),
        description=quoted(said.get("highlights"), ["quote", "text"], ["note"]),
    )
