"""The title of a page, without the site's name; import `find_title`."""

import re

from bookmarks.fetching.extract.jsonld import first_text
from bookmarks.fetching.extract.page import Found, Page
from bookmarks.fetching.extract.site import bare_key, site_keys
from bookmarks.fetching.extract.text import contains_run, joined, words

MAX_TITLE = 500
MAX_HEADING = 300

# What parts a title from the name of its site or section.
SEPARATOR = re.compile(r"(\s+[|\-–—·•:»«~/⋅∙]+\s+|\s*[|»«•]\s*|:\s+|\s+::\s+)")

META_TITLES = ("twitter:title", "dc.title", "dcterms.title", "sailthru.title", "parsely-title")


def find_title(page: Page) -> Found:
    """The page's title: a heading that the head confirms, else the head's own, without the site.

    A heading is what the author wrote; `title` and og:title carry the site's name, a section, a
    search engine's wording. A heading alone may be a logo, so its words must occur in the head.
    """
    heads = _head_titles(page)
    keys = site_keys(page)
    headings = _headings(page)
    confirmed = _confirmed(headings, heads, keys)
    if confirmed:
        return Found(confirmed, "h1")
    for found in heads:
        title = without_site(found.value, keys)
        if title and not _is_site(title, keys):
            return Found(title, found.source)
    if headings:
        return Found(headings[0], "h1")
    return heads[0] if heads else Found()


def _head_titles(page: Page) -> list[Found]:
    """The titles the head gives, the most trustworthy first."""
    candidates = (
        Found(page.meta.first("citation_title"), "citation_title"),
        Found(first_text(page.data.articles, "headline"), "json-ld headline"),
        Found(page.meta.first("og:title"), "og:title"),
        Found(page.meta.first(*META_TITLES), page.meta.source(*META_TITLES)),
        Found(first_text(page.data.products + page.data.works, "name"), "json-ld name"),
        Found(page.title_element, "title"),
    )
    return [found for found in candidates if found]


def _headings(page: Page) -> list[str]:
    texts = [page.body.text(one) for one in page.body.named("h1") if not one.aside]
    return [text for text in texts if text and len(text) <= MAX_HEADING][:12]


def _confirmed(headings: list[str], heads: list[Found], keys: frozenset[str]) -> str:
    """The heading whose words are a run in one of the head's titles, or share most with them."""
    runs = [words(found.value) for found in heads]
    candidates = [text for text in headings if not _is_site(text, keys)]
    least = 2 if len(headings) > 1 else 1
    good = [
        text
        for text in candidates
        if len(words(text)) >= least and any(contains_run(words(text), run) for run in runs)
    ]
    if good:
        return max(good, key=len)
    return next((text for text in candidates if _is_close(text, runs)), "")


def _is_close(heading: str, runs: list[list[str]]) -> bool:
    """Whether a heading of three words or more shares at least half of them with the head."""
    own = set(words(heading))
    shared = own & {word for run in runs for word in run}
    return len(words(heading)) >= 3 and len(shared) >= max(2, len(own) / 2)


def without_site(title: str, keys: frozenset[str]) -> str:
    """A title without the segments at its ends that are the site's name."""
    parts = SEPARATOR.split(title)
    while len(parts) > 1 and _is_site(parts[-1], keys):
        del parts[-2:]
    while len(parts) > 1 and _is_site(parts[0], keys) and len(words("".join(parts[2:]))) >= 2:
        del parts[:2]
    return "".join(parts).strip()


def _is_site(text: str, keys: frozenset[str]) -> bool:
    """Whether a text is the site's name, or begins one, or is begun by one ("BBC", "BBC News")."""
    own = {joined(text), bare_key(text)} - {""}
    if own & keys:
        return True
    return any(
        (len(key) > 4 and one.startswith(key)) or (len(one) > 3 and key.startswith(one))
        for key in keys
        for one in own
    )
