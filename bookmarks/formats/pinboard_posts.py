"""What the fields of a post mean in Pinboard's files, JSON as XML. Import `row_of`."""

from collections.abc import Mapping
from typing import Any

from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import Row


def row_of(line: int, post: Mapping[str, Any], tags: str) -> Row:
    """Return the row of a post; the name of the field of tags differs between the two files."""
    said = {name: value if isinstance(value, str) else "" for name, value in post.items()}
    shared, toread = said.get("shared", "").lower(), said.get("toread", "").lower()
    title = said.get("description", "")
    url = said.get("href", "")
    return Row(
        line=line,
        url=url,
        title="" if title == url else title,
        description=said.get("extended", ""),
        tags=tuple(said.get(tags, "").split()),
        saved_at=moment_of(said.get("time")),
        private=shared == "no" if shared else None,
        unread=toread == "yes" if toread else None,
    )
