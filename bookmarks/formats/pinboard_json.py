"""Pinboard's backup as JSON: an array of posts with their tags between blanks."""

from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.json_pieces import outline, rows_of
from bookmarks.formats.pinboard_posts import row_of
from bookmarks.formats.rows import Row

LABEL = "Pinboard (JSON)"


def looks_like(head: bytes) -> bool:
    """Tell by the names of a post's fields, in a list or in what its API answers."""
    _, _, in_list, in_posts = outline(head)
    return {"href", "extended"} <= in_list or {"href", "extended"} <= in_posts


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each post, numbered from 1; raises BadFile."""
    return rows_of(file, lambda number, post: row_of(number, post, "tags"), (), ("posts",))
