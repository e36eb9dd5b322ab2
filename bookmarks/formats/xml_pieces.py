"""A file of XML cut into tags and text, as it is read. Import `pieces`, `root_of`.

No tree is made, so that memory is flat whatever is in the file, and no entity is ever expanded:
those of XML stand for their signs, those of HTML are put in by name, and a file that declares its
own is refused. Where writers forget to escape an ampersand, it is taken for one.
"""

import re
from collections.abc import Iterable, Iterator
from html.entities import html5
from typing import Any, BinaryIO
from xml.parsers import expat

from bookmarks.formats.encodings import WEST, as_utf8, charset_of, text_of
from bookmarks.formats.html_pieces import Piece
from bookmarks.formats.rows import BadFile

DEEPEST = 200
AT_ONCE = 1 << 16
# A tag is read whole; the parser begins it anew with each part of the file.
LONGEST_TAG = 4_000_000
DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w-]{1,40})[\"']")
BEFORE_ROOT = re.compile(
    rb"\s*+(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\]\s*+)?>)", re.DOTALL
)
ROOT = re.compile(rb"\s*+<(?:[\w.-]+:)?([\w.-]+)")
# Unescaped as they are, and what XML cannot hold.
AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:#(\d{1,8}|x[0-9a-f]{1,6});|([a-z][a-z0-9]{1,31});)?",
    re.IGNORECASE,
)
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
VERBATIM = re.compile(r"(<!\[CDATA\[|\]\]>)")
BROKEN = "The XML breaks off or is not valid near line {:,}."


def root_of(head: bytes) -> str:
    """Return the name of the outermost tag of a file that begins so, "" if it is not XML."""
    place = 0
    while match := BEFORE_ROOT.match(head, place):
        place = match.end()
    root = ROOT.match(head, place)
    return root[1].decode("ascii", "replace").lower() if root else ""


def pieces(file: BinaryIO) -> Iterator[Piece]:
    """Yield tags ("a", "/a") with their attributes, and text that is more than blanks, in order.

    Names are in small letters, without what stands before a colon. Raises BadFile.
    """
    found: list[Piece] = []
    parser = _parser(found)
    try:
        for part in _repaired(as_utf8(file)):
            parser.Parse(part, False)
            yield from found
            found.clear()
        parser.Parse(b"", True)
        yield from found
    except expat.ExpatError as error:
        raise BadFile(BROKEN.format(error.lineno)) from None


def _parser(found: list[Piece]) -> expat.XMLParserType:
    """Return a parser that puts what it meets into a list."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise BadFile("This file is nested too deeply.")
        said = {_local(key): value for key, value in attributes.items()}
        found.append(Piece(parser.CurrentLineNumber, _local(name), attributes=said))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        found.append(Piece(parser.CurrentLineNumber, f"/{_local(name)}"))

    def text(data: str) -> None:
        if data.strip():
            found.append(Piece(parser.CurrentLineNumber, text=data))

    def doctype(_name: str, _system: Any, _public: Any, own: bool) -> None:
        if own:
            raise BadFile("This file defines entities of its own, which is not safe to read.")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, doctype
    return parser


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _repaired(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a file in parts as UTF-8, each ending where a tag or a line does, made valid."""
    rest, charset, verbatim, long = b"", "", False, 0
    for chunk in chunks:
        for at in range(0, len(chunk), AT_ONCE):
            data = rest + chunk[at : at + AT_ONCE]
            end = max(data.rfind(b">"), data.rfind(b"\n")) + 1
            part, rest = data[:end], data[end:]
            charset = charset or _charset(data)
            long = long + len(part) if b">" not in part else 0
            if len(rest) + long > LONGEST_TAG:
                raise BadFile("This is no XML of bookmarks: a tag or a text is far too long.")
            text, verbatim = _valid(_decoded(part, charset), verbatim)
            yield text
    text, _ = _valid(_decoded(rest, charset or WEST), verbatim)
    yield text


def _charset(head: bytes) -> str:
    declared = DECLARED.match(head)
    return charset_of(b"charset=" + declared[1]) if declared else WEST


def _decoded(part: bytes, charset: str) -> str:
    """Return bytes as text, what is not UTF-8 line by line in the other encoding."""
    try:
        return part.decode()
    except UnicodeDecodeError:
        return "".join(text_of(line, charset) for line in part.splitlines(keepends=True))


def _valid(text: str, verbatim: bool) -> tuple[bytes, bool]:
    """Return text that XML can hold, and whether it ends in what is taken word for word."""
    text = UNREADABLE.sub("", text)
    if "&" in text:
        parts = VERBATIM.split(text)
        for number, part in enumerate(parts):
            if part in ("<![CDATA[", "]]>"):
                verbatim = part != "]]>"
            elif not verbatim:
                parts[number] = AMPERSAND.sub(_reference, part)
        return "".join(parts).encode("utf-8", "replace"), verbatim
    last = max(text.rfind("<![CDATA["), text.rfind("]]>"))
    verbatim = text.startswith("<", last) if last >= 0 else verbatim
    return text.encode("utf-8", "replace"), verbatim


def _reference(found: re.Match[str]) -> str:
    """Return what stands for a reference, or for an ampersand that begins none."""
    number, name = found[1], found[2]
    if number:
        code = int(number[1:], 16) if number[0] in "xX" else int(number)
        fine = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xDFFF < code < 0x110000
        return f"&#{code};" if fine and code & 0xFFFE != 0xFFFE else ""
    known = html5.get(f"{name};") if name else None
    return known if known and known not in "&<>\"'" else f"&amp;{found[0][1:]}"
