"""What is cited, before it takes a form. Pure. Import `CitationRecord`, `Kind`."""

from dataclasses import dataclass
from enum import Enum

from readinglists.citations.names import Name


class Kind(Enum):
    """What a work is, as the forms of citations tell works apart."""

    PREPRINT = "preprint"
    CONFERENCE = "conference"
    JOURNAL = "journal"
    BOOK = "book"
    CHAPTER = "chapter"
    THESIS = "thesis"
    CODE = "code"
    MODEL = "model"
    DATASET = "dataset"
    VIDEO = "video"
    POST = "post"
    COURSE = "course"
    NOTEBOOK = "notebook"
    PAGE = "page"


# Works of the web, of which it matters when they were looked at.
ON_THE_WEB = frozenset(
    {Kind.POST, Kind.COURSE, Kind.NOTEBOOK, Kind.PAGE, Kind.CODE, Kind.MODEL, Kind.DATASET}
    | {Kind.VIDEO}
)


@dataclass(frozen=True)
class CitationRecord:
    """One work with its key; what is not known is empty.

    `venue` is the journal, the conference, the book of a chapter or the school of a thesis, `site`
    where on the web it is. `year` of a published form is that of its publication. `arxiv` is the
    bare identifier. `accessed` is a date in ISO 8601, `duration` seconds, `medium` what it is in
    words ("Hugging Face model"). `others` says that there are more authors.
    """

    key: str
    kind: Kind
    title: str
    authors: tuple[Name, ...] = ()
    others: bool = False
    year: int | None = None
    month: int | None = None
    day: int | None = None
    venue: str = ""
    doi: str = ""
    arxiv: str = ""
    primary_class: str = ""
    url: str = ""
    publisher: str = ""
    site: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    note: str = ""
    accessed: str = ""
    duration: int | None = None
    medium: str = ""

    @property
    def date_parts(self) -> list[int]:
        """The date as far as known: year, month, day."""
        parts: list[int] = []
        for part in (self.year, self.month, self.day):
            if not part:
                break
            parts.append(part)
        return parts
