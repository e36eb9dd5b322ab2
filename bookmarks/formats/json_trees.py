"""Folders within folders in JSON, as browsers keep bookmarks. Import `leaves`."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from bookmarks.formats.json_pieces import Path, Said, Way, walk

# What is remembered of a folder or an entry that is too large to be read whole.
KEPT = frozenset({"name", "title", "type", "root", "guid", "url", "uri"}) | {
    *("date_added", "dateAdded", "lastModified", "tags", "annos")
}


def leaves(file: BinaryIO) -> Iterator[tuple[tuple[Said, ...], Said]]:
    """Yield every entry that has none below it, with those above it from the outermost.

    Their fields come in any order, so the name of a folder may stand behind all it holds: the file
    is read twice, first for what is not read whole. Raises BadFile.
    """
    begin = file.tell()
    opened, folders = _opened(file)
    file.seek(begin)
    parent: Path | None = None
    above: tuple[Said, ...] = ()
    for path, value in walk(file, _way):
        if path[:-1] != parent:
            parent = path[:-1]
            above = tuple(opened[at] for end in range(len(path)) if (at := path[:end]) in opened)
        if path and path[-1] in KEPT:
            if path[-1] == "type" and parent not in folders:
                yield above[:-1], above[-1]
        elif isinstance(value, dict | list):
            yield from _within(above, value)


def _opened(file: BinaryIO) -> tuple[dict[Path, dict[str, Any]], set[Path]]:
    """Return what is not read whole, by its place, and the places of the folders among it."""
    opened: dict[Path, dict[str, Any]] = {}
    folders: set[Path] = set()
    parent: Path | None = None
    for path, value in walk(file, _way):
        if path[:-1] != parent:
            parent = path[:-1]
            folders |= {path[:end] for end, key in enumerate(path) if key == "children"}
        if path and path[-1] in KEPT:
            opened.setdefault(path[:-1], {})[str(path[-1])] = value
    return opened, folders


def _way(path: Path) -> Way:
    return Way.WHOLE if path and path[-1] in KEPT else Way.OPEN_IF_LARGE


def _within(above: tuple[Said, ...], value: Any) -> Iterator[tuple[tuple[Said, ...], Said]]:
    """Yield the entries of a part that was read whole."""
    waiting = [(above, value)]
    while waiting:
        above, value = waiting.pop()
        if isinstance(value, list):
            waiting += [(above, one) for one in reversed(value) if isinstance(one, dict | list)]
        elif isinstance(value.get("children"), list) and value["children"]:
            waiting.append(((*above, value), value["children"]))
        elif any(name in value for name in ("type", "url", "uri")):
            yield above, value
        else:
            waiting += [
                (above, one) for one in reversed(value.values()) if isinstance(one, dict | list)
            ]
