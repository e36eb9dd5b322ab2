"""Bookmark files that browsers and bookmark services write, in all their dialects.

There is no standard; what writers do was gathered from their files: folders as `<H3>` before
`<DL>`, links as `<A>`, words about them in `<DD>`, ends that are missing, tags inside of titles.
Pocket's `ril_export.html` and Instapaper's page, lists of links under headings, are read here too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from bookmarks.formats.encodings import as_utf8
from bookmarks.formats.html_pieces import Piece, pieces
from bookmarks.formats.linkding_notes import join_notes
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import CUT, FEED, NOTE, SMART, BadFile, Row

LABEL = "bookmarks file (HTML)"
DEEPEST = 100
LONGEST_TEXT = 100_000
# What ends a title or the words about a link when their own end is missing.
ENDS = frozenset({"dt", "dl", "/dl", "h3", "hr", "h1", "li", "/li", "ul", "/ul", "ol", "/ol"})
BLOCKS = ENDS | {"dd"}
LISTS = frozenset({"ul", "/ul", "ol", "/ol", "li", "/li"})
# What stands on lines of its own in words about a link.
OWN_LINES = LISTS | {
    *("p", "/p", "div", "/div", "blockquote", "/blockquote", "pre", "/pre", "tr", "/tr")
}
LINE_END = "\x1e"
ARCHIVED = "linkding:bookmarks.archived"
NOTES, END_OF_NOTES = "[linkding-notes]", "[/linkding-notes]"
READING_LIST = "com.apple.readinglist"
# What the headings of lists mean: whether what is below is unread, and whether it is archived.
SHELVES = {"unread": (True, False), "read archive": (False, True), "archive": (False, True)}
SIGNS = (
    *(b"netscape-bookmark-file", b"<dl", b"<dt", b"time_added=", b"add_date="),
    b"<title>instapaper",
)


def looks_like(head: bytes) -> bool:
    """Tell by the doctype, or by links in a list as only bookmark files have them."""
    small = head.lower()
    return any(sign in small for sign in SIGNS) and b"<" in small.lstrip()[:4]


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each link; raises BadFile where there is nothing like a list of links."""
    walk = _Walk()
    for piece in pieces(as_utf8(file)):
        if row := walk.take(piece):
            yield row
    if row := walk.end_link():
        yield row
    if not walk.lists:
        raise BadFile("There are no bookmarks in this file. Export them again as HTML.")


@dataclass
class _Walk:
    """Where the reading of a file is: in which folders, on which link, in which of its texts."""

    folders: list[str] = field(default_factory=list)
    deeper: int = 0
    folder: list[str] | None = None
    # How many folders deep the list of what is to be read is; 0 outside of it.
    reading: int = 0
    to_read: bool = False
    link: Piece | None = None
    title: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    # Where the words about a folder go, which are not kept.
    aside: list[str] = field(default_factory=list)
    into: list[str] | None = None
    heading: list[str] = field(default_factory=list)
    shelf: str = ""
    shelves: bool = False
    lists: bool = False
    dt: bool = False

    def take(self, piece: Piece) -> Row | None:
        """Go on by a piece; return the link that ended with it."""
        tag = piece.tag
        if not tag:
            into = self.into if self.into is not self.aside else None
            if into is not None and len(into) < LONGEST_TEXT // 10:
                into.append(piece.text[:LONGEST_TEXT])
            return None
        row = None
        # In words about a link there may be links; entries have their <DT> before them.
        inside = self.dt and (self.into is self.words or self.into is self.aside)
        if (tag in ENDS and not (inside and tag in LISTS)) or (tag == "a" and not inside):
            row = self.end_link()
        if tag == "a" and not inside:
            self.link, self.into, self.lists = piece, self.title, True
        elif tag in ("/a", "/h3", "/h1"):
            self.into = self.into if tag == "/a" and inside else None
        elif tag == "br" and self.into is not None:
            self.into.append("\n")
        elif tag in OWN_LINES and (inside or tag not in LISTS):
            self.words += [LINE_END] if self.into is self.words else []
        elif tag in BLOCKS:
            self._block(piece)
        if tag == "/h1":
            self.shelf = _text(self.heading)
        return row

    def _block(self, piece: Piece) -> None:
        tag, self.into = piece.tag, None
        self.dt = self.dt or tag == "dt"
        self.shelves = self.shelves or tag == "li"
        if tag == "dd":
            self.into = self.words if self.link else self.aside if self.folder else None
        elif tag == "h3":
            self.folder = self.into = []
            self.to_read = piece.attributes.get("id", "").lower() == READING_LIST
        elif tag == "h1":
            self.heading = self.into = []
        elif tag in ("dl", "ul", "ol"):
            self.lists = True
            self._enter(_text(self.folder or [])) if tag == "dl" else None
        elif tag == "/dl":
            self._leave()

    def _enter(self, name: str) -> None:
        self.folder = None
        if len(self.folders) < DEEPEST:
            self.folders.append(name)
            if self.to_read and not self.reading:
                self.reading = len(self.folders)
            self.to_read = False
        else:
            self.deeper += 1

    def _leave(self) -> None:
        self.folder = None
        if self.deeper:
            self.deeper -= 1
        elif self.folders:
            self.folders.pop()
            self.reading = self.reading if self.reading <= len(self.folders) else 0

    def end_link(self) -> Row | None:
        """Return the row of the link that is open, if one is."""
        if self.link is None:
            return None
        row = _row(self.link, _text(self.title), self._said(), self._path())
        if self.shelves and self.shelf:
            row = _on_shelf(row, self.shelf)
        elif self.reading and row.unread is None:
            row = replace(row, unread=True)
        self.link, self.title, self.words, self.into = None, [], [], None
        return row

    def _said(self) -> str:
        said = "".join(self.words)
        if LINE_END in said:
            said = "\n".join(line for part in said.split(LINE_END) if (line := part.strip()))
        said, _, notes = said.partition(NOTES)
        notes, _, rest = notes.partition(END_OF_NOTES)
        return join_notes(said + rest, notes)

    def _path(self) -> tuple[str, ...]:
        return tuple(name for name in self.folders if name)


def _text(parts: list[str]) -> str:
    return " ".join("".join(parts).split())


def _row(link: Piece, title: str, words: str, folders: tuple[str, ...]) -> Row:
    said = link.attributes
    feed = said.get("feedurl", "").strip()
    # Of a feed that the browser followed what is saved is the page of its site.
    url = said.get("href", "").strip() or feed
    tags = split_listed(said.get("tags", ""))
    private, public = _yes(said, "private"), _yes(said, "public", "shared")
    return Row(
        line=link.line,
        url=url,
        title=title,
        description=words or said.get("description", ""),
        tags=tuple(tag for tag in tags if tag != ARCHIVED),
        folders=folders,
        saved_at=moment_of(said.get("add_date") or said.get("time_added")),
        updated_at=moment_of(said.get("last_modified")),
        private=not public if private is None and public is not None else private,
        unread=_yes(said, "toread", "unread"),
        starred=_yes(said, "data-important"),
        archived=True if ARCHIVED in tags else None,
        refused=CUT if link.cut else "",
        skipped=_why_skipped(url, is_feed="feedurl" in said and url == feed),
    )


def _on_shelf(row: Row, shelf: str) -> Row:
    """Return the row of a link in a list under a heading, as Pocket and Instapaper have them."""
    known = shelf.lower()
    if known in SHELVES:
        unread, archived = SHELVES[known]
        return replace(row, unread=unread, archived=archived)
    if known in ("starred", "liked"):
        return replace(row, starred=True)
    return replace(row, folders=(*row.folders, shelf))


def split_listed(text: str) -> list[str]:
    """Return tags between commas, which may have blanks inside; without commas, between blanks."""
    parts = text.split(",") if "," in text else text.split()
    return [part.strip() for part in parts if part.strip()]


def _yes(said: Mapping[str, str], *names: str) -> bool | None:
    value = next((said[name] for name in names if name in said), "").strip().lower()
    return value in ("1", "true", "yes") if value else None


def _why_skipped(url: str, *, is_feed: bool) -> str:
    if url.startswith(("?", "/shaare/")):
        return NOTE
    if url[:6].lower() == "place:":
        return SMART
    return FEED if is_feed else ""
