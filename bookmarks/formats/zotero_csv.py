"""Zotero's table of a library."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import CUT_ROW, NOTE, UPLOAD, Row
from bookmarks.formats.table_pieces import columns, records
from bookmarks.formats.values import listed, paragraphs
from bookmarks.formats.works import Work, arxiv_in, day_of, row_of, shown_name

LABEL = "Zotero (CSV)"
KINDS = {
    **dict.fromkeys(("journalarticle", "conferencepaper", "preprint", "thesis"), "paper"),
    **dict.fromkeys(("report", "booksection", "manuscript"), "paper"),
    **{"book": "book", "dataset": "dataset", "computerprogram": "code", "videorecording": "video"},
    **{"blogpost": "article", "magazinearticle": "article", "newspaperarticle": "article"},
}
VENUES = ("publication title", "proceedings title", "conference name", "series title")
PLACES = frozenset({"webpage", "blogpost", "forumpost", "videorecording", "podcast"})
BLOCK = re.compile(r"</(?:p|div|li|h\d|blockquote)>|<br\s*/?>", re.IGNORECASE)
MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>")


def looks_like(head: bytes) -> bool:
    """Tell by the names of columns."""
    return {"key", "item type", "title", "url", "date added"} <= columns(head)


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each item; raises BadFile."""
    for line, said, whole in records(file):
        yield _row(line, said, "" if whole else CUT_ROW)


def _row(line: int, said: Mapping[str, str], refused: str) -> Row:
    kind = said.get("item type", "").strip().lower()
    extra = said.get("extra", "")
    venue = next((said[name].strip() for name in VENUES if said.get(name, "").strip()), "")
    linked = listed(said.get("link attachments", ""), ";")
    row = row_of(
        Work(
            line,
            title=said.get("title", "").strip(),
            kind=KINDS.get(kind, ""),
            addresses=[said.get("url", "").strip(), *linked],
            doi=said.get("doi", ""),
            arxiv=arxiv_in(extra) or arxiv_in(said.get("archive id", "")),
            authors=_names(said.get("author", "")) or _names(said.get("editor", "")),
            published=day_of(said.get("date", "") or said.get("publication year", "")),
            venue="" if kind in PLACES else venue,
            site=said.get("website title", "") or venue if kind in PLACES else "",
            abstract=said.get("abstract note", "").strip(),
            words=paragraphs(_plain(said.get("notes", "")), extra),
            tags=(*_tags(said.get("manual tags")), *_tags(said.get("automatic tags"))),
            saved_at=moment_of(said.get("date added") or said.get("access date")),
            updated_at=moment_of(said.get("date modified")),
            refused=refused,
        )
    )
    if row.url or kind not in ("note", "attachment", "annotation"):
        return row
    why = UPLOAD if kind == "attachment" else NOTE
    return Row(line, title=row.title, description=row.description, skipped=why)


def _names(text: str) -> list[str]:
    return [shown_name(one) for one in listed(text, ";")]


def _tags(text: str | None) -> list[str]:
    return listed(text or "", ";")


def _plain(text: str) -> str:
    """Return a note, which is HTML, as plain text."""
    if "<" not in text:
        return text.strip()
    lines = html.unescape(MARKUP.sub("", BLOCK.sub("\n", text))).splitlines()
    return "\n".join(filter(None, map(str.strip, lines)))
