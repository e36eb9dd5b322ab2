"""Karakeep's (Hoarder's) export: bookmarks, and the lists that they are on by number."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import BinaryIO

from bookmarks.formats.json_pieces import Path, Said, Way, outline, rows_of, walk
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import NOTE, UPLOAD, Row
from bookmarks.formats.values import flag, names, paragraphs, text

LABEL = "Karakeep"
MOST_LISTS, DEEPEST = 10_000, 100


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
        text(item, "id"): item
        for path, item in walk(file, _way)
        if path[:1] == ("lists",) and isinstance(item, dict) and path[-1] in range(MOST_LISTS)
    }
    file.seek(begin)
    return rows_of(file, partial(_row, lists), ("bookmarks",))


def _way(path: Path) -> Way:
    return Way.OPEN if path in ((), ("bookmarks",), ("lists",)) else Way.WHOLE


def _path(lists: Mapping[str, Said], one: str) -> tuple[str, ...]:
    """Return the names of a list and of those it is in, the outermost first."""
    path: list[str] = []
    while one in lists and len(path) < DEEPEST:
        path.insert(0, text(lists[one], "name"))
        one = text(lists[one], "parentId")
    return tuple(filter(None, path))


def _row(lists: Mapping[str, Said], number: int, said: Said) -> Row:
    found = said.get("content")
    content = found if isinstance(found, dict) else {}
    kind, url = text(content, "type"), text(content, "url", "sourceUrl")
    title = text(said, "title") or text(content, "title")
    why = {"text": NOTE, "asset": UPLOAD}.get(kind, NOTE if found is None else "")
    on = [path for one in names(said.get("lists")) if (path := _path(lists, one))]
    # A list within others is a folder; a bookmark has one of those.
    folders = next((path for path in on if len(path) > 1), ())
    return Row(
        number,
        url=url,
        title=title or (text(content, "text") if not url else ""),
        description=paragraphs(text(content, "description"), text(said, "note")),
        tags=names(said.get("tags")),
        folders=folders,
        lists=tuple(path[-1] for path in on if path != folders),
        saved_at=moment_of(text(said, "createdAt")),
        starred=flag(said, "favourited"),
        archived=flag(said, "archived"),
        skipped="" if url else why,
    )
