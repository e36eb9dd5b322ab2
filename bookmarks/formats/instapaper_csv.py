"""Instapaper's table: its old columns, and those with times and tags."""

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import CUT_ROW, Row
from bookmarks.formats.table_pieces import columns, records
from bookmarks.formats.values import names

LABEL = "Instapaper (CSV)"
SHELVES = frozenset({"unread", "archive", "starred", ""})


def looks_like(head: bytes) -> bool:
    """Tell by the names of columns."""
    return {"url", "title", "selection", "folder"} <= columns(head)


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each page; raises BadFile."""
    for line, said, whole in records(file):
        yield _row(line, said, "" if whole else CUT_ROW)


def _row(line: int, said: Mapping[str, str], refused: str) -> Row:
    folder = said.get("folder", "").strip()
    shelf = folder.lower()
    return Row(
        line,
        url=said.get("url", "").strip(),
        title=said.get("title", ""),
        description=said.get("selection", ""),
        tags=_tags(said.get("tags", "")),
        folders=() if shelf in SHELVES else (folder,),
        saved_at=moment_of(said.get("timestamp")),
        unread=shelf == "unread" if shelf in ("unread", "archive") else None,
        starred=True if shelf == "starred" else None,
        archived=shelf == "archive" if shelf in ("unread", "archive") else None,
        refused=refused,
    )


def _tags(text: str) -> tuple[str, ...]:
    try:
        return names(json.loads(text))
    except (ValueError, RecursionError):
        return names(text.strip("[]"))
