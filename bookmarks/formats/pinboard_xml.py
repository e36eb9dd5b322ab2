"""Pinboard's and Delicious's backup as XML: a `<post>` with attributes for each bookmark."""

import re
from collections.abc import Iterator
from typing import BinaryIO, cast

from lxml import etree

from bookmarks.formats.encodings import Utf8File, is_wide
from bookmarks.formats.pinboard_posts import row_of
from bookmarks.formats.rows import BadFile, Row

LABEL = "Pinboard (XML)"
ROOT = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<posts\b", re.DOTALL)


def looks_like(head: bytes) -> bool:
    """Tell by the outermost tag."""
    return bool(ROOT.match(head))


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each post; entities of the file's own are not read. Raises BadFile."""
    begin = file.tell()
    wide = is_wide(file.read(4))
    file.seek(begin)
    parsed = etree.iterparse(
        cast("BinaryIO", Utf8File(file)),
        tag="post",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        encoding="utf-8" if wide else None,
    )
    try:
        for _, post in parsed:
            if post.getroottree().docinfo.internalDTD is not None:
                raise BadFile("This file defines entities of its own, which is not safe to read.")
            said = {str(name): str(value) for name, value in post.attrib.items()}
            yield row_of(post.sourceline or 0, said, "tag")
            post.clear()
            above = post.getparent()
            while above is not None and post.getprevious() is not None:
                del above[0]
    except etree.XMLSyntaxError as error:
        raise BadFile(f"The XML breaks off or is not valid near line {error.lineno}.") from None
