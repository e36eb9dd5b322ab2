"""Citations as CSL-JSON. Pure. Import `write_csl`.

Zotero refuses a whole file for one type that it does not know, and knows no "software": such things
are web pages with a genre.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from readinglists.citations.names import Name
from readinglists.citations.record import ON_THE_WEB, CitationRecord, Kind

TYPES = {
    Kind.PREPRINT: "article",
    Kind.CONFERENCE: "paper-conference",
    Kind.JOURNAL: "article-journal",
    Kind.BOOK: "book",
    Kind.CHAPTER: "chapter",
    Kind.THESIS: "thesis",
    Kind.CODE: "webpage",
    Kind.MODEL: "webpage",
    Kind.DATASET: "dataset",
    Kind.VIDEO: "motion_picture",
    Kind.POST: "post-weblog",
    Kind.COURSE: "webpage",
    Kind.NOTEBOOK: "webpage",
    Kind.PAGE: "webpage",
}
GENRES = {
    Kind.PREPRINT: "preprint",
    Kind.CODE: "Software",
    Kind.MODEL: "Model",
    Kind.COURSE: "Course",
    Kind.NOTEBOOK: "Notebook",
}


def write_csl(records: Iterable[CitationRecord]) -> Iterator[str]:
    """Yield one JSON array with an object for each record."""
    before = "["
    for record in records:
        fields = {name: value for name, value in _fields(record) if value}
        yield f"{before}\n{json.dumps(fields, ensure_ascii=False)}"
        before = ","
    yield "\n]\n" if before == "," else "[]\n"


def _fields(record: CitationRecord) -> Iterator[tuple[str, Any]]:
    kind = record.kind
    yield "id", record.key
    yield "type", TYPES[kind]
    yield "title", record.title
    yield "author", [_name(name) for name in record.authors]
    yield "issued", {"date-parts": [record.date_parts]} if record.year else None
    yield "container-title", _container(record)
    yield "event-title", record.venue if kind is Kind.CONFERENCE else ""
    if record.arxiv:
        yield "number", f"arXiv:{record.arxiv}"
    if kind is Kind.PREPRINT and record.arxiv:
        yield "publisher", "arXiv"
    else:
        yield "publisher", record.venue if kind is Kind.THESIS else record.publisher
    yield "genre", GENRES.get(kind)
    yield "dimensions", f"{record.duration} s" if record.duration else ""
    yield "DOI", record.doi
    yield "URL", record.url
    if kind in ON_THE_WEB and record.accessed:
        yield "accessed", {"date-parts": [[int(part) for part in record.accessed.split("-")]]}
    yield "abstract", record.abstract
    yield "keyword", ", ".join(record.keywords)
    yield "note", record.note


def _container(record: CitationRecord) -> str:
    if record.kind in (Kind.CONFERENCE, Kind.JOURNAL, Kind.CHAPTER):
        return record.venue
    return record.site if record.kind in ON_THE_WEB else ""


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: value for part, value in parts.items() if value}
