"""Bookmarks as files. Import `FORMATS`, `Format`, `export_bookmarks`, `export_account`.

What is exported is a `Listing`, read by the one reader of lists: whoever exports gets what they
may see, and no more. It is read a batch at a time, from place to place, so that memory stays flat
and what is saved meanwhile shifts nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from accounts.models import User
from bookmarks.account_copy import parts
from bookmarks.formats.writing import (
    csv_table,
    full_json,
    markdown,
    netscape,
    opml,
    pinboard_json,
    pinboard_xml,
)
from bookmarks.formats.writing.entry import Entry
from bookmarks.listing import Listing, Shelf, list_bookmarks
from bookmarks.models import Bookmark

if TYPE_CHECKING:
    from bookmarks.models.bookmark import Viewer

BATCH = 500


@dataclass(frozen=True)
class Format:
    """A format of files: what people call it, what it is good for, and how it is written."""

    label: str
    about: str
    content_type: str
    ending: str
    write: Callable[[Iterable[Entry], str], Iterator[str]]


FORMATS = {
    "json": Format(
        "JSON", "everything, word for word", "application/json", "json", full_json.write
    ),
    "pinboard_json": Format(
        "Pinboard JSON",
        "Pinboard's own backup, which most services read",
        "application/json",
        "json",
        pinboard_json.write,
    ),
    "pinboard_xml": Format(
        "Pinboard XML", "the same as XML", "application/xml", "xml", pinboard_xml.write
    ),
    "netscape": Format(
        "HTML", "for Firefox, Chrome and every other browser", "text/html", "html", netscape.write
    ),
    "csv": Format("CSV", "for spreadsheets", "text/csv", "csv", csv_table.write),
    "markdown": Format(
        "Markdown",
        "to be read; does not tell what is private",
        "text/markdown",
        "md",
        markdown.write,
    ),
    "opml": Format(
        "OPML", "for outliners; does not tell what is private", "text/x-opml", "opml", opml.write
    ),
}


def export_bookmarks(form: str, listing: Listing, viewer: "Viewer") -> Iterator[str]:
    """Yield a file, piece by piece, of what the viewer may see of a listing, newest first.

    `form` is one of FORMATS. The listing's own size and place do not matter.
    """
    if form == "json" and listing.owner and _is_whole_account(listing, viewer):
        return export_account(listing.owner)
    owner = listing.owner.username if listing.owner else ""
    entries = (_entry(bookmark, viewer) for bookmark in _all_of(listing, viewer))
    return FORMATS[form].write(entries, owner)


def export_account(owner: User) -> Iterator[str]:
    """Yield all that is a person's here as one file of our own JSON, piece by piece."""
    wanted = {name: part.write(owner) for name, part in parts().items()}
    return full_json.write_parts(owner.username, wanted)


def _is_whole_account(listing: Listing, viewer: "Viewer") -> bool:
    return listing.is_own(viewer) and not listing.labels and listing.shelf is Shelf.ALL


def _all_of(listing: Listing, viewer: "Viewer") -> Iterator[Bookmark]:
    rest: Listing | None = replace(listing, size=BATCH, cursor=None)
    while rest:
        page = list_bookmarks(rest, viewer)
        yield from page.bookmarks
        rest = replace(rest, cursor=page.earlier) if page.earlier else None


def _entry(bookmark: Bookmark, viewer: "Viewer") -> Entry:
    own = bookmark.owner_id == viewer.pk
    return Entry(
        url=bookmark.url,
        title=bookmark.shown_title,
        saved_at=bookmark.saved_at,
        updated_at=bookmark.updated_at,
        description=bookmark.description,
        labels=tuple(bookmark.labels_for(viewer)),
        private=bookmark.private,
        unread=bookmark.unread and own,
        starred=bookmark.starred and own,
        own_title=bookmark.title,
        archived=bookmark.archived and own,
        source=bookmark.source if own else "",
        own_facts=(bookmark.own_facts or {}) if own else {},
    )
