"""The bookmark file that every browser and bookmark service reads, as HTML."""

import html
from collections.abc import Iterable, Iterator

from bookmarks.formats.writing.entry import Entry, clean, one_line, seconds

HEAD = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
"""


def write(entries: Iterable[Entry], _owner: str) -> Iterator[str]:
    """Yield the file in pieces; whose it is does not stand in it."""
    yield HEAD
    for entry in entries:
        said = {
            "HREF": entry.url,
            "ADD_DATE": str(seconds(entry.saved_at)),
            "LAST_MODIFIED": str(seconds(entry.updated_at)),
            "PRIVATE": "1" if entry.private else "0",
            "TOREAD": "1" if entry.unread else "0",
            "TAGS": ",".join(entry.labels),
        }
        attributes = " ".join(f'{name}="{html.escape(clean(said[name]))}"' for name in said)
        yield f"<DT><A {attributes}>{html.escape(one_line(entry.title), quote=False)}</A>\n"
        if words := clean(entry.description).strip():
            yield f"<DD>{html.escape(words, quote=False)}\n"
    yield "</DL><p>\n"
