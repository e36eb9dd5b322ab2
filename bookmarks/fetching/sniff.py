"""What kind of file some bytes are; import `sniff` and its kin."""

import re

# WHATWG MIME Sniffing, 6 and 7: signatures of files that are often served under a wrong type.
PDF = "application/pdf"
SIGNATURES = (
    (b"%!PS-Adobe-", "application/postscript"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"ID3", "audio/mpeg"),
    (b"OggS\x00", "application/ogg"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
)
BOX_SIGNATURES = ((b"RIFF", b"WEBP", "image/webp"), (b"RIFF", b"WAVE", "audio/wave"))

# WHATWG MIME Sniffing, 7.1: markup that makes an unlabelled file a page.
HTML_START = re.compile(
    rb"[\t\n\x0c\r ]*<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|"
    rb"body|br|p|meta|link|!--)(?:[ \t\n\r>]|(?<=--))",
    re.IGNORECASE,
)
# A text file may begin with a comment or a tag and still be text; a document says that it is one.
DOCUMENT_START = re.compile(rb"\s*<(?:!doctype html|html|head|title)[\s>]", re.IGNORECASE)
XML_START = re.compile(rb"(?:\xef\xbb\xbf)?[\t\n\r ]*<\?xml\b")
FEED_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
PDF_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*%PDF-")
HTML_ROOT = re.compile(rb"<html[\s>]", re.IGNORECASE)

# WHATWG MIME Sniffing, 3: bytes that no text holds.
BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def sniff(head: bytes) -> str:
    """The media type of a file by its first bytes; "" when they are text of no known kind."""
    signature = binary_type(head)
    if signature:
        return signature
    if looks_like_html(head):
        return "text/html"
    if XML_START.match(head):
        return _xml_type(head)
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<\x00" in head[:4]
    if not utf16 and BINARY.search(head[:1445]):
        return "application/octet-stream"
    return ""


def binary_type(head: bytes) -> str:
    """The media type behind a file signature, or ""."""
    if is_pdf(head):
        return PDF
    for signature, media_type in SIGNATURES:
        if head.startswith(signature):
            return media_type
    for outer, inner, media_type in BOX_SIGNATURES:
        if head.startswith(outer) and head[8:12] == inner:
            return media_type
    return "video/mp4" if head[4:8] == b"ftyp" else ""


def is_pdf(head: bytes) -> bool:
    """Whether the bytes begin as a PDF does; white space before that is forgiven.

    Readers look for the header in the first KiB (ISO 32000-1, Annex H.3, note 13).
    """
    return PDF_START.match(head[:1024]) is not None


def looks_like_html(head: bytes) -> bool:
    """Whether the bytes begin as a page does, after a byte order mark and white space."""
    return HTML_START.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def is_html_document(head: bytes) -> bool:
    """Whether a file sent as plain text is a whole HTML document all the same."""
    return DOCUMENT_START.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def _xml_type(head: bytes) -> str:
    if HTML_ROOT.search(head):
        return "application/xhtml+xml"
    return "application/rss+xml" if FEED_ROOT.search(head) else "text/xml"
