"""Citations as RIS. Pure. Import `write_ris`.

Every value stands in one line: a line break inside one would begin a field of its own. Lines end
with CR LF and a reference with "ER  - ".
"""

from collections.abc import Iterable, Iterator

from readinglists.citations.record import ON_THE_WEB, CitationRecord, Kind

TYPES = {
    Kind.PREPRINT: "GEN",
    Kind.CONFERENCE: "CONF",
    Kind.JOURNAL: "JOUR",
    Kind.BOOK: "BOOK",
    Kind.CHAPTER: "CHAP",
    Kind.THESIS: "THES",
    Kind.CODE: "COMP",
    Kind.MODEL: "COMP",
    Kind.DATASET: "DATA",
    Kind.VIDEO: "VIDEO",
    Kind.POST: "BLOG",
    Kind.COURSE: "ELEC",
    Kind.NOTEBOOK: "ELEC",
    Kind.PAGE: "ELEC",
}


def write_ris(records: Iterable[CitationRecord]) -> Iterator[str]:
    """Yield a reference for each record."""
    for record in records:
        lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in _fields(record) if value]
        yield "\r\n".join([*lines, "ER  - ", "", ""])


def _fields(record: CitationRecord) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES[record.kind]
    yield "ID", record.key
    yield "TI", record.title
    for name in record.authors:
        yield "AU", name.sorted
    yield "PY", str(record.year or "")
    yield "DA", "/".join(f"{part:02}" for part in record.date_parts) if record.month else ""
    if record.kind is Kind.THESIS:
        yield "PB", record.venue
    else:
        yield "T2", record.venue or (record.site if record.kind in ON_THE_WEB else "")
        yield "C3", record.venue if record.kind is Kind.CONFERENCE else ""
        yield "PB", "arXiv" if record.kind is Kind.PREPRINT and record.arxiv else record.publisher
    yield "AN", f"arXiv:{record.arxiv}" if record.arxiv else ""
    yield "M3", record.medium
    yield "DO", record.doi
    yield "UR", record.url
    yield "Y2", record.accessed.replace("-", "/") if record.kind in ON_THE_WEB else ""
    yield "AB", record.abstract
    for word in record.keywords:
        yield "KW", word
    yield "N1", record.note
