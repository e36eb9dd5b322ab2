"""A JSON array read item by item. Import `items`."""

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from bookmarks.formats.encodings import as_utf8
from bookmarks.formats.rows import BadFile

LONGEST_ITEM = 16_000_000
DECODER = json.JSONDecoder()
BETWEEN = " \t\r\n,"


def items(file: BinaryIO) -> Iterator[Any]:
    """Yield the items of the array that a file is, holding one at a time.

    Raises BadFile where it is no array, is cut off, or holds an item of more than 16 MB.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    chunks = as_utf8(file)
    text = decoder.decode(next(chunks, b"")).lstrip()
    if not text.startswith("["):
        raise BadFile("This is not a list in JSON.")
    at, count, ended = 1, 0, False
    while True:
        while at < len(text) and text[at] in BETWEEN:
            at += 1
        if text[at : at + 1] == "]":
            return
        try:
            item, end = DECODER.raw_decode(text, at)
            # A number at the end of what was read may go on.
            whole = ended or end < len(text)
        except ValueError:
            whole = False
        except RecursionError:
            raise BadFile("This file is nested too deeply.") from None
        if whole:
            count, at = count + 1, end
            yield item
            continue
        if ended or len(text) - at > LONGEST_ITEM:
            raise BadFile(f"The JSON breaks off or is not valid after {count:,} items.")
        # Twice as much each time, so that a long item is not read again and again.
        text, at = text[at:], 0
        wanted = 2 * len(text) + 1
        while len(text) < wanted and not ended:
            chunk = next(chunks, None)
            ended = chunk is None
            text += decoder.decode(chunk or b"", final=ended)
