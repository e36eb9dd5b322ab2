"""Omnivore's lists of what was saved (metadata_….json in its archive)."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.json_pieces import Said, outline, rows_of
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import Row
from bookmarks.formats.values import facts, names, paragraphs, quoted, text

LABEL = "Omnivore"
SLUG = re.compile(r"[^/\\\0]{1,250}\Z")
READ = 98


def looks_like(head: bytes) -> bool:
    """Tell by the names of fields."""
    return {"slug", "url", "savedAt"} <= outline(head)[2]


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each page, numbered from 1; highlights are in files beside it.

    Raises BadFile.
    """
    return rows_of(file, _row)


def _row(number: int, said: Said) -> Row:
    state, progress = text(said, "state").lower(), said.get("readingProgress")
    slug = text(said, "slug")
    read = isinstance(progress, int | float) and progress >= READ
    marked = quoted(said.get("highlights"), ["quote"], ["annotation"])
    return Row(
        number,
        url=text(said, "url"),
        title=text(said, "title"),
        description=paragraphs(text(said, "description"), marked),
        tags=names(said.get("labels")),
        saved_at=moment_of(text(said, "savedAt")),
        updated_at=moment_of(text(said, "updatedAt")),
        unread=not (read or state == "archived") if state else None,
        archived=state == "archived" if state else None,
        facts=facts(authors=text(said, "author"), published=text(said, "publishedAt")),
        words_in=f"highlights/{slug}.md" if SLUG.match(slug) else "",
    )
