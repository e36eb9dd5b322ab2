"""What a PDF holds, as far as it can be read in time; import `Document`, `read_document`."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from bookmarks.fetching.errors import Unreadable
from bookmarks.fetching.extract.text import clean
from bookmarks.fetching.pdf.layout import Line, LineReader
from bookmarks.fetching.pdf.time_limit import time_limit

if TYPE_CHECKING:
    from pypdf import PdfReader

# Together less than a reading process may take for one page.
SECONDS_TO_OPEN = 2.5
SECONDS_TO_READ = 2.0
MOST_PAGES = 60
# Where a paper's references are, when there are more pages than are read.
LAST_PAGES = 2
# Unpacked: a stream of any kind, and the drawing of one page; a chart may have a million strokes.
MOST_BYTES = 16 * 1024 * 1024
BOUNDED = (
    "maximum_declared_stream_length",
    "array_based_stream_maximum_output_length",
    "lzw_maximum_output_length",
    "run_length_maximum_output_length",
    "zlib_maximum_output_length",
)
MOST_BYTES_A_PAGE = 2 * 1024 * 1024
LONGEST_VALUE = 5_000
MOST_ENTRIES = 50
# Objects by which a file that was cut off is understood all the same.
OBJECT = re.compile(rb"\b(\d{1,7}) (\d{1,5}) obj\s*<<(.{0,2000}?)endobj", re.DOTALL)
CATALOG = re.compile(rb"/Type\s*/Catalog\b")
INFO = re.compile(rb"/(?:CreationDate|Producer|Creator)\b")
DOI_KEYS = ("/doi", "/DOI", "/WPS-ARTICLEDOI", "/Subject")


@dataclass
class Document:
    """A PDF as it presents itself; empty where it is silent, broken or takes too long.

    `pages` are the lines of the first pages, `last_pages` those of the last when they are not
    among the first. `info` values come from the information dictionary, `xmp` ones from the XMP
    packet. `contents` are the first entries of the outline.
    """

    page_count: int | None = None
    info_title: str = ""
    info_author: str = ""
    info_doi: str = ""
    xmp_title: str = ""
    xmp_authors: tuple[str, ...] = ()
    language: str = ""
    contents: tuple[str, ...] = ()
    pages: list[list[Line]] = field(default_factory=list)
    last_pages: list[list[Line]] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether every page was read."""
        return len(self.pages) == self.page_count


def read_document(body: bytes) -> Document:
    """Read what can be read of a PDF within five seconds.

    Raises Unreadable: locked when there is a password, or a cipher we do not know, damaged when
    not even its pages can be counted, slow when that takes too long.
    """
    document = Document()
    opened: list[PdfReader] = []
    with time_limit(SECONDS_TO_OPEN):
        opened.append(_open(body))
        document.page_count = _attempt(lambda: len(opened[0].pages))
    if not opened:
        raise Unreadable("the file could not be opened in time", code="slow")
    if not document.page_count:
        raise Unreadable("no pages", code="damaged")
    with time_limit(SECONDS_TO_READ):
        _read_names(opened[0], document)
        _read_pages(opened[0], document)
    return document


def _open(body: bytes) -> "PdfReader":
    import pypdf  # noqa: PLC0415 - 11 MB, for the few addresses that are PDFs

    limits: dict[str, Any] = dict.fromkeys(BOUNDED, MOST_BYTES)
    pypdf.overwrite_configuration(jbig2dec_binary=None, disable_legacy_handling=True, **limits)
    try:
        try:
            reader = pypdf.PdfReader(io.BytesIO(body))
        except pypdf.errors.PyPdfError:
            reader = pypdf.PdfReader(io.BytesIO(body + _end_for(body)))
        locked = reader.is_encrypted and not reader.decrypt("")
    except MemoryError:
        raise
    except pypdf.errors.DependencyError as error:
        raise Unreadable(f"an unknown cipher: {error}", code="locked") from error
    except Exception as error:  # parsers of broken files fail in every way there is
        raise Unreadable(f"{type(error).__name__}: {error}"[:500], code="damaged") from error
    if locked:
        raise Unreadable("a password is needed", code="locked")
    return reader


def _end_for(body: bytes) -> bytes:
    """An end for a file that was cut off: where its objects are can be found, if its root is."""
    root = next((found for found in OBJECT.finditer(body) if CATALOG.search(found[3])), None)
    if root is None:
        return b""
    info = next((found for found in OBJECT.finditer(body) if INFO.search(found[3])), None)
    known = b"/Info %s %s R" % (info[1], info[2]) if info else b""
    trailer = b"\ntrailer\n<< /Root %s %s R %s >>" % (root[1], root[2], known)
    return b"%s\nstartxref\n0\n%%%%EOF\n" % trailer


def _attempt(read: Callable[[], Any]) -> Any:
    """What `read` returns, or None where the file is broken there; the rest may be whole."""
    try:
        return read()
    except Exception:  # noqa: BLE001 - parsers of broken files fail in every way there is
        return None


def _read_names(reader: "PdfReader", document: Document) -> None:
    info = _attempt(lambda: reader.metadata)
    document.info_title, document.info_author = _value(info, "/Title"), _value(info, "/Author")
    document.info_doi = " ".join(filter(None, (_value(info, key) for key in DOI_KEYS)))
    document.language = _value(_attempt(lambda: reader.root_object), "/Lang")[:50]
    if xmp := _attempt(lambda: reader.xmp_metadata):
        titles = _attempt(lambda: xmp.dc_title) or {}
        title = titles.get("x-default") or next(iter(titles.values()), "")
        document.xmp_title = clean(str(title)[:LONGEST_VALUE])
        names = _attempt(lambda: xmp.dc_creator) or []
        document.xmp_authors = tuple(clean(str(name)[:LONGEST_VALUE]) for name in names[:100])
    entries = _attempt(lambda: reader.outline) or []
    titles = [getattr(entry, "title", "") for entry in entries[:MOST_ENTRIES]]
    document.contents = tuple(clean(str(title)[:500]) for title in titles if title)


def _value(dictionary: Any, key: str) -> str:
    """A text in a dictionary; "" where it is missing or something else."""
    value = _attempt(lambda: dictionary.get(key).get_object())
    return clean(value[:LONGEST_VALUE]) if isinstance(value, str) else ""


def _read_pages(reader: "PdfReader", document: Document) -> None:
    count = document.page_count or 0
    for number in range(min(count, MOST_PAGES)):
        document.pages.append(_attempt(partial(_lines, reader, number)) or [])
    for number in range(max(MOST_PAGES, count - LAST_PAGES), count):
        document.last_pages.append(_attempt(partial(_lines, reader, number)) or [])


def _lines(reader: "PdfReader", number: int) -> list[Line]:
    page = reader.pages[number]
    drawing = page.get_contents()
    if drawing is None or len(drawing.get_data()) > MOST_BYTES_A_PAGE:
        return []
    lines = LineReader()
    page.extract_text(visitor_text=lines.take)
    return lines.finish()
