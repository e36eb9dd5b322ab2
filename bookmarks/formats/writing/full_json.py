"""Our own JSON, which tells everything, one record a line. docs/api.md describes it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bookmarks.formats.writing.entry import Entry, clean

# Of the form of the file; a reader refuses files of a version it does not know.
VERSION = 2
Record = Mapping[str, Any]


def write(entries: Iterable[Entry], owner: str) -> Iterator[str]:
    """Yield a file of some bookmarks in pieces."""
    return write_parts(owner, {"bookmarks": map(bookmark_record, entries)})


def write_parts(owner: str, parts: Mapping[str, Iterable[Record] | Record]) -> Iterator[str]:
    """Yield a file of some parts in pieces; a part is one record, or many that are read in turn."""
    yield f'{{"softmarks": {VERSION}, "owner": {_text(owner)}'
    for name, part in parts.items():
        if isinstance(part, Mapping):
            yield f',\n"{name}": {_text(part)}'
            continue
        yield f',\n"{name}": ['
        before = "\n"
        for record in part:
            yield before + _text(record)
            before = ",\n"
        yield "\n]"
    yield "}\n"


def bookmark_record(entry: Entry) -> dict[str, Any]:
    """Return what the person said, word for word, with times to the microsecond."""
    return {
        "url": clean(entry.url),
        "title": clean(entry.own_title),
        "description": clean(entry.description),
        "tags": [clean(label) for label in entry.labels],
        "private": entry.private,
        "unread": entry.unread,
        "starred": entry.starred,
        "archived": entry.archived,
        "saved_at": entry.saved_at.isoformat(),
        "updated_at": entry.updated_at.isoformat(),
        "source": entry.source,
        "own_facts": ordered(entry.own_facts),
    }


def ordered(value: Any) -> Any:
    """Return a value with the names in it sorted: not all databases keep their order."""
    if isinstance(value, Mapping):
        return {name: ordered(value[name]) for name in sorted(value)}
    return [ordered(one) for one in value] if isinstance(value, list) else value


def _text(value: Any) -> str:
    return json.dumps(value)
