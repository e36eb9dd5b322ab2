"""What a file says of one bookmark. Import `Row`, `Reader`, `BadFile`, and why
some rows are no bookmarks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, Protocol

# Why what looks like a bookmark is none.
NOTE = "A note, not a page: it has no address."
FEED = "A feed, not a page."
SMART = "A smart folder of the browser, not a page."
UPLOAD = "A file that was uploaded, not a page."
CUT = "The file ends in the middle of this bookmark."
CUT_ROW = "The file ends in the middle of this row, or a quotation mark is missing in it."


class BadFile(ValueError):
    """The file as a whole cannot be read; the text tells the person why, and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing in a file that looks like a bookmark; nothing is judged or cleaned yet.

    `line` is where it begins, counted from 1; in files without lines (JSON) its place in order.
    None stands for what the file does not say, which differs from no. Times are aware. `tags`
    are as written, one each; `folders` the path from the outermost; `lists` the names of lists it
    is on in the other service. `facts` are by their names in bookmarks.own_facts. `refused` says
    why a row cannot be a bookmark ("" where it can), as far as the reader of the format can tell;
    `skipped` why it is not meant to be one (a feed, a smart folder, a note). `words_in` is the
    name of a file beside this one, in an archive, that has more words for the description;
    `member` the name of that which a row is of, where it came in an archive.

    `exact` is for a file that we wrote ourselves: its words are kept as they stand, `source` and
    `updated_at` too. `part` names what a row is of where it is no bookmark
    (bookmarks.account_copy); `record` is all it says, and `weight` about how many rows of the
    database that is.
    """

    line: int
    url: str = ""
    title: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    saved_at: datetime | None = None
    updated_at: datetime | None = None
    private: bool | None = None
    unread: bool | None = None
    starred: bool | None = None
    archived: bool | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    refused: str = ""
    skipped: str = ""
    words_in: str = ""
    member: str = ""
    exact: bool = False
    source: str = ""
    part: str = ""
    record: Mapping[str, Any] = field(default_factory=dict)
    weight: int = 1


class Reader(Protocol):
    """A module of this package that reads a format."""

    LABEL: str

    def looks_like(self, head: bytes) -> bool:
        """Tell by the first 64 KB of a file whether it is of this format."""

    def read(self, file: BinaryIO) -> Iterator[Row]:
        """Yield the rows of a file in order, without holding it whole; raises BadFile."""
