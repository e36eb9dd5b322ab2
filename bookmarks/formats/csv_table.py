"""A table of bookmarks of whatever service, ours included, by the names of its columns."""

from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.loose import URLS, row_of
from bookmarks.formats.rows import CUT_ROW, Row
from bookmarks.formats.table_pieces import columns, records

LABEL = "table (CSV)"
# Whoever writes for spreadsheets puts an apostrophe before what could be run as a formula.
GUARDED = tuple(f"'{sign}" for sign in "=+-@\t\r\n")


def looks_like(head: bytes) -> bool:
    """Tell by a column of addresses beside others."""
    found = columns(head)
    return len(found) > 1 and not found.isdisjoint(URLS)


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each that has anything in it; raises BadFile."""
    for line, said, whole in records(file):
        cells = {
            name: cell[1:] if cell.startswith(GUARDED) else cell for name, cell in said.items()
        }
        yield row_of(line, cells, "" if whole else CUT_ROW)
