"""What bibliographies say of a work, as a bookmark. Import `Work`, `row_of`; for readers the rest.

The address of a work is what its entry gives, else that of its DOI or its number at arXiv. What it
says of the work itself (authors, date, venue, abstract) are facts of the bookmark.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from bookmarks.fetching.extract.dates import MONTHS
from bookmarks.formats.rows import Row
from bookmarks.formats.values import facts, paragraphs

NO_ADDRESS = "This entry has no address: no URL, DOI or arXiv number."
ADDRESS = re.compile(r"(?:https?|ftp)://\S+|www\.\S+", re.IGNORECASE)
DOI = re.compile(r"10\.\d{4,9}/\S+")
ARXIV_NUMBER = r"(\d{4}\.\d{4,5}(?:v\d{1,2})?|[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7}(?:v\d{1,2})?)"
ARXIV = re.compile(rf"arxiv\s*[:.]?\s*(?:abs/)?{ARXIV_NUMBER}|\A(?:abs/){ARXIV_NUMBER}\Z", re.I)
ARXIV_ALONE = re.compile(rf"\s*(?:arxiv:\s*)?{ARXIV_NUMBER}\s*(?:\[.*)?\Z", re.IGNORECASE)
OF_ARXIV = re.compile(r"arxiv|\bcorr\b", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)(?!\d)")
NUMBERED = re.compile(r"\s*(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?(?!\d)")
FIRM = re.compile(r"(?:inc|ltd|llc|gmbh|corp|co|ag|s\.a)\b\.?\Z", re.IGNORECASE)
IN_DOI = "/:;()._-+!*',@=~"


@dataclass(slots=True)
class Work:
    """A work as an entry has it; `addresses` may hold anything, `words` are the person's own."""

    line: int
    title: str = ""
    kind: str = ""
    addresses: list[str] = field(default_factory=list)
    doi: str = ""
    arxiv: str = ""
    authors: Iterable[str] = ()
    published: str = ""
    venue: str = ""
    site: str = ""
    abstract: str = ""
    words: str = ""
    tags: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    saved_at: datetime | None = None
    updated_at: datetime | None = None
    unread: bool | None = None
    refused: str = ""


def row_of(work: Work) -> Row:
    """Return the row of a work; one without any address is refused."""
    given = [found for one in work.addresses for found in ADDRESS.findall(one)]
    doi = bare_doi(work.doi) or next(filter(None, map(bare_doi, work.addresses)), "")
    arxiv = work.arxiv or arxiv_in(work.venue)
    places = list(dict.fromkeys(given))
    if not places and doi:
        places = [f"https://doi.org/{quote(doi, safe=IN_DOI)}"]
    if not places and arxiv:
        places = [f"https://arxiv.org/abs/{arxiv}"]
    venue = "" if OF_ARXIV.match(work.venue) else work.venue
    known = facts(
        authors=[name for name in work.authors if name],
        venue=venue,
        site_name=work.site,
        doi=doi,
        abstract=work.abstract,
        kind=work.kind or ("paper" if arxiv or venue else ""),
    )
    return Row(
        work.line,
        url=places[0] if places else "",
        title=work.title,
        description=paragraphs(work.words, *places[1:]),
        tags=work.tags,
        lists=work.lists,
        saved_at=work.saved_at,
        updated_at=work.updated_at,
        unread=work.unread,
        facts=known | ({"published": work.published} if work.published else {}),
        refused=work.refused or ("" if places else NO_ADDRESS),
    )


def bare_doi(text: str) -> str:
    """Return the DOI in a text without what names it, "" where there is none."""
    found = DOI.search(text)
    return found[0].rstrip(".,;") if found else ""


def arxiv_in(text: str) -> str:
    """Return the number of a paper in "arXiv preprint arXiv:1706.03762" or "abs/1706.03762"."""
    found = ARXIV.search(text)
    return (found[1] or found[2]) if found else ""


def arxiv_number(text: str) -> str:
    """Return the number of a paper at arXiv that a text is, "" if it is none."""
    found = ARXIV_ALONE.match(text)
    return found[1] if found else ""


def shown_name(name: str, *, suffix_last: bool = False) -> str:
    """Return "van der Maaten, Laurens" or "King, Jr, Martin" the way round that people say it.

    With `suffix_last` the third part is the suffix, as in RIS: "King, Martin, Jr".
    """
    parts = [part for one in name.split(",") if (part := " ".join(one.split()))]
    if len(parts) == 2 and FIRM.match(parts[1]):
        return ", ".join(parts)
    if len(parts) == 2:
        return f"{parts[1]} {parts[0]}"
    if len(parts) == 3 and suffix_last:
        return f"{parts[1]} {parts[0]} {parts[2]}"
    if len(parts) == 3:
        return f"{parts[2]} {parts[0]} {parts[1]}"
    return " ".join(parts)


def day_of(text: str, month: str = "", day: str = "") -> str:
    """Return a date as exact as it is told, as "2017-06-12", "2017-06" or "2017"; "" for none.

    Takes what begins as ISO 8601 or with slashes, and a year with a month by name; of a span the
    beginning. `month` and `day` are those of entries that tell them apart from the year.
    """
    found = NUMBERED.match(text)
    year = YEAR.search(text)
    if not year:
        return ""
    numbers = [found[2], found[3]] if found and found[1] == year[1] else [None, None]
    if numbers[0] is None:
        numbers = [_month(month) or _month(text), day or _day(month) or _day(text)]
    parts = [year[1]]
    for number, most in zip(numbers, (12, 31), strict=True):
        if not number or not number.isdecimal() or not 0 < int(number) <= most:
            break
        parts.append(f"{int(number):02}")
    return "-".join(parts)


def _month(text: str) -> str:
    if text.strip().isdecimal() and len(text.strip()) < 3:
        return text.strip()
    words = re.findall(r"[^\W\d_]+", text.lower())
    return next((str(MONTHS[word]) for word in words if word in MONTHS), "")


def _day(text: str) -> str:
    found = re.search(r"(?<!\d)(\d{1,2})(?!\d)", text) if re.search(r"[^\W\d_]", text) else None
    return found[1] if found else ""
