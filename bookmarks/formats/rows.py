"""What a file says of one bookmark. Import `Row`, `Reader`, `BadFile`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, Protocol


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
    `skipped` why it is not meant to be one (a separator, a feed, a smart folder).
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


class Reader(Protocol):
    """A module of this package that reads a format."""

    LABEL: str

    def looks_like(self, head: bytes) -> bool:
        """Tell by the first 64 KB of a file whether it is of this format."""

    def read(self, file: BinaryIO) -> Iterator[Row]:
        """Yield the rows of a file in order, without holding it whole; raises BadFile."""
