"""Short ways to keep bookmarks in tests. Import `keep`, `asked`, `SOME_DAY`."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count

from accounts.models import User
from bookmarks.drafts import Draft, make_draft
from bookmarks.models import Bookmark
from bookmarks.storing import store_bookmark

SOME_DAY = datetime(2024, 5, 17, 12, tzinfo=UTC)

_numbers = count(1)


def asked(url: str = "", tags: str | Iterable[str] = "", **fields: object) -> Draft:
    """Return a draft, of an address of its own unless one is given."""
    draft = make_draft(url or f"https://example.org/{next(_numbers)}", tags=tags)
    return Draft(**{**vars(draft), **fields})


def keep(owner: User, url: str = "", tags: str | Iterable[str] = "", **fields: object) -> Bookmark:
    """Store a bookmark and return it."""
    return store_bookmark(owner, asked(url, tags, **fields)).bookmark
