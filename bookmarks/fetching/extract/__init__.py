"""Understanding a page: its title, authors, date, summary and more; import `extract`.

Each module here is a source of facts or a step on the way to them; none knows who asked.
"""

from typing import Any

from bookmarks.fetching.decode import decode
from bookmarks.fetching.extract.authors import find_authors
from bookmarks.fetching.extract.citation import (
    find_abstract,
    find_cited_title,
    find_doi,
    find_pdf_url,
    find_venue,
)
from bookmarks.fetching.extract.code_url import find_code_url
from bookmarks.fetching.extract.duration import find_duration
from bookmarks.fetching.extract.excerpt import find_description, make_excerpt
from bookmarks.fetching.extract.facts import PageFacts
from bookmarks.fetching.extract.headline import MAX_TITLE, find_title
from bookmarks.fetching.extract.identifiers import find_identifiers
from bookmarks.fetching.extract.kind import find_kind
from bookmarks.fetching.extract.language import find_language
from bookmarks.fetching.extract.licence import find_licence
from bookmarks.fetching.extract.links import find_canonical, find_image
from bookmarks.fetching.extract.main_text import MainText, find_main_text
from bookmarks.fetching.extract.modified import find_modified
from bookmarks.fetching.extract.obstacles import find_obstacle
from bookmarks.fetching.extract.offered import find_feeds, find_icon
from bookmarks.fetching.extract.page import Found, Page, open_page
from bookmarks.fetching.extract.plain import extract_plain
from bookmarks.fetching.extract.published import find_published
from bookmarks.fetching.extract.refresh import find_refresh
from bookmarks.fetching.extract.site import find_site_name
from bookmarks.fetching.extract.sites import SiteFacts, read_site
from bookmarks.fetching.extract.text import cut
from bookmarks.fetching.sniff import is_html_document

__all__ = ["PageFacts", "extract"]

MAX_NAME = 200
PLAIN_TYPES = ("text/plain", "text/markdown", "text/x-markdown")
# How the text and the dates of a page of this kind are read.
READ_AS = {
    "paper": "article",
    "book": "article",
    "course": "article",
    "video": "article",
    "code": "documentation",
    "dataset": "documentation",
    "model": "documentation",
    "home": "service",
}


def extract(body: bytes, url: str, content_type: str) -> PageFacts:
    """The facts of the page in `body`, fetched from `url`, sent as `content_type`.

    Works on any bytes within bounded time and memory; what cannot be understood is left empty.
    """
    text, charset = decode(body, content_type)
    if _is_plain(text[:1024], content_type.partition(";")[0].strip().lower()):
        return extract_plain(text, url, charset)
    return _facts(open_page(text, url), text, charset)


def _is_plain(head: str, media_type: str) -> bool:
    """Whether to read a file as plain text: sent as such, or sent as nothing and without markup."""
    if media_type in PLAIN_TYPES:
        return not is_html_document(head.encode("utf-8", "replace"))
    return not media_type and "<" not in head


def _facts(page: Page, text: str, charset: str) -> PageFacts:
    site = read_site(page)
    kind = find_kind(page)
    main = find_main_text(page.body, READ_AS.get(kind.value, kind.value))
    found = {"kind": kind, "language": find_language(page), "canonical_url": find_canonical(page)}
    found |= _named(page, site)
    found |= _work(page, site, found)
    found |= _told(page, site, found, main)
    obstacle = site.get("obstacle", lambda: find_obstacle(page, found, main, text))
    found |= {"obstacle": obstacle, "refresh_to": find_refresh(page, text)}
    values: dict[str, Any] = {name: one.value for name, one in found.items()}
    sources = {name: one.source for name, one in found.items() if one.value}
    for name, (value, source) in _lists(page, site, found).items():
        values[name] = value
        if value:
            sources[name] = source
    return PageFacts(
        **values,
        word_count=main.word_count or None,
        cjk_count=main.cjk_count if main.word_count else None,
        text=main.text,
        charset=charset,
        blocked=bool(obstacle),
        sources=sources,
    )


def _named(page: Page, site: SiteFacts) -> dict[str, Found]:
    """What the page and its site are called."""
    title = site.get("title", lambda: find_cited_title(page) or find_title(page))
    name = site.get("site_name", lambda: find_site_name(page, title.value))
    return {
        "title": Found(cut(title.value, MAX_TITLE), title.source),
        "site_name": Found(cut(name.value, MAX_NAME), name.source),
        "image": find_image(page),
        "icon": find_icon(page),
    }


def _work(page: Page, site: SiteFacts, found: dict[str, Found]) -> dict[str, Found]:
    """What is said of a paper, of code, of a model."""
    paper = found["kind"].value == "paper"
    abstract = site.get("abstract", lambda: find_abstract(page, shown=paper))
    code = site.get("code_url", lambda: find_code_url(page) if paper else Found())
    return {
        "abstract": abstract,
        "venue": site.get("venue", lambda: find_venue(page)),
        "doi": find_doi(page),
        "pdf_url": find_pdf_url(page),
        "code_url": code,
        "licence": site.get("licence", lambda: find_licence(page)),
    }


def _told(page: Page, site: SiteFacts, found: dict[str, Found], main: MainText) -> dict[str, Found]:
    """What the page tells, and when it was written; a paper is described by its abstract."""
    description = site.get("description", lambda: find_description(page, main))
    if found["kind"].value == "paper" and found["abstract"]:
        description = found["abstract"]
    language, title = found["language"].value, found["title"].value
    form = READ_AS.get(found["kind"].value, found["kind"].value)
    published = site.get("published", lambda: find_published(page, form, language, title))
    modified = site.get("modified", lambda: find_modified(page, language, published.value))
    return {
        "description": description,
        "excerpt": make_excerpt(description.value, main),
        "published": published,
        "modified": modified,
    }


def _lists(page: Page, site: SiteFacts, found: dict[str, Found]) -> dict[str, tuple[Any, str]]:
    """The facts that are no text, each with its source."""
    kind, title = found["kind"].value, found["title"].value
    authors = (site.authors, "site: authors") if site.authors else find_authors(page, kind, title)
    canonical, doi = found["canonical_url"].value, found["doi"].value
    return {
        "authors": authors,
        "identifiers": find_identifiers(page, canonical, doi),
        "related": (site.related, "site: links"),
        "feeds": (find_feeds(page), "link alternate"),
        "duration": find_duration(page) if kind == "video" else (None, ""),
    }
