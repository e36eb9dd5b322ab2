"""When a page was published; import `find_published`."""

import re
from collections.abc import Iterator

from bookmarks.fetching.extract.body import Element
from bookmarks.fetching.extract.citation import find_cited_date
from bookmarks.fetching.extract.dates import parse_date, parse_month
from bookmarks.fetching.extract.jsonld import first_text
from bookmarks.fetching.extract.kind import is_marked_article
from bookmarks.fetching.extract.near import LINES_BEFORE, headline_position, lines_near
from bookmarks.fetching.extract.page import Found, Page

# Never a tag of a modification: an article of 2012 with a corrected comma is of 2012.
PUBLISHED_TAGS = (
    "article:published_time",
    "og:article:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "article:published",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc.date",
    "dcterms.date",
    "date",
    "uploaddate",
)
# Publishing systems set these on every page; on one of a manual it is when the manual was built.
SET_BY_ITSELF = PUBLISHED_TAGS[:2]
URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?([0-3]\d)(?!\d)")
OTHER_DATE = re.compile(
    r"updated|modified|edited|reviewed|aktualisiert|mis à jour|actualizado|обновлено|copyright|©|"
    r"\(c\)|last (?:seen|visit|activity|edited|change)|joined|member since|founded|registered|"
    r"expires|deadline|\b(?:until|through|valid|ends?|ending|before)\b|"
    r"\bby (?:[a-z]{3,9}\.? )?\d|\d\D{0,12}\bto\b",
    re.IGNORECASE,
)
UPDATED_HINT = re.compile(r"updated|modified|edited")
LONGEST_LINE = 160


def find_published(page: Page, kind: str, language: str, title: str) -> Found:
    """The date the page says it was published on.

    First the head's tags and linked data, then marked-up times, the address, and at last the date
    a reader sees near the headline. A page that is no article and does not mark itself as one has
    no date: one on the home page of a shop is some other date, a manual shows when it was built.
    """
    if cited := find_cited_date(page):
        return cited
    if kind in ("service", "product", "collection") or (
        kind == "listing" and (page.is_home or not is_marked_article(page))
    ):
        return Found()
    manual = kind == "documentation"
    for source, value in _declared(page):
        if manual and source in SET_BY_ITSELF:
            continue
        if date := parse_date(value, language) or parse_month(value):
            return Found(date, source)
    if manual:
        return _in_address(page)
    return (
        _marked_time(page, language, title)
        or _in_address(page)
        or _near_title(page, language, title)
    )


def _declared(page: Page) -> Iterator[tuple[str, str]]:
    yield "json-ld datePublished", first_text(page.data.articles, "datePublished")
    for name in PUBLISHED_TAGS:
        yield name, page.meta.first(name)
    # Of a WebPage it is no publication: publishing systems note there when any page was made.
    yield "json-ld datePublished", first_text(page.data.works, "datePublished", "uploadDate")
    yield "json-ld dateCreated", first_text(page.data.articles, "dateCreated")


def _marked_time(page: Page, language: str, title: str) -> Found:
    """The first marked-up time that does not stand far before the headline, in the site's frame."""
    at = headline_position(page, title)
    first = page.body.lines[max(0, at - LINES_BEFORE)].start if at is not None else 0
    for element in page.body.elements:
        if element.start < first or element.aside or UPDATED_HINT.search(element.hint):
            continue
        property_name = element.get("itemprop").lower()
        if element.name != "time" and "datepublished" not in property_name:
            continue
        if "modified" in property_name or _follows_other_date(page, element):
            continue
        for name in ("content", "datetime", "title"):
            if date := parse_date(element.get(name), language):
                return Found(date, "time")
        if date := parse_date(page.body.text(element), language):
            return Found(date, "time")
    return Found()


def _follows_other_date(page: Page, element: Element) -> bool:
    """Whether the words just before, in the same line, say that it is another date."""
    around = page.body.snippets[max(0, element.start - 1) : element.start + 1]
    if len(around) < 2 or around[0].block is not around[1].block:
        return False
    before = around[0].text[-40:]
    return OTHER_DATE.search(before) is not None


def _in_address(page: Page) -> Found:
    found = URL_DATE.search(page.path)
    return Found(parse_date("-".join(found.groups())), "address") if found else Found()


def _near_title(page: Page, language: str, title: str) -> Found:
    for line in lines_near(page, title):
        if line.block.aside or len(line.text) > LONGEST_LINE or OTHER_DATE.search(line.text):
            continue
        if _in_card(line.block):
            continue
        if date := parse_date(line.text, language) or parse_month(line.text, named=True):
            return Found(date, "text near the title")
    return Found()


def _in_card(block: Element) -> bool:
    """Whether a block is part of a link as a whole, and so speaks of another page."""
    above: Element | None = block
    while above is not None and above.name != "a":
        above = above.parent
    return above is not None
