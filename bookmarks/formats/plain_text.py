"""Addresses, one a line, alone or as OneTab has them: "URL | title"."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.encodings import text_of
from bookmarks.formats.line_pieces import text_lines
from bookmarks.formats.rows import Row

LABEL = "addresses, one a line"
ADDRESS = re.compile(r"<?(?:https?|ftp|feed)://\S", re.IGNORECASE)
BARE = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:[/?#:]\S*)?\Z")
LONGEST_LINE = 100_000


def looks_like(head: bytes) -> bool:
    """Tell by the first lines: most of those that are not empty begin with an address."""
    lines = [line for line in text_of(head).removeprefix("\ufeff").splitlines() if line.strip()][
        :50
    ]
    found = sum(bool(ADDRESS.match(line.strip()) or BARE.match(line.strip())) for line in lines)
    return found * 2 > len(lines)


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each line with anything on it but comments; raises BadFile."""
    for number, data in text_lines(file, LONGEST_LINE):
        line = data.strip()
        if not line or line.startswith("#"):
            continue
        url, _, title = line.partition(" | ")
        if not title and len(parts := line.split("\t", 1)) == 2:
            url, title = parts
        known = ADDRESS.match(url) or BARE.match(url)
        yield Row(
            number,
            url=url.strip(),
            title=title.strip(),
            refused="" if known else "There is no address on this line.",
        )
