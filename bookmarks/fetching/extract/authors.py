"""Who wrote a page; import `find_authors`."""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from bookmarks.fetching.extract.body import Element, Line
from bookmarks.fetching.extract.cited import cited
from bookmarks.fetching.extract.names import handles, is_login, people
from bookmarks.fetching.extract.near import lines_near
from bookmarks.fetching.extract.page import Page
from bookmarks.fetching.extract.site import site_keys
from bookmarks.fetching.extract.text import joined

BYLINED = frozenset(("article", "forum", "documentation", "paper", "book", "course", "video"))
# What is shown beside these names who uploaded or changed something; only data name who made it.
MADE = frozenset(("code", "dataset", "model"))
OTHER_TAGS = ("parsely-author", "sailthru.author", "byl")
DUBLIN_CORE = ("dc.creator", "dcterms.creator")

BYLINE_HINT = re.compile(
    r"(?:^|[\s_-])(?:byline|by-line|author|authors|author-?name|autor|auteur|writer|contributor)"
    r"(?:$|[\s_-]|__)"
)
POSTER_HINT = re.compile(
    r"(?:^|[\s_-])(?:username|author|poster|postprofile|post-?author|creator|message-name)(?:$|[\s_-])"
)
NOT_BYLINE_HINT = re.compile(r"avatar|image|photo|bio|social|comment|related")
AUTHOR_LINK = re.compile(
    r"/(?:authors?|autor|contributors?|people|profiles?|writers?|staff)/[^/]+/?$|/@[\w.-]+/?$"
)
MEMBER_LINK = re.compile(
    r"/(?:users?|u|members?|profile|nation)/[^?#]+$|mode=viewprofile|action=profile|member\.php"
)
BY_LINE = re.compile(
    r"^(?:(?:written|posted|published|words|text|reported|story) )?"
    r"(?:by|von|par|por)\b:?\s*(.{0,80})$",
    re.IGNORECASE,
)
STARTED_LINE = re.compile(
    r"^(?:thread starter|(?:started|asked|posted|created|submitted|topic) by|by)\b:?\s*(.{0,80})$",
    re.IGNORECASE,
)
WRITTEN_BY = re.compile(r"^(?:written|words|text|story) by:?\s*(.{0,80})$", re.IGNORECASE)
HANDLE_END = re.compile(r",\s|\s[»•·|–-]\s|\s+on\s|\s+\(")
CAPITAL = re.compile(r"[^\W\d_a-zß-ÿа-я]|[a-z]\w+[A-Z]")
LONGEST_BYLINE = 120
MOST_BYLINES = 60

Sources = Iterator[tuple[str, list[str]]]


def find_authors(page: Page, kind: str, title: str) -> tuple[tuple[str, ...], str]:
    """The authors in order, and where they were found.

    Of a thread in a forum the author is who started it. The site itself is the author only when
    the page names it as such and nobody else.
    """
    if kind in MADE:
        return _makers(page)
    if kind not in BYLINED:
        return (), ""
    if kind == "forum":
        found = next(
            ((names[:1], source) for source, names in _starters(page, title) if names), None
        )
        return (tuple(found[0]), found[1]) if found else ((), "")
    keys = site_keys(page)
    itself: tuple[tuple[str, ...], str] = ((), "")
    for source, names in _writers(page, title):
        own = tuple(name for name in names if joined(name) not in keys)
        if own:
            return own, source
        if names and not itself[0]:
            itself = tuple(names), source
    return itself


def _writers(page: Page, title: str) -> Sources:
    """Names by source, the most trustworthy first."""
    yield "citation_author", cited(page.meta.all("citation_author", "citation_authors"))
    yield "json-ld author", _known(_data_authors(page))
    yield "author", _known(people(page.meta.all("author", "article:author")[:5]))
    yield "meta", _known(people(page.meta.all(*OTHER_TAGS)))
    yield page.meta.source(*DUBLIN_CORE), _known(cited(page.meta.all(*DUBLIN_CORE)))
    yield "itemprop author", _first(page, _is_itemprop, _names)
    yield "rel author", _first(page, _is_rel_author, _names)
    yield "byline", _first(page, _is_byline, _names)
    yield "text near the title", _in_lines(lines_near(page, title), BY_LINE)
    yield "author link", _first(page, _is_author_link, _names)
    yield "text", _in_lines(page.body.lines, WRITTEN_BY)
    yield "twitter:data1", people(_labelled_written_by(page))


def _makers(page: Page) -> tuple[tuple[str, ...], str]:
    names = cited(page.meta.all("citation_author", "citation_authors"))
    if names:
        return tuple(names), "citation_author"
    names = _known(_data_authors(page))
    return (tuple(names), "json-ld author") if names else ((), "")


def _starters(page: Page, title: str) -> Sources:
    """Who started a thread, by source; forum software marks the posts of all the others alike."""
    threads = [one for one in page.data.articles if one.get("author")]
    yield "json-ld author", handles(page.data.names([one.get("author") for one in threads[:1]]))
    yield "data-author", handles(_data_attribute(page))
    yield "text near the title", _handles_in(lines_near(page, title))
    yield "itemprop author", _first(page, _is_itemprop, _handle)
    yield "poster", _first(page, _is_poster, _handle)
    yield "member link", _first(page, _is_member_link, _handle)


def _known(names: list[str]) -> list[str]:
    return [name for name in names if not is_login(name)]


def _data_authors(page: Page) -> list[str]:
    for key in ("author", "creator"):
        for thing in page.data.articles + page.data.works:
            names = people(page.data.names(thing.get(key)))
            if names:
                return names
    return []


def _labelled_written_by(page: Page) -> list[str]:
    label = page.meta.first("twitter:label1").lower()
    return page.meta.all("twitter:data1")[:1] if label in ("written by", "author", "by") else []


def _first(
    page: Page,
    matches: Callable[[Element], bool],
    read: Callable[[Page, list[Element]], list[str]],
) -> list[str]:
    """The names in the first element outside asides that matches and holds any.

    Of matching elements inside each other the innermost are read: the outer ones add the
    publication, the date, the number of posts.
    """
    seen = (one for one in page.body.elements if not one.aside and matches(one))
    matching = list(islice(seen, MOST_BYLINES))
    for outer in matching:
        inner = [one for one in matching if one is not outer and one.within(outer)]
        for group in (inner, [outer]):
            if names := read(page, group):
                return names
    return []


def _names(page: Page, elements: list[Element]) -> list[str]:
    texts = (page.body.text(one) for one in elements)
    names = people(text for text in texts if 2 < len(text) <= LONGEST_BYLINE)
    return names or handles(_content(page, one) for one in elements)


def _content(page: Page, element: Element) -> str:
    """The name in microdata without text: an element of its own inside, or an attribute."""
    named = (one for one in page.body.inside(element) if one.get("itemprop") == "name")
    return next(named, element).get("content")


def _handle(page: Page, elements: list[Element]) -> list[str]:
    """The first piece of text that is a name; rank, badges and number of posts follow it."""
    for one in elements:
        pieces = page.body.snippets[one.start : min(one.end, one.start + 3)]
        if names := handles(piece.text for piece in pieces):
            return names
    return []


def _data_attribute(page: Page) -> Iterator[str]:
    """What XenForo and Stack Exchange note on each post about its author."""
    for element in page.body.elements:
        for name in ("data-author-username", "data-author"):
            if value := element.get(name):
                yield value


def _is_itemprop(element: Element) -> bool:
    return "author" in element.get("itemprop").lower().split()


def _is_rel_author(element: Element) -> bool:
    return element.name == "a" and "author" in element.get("rel").lower().split()


def _is_byline(element: Element) -> bool:
    return (
        bool(element.hint)
        and BYLINE_HINT.search(element.hint) is not None
        and NOT_BYLINE_HINT.search(element.hint) is None
    )


def _is_poster(element: Element) -> bool:
    return bool(element.hint) and POSTER_HINT.search(element.hint) is not None


def _is_author_link(element: Element) -> bool:
    return element.name == "a" and AUTHOR_LINK.search(element.get("href")) is not None


def _is_member_link(element: Element) -> bool:
    return element.name == "a" and MEMBER_LINK.search(element.get("href")) is not None


def _in_lines(lines: list[Line], pattern: re.Pattern[str]) -> list[str]:
    """The name in a line "By ...", or in the line after a lone "By"."""
    for text in _after_lead(lines, pattern):
        if CAPITAL.match(text) and (names := people([text])):
            return names
    return []


def _handles_in(lines: list[Line]) -> list[str]:
    texts = _after_lead(lines, STARTED_LINE)
    return next((names for text in texts if (names := handles([HANDLE_END.split(text)[0]]))), [])


def _after_lead(lines: list[Line], pattern: re.Pattern[str]) -> Iterator[str]:
    visible = [line for line in lines if not line.block.aside]
    for position, line in enumerate(visible):
        found = pattern.match(line.text) if len(line.text) <= LONGEST_BYLINE else None
        if found:
            after = visible[position + 1].text if position + 1 < len(visible) else ""
            yield (found[1] or after)[:80]
