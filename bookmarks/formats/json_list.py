"""A list of bookmarks in JSON of whatever service, ours included, by the names of its fields."""

from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.json_pieces import outline, rows_of
from bookmarks.formats.loose import URLS, row_of
from bookmarks.formats.rows import Row

LABEL = "list of bookmarks (JSON)"
PLACES = ("bookmarks", "links", "items", "results", "data")


def looks_like(head: bytes) -> bool:
    """Tell by a field for an address in a list, or in a list with a name as such lists have."""
    _, at_top, in_list, in_named = outline(head)
    within = in_list if not at_top else in_named if not at_top.isdisjoint(PLACES) else frozenset()
    return not within.isdisjoint(URLS)


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each item, numbered from 1; raises BadFile."""
    return rows_of(file, row_of, (), *((place,) for place in PLACES))
