"""wallabag's entries as JSON: its export, or what its API answers."""

from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.json_pieces import Said, outline, rows_of
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import Row
from bookmarks.formats.values import facts, flag, names, quoted, text

LABEL = "wallabag (JSON)"


def looks_like(head: bytes) -> bool:
    """Tell by the names of fields; whole articles may stand before some of them."""
    _, at_top, in_list, _ = outline(head)
    return "is_archived" in in_list or {"page", "limit", "_embedded"} <= at_top


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each entry, numbered from 1; raises BadFile."""
    return rows_of(file, _row, (), ("_embedded", "items"))


def _row(number: int, said: Said) -> Row:
    archived = flag(said, "is_archived")
    return Row(
        number,
        url=text(said, "url", "given_url", "origin_url"),
        title=text(said, "title"),
        description=quoted(said.get("annotations"), ["quote"], ["text"]),
        tags=names(said.get("tags")),
        saved_at=moment_of(text(said, "created_at")),
        updated_at=moment_of(text(said, "updated_at")),
        unread=None if archived is None else not archived,
        starred=flag(said, "is_starred"),
        archived=archived,
        facts=facts(
            authors=names(said.get("published_by")),
            published=text(said, "published_at"),
            site_name=text(said, "domain_name"),
        ),
    )
