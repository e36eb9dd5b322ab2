"""Pinboard's backup as XML: a `<post>` for each bookmark, all that is said in its attributes."""

from collections.abc import Iterable, Iterator

from bookmarks.formats.writing.entry import Entry, quoted, url_hash
from bookmarks.wording import machine_time


def write(entries: Iterable[Entry], owner: str) -> Iterator[str]:
    """Yield the file in pieces."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<posts user={quoted(owner)}>\n'
    for entry in entries:
        said = {
            "href": entry.url,
            "time": machine_time(entry.saved_at),
            "description": entry.title,
            "extended": entry.description,
            "tag": " ".join(entry.labels),
            "hash": url_hash(entry.url),
            "shared": "no" if entry.private else "yes",
            "toread": "yes" if entry.unread else "no",
        }
        yield f"<post {' '.join(f'{name}={quoted(text)}' for name, text in said.items())} />\n"
    yield "</posts>\n"
