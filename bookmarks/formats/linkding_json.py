"""linkding's bookmarks as its REST API tells them, page by page or in one list."""

from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.json_pieces import Said, outline, rows_of
from bookmarks.formats.linkding_notes import join_notes
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import Row
from bookmarks.formats.values import flag, names, text

LABEL = "linkding (JSON)"


def looks_like(head: bytes) -> bool:
    """Tell by the names of fields."""
    _, _, in_list, in_results = outline(head)
    return "tag_names" in in_list | in_results


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each bookmark, numbered from 1; raises BadFile."""
    return rows_of(file, _row, (), ("results",))


def _row(number: int, said: Said) -> Row:
    shared = flag(said, "shared")
    return Row(
        number,
        url=text(said, "url"),
        title=text(said, "title", "website_title"),
        description=join_notes(text(said, "description"), text(said, "notes")),
        tags=names(said.get("tag_names")),
        saved_at=moment_of(text(said, "date_added")),
        updated_at=moment_of(text(said, "date_modified")),
        private=None if shared is None else not shared,
        unread=flag(said, "unread"),
        archived=flag(said, "is_archived"),
    )
