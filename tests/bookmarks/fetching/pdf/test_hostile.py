"""PDFs that are broken, locked, endless or meant to do harm."""

import io
import re
import time
import zlib
from collections.abc import Iterator

import pypdf
import pytest

from bookmarks.fetching.errors import Unreadable
from bookmarks.fetching.pdf import document, extract_pdf
from bookmarks.fetching.reader import Readers
from tests.bombs import zipped
from tests.bookmarks.fetching.pdf import PAGE, PROSE, URL, Text, assemble, lines, make_pdf

HEADING = Text("A Heading of the Page", 20, 72, 740)
PLAIN = make_pdf([[HEADING, *lines(*PROSE)]] * 3, {"Title": "A Title"})
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
PACKET = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l9;</x>'


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    """A process that has five seconds for each file; what takes longer fails as slow."""
    running = Readers(most=1)
    yield running
    running.stop()


def stream(data: bytes, keys: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), keys, data)


def flate(data: bytes, filters: int = 1) -> bytes:
    return stream(data, b"/Filter [%s]" % (b"/FlateDecode " * filters))


def with_drawing(drawing: bytes, *more: bytes) -> bytes:
    pages = b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>"
    root = b"<< /Type /Catalog /Pages 2 0 R >>"
    return assemble([root, pages, FONT, drawing, PAGE % 4, *more, b"<< /Title (Kept) >>"])


def with_kids(kids: bytes, count: int) -> bytes:
    root = b"<< /Type /Catalog /Pages 2 0 R >>"
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return assemble([root, pages, FONT, stream(b""), PAGE % 4, b"<< /Title (Kept) >>"])


def encrypted(algorithm: str, password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(PLAIN))
    writer.encrypt(password, "owner", algorithm=algorithm)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def previous_loop() -> bytes:
    """A table of objects that names itself as the one before it."""
    place = PLAIN.rindex(b"xref\n0")
    return PLAIN.replace(b"/Root 1 0 R", b"/Prev %d /Root 1 0 R" % place)


def outline_loop() -> bytes:
    file = make_pdf([[HEADING]], outline=["One", "Two"])
    return re.sub(
        rb"(<< /Title <[^>]+> /Parent (\d+) 0 R[^\n]*?) >>", rb"\1 /First \2 0 R >>", file
    )


READ = {
    "without a table of objects": PLAIN[: PLAIN.rindex(b"xref\n0")],
    "with a wrong place of the table": PLAIN.replace(b"startxref\n", b"startxref\n9"),
    "table that names itself": previous_loop(),
    "outline in a circle": outline_loop(),
    "entities without end": make_pdf([[HEADING]], {"Title": "A Title"}, xmp=PACKET),
    "packet of metadata that is none": make_pdf([[HEADING]], {"Title": "A Title"}, xmp="<x"),
    "bomb": with_drawing(flate(zipped(b"0 0 m " * 100_000, 300))),
    "bomb in a bomb": with_drawing(flate(zlib.compress(zipped(bytes(1_000_000), 200), 9), 2)),
    "endless drawing": with_drawing(flate(zlib.compress(b"BT /F 1 Tf (x) Tj ET\n" * 90_000))),
    "nested arrays": with_drawing(flate(zlib.compress(b"[" * 500_000))),
    "nested objects": with_drawing(stream(b""), b"[" * 200_000),
    "page without drawing": with_kids(b"<< /Type /Page >>", 1),
    "page count that lies": with_kids(b"5 0 R", 2_000_000_000),
    "same page ten thousand times": with_kids(b"5 0 R " * 10_000, 10_000),
    "drawing that is a number": with_drawing(b"42"),
    "drawing that is itself": with_drawing(b"4 0 R"),
    "length that lies": with_drawing(b"<< /Length 999999999 >>\nstream\nx\nendstream"),
    "title that is a page": PLAIN.replace(b"/Info 12 0 R", b"/Info 1 0 R"),
}
DAMAGED = {
    "header alone": b"%PDF-1.7\n",
    "rubbish": b"%PDF-1.7\n" + bytes(range(256)) * 1000,
    "head of a file": PLAIN[:100],
    "pages in a circle": with_kids(b"2 0 R", 1),
    "no pages": with_kids(b"", 0),
    "root that is missing": PLAIN.replace(b"/Catalog", b"/Nothing").replace(b"/Root", b"/Toor"),
}


@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_is_read_in_time(name: str, readers: Readers) -> None:
    facts = readers.read(READ[name], URL, "application/pdf")
    assert facts.title
    assert facts.page_count


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_damaged_is_said_to_be(name: str, readers: Readers) -> None:
    with pytest.raises(Unreadable) as caught:
        readers.read(DAMAGED[name], URL, "application/pdf")
    assert caught.value.sentence == "This PDF is damaged and could not be read."
    assert not caught.value.retry


def test_what_is_locked_is_said_to_be(readers: Readers) -> None:
    with pytest.raises(Unreadable) as caught:
        readers.read(encrypted("RC4-128", "secret"), URL, "application/pdf")
    assert (caught.value.code, caught.value.retry) == ("locked", False)
    assert caught.value.sentence == "This PDF is locked with a password."


def test_ten_thousand_pages_are_counted_and_the_first_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for limit in ("SECONDS_TO_OPEN", "SECONDS_TO_READ"):
        monkeypatch.setattr(document, limit, 60)  # by the clock, which a busy machine is slow by
    file = make_pdf([[HEADING, *lines(*PROSE)]] * 10_000)
    began = time.process_time()
    facts = extract_pdf(file, URL)
    assert time.process_time() - began < 4
    assert (facts.page_count, facts.title) == (10_000, HEADING.text)


def test_every_beginning_of_a_file_is_read_or_refused_in_words() -> None:
    codes = {code_of(PLAIN[:size]) for size in range(9, len(PLAIN), 97)}
    assert codes == {"", "damaged"}


def code_of(file: bytes) -> str:
    try:
        return "" if extract_pdf(file, URL).page_count else "no pages"
    except Unreadable as error:
        return error.code


def test_what_was_read_in_time_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "SECONDS_TO_READ", 0.05)
    page = [HEADING, *lines(*PROSE * 30)]
    facts = extract_pdf(make_pdf([page] * 50, {"Title": "A Title"}), URL)
    assert facts.title == "A Title"
    assert facts.page_count == 50
    assert facts.word_count is None


def test_a_file_takes_no_more_memory_than_a_process_may(readers: Readers) -> None:
    huge = make_pdf([[Text("x" * 1000, 5, 0, y) for y in range(1500)]] * 3, {"Title": "Huge"})
    assert readers.read(huge, URL, "application/pdf").title == "Huge"
