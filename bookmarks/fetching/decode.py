"""Bytes of a page to text, the way a browser would and a little better; import `decode`."""

import codecs
import re

from bookmarks.fetching.charset_labels import CODECS
from bookmarks.fetching.detection import FALLBACK, NOT_ASCII, OTHER_CODECS, detected
from bookmarks.fetching.prescan import charset_in_content, declared_encoding, late_encoding

BYTE_ORDER_MARKS = (
    (b"\x00\x00\xfe\xff", "utf-32be"),
    (b"\xff\xfe\x00\x00", "utf-32le"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xfe\xff", "utf-16be"),
    (b"\xff\xfe", "utf-16le"),
)

# A declared UTF-8 holds when at least so many sequences are whole for each one that is broken.
WHOLE_PER_BROKEN = 1

ISO_2022_ESCAPE = re.compile(rb"\x1b\$[@B]")


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The text of a page and the name of the encoding it was read in, by the WHATWG if it has one.

    In order: byte order mark, Content-Type header, the page's own declaration, valid UTF-8,
    detection, windows-1252. A declaration is put aside when the bytes contradict it: they are
    valid UTF-8 beyond ASCII, or they were said to be UTF-8 and are not. Never raises; what cannot
    be read becomes U+FFFD.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return decode_as(body[len(mark) :], encoding), encoding
    encoding = _declared(body, content_type) or _undeclared(body)
    return decode_as(body, encoding), encoding


def decode_as(body: bytes, encoding: str) -> str:
    """The text in one encoding of the WHATWG standard, given by its name."""
    if encoding == "replacement":
        # These encodings can hide markup from filters, so the standard reads none of them.
        return "\ufffd" if body else ""
    if encoding == "x-user-defined":
        return "".join(chr(byte if byte < 0x80 else 0xF700 + byte) for byte in body)
    return body.decode(OTHER_CODECS.get(encoding) or CODECS[encoding], "replace")


def _declared(body: bytes, content_type: str) -> str:
    """The declared encoding, unless the bytes speak against it."""
    encoding = charset_in_content(content_type) or declared_encoding(body) or late_encoding(body)
    if not encoding or encoding in ("utf-16be", "utf-16le", "replacement"):
        return encoding
    if encoding == "utf-8":
        return encoding if _plausible_utf8(body) else ""
    return "utf-8" if _utf8_beyond_ascii(body) else encoding


def _undeclared(body: bytes) -> str:
    if wide := _looks_like_utf32(body) or _looks_like_utf16(body):
        return wide
    if not NOT_ASCII.search(body):
        return "iso-2022-jp" if ISO_2022_ESCAPE.search(body) else FALLBACK
    return "utf-8" if _utf8_beyond_ascii(body) else detected(body)


def _utf8_beyond_ascii(body: bytes) -> bool:
    """Whether the bytes are UTF-8 with at least one whole character that is not ASCII."""
    return not (_strict_utf8(body) or "").isascii()


def _strict_utf8(body: bytes) -> str | None:
    """The bytes as UTF-8, or None; a character cut off by the end of the body is forgiven."""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return None


def _plausible_utf8(body: bytes) -> bool:
    """Whether bytes declared as UTF-8 are mostly that: one stray comment in cp1252 is common."""
    if _strict_utf8(body) is not None:
        return True
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(character > "\x7f" for character in text) - broken
    return whole >= broken * WHOLE_PER_BROKEN


def _looks_like_utf32(body: bytes) -> str:
    """UTF-32 without a mark: of four bytes one is always zero and its neighbour at most 16."""
    sample = body[: 2048 & ~3]
    if len(sample) < 16:
        return ""
    for name, high, plane in (("utf-32be", 0, 1), ("utf-32le", 3, 2)):
        if not any(sample[high::4]) and max(sample[plane::4]) <= 16:
            return name
    return ""


def _looks_like_utf16(body: bytes) -> str:
    """UTF-16 without a mark shows by its zeros: every second byte of the markup is one."""
    sample = body[:2048]
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if half >= 8 and odd > half * 0.4 and even < half * 0.05:
        return "utf-16le"
    if half >= 8 and even > half * 0.4 and odd < half * 0.05:
        return "utf-16be"
    return ""
