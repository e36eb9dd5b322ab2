"""BibTeX and BibLaTeX, as papers, JabRef, Zotero, BibSonomy, BibDesk, DBLP and arXiv have them.

A library (bibtexparser) holds the whole file and its tree; this reader holds an entry at a time.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import BinaryIO

from bookmarks.formats.bibtex_pieces import BEGINS, Entry, entries, names_in
from bookmarks.formats.latex_words import plain_address, plain_latex
from bookmarks.formats.line_pieces import head_lines, text_lines
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import BadFile, Row
from bookmarks.formats.values import listed, paragraphs
from bookmarks.formats.works import (
    Work,
    arxiv_in,
    arxiv_number,
    day_of,
    row_of,
    shown_name,
)

LABEL = "BibTeX and BibLaTeX"
ENTRY = re.compile(r"\s{0,8}@\s*[A-Za-z]{2,40}\s*[{(]\s*[^\s,{}()\"]{0,200}\s*(?:[,=]|\Z)")
# Markdown often shows how to be cited, in BibTeX.
MARKDOWN = re.compile(r"#{1,6} |```|[-*+] \[")
ADDRESSES = ("url", "bdsk-url-1", "link", "ee", "howpublished")
IN_WORDS = re.compile(r"\\url\s*\{([^{}]*)\}|(https?://[^\s{}]+)")
VENUES = ("journaltitle", "journal", "booktitle", "eventtitle", "maintitle", "school")
WORDS = ("note", "annote", "annotation", "comment", "review", "description", "privnote", "addendum")
SAVED = ("added-at", "date-added", "creationdate", "timestamp", "urldate", "lastchecked")
UPDATED = ("date-modified", "modificationdate")
KINDS = {
    **dict.fromkeys(("book", "mvbook", "collection", "proceedings", "booklet", "manual"), "book"),
    **{"dataset": "dataset", "software": "code", "video": "video", "movie": "video"},
    **dict.fromkeys(
        ("article", "inproceedings", "conference", "incollection", "inbook", "phdthesis"), "paper"
    ),
    **dict.fromkeys(("mastersthesis", "thesis", "techreport", "report", "unpublished"), "paper"),
}
THESES = frozenset({"phdthesis", "mastersthesis", "thesis"})
# What is on the web says of its site that it is the organization.
ON_THE_WEB = frozenset({"online", "electronic", "www", "misc", "software", "dataset", "video"})
# As styles without a field for it have it said.
ACCESSED = re.compile(
    r"(?:\A|[.;,]?\s+)\(?Accessed:?\s+(?:on:?\s+)?(\d{4}-\d\d-\d\d)\)?\.?\Z", re.I
)
# Other libraries than arXiv's that numbers are of.
LIBRARIES = {
    "jstor": "https://www.jstor.org/stable/",
    "hdl": "https://hdl.handle.net/",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/",
}


def looks_like(head: bytes) -> bool:
    """Tell by what begins like an entry, outside of Markdown."""
    lines = head_lines(head)
    first = next((line for line in lines if line.strip() and not line.startswith("%")), "")
    if BEGINS.match(first.lstrip()):
        return True
    return any(map(ENTRY.match, lines)) and not any(map(MARKDOWN.match, lines))


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each entry; raises BadFile where there is none."""
    entry = None
    for entry in entries(text_lines(file)):
        yield row_of(_work(entry))
    if entry is None:
        raise BadFile("There are no entries of BibTeX in this file.")


def _work(entry: Entry) -> Work:
    said = entry.fields
    venue = _first(said, *VENUES, *(["institution"] if entry.kind in THESES else []))
    arxiv = _arxiv(said) or arxiv_in(venue) or (arxiv_in(said.get("volume", "")) if venue else "")
    persons = said.get("author") or said.get("editor") or ""
    title = plain_latex(said.get("title", "")).replace("\n\n", " ")
    if accessed := ACCESSED.search(said.get("note", "")):
        note = said["note"][: accessed.start()]
        said = {"urldate": accessed[1], **said, "note": note}
    if subtitle := plain_latex(said.get("subtitle", "")):
        title = f"{title}: {subtitle}"
    read_status = said.get("readstatus", "").strip().lower()
    return Work(
        entry.line,
        title=title,
        kind=KINDS.get(entry.kind, "paper" if arxiv else ""),
        addresses=_addresses(said),
        doi=plain_address(said.get("doi", "")),
        arxiv=arxiv,
        authors=[_name(one) for one in names_in(persons) if one.strip().lower() != "others"],
        published=_published(said),
        venue=venue,
        site=_first(said, "organization") if entry.kind in ON_THE_WEB else "",
        abstract=plain_latex(said.get("abstract", "")),
        words=paragraphs(*(_words(said.get(name, "")) for name in WORDS)),
        tags=_tags(said),
        lists=tuple(plain_latex(one) for one in listed(said.get("groups", ""), ",")),
        saved_at=_moment(said, SAVED),
        updated_at=_moment(said, UPDATED),
        unread=False if read_status in ("read", "skimmed") else None,
        refused=entry.broken,
    )


def _first(said: Mapping[str, str], *names: str) -> str:
    return next((plain_latex(said[name]) for name in names if said.get(name)), "")


def _words(text: str) -> str:
    return plain_latex(text) if text else ""


def _addresses(said: Mapping[str, str]) -> list[str]:
    """Return what may be addresses, the surest first; of words only those marked as such."""
    found = []
    for name in ADDRESSES:
        if value := said.get(name):
            inner = IN_WORDS.findall(value) if name == "howpublished" else [(value, "")]
            found += [plain_address(one or other) for one, other in inner]
    prefix = LIBRARIES.get(_library(said))
    if prefix and (number := said.get("eprint", "").strip()):
        found.append(prefix + number)
    if not found and not said.get("doi") and not said.get("eprint"):
        others = (said.get(name, "") for name in ("note", "adsurl", "pdf", "biburl"))
        found += [
            plain_address(one or other)
            for value in others
            for one, other in IN_WORDS.findall(value)
        ]
    return found


def _library(said: Mapping[str, str]) -> str:
    return (said.get("eprinttype") or said.get("archiveprefix") or "").strip().lower()


def _arxiv(said: Mapping[str, str]) -> str:
    library = _library(said)
    number = arxiv_number(said.get("eprint", "")) if library in ("", "arxiv") else ""
    return number or arxiv_number(said.get("arxivid", "") or said.get("arxiv", ""))


def _name(name: str) -> str:
    """Return a person as people say it; what is within braces is one name of whatever kind."""
    name = name.strip()
    if name.startswith("{") and name.endswith("}") and "}" not in name[1:-1]:
        return plain_latex(name)
    if re.match(r"(?:family|given|prefix)\s*=", name):
        parts = dict(one.strip().split("=", 1) for one in name.split(",") if "=" in one)
        said = {key.strip(): plain_latex(value).strip('"') for key, value in parts.items()}
        return " ".join(filter(None, (said.get(one) for one in ("given", "prefix", "family"))))
    return shown_name(plain_latex(name))


def _published(said: Mapping[str, str]) -> str:
    if day := day_of(said.get("date", "")):
        return day
    return day_of(said.get("year", ""), plain_latex(said.get("month", "")), said.get("day", ""))


def _tags(said: Mapping[str, str]) -> tuple[str, ...]:
    """Return keywords between commas or semicolons; those of BibSonomy have blanks between them."""
    of_bibsonomy = "interhash" in said or "intrahash" in said or "added-at" in said
    found = []
    for name in ("keywords", "keyword", "tags", "mendeley-tags"):
        value = plain_latex(said.get(name, ""))
        parts = listed(value, ",;")
        found += value.split() if of_bibsonomy and len(parts) == 1 else parts
    return tuple(dict.fromkeys(found))


def _moment(said: Mapping[str, str], names: tuple[str, ...]) -> datetime | None:
    """Return the first time that is told; the time stamp of DBLP is its own."""
    of_dblp = "dblp" in said.get("bibsource", "").lower()
    told = (said.get(name, "") for name in names if not (of_dblp and name == "timestamp"))
    return next((moment for one in told if one and (moment := moment_of(one))), None)
