"""Raindrop's table, as it exports and as it takes in."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import CUT_ROW, Row
from bookmarks.formats.table_pieces import columns, records
from bookmarks.formats.values import flag, names, paragraphs

LABEL = "Raindrop (CSV)"


def looks_like(head: bytes) -> bool:
    """Tell by the names of columns."""
    return {"url", "folder", "title", "note", "tags", "created"} <= columns(head)


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each bookmark; raises BadFile."""
    for line, said, whole in records(file):
        yield _row(line, said, "" if whole else CUT_ROW)


def _row(line: int, said: Mapping[str, str], refused: str) -> Row:
    words = (said.get(name, "") for name in ("excerpt", "note", "highlights"))
    return Row(
        line,
        url=said.get("url", "").strip(),
        title=said.get("title", ""),
        description=paragraphs(*words),
        tags=names(said.get("tags")),
        folders=tuple(filter(None, map(str.strip, said.get("folder", "").split("/")))),
        saved_at=moment_of(said.get("created")),
        starred=flag(said, "favorite"),
        refused=refused,
    )
