"""Readwise Reader's table, whose tags are a list as Python writes it."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import CUT_ROW, Row
from bookmarks.formats.table_pieces import columns, records
from bookmarks.formats.values import bracketed

LABEL = "Readwise Reader (CSV)"
LATER = frozenset({"new", "later", "shortlist"})
READ = 0.98


def looks_like(head: bytes) -> bool:
    """Tell by the names of columns."""
    return {"url", "document tags", "saved date", "location"} <= columns(head)


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each document; what its feeds brought was never saved. Raises BadFile."""
    for line, said, whole in records(file):
        yield _row(line, said, "" if whole else CUT_ROW)


def _row(line: int, said: Mapping[str, str], refused: str) -> Row:
    place = said.get("location", "").strip().lower()
    return Row(
        line,
        url=said.get("url", "").strip(),
        title=said.get("title", ""),
        tags=tuple(bracketed(said.get("document tags", ""))),
        saved_at=moment_of(said.get("saved date")),
        unread=place in LATER and not _is_read(said.get("reading progress", "")) if place else None,
        archived=place == "archive" if place else None,
        refused=refused,
        skipped="Brought by a feed, not saved." if place == "feed" else "",
    )


def _is_read(progress: str) -> bool:
    try:
        return float(progress) >= READ
    except ValueError:
        return False
