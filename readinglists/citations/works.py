"""What is known of an item or a bookmark as something to cite. Import `cited_item`,
`cited_bookmark`, `Cited`.

What the list or the person says goes before what was found on the page, and of the page only what
this reader may see is used. The published form of a paper is preferred: a preprint with a venue or
a publisher's DOI is cited as published, with its arXiv number beside.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from bookmarks.identities import recognise
from bookmarks.links import site_of
from bookmarks.models import Bookmark, Page
from bookmarks.own_facts import ShownFacts, shown_facts
from readinglists.citations.names import read_name, split_authors
from readinglists.citations.record import CitationRecord, Kind
from readinglists.models import Item

if TYPE_CHECKING:
    from bookmarks.models.bookmark import Viewer

ARXIV_DOI = "10.48550/"
KINDS = {
    "article": Kind.POST,
    "book": Kind.BOOK,
    "code": Kind.CODE,
    "course": Kind.COURSE,
    "dataset": Kind.DATASET,
    "demo": Kind.MODEL,
    "model": Kind.MODEL,
    "notebook": Kind.NOTEBOOK,
    "post": Kind.POST,
    "video": Kind.VIDEO,
}
# The tags and places a venue is read from say of what kind it is.
VENUE_KINDS = (
    (re.compile(r"dissertation"), Kind.THESIS),
    (re.compile(r"inbook"), Kind.CHAPTER),
    (re.compile(r"conference"), Kind.CONFERENCE),
    (re.compile(r"journal_title|prism|eprints"), Kind.JOURNAL),
)
CONFERENCE = re.compile(
    r"\b(?:conference|proceedings|proc\.|workshop|symposium|meeting|advances in neural"
    r"|neurips|nips|icml|iclr|cvpr|iccv|eccv|acl|emnlp|naacl|coling|aaai|ijcai|kdd|aistats|uai|colt"
    r"|corl|icra|interspeech|icassp|sigir|www)\b",
    re.IGNORECASE,
)
THESIS = re.compile(r"\b(?:thesis|dissertation)\b", re.IGNORECASE)
# Where papers appear that stand at a known place without naming it.
VENUES = {
    "neurips": "Advances in Neural Information Processing Systems",
    "neurips-old": "Advances in Neural Information Processing Systems",
    "pmlr": "Proceedings of Machine Learning Research",
    "jmlr": "Journal of Machine Learning Research",
}
HOMES = {
    "github": "GitHub repository",
    "gitlab": "GitLab repository",
    "hf-model": "Hugging Face model",
    "hf-dataset": "Hugging Face dataset",
    "hf-space": "Hugging Face Space",
    "kaggle": "Kaggle",
    "youtube": "YouTube video",
}
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
NEW_ARXIV = re.compile(r"(?:.*/)?(\d\d)(\d\d)")


@dataclass(frozen=True)
class Cited:
    """A work without its key, and what its key is made of where it has none yet.

    `page_id` is None for words alone, whose key is `fixed_key`. `names_it` returns the record with
    what anybody may know of the work: a key made for a private list shows in public ones too.
    """

    record: CitationRecord
    page_id: int | None
    names_it: Callable[[], CitationRecord]
    fixed_key: str = ""

    def keyed(self, key: str) -> CitationRecord:
        """Return the record under a key."""
        return replace(self.record, key=key)


def cited_item(item: Item, *, private: bool) -> Cited:
    """Return an item as something to cite; `private` where its list is."""
    facts = shown_facts(None, item.facts)
    authors, others = split_authors(item.authors_text)
    said: dict[str, Any] = {
        "title": item.title,
        "authors": tuple(authors),
        "others": others,
        "year": item.year,
        "venue": item.venue,
    }
    record = _record(item.page, item.url, facts, said, _day(item.page, item.facts))
    title = record.title or item.note.partition("\n")[0][:200]
    record = replace(record, title=title, keywords=tuple(item.labels))
    fixed_key = "" if item.page_id else f"item{item.pk}"
    names_it = partial(_record, item.page, item.url, facts, {}) if private else lambda: record
    return Cited(record, item.page_id, names_it, fixed_key)


def cited_bookmark(bookmark: Bookmark, viewer: "Viewer") -> Cited:
    """Return a bookmark as something to cite, with the tags that the viewer may see."""
    page, said = bookmark.page, {"title": bookmark.title}
    record = _record(page, bookmark.url, bookmark.shown, said, _day(page, bookmark.facts))
    record = replace(record, keywords=tuple(bookmark.labels_for(viewer)))

    def names_it() -> CitationRecord:
        if not bookmark.private:
            return record
        return _record(page, bookmark.url, shown_facts(None, bookmark.facts), {})

    return Cited(record, page.pk, names_it)


def _record(
    page: Page | None, url: str, facts: ShownFacts, said: dict[str, Any], accessed: str = ""
) -> CitationRecord:
    """Return what is known; `said` are fields that a person gave, empty where not."""
    identity = page.identity if page else ""
    source, _, number = identity.partition(":")
    venue = said.get("venue") or facts.venue or VENUES.get(source, "")
    doi = "" if facts.doi.startswith(ARXIV_DOI) else facts.doi
    doi = doi or (number if source == "doi" and not number.startswith(ARXIV_DOI) else "")
    kind = _kind(url, facts, venue, doi, source)
    year, month, day = _date(said.get("year"), facts, venue, identity)
    site = facts.site_name or (site_of(url) if url else "")
    return CitationRecord(
        key="",
        kind=kind,
        title=said.get("title") or facts.title or url,
        authors=said.get("authors") or tuple(read_name(str(one)) for one in facts.authors),
        others=bool(said.get("others")),
        year=year,
        month=month,
        day=day,
        venue=venue,
        doi=doi,
        arxiv=number if source == "arxiv" else "",
        url=page.url if page and identity else url,
        publisher=site if kind is Kind.BOOK else "",
        site=site,
        abstract=facts.abstract,
        accessed=accessed,
        duration=facts.duration,
        medium=HOMES.get(source, "Software" if kind is Kind.CODE else ""),
    )


def _kind(url: str, facts: ShownFacts, venue: str, doi: str, source: str) -> Kind:
    known = recognise(url) if url else None
    named = (known.kind if known else "") or facts.kind
    if facts.kind == "paper":
        named = "paper"
    if named not in ("paper", "") or not (named or venue or doi):
        return KINDS.get(named, Kind.PAGE) if url else Kind.PAGE
    told = (facts.sources or {}).get("venue", "")
    if facts.venue == venue:
        for pattern, kind in VENUE_KINDS:
            if pattern.search(told):
                return kind
    if THESIS.search(venue):
        return Kind.THESIS
    if venue and source != "jmlr":
        return Kind.CONFERENCE if CONFERENCE.search(venue) or not doi else Kind.JOURNAL
    if venue or doi:
        return Kind.JOURNAL
    return Kind.PREPRINT


def _date(
    said: int | None, facts: ShownFacts, venue: str, identity: str
) -> tuple[int | None, int | None, int | None]:
    """Return year, month and day: of the publication where it is known, else of the first version.

    A venue with a year in it ("ICLR 2024") tells the year of publication.
    """
    of_venue = YEAR.search(venue)
    if said or of_venue:
        year = said or int(of_venue[1] if of_venue else 0)
        found = _first_date(facts, identity)
        return found if found[0] == year else (year, None, None)
    return _first_date(facts, identity)


def _first_date(facts: ShownFacts, identity: str) -> tuple[int | None, int | None, int | None]:
    year = first_year(identity)
    found = DATE.match(facts.published)
    if found and (year is None or int(found[1]) == year):
        month = int(found[2] or 0)
        return int(found[1]), month if 1 <= month <= 12 else None, int(found[3] or 0) or None
    return year, None, None


def first_year(identity: str) -> int | None:
    """Return the year of the first version of an arXiv paper, which its number tells."""
    source, _, number = identity.partition(":")
    found = NEW_ARXIV.match(number) if source == "arxiv" else None
    if not found:
        return None
    two = int(found[1])
    return 1900 + two if two > 90 else 2000 + two


def _day(page: Page | None, facts: Page | None) -> str:
    """Return the day on which the page was read, where its facts are shown."""
    read: datetime | None = facts.fetched_at if page and facts else None
    return read.date().isoformat() if read else ""
