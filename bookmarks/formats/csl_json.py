"""CSL-JSON, the form in which Zotero, Pandoc and their kin hand on references.

The fields are those of https://docs.citationstyles.org/en/stable/specification.html.
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from bookmarks.formats.json_pieces import Said, outline, rows_of
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import Row
from bookmarks.formats.values import listed, names, paragraphs, text
from bookmarks.formats.works import Work, arxiv_in, day_of, row_of

LABEL = "CSL-JSON"
SIGNS = frozenset({"issued", "container-title", "DOI", "URL", "citation-key", "accessed"})
KINDS = {
    **dict.fromkeys(("article-journal", "paper-conference", "chapter", "thesis"), "paper"),
    **dict.fromkeys(("article", "report", "manuscript"), "paper"),
    **{"book": "book", "dataset": "dataset", "software": "code", "motion_picture": "video"},
    **{"post-weblog": "article", "article-magazine": "article", "article-newspaper": "article"},
}
GENRES = {"software": "code", "model": "model", "course": "course"}
MARKUP = re.compile(r"</?(?:i|b|sub|sup|span|sc)\b[^>]*>")


def looks_like(head: bytes) -> bool:
    """Tell by the names of fields, of which some are in capitals."""
    _, _, in_list, in_named = outline(head)
    return any("type" in found and not SIGNS.isdisjoint(found) for found in (in_list, in_named))


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each reference, numbered from 1; raises BadFile."""
    return rows_of(file, _row, (), ("items",), ("references",))


def _row(number: int, said: Said) -> Row:
    kind = text(said, "type")
    note = text(said, "note")
    persons = said.get("author") or said.get("editor")
    venue = text(said, "container-title", "event-title", "event")
    venue = venue or (text(said, "publisher") if kind == "thesis" else "")
    site = kind in ("webpage", "post-weblog", "post", "motion_picture", "dataset", "software")
    return row_of(
        Work(
            number,
            title=MARKUP.sub("", text(said, "title")),
            kind=GENRES.get(text(said, "genre").lower(), KINDS.get(kind, "")),
            addresses=[text(said, "URL", "url")],
            doi=text(said, "DOI", "doi"),
            arxiv=arxiv_in(text(said, "number")) or arxiv_in(note),
            authors=[_name(one) for one in persons] if isinstance(persons, list) else (),
            published=_day(said.get("issued")),
            venue="" if site else MARKUP.sub("", venue),
            site=venue if site else "",
            abstract=text(said, "abstract"),
            words=paragraphs(note, text(said, "annote")),
            tags=(*_keywords(said.get("keyword")), *names(said.get("categories"))),
            saved_at=moment_of(_day(said.get("accessed"))),
        )
    )


def _keywords(value: Any) -> tuple[str, ...]:
    return tuple(listed(value, ",;")) if isinstance(value, str) else names(value)


def _name(said: Any) -> str:
    if not isinstance(said, dict):
        return said if isinstance(said, str) else ""
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return text(said, "literal") or " ".join(filter(None, (text(said, one) for one in parts)))


def _day(said: Any) -> str:
    """Return a date, told in parts or in words; of a span the beginning."""
    if isinstance(said, dict):
        parts = said.get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts else None
        if isinstance(first, list):
            return day_of("-".join(str(one) for one in first[:3] if one))
        return day_of(text(said, "raw", "literal"))
    return day_of(str(said)) if isinstance(said, str | int) else ""
