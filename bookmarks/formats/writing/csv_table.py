"""A table in CSV (RFC 4180) for spreadsheets, which take no cell of it for a formula.

For other tables import `cell`, `line`.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from bookmarks.formats.writing.entry import Entry, clean
from bookmarks.wording import machine_time

COLUMNS = ("url", "title", "description", "tags", "time", "private", "unread", "starred")
# What spreadsheets take for the beginning of a formula, or skip to find one.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(entries: Iterable[Entry], _owner: str) -> Iterator[str]:
    """Yield the file line by line; whose it is does not stand in it."""
    yield line(COLUMNS)
    for entry in entries:
        flags = (entry.private, entry.unread, entry.starred)
        texts = (entry.url, entry.title, entry.description, " ".join(entry.labels))
        yield line(
            [
                *(cell(text) for text in texts),
                machine_time(entry.saved_at),
                *("yes" if flag else "no" for flag in flags),
            ]
        )


def cell(text: str) -> str:
    """Return a text as a cell, with an apostrophe before what could be run, or has one already."""
    text = clean(text)
    return f"'{text}" if text.lstrip("'").startswith(FORMULAS) else text


def line(cells: Iterable[object]) -> str:
    """Return a row of the table with its end."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()
