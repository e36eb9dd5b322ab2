"""Citations as BibTeX and BibLaTeX. Pure. Import `write_bibtex`, `write_biblatex`.

Of an arXiv paper both `eprinttype` and `archivePrefix` are told: arXiv itself writes the latter,
Zotero reads the former alone. A DOI is bare, never an address.
"""

from collections.abc import Iterable, Iterator

from readinglists.citations.latex import bare, latex, protected
from readinglists.citations.names import Name
from readinglists.citations.record import ON_THE_WEB, CitationRecord, Kind

TYPES = {
    Kind.CONFERENCE: "inproceedings",
    Kind.JOURNAL: "article",
    Kind.BOOK: "book",
    Kind.CHAPTER: "incollection",
    Kind.THESIS: "phdthesis",
}
BIBLATEX_TYPES = TYPES | {
    Kind.PREPRINT: "online",
    Kind.THESIS: "thesis",
    Kind.CODE: "software",
    Kind.MODEL: "software",
    Kind.DATASET: "dataset",
    Kind.VIDEO: "video",
    Kind.POST: "online",
    Kind.COURSE: "online",
    Kind.NOTEBOOK: "online",
    Kind.PAGE: "online",
}
VENUES = {
    Kind.CONFERENCE: "booktitle",
    Kind.CHAPTER: "booktitle",
    Kind.JOURNAL: "journal",
    Kind.THESIS: "school",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write_bibtex(records: Iterable[CitationRecord]) -> Iterator[str]:
    """Yield an entry for each record, as BibTeX of old knows it."""
    for record in records:
        yield _entry(TYPES.get(record.kind, "misc"), record.key, _fields(record))


def write_biblatex(records: Iterable[CitationRecord]) -> Iterator[str]:
    """Yield an entry for each record, as biblatex knows it."""
    for record in records:
        yield _entry(BIBLATEX_TYPES[record.kind], record.key, _biblatex_fields(record))


def _entry(kind: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
    lines = [f"  {name} = {value},\n" for name, value in fields if value not in ("", "{}")]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n\n"


def _fields(record: CitationRecord) -> Iterator[tuple[str, str]]:
    yield from _work(record)
    yield VENUES.get(record.kind, ""), f"{{{latex(record.venue)}}}" if _has_venue(record) else ""
    yield "year", f"{{{record.year}}}" if record.year else ""
    yield "month", MONTHS[record.month - 1] if record.year and record.month else ""
    if record.kind not in TYPES and record.kind is not Kind.PREPRINT:
        yield "howpublished", f"{{{latex(record.medium or record.site)}}}"
    yield from _where(record)
    accessed = record.accessed if record.kind in ON_THE_WEB else ""
    notes = (latex(record.note), f"Accessed: {accessed}" if accessed else "")
    yield "note", f"{{{'. '.join(filter(None, notes))}}}"
    yield from _content(record)


def _biblatex_fields(record: CitationRecord) -> Iterator[tuple[str, str]]:
    yield from _work(record)
    venue = VENUES.get(record.kind, "")
    names = {"journal": "journaltitle", "school": "institution"}
    yield names.get(venue, venue), f"{{{latex(record.venue)}}}" if _has_venue(record) else ""
    if record.kind is Kind.THESIS:
        yield "type", "{phdthesis}"
    yield "date", f"{{{'-'.join(f'{part:02}' for part in record.date_parts)}}}"
    if record.kind in ON_THE_WEB:
        yield "organization", f"{{{latex(record.site)}}}"
        yield "howpublished", f"{{{latex(record.medium)}}}"
    yield from _where(record)
    yield "urldate", f"{{{record.accessed if record.kind in ON_THE_WEB else ''}}}"
    yield "note", f"{{{latex(record.note)}}}"
    yield from _content(record)


def _work(record: CitationRecord) -> Iterator[tuple[str, str]]:
    names = [*map(_name, record.authors), *(["others"] if record.others else [])]
    yield "author", f"{{{' and '.join(filter(None, names))}}}"
    yield "title", f"{{{protected(record.title)}}}"


def _has_venue(record: CitationRecord) -> bool:
    return record.kind in VENUES and bool(record.venue)


def _where(record: CitationRecord) -> Iterator[tuple[str, str]]:
    yield "publisher", f"{{{latex(record.publisher)}}}"
    if record.arxiv:
        yield "eprint", f"{{{bare(record.arxiv)}}}"
        yield "archivePrefix", "{arXiv}"
        yield "eprinttype", "{arxiv}"
        yield "primaryClass", f"{{{bare(record.primary_class)}}}"
    yield "doi", f"{{{bare(record.doi)}}}"
    yield "url", f"{{{bare(record.url)}}}"


def _content(record: CitationRecord) -> Iterator[tuple[str, str]]:
    yield "abstract", f"{{{latex(record.abstract)}}}"
    yield "keywords", f"{{{latex(', '.join(record.keywords))}}}"


def _name(name: Name) -> str:
    """Return a name as "von Last, Jr, First"; a literal one in braces, so that it stays whole."""
    if name.literal:
        shown = latex(name.literal)
        return f"{{{shown}}}" if shown else ""
    parts = [latex(part) for part in (name.family, name.suffix, name.given)]
    return ", ".join(part for part in parts if part)
