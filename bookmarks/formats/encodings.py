"""Files as UTF-8 bytes, and bytes as text. Import `as_utf8`, `text_of`, `charset_of`."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 18
MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
WEST = "cp1252"
CHARSET = re.compile(
    rb"charset\s*=\s*[\"']?(windows-125\d|iso-8859-(?:[2-9]|1[013-6])|koi8-[ru]|shift_jis|x-sjis|euc-jp"
    rb"|euc-kr|gb2312|gbk|gb18030|big5|macintosh)(?![\w-])",
    re.IGNORECASE,
)
OTHER_NAMES = {"x-sjis": "cp932", "shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030"} | {
    "euc-kr": "cp949"
}
# What opens the files that are read here; beside a NUL it tells UTF-16 without its mark.
OPENING = frozenset(b"<[{\"'#-%*@ \t\r\n") | frozenset(range(0x30, 0x7B))


def as_utf8(file: BinaryIO) -> Iterator[bytes]:
    """Yield a file in pieces, without its byte order mark, UTF-16 turned into UTF-8.

    Bytes of other encodings stay as they are: in all of them markup is ASCII.
    """
    head = file.read(max(CHUNK, len(codecs.BOM_UTF8)))
    mark, name = _wide(head)
    if name:
        decoder = codecs.getincrementaldecoder(name)("replace")
        piece = head.removeprefix(mark)
        while piece:
            yield decoder.decode(piece).encode("utf-8", "replace")
            piece = file.read(CHUNK)
        return
    yield head.removeprefix(codecs.BOM_UTF8)
    while piece := file.read(CHUNK):
        yield piece


def _wide(head: bytes) -> tuple[bytes, str]:
    """Return the mark and the name of UTF-16 as a file begins with it; empty for all others."""
    for mark, name in MARKS:
        if head.startswith(mark):
            return mark, name
    first, second, *_ = *head[:2], 0, 0
    if len(head) > 3 and head[2:4] != b"\0\0":
        if first in OPENING and second == 0:
            return b"", "utf-16-le"
        if first == 0 and second in OPENING:
            return b"", "utf-16-be"
    return b"", ""


def charset_of(head: bytes) -> str:
    """Return the encoding that a file of HTML is in where it is not UTF-8.

    That is what it says of itself, as far as markup is ASCII in that encoding; else what Windows
    wrote in the West, as browsers have it (https://encoding.spec.whatwg.org/#names-and-labels).
    """
    said = CHARSET.search(head)
    return OTHER_NAMES.get(said[1].decode().lower(), said[1].decode()) if said else WEST


def text_of(data: bytes, charset: str = WEST) -> str:
    """Return bytes as text: UTF-8, else of another encoding.

    Read piece by piece, so that a file may hold both, as old exports do.
    """
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode(charset, "replace")
