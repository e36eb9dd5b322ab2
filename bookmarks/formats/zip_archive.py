"""Archives, as services hand out what takes several files. Import `ZipArchive`."""

import contextlib
import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from bookmarks.formats.encodings import text_of
from bookmarks.formats.rows import BadFile, Reader, Row
from bookmarks.formats.values import paragraphs

HEAD = 65_536
MOST_FILES = 50_000
MOST_DIRECTORY = 16_000_000
MOST_BYTES = 500_000_000
# Text seldom shrinks to a fiftieth; a file may grow to the second number whatever its size.
RATIO, SMALL = 200, 10_000_000
LONGEST_WORDS = 200_000
ENDINGS = frozenset(
    {"", ".html", ".htm", ".json", ".csv", ".tsv", ".txt", ".xml"}
    | {".opml", ".xbel", ".md", ".markdown", ".org", ".bib", ".ris"}
)
# Services put the texts of pages beside the list of them.
TEXTS = frozenset({".md", ".markdown", ".org"})
TEXT_BESIDE = "A text beside a list of bookmarks. Send it alone to take in its links."
# Folders with the texts of saved pages, or with nothing that a person put there.
PASSED_OVER = frozenset({"content", "highlights", "__macosx"})
END = struct.Struct("<4s4H2LH")
# What reading an archive raises when it is damaged; of names, places and versions that are none
# ValueError, OSError, OverflowError, NotImplementedError.
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError),
    *(ValueError, OSError, OverflowError, NotImplementedError),
)


class Bomb(BadFile):
    """An archive that unpacks to far more than a file of bookmarks is."""

    def __init__(self) -> None:
        super().__init__(
            "This archive unpacks to far more than a file of bookmarks is. It is not read."
        )


class ZipArchive:
    """A reader of archives, which finds in each file what format it has."""

    LABEL = "archive (ZIP)"

    def __init__(self, choose: Callable[[bytes], Reader]) -> None:
        """Take what tells the reader of a file by its beginning; it may raise BadFile."""
        self.choose = choose

    def looks_like(self, head: bytes) -> bool:
        """Tell by the mark of the first file, or of the end of an empty archive."""
        return head.startswith((b"PK\3\4", b"PK\5\6"))

    def read(self, file: BinaryIO) -> Iterator[Row]:
        """Yield the rows of every file of bookmarks, each with lines of its own.

        Raises BadFile for what is damaged, locked, too large, or holds no bookmarks.
        """
        _check_directory(file)
        try:
            archive = zipfile.ZipFile(file)
        except DAMAGED:
            raise BadFile("This archive is damaged. Download it again.") from None
        with archive:
            budget = [MOST_BYTES]
            found = list(self._readers(archive, budget))
            if not found:
                raise BadFile("There is no file of bookmarks in this archive.")
            has_list = not all(_is_text(info) for info, _ in found)
            for info, reader in found:
                if has_list and _is_text(info):
                    yield Row(1, skipped=TEXT_BESIDE, member=info.filename)
                else:
                    yield from _rows(archive, info, reader, budget)

    def _readers(
        self, archive: zipfile.ZipFile, budget: list[int]
    ) -> Iterator[tuple[zipfile.ZipInfo, Reader]]:
        """Yield the files that can be read, each with its reader."""
        for info in _wanted(archive):
            head = _Member(archive, info, budget).read(HEAD)
            with contextlib.suppress(BadFile):
                yield info, self.choose(head)


def _check_directory(file: BinaryIO) -> None:
    """Raise BadFile for an archive of so many files that its directory would fill the memory."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - (1 << 16) - END.size))
    tail = file.read()
    place = tail.rfind(b"PK\5\6")
    if place < 0 or len(tail) - place < END.size:
        raise BadFile("This archive breaks off. Download it again.")
    _, _, _, _, count, length, _, _ = END.unpack_from(tail, place)
    if count > MOST_FILES or length > MOST_DIRECTORY:
        raise BadFile(f"This archive holds more than {MOST_FILES:,} files.")


def _wanted(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the files that may hold bookmarks, those of the outermost folders first."""
    found = []
    for info in archive.infolist():
        *folders, name = info.filename.lower().split("/")
        ending = posixpath.splitext(name)[1]
        if name and name[0] != "." and ending in ENDINGS and PASSED_OVER.isdisjoint(folders):
            found.append(info)
    return sorted(found, key=lambda info: info.filename.count("/"))


def _is_text(info: zipfile.ZipInfo) -> bool:
    return posixpath.splitext(info.filename.lower())[1] in TEXTS


def _rows(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, reader: Reader, budget: list[int]
) -> Iterator[Row]:
    folder = posixpath.dirname(info.filename)
    member = _Member(archive, info, budget)
    try:
        for row in reader.read(cast("BinaryIO", member)):
            beside = archive.NameToInfo.get(posixpath.join(folder, row.words_in))
            words = ""
            if row.words_in and beside:
                words = text_of(_Member(archive, beside, budget).read(LONGEST_WORDS))
            said = paragraphs(row.description, words) if words else row.description
            yield replace(row, description=said, member=info.filename)
    except Bomb:
        raise
    except BadFile as error:
        raise BadFile(f"{info.filename}: {error}") from None


class _Member:
    """A file in an archive, which refuses to grow beyond what is sensible."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: list[int]) -> None:
        if info.flag_bits & 1:
            raise BadFile("This archive is locked with a password. Unpack it first.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadFile("This archive is packed in a rare way. Unpack it first.")
        self.allowed = max(SMALL, info.compress_size * RATIO)
        self.budget, self.place, self.furthest = budget, 0, 0
        try:
            self.file = archive.open(info)
        except DAMAGED:
            raise BadFile("This archive is damaged. Download it again.") from None

    def read(self, size: int) -> bytes:
        """Return at most that many bytes; raises BadFile."""
        try:
            data = self.file.read(size)
        except DAMAGED:
            raise BadFile("This archive is damaged. Download it again.") from None
        self.place += len(data)
        if self.place > self.furthest:
            self.budget[0] -= self.place - self.furthest
            self.furthest = self.place
        if self.furthest > self.allowed or self.budget[0] < 0:
            raise Bomb
        return data

    def tell(self) -> int:
        """Return the place reached."""
        return self.place

    def seek(self, place: int) -> int:
        """Go back to a place."""
        self.place = self.file.seek(place)
        return self.place
