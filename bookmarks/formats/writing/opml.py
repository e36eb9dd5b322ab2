"""An outline in OPML 2.0 with a link for each bookmark."""

import html
from collections.abc import Iterable, Iterator
from email.utils import format_datetime

from bookmarks.formats.writing.entry import Entry, clean, one_line, quoted


def write(entries: Iterable[Entry], owner: str) -> Iterator[str]:
    """Yield the file in pieces. OPML has no word for what is private, unread or starred."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
    title = html.escape(clean(f"Bookmarks of {owner}"))
    yield f"<head><title>{title}</title></head>\n<body>\n"
    for entry in entries:
        said = {
            "text": one_line(entry.title) or entry.url,
            "type": "link",
            "url": entry.url,
            "created": format_datetime(entry.saved_at),
            "category": ",".join(entry.labels),
            "description": entry.description,
        }
        parts = [f"{name}={quoted(text)}" for name, text in said.items() if text]
        yield f"<outline {' '.join(parts)}/>\n"
    yield "</body>\n</opml>\n"
