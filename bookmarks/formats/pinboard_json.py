"""Pinboard's backup as JSON: an array of posts with their tags between blanks."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.json_pieces import items
from bookmarks.formats.pinboard_posts import row_of
from bookmarks.formats.rows import Row

LABEL = "Pinboard (JSON)"


def looks_like(head: bytes) -> bool:
    """Tell by the names of a post's fields."""
    return bool(re.match(rb"(?:\xef\xbb\xbf)?\s*\[", head)) and all(
        f'"{name}"'.encode() in head for name in ("href", "extended")
    )


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each post, numbered from 1; raises BadFile."""
    for number, post in enumerate(items(file), start=1):
        if isinstance(post, dict):
            yield row_of(number, post, "tags")
        else:
            yield Row(number, refused="This is not a post.")
