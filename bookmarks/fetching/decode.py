"""Bytes of a page to text, the way a browser would and a little better; import `decode`."""

import codecs
import re

import charset_normalizer

from bookmarks.fetching.charset_labels import CODECS
from bookmarks.fetching.prescan import charset_in_content, declared_encoding

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xfe\xff", "utf-16be"),
    (b"\xff\xfe", "utf-16le"),
)

# What an undeclared page is read as, after the HTML standard's table of defaults.
FALLBACK = "windows-1252"

# Detection looks at so many bytes of text; more does not make it more certain.
DETECTION_BYTES = 64 * 1024

# So few bytes beyond ASCII fit several encodings equally well.
TOO_FEW = 6

# A declared UTF-8 holds when at least so many sequences are whole for each one that is broken.
WHOLE_PER_BROKEN = 1

MARKUP = re.compile(
    rb"<(script|style)\b.{0,200000}?</\1|<!--.{0,200000}?-->|<[^>]{0,5000}>", re.I | re.S
)
NOT_ASCII = re.compile(rb"[\x80-\xff]")
ISO_2022_ESCAPE = re.compile(rb"\x1b\$[@B]")


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The text of a page and the WHATWG name of the encoding it was read in.

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
    return body.decode(CODECS[encoding], "replace")


def _declared(body: bytes, content_type: str) -> str:
    """The declared encoding, unless the bytes speak against it."""
    encoding = charset_in_content(content_type) or declared_encoding(body)
    if not encoding or encoding in ("utf-16be", "utf-16le", "replacement"):
        return encoding
    if encoding == "utf-8":
        return encoding if _plausible_utf8(body) else ""
    return "utf-8" if _utf8_beyond_ascii(body) else encoding


def _undeclared(body: bytes) -> str:
    wide = _looks_like_utf16(body)
    if wide:
        return wide
    if not NOT_ASCII.search(body):
        return "iso-2022-jp" if ISO_2022_ESCAPE.search(body) else FALLBACK
    return "utf-8" if _utf8_beyond_ascii(body) else _detect(body)


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


def _detect(body: bytes) -> str:
    """The encoding statistics suggest for the page's text, markup left out."""
    text = MARKUP.sub(b" ", body[: DETECTION_BYTES * 8])
    first = NOT_ASCII.search(text)
    if not first:
        return FALLBACK
    sample = text[max(0, first.start() - 2048) :][:DETECTION_BYTES]
    if len(NOT_ASCII.findall(sample)) < TOO_FEW:
        return FALLBACK
    best = charset_normalizer.from_bytes(sample, cp_isolation=list(DETECTABLE)).best()
    return DETECTABLE.get(best.encoding, FALLBACK) if best else FALLBACK


# The encodings to choose from, by charset_normalizer's names. Left out are those that pages are
# not written in and that win by accident.
DETECTABLE = {
    "big5": "big5",
    "gb18030": "gb18030",
    "cp932": "shift_jis",
    "euc_jp": "euc-jp",
    "cp949": "euc-kr",
    "koi8_r": "koi8-r",
    "koi8_u": "koi8-u",
    "cp866": "ibm866",
    "cp874": "windows-874",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1252": "windows-1252",
    "cp1253": "windows-1253",
    "cp1254": "windows-1254",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "cp1257": "windows-1257",
    "cp1258": "windows-1258",
    "iso8859_2": "iso-8859-2",
    "iso8859_5": "iso-8859-5",
    "iso8859_6": "iso-8859-6",
    "iso8859_7": "iso-8859-7",
    "iso8859_8": "iso-8859-8",
    "iso8859_15": "iso-8859-15",
}
