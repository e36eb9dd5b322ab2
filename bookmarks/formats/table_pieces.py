"""A table (CSV and its kin) read row by row. Import `records`, `columns`."""

import csv
import re
from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.encodings import text_of
from bookmarks.formats.line_pieces import whole_lines
from bookmarks.formats.rows import BadFile

LONGEST_CELL = 4_000_000
LONGEST_HEAD = 10_000
# The module's own limit, which has no other door: whole articles stand in the cells of some files.
csv.field_size_limit(LONGEST_CELL)


def columns(head: bytes) -> frozenset[str]:
    """Return the names of the columns of a file that begins so, in small letters."""
    return frozenset(_names(head)[0])


def records(file: BinaryIO) -> Iterator[tuple[int, dict[str, str], bool]]:
    """Yield each row with the line where it begins, by the names of its columns in small letters.

    With it comes whether the row is whole: not so if the file ends within its quotes. Rows without
    anything in them are left out. Raises BadFile for what is no table.
    """
    lines = _Lines(file)
    head = lines.first()
    names, delimiter = _names(head.encode())
    if len(names) < 2 and names != ["url"]:
        raise BadFile("This is not a table: its first line does not name columns.")
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for cells in reader:
            begin, quotes = lines.begin, lines.quotes
            lines.next_row()
            if any(cells):
                # Without its second quotation mark a cell goes on to the end of the file.
                whole = quotes % 2 == 0 or not lines.ended
                yield begin, dict(zip(names, cells, strict=False)), whole
    except csv.Error:
        raise BadFile(
            f"The table cannot be read at line {lines.number:,}: a quotation mark is missing,"
            " or a cell is far too long."
        ) from None


def _names(head: bytes) -> tuple[list[str], str]:
    """Return the names of columns and what stands between them."""
    lines = text_of(head[:LONGEST_HEAD]).removeprefix("\ufeff").lstrip("\r\n").splitlines()
    # A first line for Excel tells what stands between cells.
    told = re.fullmatch(r"sep=(.)", lines[0].strip(), re.IGNORECASE) if lines else None
    line = next(iter(lines[1:] if told else lines), "")
    delimiter = told[1] if told else max(",;\t", key=line.count)
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except (csv.Error, ValueError):
        return [], ","
    return [" ".join(cell.strip("\ufeff").lower().split()) for cell in cells], delimiter


class _Lines:
    """The lines of a file with their ends, and what of them the row being read has taken."""

    def __init__(self, file: BinaryIO) -> None:
        self.source = whole_lines(file, LONGEST_CELL)
        self.number, self.begin, self.quotes, self.ended = 0, 1, 0, False

    def first(self) -> str:
        """Return the line of names, and before it one that tells what stands between cells."""
        head = ""
        for line in self:
            head += line
            if line.strip() and not line.lower().startswith("sep="):
                break
        self.next_row()
        return head

    def next_row(self) -> None:
        """Begin a row."""
        self.begin, self.quotes = self.number + 1, 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        found = next(self.source, None)
        if found is None:
            self.ended = True
            raise StopIteration
        self.number, line = found
        self.quotes += line.count('"')
        return line
