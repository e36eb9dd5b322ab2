"""Linkwarden's export: collections within each other, told by numbers, with links in them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from bookmarks.formats.json_pieces import Path, Said, Way, outline, walk
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import FEED, UPLOAD, BadFile, Row
from bookmarks.formats.values import flag, names, text

LABEL = "Linkwarden"
KEPT = frozenset({"id", "name", "parentId", "isPublic"})
DEEPEST = 100
MOST = 100_000


def looks_like(head: bytes) -> bool:
    """Tell by the names of fields."""
    _, at_top, _, in_lists = outline(head)
    return "collections" in at_top and "links" in in_lists


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each link and each feed, numbered from 1; raises BadFile.

    What a collection is called may stand behind its links, so the file is read twice.
    """
    begin = file.tell()
    collections: dict[Path, dict[str, Any]] = {}
    pinned: set[str] = set()
    for path, value in walk(file, _way):
        if path[1:2] and path[1] not in range(MOST):
            continue
        if path[0] == "pinnedLinks" and isinstance(value, dict):
            pinned.add(text(value, "id"))
        elif path[0] == "collections" and path[-1] in KEPT:
            collections.setdefault(path[:2], {})[str(path[-1])] = value
    by_id = {text(one, "id"): one for one in collections.values()}
    for one in collections.values():
        one["folders"] = _folders(one, by_id)
    file.seek(begin)
    number = 0
    for path, value in walk(file, _way):
        if len(path) == 4 and isinstance(value, dict):
            number += 1
            row = _row(number, value, collections.get(path[:2], {}), pinned)
            yield replace(row, skipped=FEED) if path[2] == "rssSubscriptions" else row
    if not number and not collections:
        raise BadFile("There are no bookmarks in this file.")


def _way(path: Path) -> Way:
    """Open the collections, each of them, and their links."""
    if not path or path in (("collections",), ("pinnedLinks",)):
        return Way.OPEN
    inside = path[0] == "collections" and (
        len(path) == 2 or (len(path) == 3 and path[2] in ("links", "rssSubscriptions"))
    )
    return Way.OPEN if inside else Way.WHOLE


def _folders(collection: Said, by_id: dict[str, dict[str, Any]]) -> tuple[str, ...]:
    path: list[str] = []
    while collection and len(path) < DEEPEST:
        path.insert(0, text(collection, "name"))
        collection = by_id.get(text(collection, "parentId"), {})
    return tuple(filter(None, path))


def _row(number: int, said: Said, collection: Said, pinned: set[str]) -> Row:
    public = flag(collection, "isPublic")
    url = text(said, "url")
    uploaded = not url and text(said, "type") in ("pdf", "image")
    return Row(
        number,
        url=url,
        title=text(said, "name"),
        description=text(said, "description"),
        tags=names(said.get("tags")),
        folders=collection.get("folders", ()),
        saved_at=moment_of(text(said, "importDate", "createdAt")),
        updated_at=moment_of(text(said, "updatedAt")),
        private=None if public is None else not public,
        starred=True if said.get("id") is not None and text(said, "id") in pinned else None,
        skipped=UPLOAD if uploaded else "",
    )
