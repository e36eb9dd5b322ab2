"""Semantic Scholar: the paper's linked data are whole, its description is the same everywhere."""

import re

from bookmarks.fetching.extract.jsonld import first_text
from bookmarks.fetching.extract.page import Page
from bookmarks.fetching.extract.sites.site import SiteFacts, site

# "[PDF] Title | Semantic Scholar"
TITLE = re.compile(r"^(?:\[PDF\]\s*)?(?P<title>.+?)\s*\|\s*Semantic Scholar$")
BOILERPLATE = re.compile(r"^Semantic Scholar extracted view of|^An academic search engine", re.I)


def read_semantic_scholar(page: Page) -> SiteFacts:
    """A paper."""
    facts = SiteFacts()
    data = page.data.articles
    named = TITLE.match(page.title_element)
    facts.tell("title", first_text(data, "name", "headline"), "json-ld name")
    if named and "title" not in facts.found:
        facts.tell("title", named["title"], "title")
    if BOILERPLATE.search(page.meta.first("og:description", "description")):
        summary = first_text(data, "abstract", "about", "description")
        facts.deny("description")
        facts.tell("description", summary, "json-ld")
    return facts


SITES = (site(read_semantic_scholar, "semanticscholar.org"),)
