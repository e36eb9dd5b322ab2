"""Bookmarks as files. Import `FORMATS`, `formats`, `export_bookmarks`, `export_account`; for other
apps `ListingFormat`.

What is exported is a `Listing`, read by the one reader of lists: whoever exports gets what they
may see, and no more. It is read a batch at a time, from place to place, so that memory stays flat
and what is saved meanwhile shifts nothing. Only the columns that are written are read, since making
whole bookmarks and pages of a hundred thousand rows takes most of a minute.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

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
from bookmarks.listing import Listing, Shelf, walk_ids
from bookmarks.models import Bookmark
from bookmarks.own_facts import shown_title
from bookmarks.tag_names import is_private_tag

if TYPE_CHECKING:
    from bookmarks.models.bookmark import Viewer

BATCH = 1000
FLAGS = ("private", "unread", "starred", "archived")
COLUMNS = (
    *("id", "owner_id", "url", "title", "description", "labels_text", "saved_at", "updated_at"),
    *(*FLAGS, "source", "own_facts", "facts_at", "page__title", "page__sources"),
)


@dataclass(frozen=True)
class File:
    """What people call a format of files, what it is good for, and how browsers are told of it."""

    label: str
    about: str
    content_type: str
    ending: str


@dataclass(frozen=True)
class Format(File):
    """A format of files, and how entries of an owner by that name are written."""

    write: Callable[[Iterable[Entry], str], Iterator[str]]


@dataclass(frozen=True)
class ListingFormat(File):
    """A format of another app, which reads what a viewer may see of a listing by itself."""

    export: Callable[[Listing, "Viewer"], Iterator[str]]


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


@cache
def formats() -> dict[str, Format | ListingFormat]:
    """Return all formats by name: FORMATS, and those that other apps name in EXPORT_FORMATS."""
    others = settings.EXPORT_FORMATS.items()
    return FORMATS | {name: import_string(place) for name, place in others}


def export_bookmarks(form: str, listing: Listing, viewer: "Viewer") -> Iterator[str]:
    """Yield a file, piece by piece, of what the viewer may see of a listing, newest first.

    `form` is one of `formats`. The listing's own size and place do not matter.
    """
    if form == "json" and listing.owner and _is_whole_account(listing, viewer):
        return export_account(listing.owner)
    one = formats()[form]
    if isinstance(one, ListingFormat):
        return one.export(listing, viewer)
    owner = listing.owner.username if listing.owner else ""
    return one.write(_entries(listing, viewer), owner)


def export_account(owner: User) -> Iterator[str]:
    """Yield all that is a person's here as one file of our own JSON, piece by piece."""
    wanted = {name: part.write(owner) for name, part in parts().items()}
    return full_json.write_parts(owner.username, wanted)


def _is_whole_account(listing: Listing, viewer: "Viewer") -> bool:
    return listing.is_own(viewer) and not listing.labels and listing.shelf is Shelf.ALL


def _entries(listing: Listing, viewer: "Viewer") -> Iterator[Entry]:
    for ids in walk_ids(listing, viewer, BATCH):
        rows = Bookmark.objects.filter(pk__in=ids).values_list(*COLUMNS, named=True)
        found = {row.id: row for row in rows}
        yield from (_entry(found[pk], viewer) for pk in ids if pk in found)


def _entry(row: Any, viewer: "Viewer") -> Entry:
    """Return what is written of a row of COLUMNS."""
    own, labels = row.owner_id == viewer.pk, row.labels_text.split()
    of_page = (row.page__title, row.page__sources) if row.facts_at else ("", {})
    return Entry(
        url=row.url,
        title=row.title or shown_title(row.own_facts, *of_page) or row.url,
        saved_at=row.saved_at,
        updated_at=row.updated_at,
        description=row.description,
        labels=tuple(label for label in labels if own or not is_private_tag(label)),
        private=row.private,
        unread=row.unread and own,
        starred=row.starred and own,
        own_title=row.title,
        archived=row.archived and own,
        source=row.source if own else "",
        own_facts=(row.own_facts or {}) if own else {},
    )
