"""XBEL, the XML Bookmark Exchange Language (http://pyxml.sourceforge.net/topics/xbel/).

Konqueror, Galeon, Epiphany, Floccus, buku and GNOME's list of recent files write it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import BinaryIO

from bookmarks.formats.encodings import as_utf8
from bookmarks.formats.html_pieces import Piece
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import SMART, Row
from bookmarks.formats.values import flag, listed, text
from bookmarks.formats.xml_pieces import pieces, root_of

LABEL = "XBEL"
# What tells tags within <metadata>, each one.
TAGS = frozenset({"tag", "group", "keyword", "topic"})
TEXTS = TAGS | {"title", "desc", "time_added"}
MOST_ALIASES = 100_000
ASTRAY = "This alias names no bookmark of the file."
LONGEST_TEXT, LONGEST_NAME = 100_000, 1_000


def looks_like(head: bytes) -> bool:
    """Tell by the outermost tag."""
    return root_of(head) == "xbel"


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each bookmark and each alias of one; raises BadFile.

    An alias may stand before what it names, so that files with aliases are read three times.
    """
    begin = file.tell()
    wanted: set[str] = set()
    if _has_aliases(file):
        file.seek(begin)
        refs = (ref for ref, row in _rows(file) if row.refused == ASTRAY)
        wanted = set(islice(refs, MOST_ALIASES))
    named: dict[str, Row] = {}
    if wanted:
        file.seek(begin)
        named = {mark: row for mark, row in _rows(file) if mark in wanted and not row.refused}
    file.seek(begin)
    for ref, row in _rows(file):
        if row.refused == ASTRAY and ref in named:
            yield replace(named[ref], line=row.line, folders=row.folders)
        else:
            yield row


def _has_aliases(file: BinaryIO) -> bool:
    before = b""
    for chunk in as_utf8(file):
        if b"<alias" in before + chunk:
            return True
        before = (before + chunk)[-8:]
    return False


def _rows(file: BinaryIO) -> Iterator[tuple[str, Row]]:
    """Yield each bookmark with its id, and each alias with what it names."""
    walk = _Walk()
    for piece in pieces(file):
        if row := walk.take(piece):
            yield row
        elif piece.tag == "alias":
            ref = piece.attributes.get("ref", "")
            yield ref, Row(piece.line, folders=walk.path(), refused=ASTRAY)


@dataclass
class _Walk:
    """Where the reading of a file is: in which folders, on which bookmark, in which text."""

    folders: list[str] = field(default_factory=list)
    link: Piece | None = None
    within: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    length: int = 0
    private: bool | None = None
    metadata: dict[str, str] = field(default_factory=dict)

    def take(self, piece: Piece) -> tuple[str, Row] | None:
        """Go on by a piece; return the bookmark that ended with it, with its id."""
        tag = piece.tag
        if not tag:
            self._text(piece.text)
        elif tag.startswith("/"):
            self.within.pop()
            if tag == "/folder":
                self.folders.pop()
            elif tag == "/bookmark" and self.link is not None:
                return self._end()
        else:
            self._start(piece)
        return None

    def _start(self, piece: Piece) -> None:
        self.within.append(piece.tag)
        if piece.tag == "folder":
            self.folders.append("")
        elif piece.tag == "bookmark":
            self.link, self.texts, self.length = piece, {}, 0
            self.private, self.metadata = None, {}
        elif piece.tag == "private":
            self.private = True
        elif piece.tag == "metadata":
            self.metadata |= piece.attributes
        if piece.tag in TEXTS and self.link and self.length < LONGEST_TEXT:
            self.texts.setdefault(piece.tag, []).append("")

    def _text(self, said: str) -> None:
        tag = self.within[-1]
        if self.link is None and self.folders and self.within[-2:] == ["folder", "title"]:
            if len(self.folders[-1]) < LONGEST_NAME:
                self.folders[-1] = " ".join(f"{self.folders[-1]} {said[:LONGEST_NAME]}".split())
        elif self.link is not None and tag in self.texts and self.length < LONGEST_TEXT:
            self.texts[tag][-1] += said
            self.length += len(said)

    def path(self) -> tuple[str, ...]:
        """Return the names of the folders from the outermost."""
        return tuple(filter(None, self.folders))

    def _end(self) -> tuple[str, Row]:
        link, texts = self.link, {name: "".join(parts) for name, parts in self.texts.items()}
        self.link = None
        said = {**self.metadata, **(link.attributes if link else {})}
        url = text(said, "href")
        marked = [one.strip() for name in TAGS for one in self.texts.get(name, ())]
        shared = flag(said, "shared", "public")
        return text(said, "id"), Row(
            link.line if link else 0,
            url=url,
            title=" ".join(texts.get("title", "").split()),
            description=texts.get("desc", "").strip(),
            tags=(*listed(text(said, "tags", "keywords", "labels")), *filter(None, marked)),
            folders=self.path(),
            saved_at=moment_of(text(said, "added") or texts.get("time_added")),
            updated_at=moment_of(text(said, "modified")),
            private=_private(self.private, flag(said, "private"), shared),
            unread=flag(said, "toread", "unread"),
            skipped=SMART if url[:6].lower() == "place:" else "",
        )


def _private(marked: bool | None, said: bool | None, shared: bool | None) -> bool | None:
    if marked or said is not None:
        return marked or said
    return None if shared is None else not shared
