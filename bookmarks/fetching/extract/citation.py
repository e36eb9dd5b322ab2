"""What a page says of the paper it shows: abstract, venue, DOI, PDF; import the `find_…` functions.

The tags are those of Highwire Press, which Google Scholar asks for
(https://scholar.google.com/intl/en/scholar/inclusion.html), of Dublin Core, PRISM and bepress.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from bookmarks.fetching.extract.jsonld import Thing, first_text, types_of
from bookmarks.fetching.extract.page import Found, Page, resolve, split
from bookmarks.fetching.extract.text import clean, cut

MAX_ABSTRACT = 10_000
MAX_VENUE = 300
# A shorter one is a label, or the word that leads to the abstract.
SHORTEST_ABSTRACT = 80

ABSTRACT_TAGS = (
    "citation_abstract",
    "dcterms.abstract",
    "dc.description.abstract",
    "eprints.abstract",
)
VENUE_TAGS = (
    "citation_conference_title",
    "citation_journal_title",
    "citation_conference",
    "citation_inbook_title",
    "citation_dissertation_institution",
    "citation_technical_report_institution",
    "prism.publicationname",
    "bepress_citation_journal_title",
    "eprints.publication",
)
DOI_TAGS = (
    "citation_doi",
    "prism.doi",
    "bepress_citation_doi",
    "dc.identifier.doi",
    "dc.identifier",
    "dcterms.identifier",
    "doi",
)
PDF_TAGS = ("citation_pdf_url", "bepress_citation_pdf_url", "eprints.document_url")
DATE_TAGS = ("citation_publication_date", "citation_date", "citation_online_date", "citation_year")

# Publishers leave markup in their tags, some of it escaped.
MARKUP = re.compile(
    r"(?:<|&lt;)/?(?:jats:|mml:)?(?:p|i|b|em|strong|su[bp]|sec|title|span|div|br|italic|bold)"
    r"(?:\s[^<>]{0,200})?/?(?:>|&gt;)",
    re.IGNORECASE,
)
LEAD = re.compile(r"^\W*abstract\b[\s:.—–-]*", re.IGNORECASE)
ABSTRACT_HEADING = re.compile(r"\W*(?:abstract|summary)\W*", re.IGNORECASE)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

# The DOI handbook allows any printable character; these never end one.
DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
DOI_START = re.compile(r"\W*(?:doi\s*:?\s*|https?://(?:dx\.)?doi\.org/)?(?=10\.\d)", re.IGNORECASE)
DOI_IN_ADDRESS = re.compile(r"[/=](10\.\d{4,9}/[^\s\"<>?&#]+)")
# What publishers put behind a DOI in their addresses.
VIEW = re.compile(r"/(?:full|abstract|pdf|epdf|html|meta|summary|references|figures)$|\.pdf$")
DATE = re.compile(r"((?:1[6-9]|20)\d\d)(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")


def find_cited_title(page: Page) -> Found:
    """The title in the tags for citing, which no site's name is added to."""
    title = clean(MARKUP.sub("", page.meta.first("citation_title")))
    return Found(title, "citation_title") if title else Found()


def find_cited_date(page: Page) -> Found:
    """The date in the tags for citing; the one of the earliest year, and of these the fullest.

    A journal's tags may name the day a paper of long ago was put online.
    """
    dates = [
        (date, name) for name in DATE_TAGS for value in page.meta.all(name) if (date := _iso(value))
    ]
    if not dates:
        return Found()
    year = min(date[:4] for date, _ in dates)
    return Found(*max((one for one in dates if one[0][:4] == year), key=lambda one: len(one[0])))


def _iso(value: str) -> str:
    """A date of numbers as ISO 8601, as exact as can be true; "" for any other text."""
    found = DATE.match(value.strip())
    if not found or int(found[1]) > datetime.now(UTC).year + 1:
        return ""
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        return datetime(year, month, day, tzinfo=UTC).date().isoformat()
    except ValueError:  # a part is missing, or written as 0
        return f"{year}-{month:02}" if 1 <= month <= 12 else str(year)


def find_abstract(page: Page, *, shown: bool) -> Found:
    """A paper's abstract: from the head, else with `shown` the one that readers see."""
    found = Found(page.meta.first(*ABSTRACT_TAGS), page.meta.source(*ABSTRACT_TAGS))
    if not found:
        found = Found(first_text(papers(page), "abstract"), "json-ld abstract")
    if not found and shown:
        found = Found(_marked_abstract(page), "abstract") or Found(_headed(page), "heading")
    text = LEAD.sub("", clean(MARKUP.sub(" ", found.value)))
    return Found(cut(text, MAX_ABSTRACT), found.source) if text else Found()


def _marked_abstract(page: Page) -> str:
    """The text of the innermost element that is called abstract."""
    marked = [
        one
        for one in page.body.elements
        if "abstract" in one.hint
        and {"abstract", "acl-abstract", "abstract-text"} & _names(one.hint)
    ]
    texts = (page.body.text(one) for one in sorted(marked, key=lambda one: one.end - one.start))
    return next((text for text in texts if len(text) >= SHORTEST_ABSTRACT), "")


def _names(hint: str) -> set[str]:
    return set(hint.split())


def _headed(page: Page) -> str:
    """The longest paragraph between a heading "Abstract" and the next heading."""
    lines = page.body.lines
    for position, line in enumerate(lines):
        if len(line.text) < 20 and ABSTRACT_HEADING.fullmatch(line.text):
            below = []
            for after in lines[position + 1 : position + 12]:
                if after.block.name in HEADINGS:
                    break
                below.append(after.text)
            longest = max(below, key=len, default="")
            if len(longest) >= SHORTEST_ABSTRACT:
                return longest
    return ""


def papers(page: Page) -> list[Thing]:
    """The scholarly articles in the page's linked data."""
    return [one for one in page.data.articles if "ScholarlyArticle" in types_of(one)]


def find_venue(page: Page) -> Found:
    """The conference, journal or university at which a paper was published."""
    for name in VENUE_TAGS:
        value = page.meta.first(name)
        if value and not value.startswith(("http:", "https:")):
            return Found(cut(value, MAX_VENUE), name)
    for thing in papers(page):
        for value in (thing.get("publication"), *_holders(thing)):
            for title in page.data.names(value):
                return Found(cut(title, MAX_VENUE), "json-ld isPartOf")
    return Found()


def _holders(thing: Thing) -> Iterator[Any]:
    """What a thing is part of, outermost last: an issue, its volume, the journal."""
    held: Any = thing.get("isPartOf")
    chain: list[Any] = []
    while isinstance(held, dict) and len(chain) < 5:
        chain.append(held)
        held = held.get("isPartOf")
    yield from reversed(chain)
    if isinstance(held, str | list):
        yield held


def find_doi(page: Page) -> Found:
    """The DOI of what the page shows, bare and in lower case."""
    for name in DOI_TAGS:
        for value in page.meta.all(name):
            if doi := bare_doi(value):
                return Found(doi, name)
    for thing in papers(page):
        for key in ("identifier", "sameAs", "@id", "url"):
            for value in _texts(thing.get(key)):
                if doi := bare_doi(value):
                    return Found(doi, f"json-ld {key}")
    found = DOI_IN_ADDRESS.search(unquote(page.path)) or DOI_IN_ADDRESS.search(
        unquote("?" + split(page.url).query)
    )
    return Found(bare_doi(VIEW.sub("", found[1])), "address") if found else Found()


def _texts(value: Any) -> Iterator[str]:
    """The strings of a value, a list of them, or a PropertyValue."""
    for one in value[:50] if isinstance(value, list) else [value]:
        text = one.get("value") if isinstance(one, dict) else one
        if isinstance(text, str):
            yield text


def bare_doi(text: str) -> str:
    """The DOI that a text is, in whatever form it is written; "" when it is none."""
    start = DOI_START.match(text[:500])
    found = DOI.match(text[:500], start.end()) if start else None
    return found[0].rstrip(".,;:'").lower() if found else ""


def find_pdf_url(page: Page) -> Found:
    """The address of the paper's PDF."""
    for name in PDF_TAGS:
        for value in page.meta.all(name):
            url = resolve(page.base_url, value)
            if url and (name != "eprints.document_url" or split(url).path.endswith(".pdf")):
                return Found(url, name)
    for tag in page.tags("link"):
        alternate = "alternate" in tag.get("rel").lower().split()
        if alternate and tag.get("type").lower() == "application/pdf":
            return Found(resolve(page.base_url, tag.get("href")), "link alternate")
    return Found()
