"""The name of the site a page is on; import `find_site_name` and `site_keys`."""

import re

from bookmarks.fetching.extract.jsonld import first_text
from bookmarks.fetching.extract.page import Found, Page
from bookmarks.fetching.extract.text import joined, words

# Labels that carry no name: the public suffixes people register under, and service prefixes.
_NO_NAME = "com org net co edu gov ac www blog docs en m news"
NO_NAME = frozenset(_NO_NAME.split())
DECORATION = re.compile(r"^the\s+|\.(?:com|org|net|io|ai|co\.uk)$", re.IGNORECASE)

# What parts a title from the name of its site or section.
SEPARATOR = re.compile(r"(\s+[|\-–—·•:»«~/⋅∙]+\s+|\s*[|»«•]\s*|:\s+|\s+::\s+)")
LONGEST_NAME = 60

NAME_TAGS = ("og:site_name", "application-name", "apple-mobile-web-app-title")
PUBLISHER_TAGS = ("citation_journal_title", "citation_conference_title", "dc.publisher")


def find_site_name(page: Page, title: str) -> Found:
    """The site's name for itself, else what follows `title` in the title element, else the host."""
    name = page.meta.first(NAME_TAGS[0])
    if name and len(name) <= LONGEST_NAME:
        return Found(name, NAME_TAGS[0])
    if name := first_text(page.data.sites, "name", "alternateName"):
        return Found(name, "json-ld WebSite")
    if name := page.meta.first(*NAME_TAGS[1:], *PUBLISHER_TAGS):
        return Found(name, page.meta.source(*NAME_TAGS[1:], *PUBLISHER_TAGS))
    for thing in page.data.articles + page.data.pages:
        for name in page.data.names(thing.get("publisher")):
            return Found(name, "json-ld publisher")
    return Found(_after_title(page, title), "title") or Found(page.host, "host")


def _after_title(page: Page, title: str) -> str:
    """The last segment of the title element, when all before it is the page's title."""
    parts = SEPARATOR.split(page.title_element)
    if len(parts) < 3:
        return ""
    *before, separator, last = parts
    same = bool(title) and words("".join(before)) == words(title)
    return last if same and separator.strip() != ":" and 2 < len(last) <= LONGEST_NAME else ""


def site_keys(page: Page) -> frozenset[str]:
    """The forms under which the site's name may stand in a title, run together in lower case."""
    names = [page.meta.first(*NAME_TAGS), first_text(page.data.sites, "name")]
    names += page.data.names([thing.get("publisher") for thing in page.data.articles[:3]])
    labels = [label for label in page.host.split(".")[:-1] if label not in NO_NAME]
    names += [page.host, page.host.rpartition(".")[0], *labels]
    return frozenset(key for name in names for key in (joined(name), bare_key(name)) if key)


def bare_key(name: str) -> str:
    """A name run together without "The" and without ".com"."""
    return joined(DECORATION.sub("", name.strip()))
