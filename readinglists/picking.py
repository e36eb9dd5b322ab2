"""Looks through one's bookmarks for what a list could take. Import `find_bookmarks`, `Found`.

Tags are one range of an index. Words are looked for in one bookmark after another, the newest
first: so many at a time, and the next page goes on where this one stopped.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from accounts.models import User
from bookmarks.cursors import Cursor, Direction
from bookmarks.listing import Listing, list_bookmarks
from bookmarks.models import Bookmark

# As many are shown, and as many looked at for them.
SHOWN, LOOKED_AT = 50, 2000
READ_AT_ONCE = 250


@dataclass(frozen=True)
class Found:
    """Bookmarks that have all the words, newest first; `earlier` is where to look on."""

    bookmarks: Sequence[Bookmark]
    earlier: Cursor | None = None


def find_bookmarks(
    owner: User, words: Sequence[str], labels: tuple[str, ...], cursor: Cursor | None = None
) -> Found:
    """Return a person's bookmarks with these tags and words, from a place on.

    A word may stand in the title, the description, the address, a tag, or the name of an author.
    """
    wanted = [word.casefold() for word in words]
    listing = Listing(owner, labels, cursor=cursor, size=READ_AT_ONCE if wanted else SHOWN)
    found: list[Bookmark] = []
    for _ in range(LOOKED_AT // READ_AT_ONCE):
        listed = list_bookmarks(listing, owner)
        for bookmark in listed.bookmarks:
            if wanted and not _has(bookmark, wanted):
                continue
            if len(found) == SHOWN:
                return Found(found, _behind(found[-1]))
            found.append(bookmark)
        if listed.earlier is None or not wanted:
            return Found(found, listed.earlier)
        listing = replace(listing, cursor=listed.earlier)
    return Found(found, listing.cursor)


def _behind(bookmark: Bookmark) -> Cursor:
    return Cursor(Direction.BEFORE, bookmark.saved_at, bookmark.slug)


def _has(bookmark: Bookmark, wanted: Sequence[str]) -> bool:
    shown = bookmark.shown
    said = [bookmark.title, shown.title, bookmark.description, bookmark.url, bookmark.labels_text]
    text = "\n".join([*said, *map(str, shown.authors)]).casefold()
    return all(word in text for word in wanted)
