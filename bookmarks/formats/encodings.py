"""Files as UTF-8 bytes, and bytes as text. Import `as_utf8`, `text_of`."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 18
WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def as_utf8(file: BinaryIO) -> Iterator[bytes]:
    """Yield a file in pieces, without its byte order mark, UTF-16 turned into UTF-8.

    Bytes of other encodings stay as they are: in all of them markup is ASCII.
    """
    head = file.read(CHUNK)
    for mark, name in WIDE:
        if head.startswith(mark):
            decoder = codecs.getincrementaldecoder(name)("replace")
            piece = head[len(mark) :]
            while piece:
                yield decoder.decode(piece).encode("utf-8", "replace")
                piece = file.read(CHUNK)
            return
    yield head.removeprefix(codecs.BOM_UTF8)
    while piece := file.read(CHUNK):
        yield piece


def text_of(data: bytes) -> str:
    """Return bytes as text: UTF-8, else what Windows wrote in the West.

    Read piece by piece, so that a file may hold both, as old exports do.
    """
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
