"""Coursera: a course that is gone shows the front page."""

from bookmarks.fetching.extract.page import Page
from bookmarks.fetching.extract.sites.site import SiteFacts, site

FRONT_PAGE = "Coursera | Online Courses"


def read_coursera(page: Page) -> SiteFacts:
    """A course, a specialisation, a project."""
    facts = SiteFacts()
    title = page.meta.first("og:title") or page.title_element
    if page.title_element.startswith(FRONT_PAGE) or title.startswith(FRONT_PAGE):
        if not page.is_home:
            facts.tell("obstacle", "not_found", "title")
        return facts
    facts.tell("title", title.removesuffix(" | Coursera"), page.meta.source("og:title") or "title")
    return facts


SITES = (site(read_coursera, "coursera.org"),)
