"""Which charset a page declares in its own first bytes; import `declared_encoding`.

This is "prescan a byte stream to determine its encoding" of the HTML standard (13.2.3.2), with
its "get an attribute" and "get an XML encoding", step by step; it answers what a browser answers.
"""

import re

from bookmarks.fetching.charset_labels import encoding_named

WINDOW = 1024
# So far a meta element is looked for that comes too late.
LATEST = 256 * 1024

SPACE = b"\t\n\x0c\r "
SPACE_OR_SLASH = SPACE + b"/"

XML_ENCODING = re.compile(rb"[\x00-\x20]*=[\x00-\x20]*([\"'])(?P<label>[^\"'\x00-\x20>]*)\1")
CHARSET_IN_CONTENT = re.compile(r"charset[\t\n\f\r ]*=[\t\n\f\r ]*", re.IGNORECASE)


class _OutOfBytes(Exception):
    """The window ended in the middle of something."""


def declared_encoding(body: bytes) -> str:
    """The WHATWG name of the encoding the page declares in its first 1,024 bytes, or ""."""
    window = body[:WINDOW]
    if window.startswith(b"<\x00?\x00x\x00"):
        return "utf-16le"
    if window.startswith(b"\x00<\x00?\x00x"):
        return "utf-16be"
    try:
        return _Prescan(window).run()
    except _OutOfBytes:
        return xml_encoding(window)


def late_encoding(body: bytes) -> str:
    """The encoding of a meta element beyond the first 1,024 bytes, or "".

    A browser that meets one while parsing starts again with it ("change the encoding", 13.2.3.4).
    """
    if b"charset" not in body[WINDOW:LATEST].lower():
        return ""
    try:
        return _Prescan(body[:LATEST]).run()
    except _OutOfBytes:
        return ""


def xml_encoding(window: bytes) -> str:
    """The encoding in an XML declaration at the very start, or ""."""
    if not window.startswith(b"<?xml"):
        return ""
    declaration = window[: window.find(b">") + 1]
    position = declaration.find(b"encoding")
    if position < 0:
        return ""
    found = XML_ENCODING.match(declaration, position + len(b"encoding"))
    return _readable_as_ascii(encoding_named(_text(found["label"]))) if found else ""


def charset_in_content(content: str) -> str:
    """The encoding in a content attribute or a Content-Type header, or "".

    The HTML standard's "extracting a character encoding from a meta element" (2.4.2).
    """
    for found in CHARSET_IN_CONTENT.finditer(content):
        rest = content[found.end() :]
        if rest[:1] in ('"', "'") and rest[:1]:
            label, quote, _ = rest[1:].partition(rest[0])
            return encoding_named(label) if quote else ""
        return encoding_named(re.split(r"[\t\n\f\r ;]", rest, maxsplit=1)[0])
    return ""


def _readable_as_ascii(encoding: str) -> str:
    """A declaration read as ASCII cannot be in UTF-16, and x-user-defined means windows-1252."""
    if encoding in ("utf-16be", "utf-16le"):
        return "utf-8"
    return "windows-1252" if encoding == "x-user-defined" else encoding


def _text(data: bytes) -> str:
    return data.decode("latin-1")


class _Prescan:
    """The prescan's position in the window; every method moves it on."""

    def __init__(self, window: bytes) -> None:
        self.window = window
        self.position = 0

    def run(self) -> str:
        """The encoding of the first meta element that declares a known one."""
        while True:
            self._skip_to(b"<")
            encoding = self._markup()
            if encoding:
                return encoding
            self.position += 1

    def _markup(self) -> str:
        """Step over the markup that starts here; the encoding it declares, if any."""
        rest = self.window[self.position : self.position + 6]
        if rest.startswith(b"<!--"):
            self._to_end_of(b"-->", self.position + 2)
        elif rest[:5].lower() == b"<meta" and rest[5:6] and rest[5] in SPACE_OR_SLASH:
            self.position += 6
            return self._meta()
        elif re.match(rb"</?[A-Za-z]", rest):
            self._skip_until(SPACE + b">")
            while self._attribute():
                pass
        elif rest[1:2] in (b"!", b"/", b"?") and rest[1:2]:
            self._to_end_of(b">", self.position + 1)
        return ""

    def _meta(self) -> str:
        """The standard's steps 1 to 14 for a meta element."""
        seen: set[str] = set()
        pragma, needs_pragma, encoding = False, None, ""
        while found := self._attribute():
            name, value = found
            if name in seen:
                continue
            seen.add(name)
            if name == "http-equiv":
                pragma = value == "content-type"
            elif name == "content" and not encoding:
                encoding = charset_in_content(value)
                needs_pragma = True if encoding else needs_pragma
            elif name == "charset":
                encoding, needs_pragma = encoding_named(value), False
        if needs_pragma is None or (needs_pragma and not pragma):
            return ""
        return _readable_as_ascii(encoding)

    def _attribute(self) -> tuple[str, str] | None:
        """The standard's "get an attribute": name and value in lower case, or None at the end."""
        while self._byte() in SPACE_OR_SLASH:
            self.position += 1
        if self._byte() == b">":
            return None
        name = self._attribute_name()
        while self._byte() in SPACE:
            self.position += 1
        if self._byte() != b"=":
            return name, ""
        self.position += 1
        while self._byte() in SPACE:
            self.position += 1
        return name, self._attribute_value()

    def _attribute_name(self) -> str:
        start = self.position
        while self._byte() not in SPACE_OR_SLASH + b">" and not (
            self._byte() == b"=" and self.position > start
        ):
            self.position += 1
        return _text(self.window[start : self.position]).lower()

    def _attribute_value(self) -> str:
        quote = self._byte()
        if quote in b"\"'":
            self.position += 1
            start = self.position
            self._skip_to(quote)
            self.position += 1
            return _text(self.window[start : self.position - 1]).lower()
        start = self.position
        self._skip_until(SPACE + b">")
        return _text(self.window[start : self.position]).lower()

    def _byte(self) -> bytes:
        if self.position >= len(self.window):
            raise _OutOfBytes
        return self.window[self.position : self.position + 1]

    def _skip_until(self, stops: bytes) -> None:
        while self._byte() not in stops:
            self.position += 1

    def _skip_to(self, wanted: bytes) -> None:
        self.position = self.window.find(wanted, self.position)
        if self.position < 0:
            raise _OutOfBytes

    def _to_end_of(self, wanted: bytes, start: int) -> None:
        """Stand on the last byte of the next `wanted`."""
        self.position = start
        self._skip_to(wanted)
        self.position += len(wanted) - 1
