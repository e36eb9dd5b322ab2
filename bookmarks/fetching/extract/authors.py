"""Who wrote a page; import `find_authors`."""

import re
from collections.abc import Callable, Iterator

from bookmarks.fetching.extract.body import Element
from bookmarks.fetching.extract.document import attribute
from bookmarks.fetching.extract.names import cited, people
from bookmarks.fetching.extract.page import Page
from bookmarks.fetching.extract.published import lines_near
from bookmarks.fetching.extract.site import site_keys
from bookmarks.fetching.extract.text import joined

BYLINED = frozenset(("article", "forum", "documentation"))
OTHER_TAGS = ("parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl")

BYLINE_HINT = re.compile(
    r"(?:^|[\s_-])(?:byline|by-line|author|authors|author-?name|autor|auteur|writer|username|"
    r"postprofile|poster)(?:$|[\s_-]|__)"
)
NOT_BYLINE_HINT = re.compile(r"avatar|image|photo|bio|social|comment|related")
AUTHOR_LINK = re.compile(
    r"/(?:authors?|autor|contributors?|people|profile|writers?|staff)/[^/]+/?$|/@[\w.-]+/?$"
)
BY_LINE = re.compile(
    r"^(?:(?:written|posted|published|words|text|reported) )?(?:by|von|par|por)\b:?\s*(.{0,80})$",
    re.IGNORECASE,
)
LONGEST_BYLINE = 120
CAPITAL = re.compile(r"[A-ZÀ-ÞА-Я\u4e00-\u9fff]")


def find_authors(page: Page, kind: str, title: str) -> tuple[tuple[str, ...], str]:
    """The authors in order, and where they were found.

    The site's own name is no author. Of a thread in a forum the author is who started it.
    """
    if kind not in BYLINED:
        return (), ""
    keys = site_keys(page)
    for source, names in _sources(page, title):
        own = [name for name in names if joined(name) not in keys]
        if own:
            return tuple(own[:1] if kind == "forum" else own), source
    return (), ""


def _sources(page: Page, title: str) -> Iterator[tuple[str, list[str]]]:
    """Names by source, the most trustworthy first."""
    yield "citation_author", cited(page.meta.all("citation_author", "citation_authors"))
    yield "json-ld author", _data_authors(page)
    yield "author", people(page.meta.all("author", "article:author")[:5])
    yield "meta", cited(page.meta.all(*OTHER_TAGS))
    yield "itemprop author", _first(page, _is_itemprop)
    yield "rel author", _first(page, _is_rel_author)
    yield "byline", _first(page, _is_byline)
    yield "text near the title", _by_near_title(page, title)
    yield "author link", _first(page, _is_author_link)


def _data_authors(page: Page) -> list[str]:
    for key in ("author", "creator"):
        for thing in page.data.articles + page.data.works:
            names = people(page.data.names(thing.get(key)))
            if names:
                return names
    return []


def _first(page: Page, matches: Callable[[Element], bool]) -> list[str]:
    """The names in the first elements outside asides that match and hold any."""
    for element in page.body.elements:
        if element.aside or not matches(element):
            continue
        text = page.body.text(element)
        if 2 < len(text) <= LONGEST_BYLINE and (names := people([text])):
            return names
    return []


def _is_itemprop(element: Element) -> bool:
    return "author" in attribute(element.tag, "itemprop").lower().split()


def _is_rel_author(element: Element) -> bool:
    return element.name == "a" and "author" in attribute(element.tag, "rel").lower().split()


def _is_byline(element: Element) -> bool:
    return (
        bool(element.hint)
        and BYLINE_HINT.search(element.hint) is not None
        and NOT_BYLINE_HINT.search(element.hint) is None
    )


def _is_author_link(element: Element) -> bool:
    return element.name == "a" and AUTHOR_LINK.search(attribute(element.tag, "href")) is not None


def _by_near_title(page: Page, title: str) -> list[str]:
    """The name in a line "By ...", or in the line after a lone "By"."""
    lines = [line for line in lines_near(page, title) if not line.block.aside]
    for position, line in enumerate(lines):
        found = BY_LINE.match(line.text) if len(line.text) <= LONGEST_BYLINE else None
        if not found:
            continue
        text = found[1] or (lines[position + 1].text if position + 1 < len(lines) else "")
        if CAPITAL.match(text) and (names := people([text[:80]])):
            return names
    return []
