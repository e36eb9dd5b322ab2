"""Our own JSON: a whole account, its parts one after the other; see docs/api.md."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, BinaryIO

from bookmarks.formats.json_pieces import Path, Way, walk
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import BadFile, Row
from bookmarks.formats.values import flag, text
from bookmarks.formats.writing.full_json import VERSION

LABEL = "Softmarks (JSON)"
HEAD = re.compile(rb'\s*\{\s*"softmarks"\s*:')
BOOKMARKS, SETTINGS = "bookmarks", "settings"
ABOUT = ("softmarks", "owner")
WHOLE = tuple((name,) for name in (*ABOUT, SETTINGS))
# Settings hold for all that comes after them, so they are taken in before it.
ALONE = 1_000_000
NEWER = (
    f"This file is of a newer Softmarks than this one, which knows version {VERSION}."
    " Bring this site up to date first."
)
# A record whose parts are longer together is refused; those of more than 1 MB are read in parts, of
# which none is deeper in the record than the items of a section.
LONGEST = 64_000_000
MOST_PARTS = 100_000
DEEPEST = 6
TOO_LONG = f"This is longer than {LONGEST // 1_000_000} MB."
# What in a record has parts of its own that are stored row by row, and so takes its time.
HEAVY = ("sections", "items", "entries", "sessions", "forked", "notes", "questions")


def looks_like(head: bytes) -> bool:
    """Tell by the first field."""
    return HEAD.match(head) is not None


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each record of each part, numbered from 1; raises BadFile."""
    count = 0
    for path, item in _records(walk(file, _way)):
        if len(path) == 1 and path[0] in ABOUT:
            if path[0] == "softmarks" and not _is_known(item):
                raise BadFile(NEWER)
            continue
        count += 1
        yield _row(count, path, item)
    if not count:
        raise BadFile("There is nothing in this file.")


def _way(path: Path) -> Way:
    """Read the file and each part record by record; a record, and the settings, whole.

    Records other than bookmarks have things in them without end, and are opened if they are large.
    """
    if path[:1] in WHOLE:
        return Way.WHOLE
    if len(path) < 2:
        return Way.OPEN
    opens = path[0] != BOOKMARKS and len(path) < DEEPEST
    return Way.OPEN_IF_LARGE if opens else Way.WHOLE


def _records(pieces: Iterator[tuple[Path, Any]]) -> Iterator[tuple[Path, Any]]:
    """Yield records whole, those that were read in parts put together again; raises BadFile."""
    for place, some in groupby(pieces, key=lambda piece: piece[0][:2]):
        record: _Joined | None = None
        for path, item in some:
            if len(path) > 2:
                record = record or _Joined()
                record.put(path[2:], item)
            else:
                yield path, item
        if record:
            yield place, record.whole


class _Joined:
    """A record that is put together from its parts, which come in order."""

    def __init__(self) -> None:
        self.inside: dict[Path, Any] = {}
        self.parts, self.length = 0, 0

    @property
    def whole(self) -> Any:
        """The record, or what stands for one that is too long."""
        return TooLong() if self.length > LONGEST else self.inside[()]

    def put(self, path: Path, value: Any) -> None:
        """Take in a part that stands at a place in the record; raises BadFile."""
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise BadFile(f"There is a record of more than {MOST_PARTS:,} parts in this file.")
        if self.length <= LONGEST:
            self.length += len(json.dumps(value))
            self._put(path, value)

    def _put(self, path: Path, value: Any) -> None:
        above, key = path[:-1], path[-1]
        container: Any = self.inside.get(above)
        # A name that comes twice may be that of a list first and then of an object.
        if not isinstance(container, dict if isinstance(key, str) else list):
            container = self.inside[above] = {} if isinstance(key, str) else []
            if above:
                self._put(above, container)
        if isinstance(key, str):
            container[key] = value
        else:
            container.append(value)


class TooLong:
    """Stands for a record that is too long to be held."""


def _is_known(version: Any) -> bool:
    return type(version) is int and 1 <= version <= VERSION


def _row(number: int, path: Path, item: Any) -> Row:
    if isinstance(item, TooLong):
        return Row(number, refused=TOO_LONG)
    part = str(path[0])[:40] if path else ""
    fits = isinstance(item, dict) and (len(path) == 2) == (part != SETTINGS)
    if not fits or (len(path) == 2 and not isinstance(path[1], int)):
        return Row(number, refused="This is none of the records that such a file has.")
    if part == BOOKMARKS:
        return _bookmark(number, item)
    title = text(item, "title", "name", "label", "key", "list", "url")[:500]
    weight = ALONE if part == SETTINGS else _weight(item)
    return Row(number, title=title, part=part, record=item, weight=weight)


def _bookmark(number: int, said: Mapping[str, Any]) -> Row:
    facts, tags = said.get("own_facts"), said.get("tags")
    return Row(
        number,
        url=text(said, "url"),
        title=text(said, "title"),
        description=text(said, "description"),
        tags=tuple(one for one in tags if isinstance(one, str)) if isinstance(tags, list) else (),
        saved_at=moment_of(text(said, "saved_at")),
        updated_at=moment_of(text(said, "updated_at")),
        private=flag(said, "private"),
        unread=flag(said, "unread"),
        starred=flag(said, "starred"),
        archived=flag(said, "archived"),
        facts=facts if isinstance(facts, dict) else {},
        source=text(said, "source"),
        exact=True,
    )


def _weight(record: Any, deep: int = 4) -> int:
    """Return about how many rows of the database a record comes to."""
    found = 1
    for name in HEAVY if deep else ():
        inside = record.get(name)
        for one in inside if isinstance(inside, list) else ():
            found += _weight(one, deep - 1) if isinstance(one, dict) else 1
    return found
