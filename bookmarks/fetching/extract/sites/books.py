"""Books read on the web: a chapter is called by its name, without its number and the book's."""

import re

from bookmarks.fetching.extract.page import Page
from bookmarks.fetching.extract.sites.site import SiteFacts, site

# "1. Introduction — Dive into Deep Learning 1.0.3 documentation"
CHAPTER = re.compile(
    r"^(?:(?P<number>\d{1,3}(?:\.\d{1,3})*)\.?\s+)?(?P<title>.+?)"
    r"\s+—\s+(?P<book>[^—]+?)(?:\s+v?\d[\w.]*)?(?:\s+documentation)?$"
)


def read_book(page: Page) -> SiteFacts:
    """A chapter of a book that Sphinx made."""
    facts = SiteFacts()
    found = CHAPTER.match(page.title_element)
    if found:
        facts.tell("title", found["title"], "title")
        facts.tell("site_name", found["book"], "title")
    return facts


SITES = (site(read_book, "d2l.ai", ".d2l.ai"),)
