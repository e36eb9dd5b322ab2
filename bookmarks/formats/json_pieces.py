"""JSON read piece by piece, however long the file. Import `walk`, `Way`, `rows_of`, `outline`."""

import codecs
import json
import re
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import lru_cache
from typing import Any, BinaryIO

from bookmarks.formats.encodings import as_utf8
from bookmarks.formats.rows import BadFile, Row

LONGEST_ITEM = 16_000_000
# What is opened only if it is large is large beyond this.
LARGE = 1 << 18
DEEPEST = 100
DECODER = json.JSONDecoder()
BETWEEN = re.compile(r"[ \t\r\n,:]*+")
# A text that goes on behind the head ends with it, so that no quotation mark is tried twice.
TOKEN = re.compile(rb'"((?:[^"\\]|\\.)*+)(?:"(\s*+:)?|\\?\Z)|[\[\]{}]', re.DOTALL)
TOO_DEEP = "This file is nested too deeply."

Path = tuple[str | int, ...]
Said = Mapping[str, Any]


class Way(Enum):
    """How to read a list or an object: whole, part by part, or so only if it is large."""

    WHOLE = 1
    OPEN = 2
    OPEN_IF_LARGE = 3


def rows_of(file: BinaryIO, make: Callable[[int, Said], Row], *places: Path) -> Iterator[Row]:
    """Yield the row that `make` makes of each object in the lists at some places, numbered from 1.

    The file itself is such a list where no place is given. Raises BadFile, also where there is
    nothing in them.
    """
    places = places or ((),)
    count = 0

    def way(path: Path) -> Way:
        within = any(place[: len(path)] == path for place in places)
        return Way.OPEN if within else Way.WHOLE

    for path, item in walk(file, way):
        if path and path[:-1] in places and not isinstance(path[-1], str):
            count += 1
            fits = isinstance(item, dict)
            yield make(count, item) if fits else Row(count, refused="This is no bookmark.")
    if not count:
        raise BadFile("There are no bookmarks in this file.")


def walk(file: BinaryIO, way: Callable[[Path], Way]) -> Iterator[tuple[Path, Any]]:
    """Yield what is read whole in a file, in order, each with the keys and numbers leading to it.

    Raises BadFile where the file is no list or object, breaks off, is not JSON, has a part of more
    than 16 MB that is to be read whole, or is nested too deeply.
    """
    source = _Source(file)
    if source.sign() not in ("[", "{"):
        raise BadFile("This is not a list in JSON.")
    yield from _value(source, (), way)


def _value(source: "_Source", path: Path, way: Callable[[Path], Way]) -> Iterator[tuple[Path, Any]]:
    sign = source.sign()
    if sign in ("[", "{"):
        how = way(path)
        if how is Way.OPEN_IF_LARGE and source.is_small():
            how = Way.WHOLE
        if how is not Way.WHOLE:
            if len(path) > DEEPEST:
                raise BadFile(TOO_DEEP)
            source.at += 1
            yield from _list(source, path, way) if sign == "[" else _object(source, path, way)
            source.at += 1
            return
    yield path, source.take()


def _list(source: "_Source", path: Path, way: Callable[[Path], Way]) -> Iterator[tuple[Path, Any]]:
    number = 0
    while source.sign() != "]":
        yield from _value(source, (*path, number), way)
        number += 1


def _object(
    source: "_Source", path: Path, way: Callable[[Path], Way]
) -> Iterator[tuple[Path, Any]]:
    while source.sign() != "}":
        key = source.take()
        if not isinstance(key, str):
            raise source.broken()
        yield from _value(source, (*path, key), way)


class _Source:
    """The text of a file, of which only what is being read is held."""

    def __init__(self, file: BinaryIO) -> None:
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.chunks = as_utf8(file)
        self.text, self.at, self.ended = "", 0, False
        self.count = 0
        self.known: tuple[int, Any, int] | None = None

    def sign(self) -> str:
        """Go to what comes next and return its first character; "" at the end."""
        while True:
            match = BETWEEN.match(self.text, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.text) or self.ended:
                return self.text[self.at : self.at + 1]
            self._more(1)

    def is_small(self) -> bool:
        """Tell whether what comes next is read whole with ease."""
        if len(self.text) - self.at < LARGE and not self.ended:
            self._more(4 * LARGE)
        try:
            item, end = DECODER.raw_decode(self.text, self.at)
        except (ValueError, RecursionError):
            return False
        self.known = (self.at, item, end)
        return True

    def take(self) -> Any:
        """Return what comes next, read whole."""
        if self.known and self.known[0] == self.at:
            _, item, self.at = self.known
            self.known = None
            self.count += 1
            return item
        while True:
            try:
                item, end = DECODER.raw_decode(self.text, self.at)
                # A number at the end of what was read may go on.
                whole = self.ended or end < len(self.text)
            except ValueError:
                whole = False
            except RecursionError:
                raise BadFile(TOO_DEEP) from None
            if whole:
                self.at = end
                self.count += 1
                return item
            left = len(self.text) - self.at
            if self.ended or left > LONGEST_ITEM:
                raise self.broken()
            # Twice as much each time, so that a long item is not read again and again.
            self._more(2 * left + 1)

    def broken(self) -> BadFile:
        """Return the error that tells how far the file could be read."""
        return BadFile(f"The JSON breaks off or is not valid after {self.count:,} pieces.")

    def _more(self, wanted: int) -> None:
        """Forget what was read, and read until there is as much as wanted, or the end."""
        parts, length = [self.text[self.at :]], len(self.text) - self.at
        self.known = None
        while length < wanted and not self.ended:
            chunk = next(self.chunks, None)
            self.ended = chunk is None
            parts.append(self.decoder.decode(chunk or b"", final=self.ended))
            length += len(parts[-1])
        self.text, self.at = "".join(parts), 0


@lru_cache(maxsize=4)
def outline(head: bytes) -> tuple[frozenset[str], ...]:
    """Return the names of fields by depth that are met at the beginning of a file, if it is JSON.

    The fields of an object are at 1; of objects in a list that is the file, at 2; in a list that is
    a field of it, at 3.
    """
    if not re.match(rb"\s*[\[{]", head):
        return (frozenset(),) * 4
    found: list[set[str]] = [set(), set(), set(), set()]
    depth = 0
    for match in TOKEN.finditer(head):
        sign = match[0]
        if sign in (b"[", b"{"):
            depth += 1
        elif sign in (b"]", b"}"):
            depth -= 1
        elif match[2] and 0 < depth < 4:
            found[depth].add(match[1].decode("utf-8", "replace"))
    return tuple(frozenset(names) for names in found)
