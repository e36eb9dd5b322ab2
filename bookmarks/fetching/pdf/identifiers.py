"""What a PDF calls itself: arXiv's stamp, a DOI; import `find_stamp`, `find_doi`."""

import re
from datetime import datetime
from typing import NamedTuple

from bookmarks.fetching.pdf.document import Document
from bookmarks.fetching.pdf.layout import Line

# What arXiv prints up the left margin of a paper's first page: "arXiv:1706.03762v5 [cs.CL] 6 Dec
# 2017", the day being that of this version.
STAMP = re.compile(
    r"arxiv:\s?(?P<id>(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/"
    r"(?P<old_year>\d\d)(?P<old_month>0[1-9]|1[0-2])\d{3})(?P<version>v[1-9]\d{0,2})?"
    r"(?:\s*\[[\w.-]+\])?\s*(?P<day>\d{1,2}\s+[A-Z][a-z]{2}\s+\d{4})",
    re.IGNORECASE,
)
DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|\\^`]{2,200}", re.ASCII)
ENDS = re.compile(r"[.,;:)\]]+$")
REFERENCES = re.compile(r"(?:\d+\.?\s+)?(?:references|bibliography|literature cited)\b", re.I)
# arXiv's own DOIs name the paper that the stamp names.
ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)


class Stamp(NamedTuple):
    """arXiv's identifier without its version; `published` is as exact as the stamp allows."""

    identifier: str
    published: str


def find_stamp(lines: list[Line]) -> Stamp | None:
    """arXiv's stamp on a first page. The day is that of the first version only when it is v1."""
    found = STAMP.search(" ".join(line.text for line in lines if not line.upright))
    found = found or STAMP.search(" ".join(line.text for line in lines))
    if not found:
        return None
    year = int(found["year"] or found["old_year"])
    month = found["month"] or found["old_month"]
    published = f"{year + (1900 if year > 90 else 2000)}-{month}"
    if found["version"] in (None, "v1"):
        published = _day(found["day"]) or published
    return Stamp(re.sub(r"\.[A-Za-z]{2}/", "/", found["id"]).lower(), published)


def _day(text: str) -> str:
    try:
        return datetime.strptime(" ".join(text.split()), "%d %b %Y").date().isoformat()  # noqa: DTZ007
    except ValueError:
        return ""


def find_doi(document: Document) -> str:
    """The DOI in the metadata, or the only one on the first page before any list of references."""
    if in_metadata := _dois(document.info_doi):
        return in_metadata[0]
    texts: list[str] = []
    for line in document.pages[0] if document.pages else []:
        if REFERENCES.fullmatch(line.text):
            break
        texts.append(line.text)
    found = _dois("\n".join(texts))
    return found[0] if len(found) == 1 else ""


def _dois(text: str) -> list[str]:
    """The DOIs in a text, each once, in lower case, without the punctuation after them."""
    found = (_without_end(match[0]).lower() for match in DOI.finditer(text))
    return list(dict.fromkeys(found))


def _without_end(doi: str) -> str:
    bare = ENDS.sub("", doi)
    return bare + ")" if bare.count("(") > bare.count(")") else bare
