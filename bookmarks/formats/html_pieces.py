"""A file of HTML cut into tags and text, as it is read. Import `pieces`, `Piece`.

Nothing is nested here and nothing is put right, so that a file without its ends, or with a
million levels, costs what its length costs.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bookmarks.formats.encodings import charset_of, text_of

# An icon inside an attribute is the longest thing that is met.
AHEAD = 1 << 19
LONGEST_TAG = 1 << 24
HEAD = 2_000
TAG = re.compile(
    rb"<(?:!--.*?-->|(/?[a-zA-Z][a-zA-Z0-9]{0,15})"
    rb"((?:[^\"'>=]++|=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|[\"'=])*+)>|![^>]*+>)",
    re.DOTALL,
)
OPENS = re.compile(rb"<(?=[a-zA-Z/!])")
ATTRIBUTE = re.compile(rb"([a-zA-Z_:][\w:.-]*+)\s*+(?:=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s\"'>]*+))?")
LONGEST_VALUE = 70_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag ("a", "/a", "" for a comment) with its attributes, or with `text` what is between."""

    line: int
    tag: str = ""
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False


def pieces(chunks: Iterable[bytes]) -> Iterator[Piece]:
    """Yield what a file is made of; the last piece is `cut` if the file ends inside a tag."""
    buffer, line, source = b"", 1, iter(chunks)
    ended, charset, wanted = False, "", 2 * AHEAD
    while not ended or buffer:
        while not ended and len(buffer) < wanted:
            chunk = next(source, None)
            ended, buffer = chunk is None, buffer + (chunk or b"")
        charset = charset or charset_of(buffer[:HEAD])
        limit = len(buffer) if ended else len(buffer) - AHEAD
        at = 0
        while at < limit:
            end, piece = _next(buffer, at, line, charset)
            if piece.cut and not ended and wanted < LONGEST_TAG:
                wanted *= 2
                break
            line += buffer.count(b"\n", at, end)
            at = end
            yield piece
        else:
            wanted = 2 * AHEAD
        buffer = buffer[at:]


def _next(buffer: bytes, at: int, line: int, charset: str) -> tuple[int, Piece]:
    """Return the piece that begins at a place, and where it ends."""
    match = TAG.match(buffer, at)
    if match:
        name = (match[1] or b"").decode().lower()
        wanted = name in ("a", "h3")
        return match.end(), Piece(
            line, name, attributes=_attributes(match[2], charset) if wanted else {}
        )
    if OPENS.match(buffer, at) and buffer.find(b">", at) < 0:
        name = re.match(rb"</?[a-zA-Z0-9]{0,15}", buffer[at : at + 20])
        tag = name[0][1:].decode().lower() if name else ""
        return len(buffer), Piece(line, tag, attributes=_attributes(buffer[at:], charset), cut=True)
    found = OPENS.search(buffer, at + 1)
    end = found.start() if found else len(buffer)
    return end, Piece(line, text=html.unescape(text_of(buffer[at:end], charset)))


def _attributes(data: bytes, charset: str) -> dict[str, str]:
    """Return the attributes by name in small letters; what is too long for us, as icons, is not."""
    values: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(data):
        value = match[2] or b""
        if len(value) <= LONGEST_VALUE:
            text = text_of(value[1:-1] if value[:1] in (b'"', b"'") else value, charset)
            values.setdefault(match[1].decode("ascii", "replace").lower(), html.unescape(text))
    return values
