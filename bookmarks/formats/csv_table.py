"""A table of bookmarks of whatever service, ours included, by the names of its columns."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from bookmarks.formats.loose import URLS, row_of
from bookmarks.formats.rows import CUT_ROW, Row
from bookmarks.formats.table_pieces import columns, records

LABEL = "table (CSV)"
# Whoever writes for spreadsheets puts an apostrophe before what could be run as a formula; we do so
# before what looks as if that had been done.
GUARDED = re.compile(r"'+[=+\-@\t\r\n]")
# Our own table, whose tags have blanks between them.
OURS = {"url", "title", "description", "tags", "time", "private", "unread", "starred"}


def looks_like(head: bytes) -> bool:
    """Tell by a column of addresses beside others."""
    found = columns(head)
    return len(found) > 1 and not found.isdisjoint(URLS)


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each that has anything in it; raises BadFile."""
    for line, said, whole in records(file):
        cells = {name: cell[1:] if GUARDED.match(cell) else cell for name, cell in said.items()}
        row = row_of(line, cells, "" if whole else CUT_ROW)
        ours = cells.keys() == OURS
        yield replace(row, tags=tuple(cells["tags"].split())) if ours else row
