"""Our own JSON, which tells everything of each bookmark, one a line."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bookmarks.formats.writing.entry import Entry, NoteEntry, clean

VERSION = 1


def write(
    entries: Iterable[Entry], owner: str, notes: Iterable[NoteEntry] | None = None
) -> Iterator[str]:
    """Yield the file in pieces: an object with `softmarks`, `owner`, `bookmarks`, maybe `notes`."""
    yield f'{{"softmarks": {VERSION}, "owner": {_text(owner)}, "bookmarks": ['
    before = "\n"
    for entry in entries:
        yield before + _text(_bookmark(entry))
        before = ",\n"
    if notes is not None:
        yield '\n], "notes": ['
        before = "\n"
        for note in notes:
            yield before + _text(_note(note))
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
        "archived": entry.archived,
        "saved_at": entry.saved_at.isoformat(),
        "updated_at": entry.updated_at.isoformat(),
        "own_facts": entry.own_facts,
    }


def _note(note: NoteEntry) -> dict[str, Any]:
    return {
        "id": note.key,
        "title": clean(note.title),
        "text": clean(note.text),
        "private": note.private,
        "created_at": note.created_at.isoformat(),
        "updated_at": note.updated_at.isoformat(),
    }


def _text(value: Any) -> str:
    return json.dumps(value)
