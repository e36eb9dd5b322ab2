"""PDFs made in the tests, as small as they can be; import `make_pdf`, `Text`."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

URL = "https://x.example/files/some-file.pdf"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]"
    b" /Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>"
)
PROSE = (
    "We show that the sum of many small things is a large thing, and that this holds for all",
    "of the things that we have looked at in the course of the last year, with few exceptions.",
    "This is by no means a surprise to those who have read the literature of the field.",
)


@dataclass(frozen=True)
class Text:
    """A line on a page: its place in points from the lower left, turned left with `turned`."""

    text: str
    size: float = 10
    x: float = 72
    y: float = 700
    turned: bool = False


def lines(*texts: str, size: float = 10, x: float = 72, top: float = 600) -> list[Text]:
    """Lines of text one below the other."""
    step = size * 1.2
    return [Text(text, size, x, top - step * number) for number, text in enumerate(texts)]


def make_pdf(
    pages: Sequence[Sequence[Text]],
    info: dict[str, str] | None = None,
    *,
    outline: Sequence[str] = (),
    xmp: str = "",
    language: str = "",
) -> bytes:
    """A PDF of these pages (ISO 32000-1), with a table of where its objects are."""
    unicode = any(not one.text.isascii() for page in pages for one in page)
    objects: list[bytes] = [b""] * 5
    kids = []
    for page in pages:
        drawing = zlib.compress(b"\n".join(_drawn(one, unicode) for one in page))
        objects.append(_stream(drawing, b"/Filter /FlateDecode"))
        kids.append(len(objects) + 1)
        objects.append(PAGE % len(objects))
    extra = b"/Lang (%s) " % language.encode() if language else b""
    if outline:
        first = len(objects) + 2
        last = first + len(outline) - 1
        objects.append(b"<< /First %d 0 R /Last %d 0 R /Count %d >>" % (first, last, len(outline)))
        extra += b"/Outlines %d 0 R " % (first - 1)
        for number, title in enumerate(outline, start=first):
            following = b"/Next %d 0 R" % (number + 1) if number < last else b""
            place = b"/Parent %d 0 R /Dest [%d 0 R /Fit]" % (first - 1, kids[0])
            objects.append(b"<< /Title %s %s %s >>" % (_hex(title), place, following))
    if xmp:
        objects.append(_stream(xmp.encode(), b"/Type /Metadata /Subtype /XML"))
        extra += b"/Metadata %d 0 R " % len(objects)
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R %s>>" % extra
    refs = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (refs, len(kids))
    objects[2:5] = _font(pages, unicode)
    entries = b" ".join(b"/%s %s" % (k.encode(), _hex(v)) for k, v in (info or {}).items())
    objects.append(b"<< %s >>" % entries)
    return assemble(objects)


def assemble(objects: Sequence[bytes]) -> bytes:
    """A file of these objects, the first being the root and the last the information."""
    parts, places, length = [b"%PDF-1.5\n"], [], 9
    for number, body in enumerate(objects, start=1):
        places.append(length)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        length += len(parts[-1])
    data = b"".join(parts)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (size, len(objects))
    return data + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(data)


def _drawn(one: Text, unicode: bool) -> bytes:
    shown = b"<" + one.text.encode("utf-16-be").hex().encode() + b">" if unicode else _literal(one)
    matrix = (0, 1, -1, 0) if one.turned else (1, 0, 0, 1)
    place = " ".join(map(str, (*matrix, one.x, one.y))).encode()
    return b"BT /F %f Tf %s Tm %s Tj ET" % (one.size, place, shown)


def _literal(one: Text) -> bytes:
    escaped = one.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return b"(" + escaped.encode() + b")"


def _hex(text: str) -> bytes:
    return b"<feff" + text.encode("utf-16-be").hex().encode() + b">"


def _stream(data: bytes, keys: bytes) -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), keys, data)


def _font(pages: Sequence[Sequence[Text]], unicode: bool) -> list[bytes]:
    """Helvetica, or a font of all of Unicode's characters with their map."""
    if not unicode:
        return [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", b"null", b"null"]
    characters = sorted({letter for page in pages for one in page for letter in one.text})
    codes = [letter.encode("utf-16-be").hex() for letter in characters]
    mapped = "\n".join(f"<{code}> <{code}>" for code in codes)
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange\n<0000> <ffff>\n"
        f"endcodespacerange\n{len(codes)} beginbfchar\n{mapped}\nendbfchar\nendcmap end"
    )
    return [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 1000 >>",
        _stream(cmap.encode(), b""),
    ]
