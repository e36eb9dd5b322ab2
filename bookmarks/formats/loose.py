"""Fields of lists that no service of our knowledge wrote, by what they are called. Import `row_of`,
`URLS`, `TITLES`.
"""

from collections.abc import Mapping
from typing import Any

from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import Row
from bookmarks.formats.values import bracketed, flag, listed, names, paragraphs, text

URLS = ("url", "href", "link", "uri", "address", "permalink")
TITLES = ("title", "name")
WORDS = (
    *("description", "extended", "excerpt", "selection", "summary"),
    *("note", "notes", "comment", "comments", "highlights"),
)
TAGS = ("tags", "tag", "labels", "keywords", "tag_names")
FOLDERS = ("folder", "collection", "category", "list")
SAVED = (
    *("saved_at", "saved date", "created", "created_at", "createdat", "createdAt", "added"),
    *("date_added", "date added", "added_at", "time_added", "add_date", "date", "time"),
    "timestamp",
)
UPDATED = ("updated_at", "updated", "modified", "updatedAt", "last_modified")
PRIVATE, PUBLIC = ("private", "is_private"), ("public", "is_public", "shared")
UNREAD = ("unread", "toread", "to_read")
STARRED = ("starred", "favorite", "favourite", "is_starred")
ARCHIVED = ("archived", "is_archived")


def row_of(line: int, said: Mapping[str, Any], refused: str = "") -> Row:
    """Return the row of a thing with fields of whatever names."""
    private, public = flag(said, *PRIVATE), flag(said, *PUBLIC)
    if private is None and public is not None:
        private = not public
    facts = said.get("own_facts")
    return Row(
        line,
        url=text(said, *URLS),
        title=text(said, *TITLES),
        description=paragraphs(*(text(said, one) for one in WORDS)),
        tags=_tags(next((said[one] for one in TAGS if said.get(one)), "")),
        folders=tuple(listed(text(said, *FOLDERS), "/\\")),
        saved_at=moment_of(text(said, *SAVED)),
        updated_at=moment_of(text(said, *UPDATED)),
        private=private,
        unread=flag(said, *UNREAD),
        starred=flag(said, *STARRED),
        archived=flag(said, *ARCHIVED),
        facts=facts if isinstance(facts, dict) else {},
        refused=refused,
    )


def _tags(value: Any) -> tuple[str, ...]:
    """Return tags; a text without signs between them has them between blanks."""
    if isinstance(value, str) and value.lstrip().startswith(("['", '["')):
        return tuple(bracketed(value))
    found = names(value)
    return tuple(value.split()) if isinstance(value, str) and len(found) == 1 else found
