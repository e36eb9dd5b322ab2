"""Karakeep's (Hoarder's) export: bookmarks, and the lists that they are on by number."""

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from bookmarks.formats.json_pieces import Path, Said, Way, outline, rows_of, walk
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import NOTE, UPLOAD, Row
from bookmarks.formats.values import flag, names, paragraphs, text

LABEL = "Karakeep"
MOST_LISTS = 10_000


def looks_like(head: bytes) -> bool:
    """Tell by the names of fields."""
    _, at_top, _, in_lists = outline(head)
    return "bookmarks" in at_top and {"content", "createdAt"} <= in_lists


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each bookmark, numbered from 1; raises BadFile.

    The lists stand behind the bookmarks, so the file is read twice.
    """
    begin = file.tell()
    lists = {
        text(item, "id"): text(item, "name")
        for path, item in walk(file, _way)
        if path[:1] == ("lists",) and isinstance(item, dict) and path[-1] in range(MOST_LISTS)
    }
    file.seek(begin)
    return rows_of(file, partial(_row, lists), ("bookmarks",))


def _way(path: Path) -> Way:
    return Way.OPEN if path in ((), ("bookmarks",), ("lists",)) else Way.WHOLE


def _row(lists: dict[str, str], number: int, said: Said) -> Row:
    found = said.get("content")
    content = found if isinstance(found, dict) else {}
    kind, url = text(content, "type"), text(content, "url", "sourceUrl")
    title = text(said, "title") or text(content, "title")
    why = {"text": NOTE, "asset": UPLOAD}.get(kind, NOTE if found is None else "")
    on = [lists.get(one, "") for one in names(said.get("lists"))]
    return Row(
        number,
        url=url,
        title=title or (text(content, "text") if not url else ""),
        description=paragraphs(text(content, "description"), text(said, "note")),
        tags=names(said.get("tags")),
        lists=tuple(filter(None, on)),
        saved_at=moment_of(text(said, "createdAt")),
        starred=flag(said, "favourited"),
        archived=flag(said, "archived"),
        skipped="" if url else why,
    )
