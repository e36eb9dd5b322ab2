"""Pinboard's backup as JSON: an array of posts, written as Pinboard writes it."""

import json
from collections.abc import Iterable, Iterator

from bookmarks.formats.writing.entry import Entry, change_hash, clean, url_hash
from bookmarks.wording import machine_time


def write(entries: Iterable[Entry], _owner: str) -> Iterator[str]:
    """Yield the file in pieces; whose it is does not stand in it."""
    before = "["
    for entry in entries:
        text = json.dumps(_post(entry), separators=(",", ":"))
        yield before + text.replace("/", "\\/")
        before = ",\n"
    yield "]\n" if before != "[" else "[]\n"


def _post(entry: Entry) -> dict[str, str]:
    return {
        "href": clean(entry.url),
        "description": clean(entry.title),
        "extended": clean(entry.description),
        "meta": change_hash(entry),
        "hash": url_hash(entry.url),
        "time": machine_time(entry.saved_at),
        "shared": "no" if entry.private else "yes",
        "toread": "yes" if entry.unread else "no",
        "tags": clean(" ".join(entry.labels)),
    }
