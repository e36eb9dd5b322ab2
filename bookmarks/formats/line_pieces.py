"""A file of text read line by line, however its lines end. Import `text_lines`, `whole_lines`,
`head_lines`.
"""

from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.encodings import as_utf8, text_of
from bookmarks.formats.rows import BadFile

LONGEST_LINE = 4_000_000


def text_lines(file: BinaryIO, longest: int = LONGEST_LINE) -> Iterator[tuple[int, str]]:
    """Yield each line with its number from 1, without its end; raises BadFile as `whole_lines`."""
    for number, line in whole_lines(file, longest):
        yield number, line.rstrip("\r\n")


def whole_lines(file: BinaryIO, longest: int) -> Iterator[tuple[int, str]]:
    """Yield each line with its number from 1, with its end.

    Raises BadFile where a line is too long for a file of this kind.
    """
    number, rest = 0, b""
    for chunk in as_utf8(file):
        lines = (rest + chunk).splitlines(keepends=True)
        # What ends in no line feed may go on, and a carriage return may have one behind it.
        rest = b"" if not lines or lines[-1].endswith(b"\n") else lines.pop()
        for number, line in enumerate(lines, start=number + 1):  # noqa: B020 - it is counted on
            yield number, text_of(line)
        if len(rest) > longest:
            raise BadFile(f"Line {number + 1:,} is far too long for a file of this format.")
    if rest:
        yield number + 1, text_of(rest)


def head_lines(head: bytes) -> list[str]:
    """Return the lines at the beginning of a file; the last may be cut."""
    return [text_of(line) for line in head.splitlines()]
