"""Files as UTF-8 bytes, and bytes as text. Import `as_utf8`, `Utf8File`, `is_wide`, `text_of`."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 18
MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# What opens the files that are read here; beside a NUL it tells UTF-16 without its mark.
OPENING = frozenset(b"<[{\"'#- \t\r\n") | frozenset(range(0x30, 0x7B))


def as_utf8(file: BinaryIO) -> Iterator[bytes]:
    """Yield a file in pieces, without its byte order mark, UTF-16 turned into UTF-8.

    Bytes of other encodings stay as they are: in all of them markup is ASCII.
    """
    head = file.read(CHUNK)
    mark, name = _wide(head)
    if name:
        decoder = codecs.getincrementaldecoder(name)("replace")
        piece = head.removeprefix(mark)
        while piece:
            yield decoder.decode(piece).encode("utf-8", "replace")
            piece = file.read(CHUNK)
        return
    yield head.removeprefix(codecs.BOM_UTF8)
    while piece := file.read(CHUNK):
        yield piece


def is_wide(head: bytes) -> bool:
    """Tell whether a file that begins so is UTF-16."""
    return bool(_wide(head)[1])


def _wide(head: bytes) -> tuple[bytes, str]:
    """Return the mark and the name of UTF-16 as a file begins with it; empty for all others."""
    for mark, name in MARKS:
        if head.startswith(mark):
            return mark, name
    first, second, *_ = *head[:2], 0, 0
    if len(head) > 3 and head[2:4] != b"\0\0":
        if first in OPENING and second == 0:
            return b"", "utf-16-le"
        if first == 0 and second in OPENING:
            return b"", "utf-16-be"
    return b"", ""


class Utf8File:
    """A file to read from, as `as_utf8` has it, for parsers that want a file."""

    def __init__(self, file: BinaryIO) -> None:
        self.pieces = as_utf8(file)
        self.rest = b""

    def read(self, size: int) -> bytes:
        """Return at most that many bytes; none only at the end."""
        while not self.rest:
            piece = next(self.pieces, None)
            if piece is None:
                return b""
            self.rest = piece
        data, self.rest = self.rest[:size], self.rest[size:]
        return data


def text_of(data: bytes) -> str:
    """Return bytes as text: UTF-8, else what Windows wrote in the West.

    Read piece by piece, so that a file may hold both, as old exports do.
    """
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
