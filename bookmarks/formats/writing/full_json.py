"""Our own JSON, which tells everything of each bookmark, one a line."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bookmarks.formats.writing.entry import Entry, clean

VERSION = 1


def write(entries: Iterable[Entry], owner: str) -> Iterator[str]:
    """Yield the file in pieces: an object with `softmarks`, `owner` and `bookmarks`."""
    yield f'{{"softmarks": {VERSION}, "owner": {_text(owner)}, "bookmarks": ['
    before = "\n"
    for entry in entries:
        yield before + _text(_bookmark(entry))
        before = ",\n"
    yield "\n]}\n"


def _bookmark(entry: Entry) -> dict[str, Any]:
    """Return what the person said, word for word, with times to the microsecond."""
    return {
        "url": clean(entry.url),
        "title": clean(entry.own_title),
        "description": clean(entry.description),
        "tags": [clean(label) for label in entry.labels],
        "private": entry.private,
        "unread": entry.unread,
        "starred": entry.starred,
        "saved_at": entry.saved_at.isoformat(),
        "updated_at": entry.updated_at.isoformat(),
        "own_facts": entry.own_facts,
    }


def _text(value: Any) -> str:
    return json.dumps(value)
