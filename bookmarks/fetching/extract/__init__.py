"""Understanding a page: its title, authors, date, summary and more; import `extract`.

Each module here is a source of facts or a step on the way to them; none knows who asked.
"""

from typing import Any

from bookmarks.fetching.decode import decode
from bookmarks.fetching.extract.authors import find_authors
from bookmarks.fetching.extract.blocked import is_blocked
from bookmarks.fetching.extract.excerpt import find_description, make_excerpt
from bookmarks.fetching.extract.facts import PageFacts
from bookmarks.fetching.extract.headline import MAX_TITLE, find_title
from bookmarks.fetching.extract.kind import find_kind
from bookmarks.fetching.extract.language import find_language
from bookmarks.fetching.extract.links import find_canonical, find_image
from bookmarks.fetching.extract.main_text import find_main_text
from bookmarks.fetching.extract.page import Found, Page, open_page
from bookmarks.fetching.extract.plain import extract_plain
from bookmarks.fetching.extract.published import find_published
from bookmarks.fetching.extract.site import find_site_name
from bookmarks.fetching.extract.text import cut
from bookmarks.fetching.sniff import is_html_document

__all__ = ["PageFacts", "extract"]

MAX_NAME = 200
PLAIN_TYPES = ("text/plain", "text/markdown", "text/x-markdown")


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
    kind = find_kind(page)
    language = find_language(page)
    title = find_title(page)
    main = find_main_text(page.body, kind.value)
    authors, authors_source = find_authors(page, kind.value, title.value)
    description = find_description(page, main)
    site = find_site_name(page, title.value)
    found = {
        "title": Found(cut(title.value, MAX_TITLE), title.source),
        "description": description,
        "excerpt": make_excerpt(description.value, main),
        "site_name": Found(cut(site.value, MAX_NAME), site.source),
        "published": find_published(page, kind.value, language.value, title.value),
        "language": language,
        "canonical_url": find_canonical(page),
        "image": find_image(page),
        "kind": kind,
    }
    sources = {name: one.source for name, one in found.items() if one.value}
    if authors:
        sources["authors"] = authors_source
    titles = [one for one in (page.title_element, title.value) if one]
    values: dict[str, Any] = {name: one.value for name, one in found.items()}
    return PageFacts(
        **values,
        authors=authors,
        word_count=main.word_count or None,
        cjk_count=main.cjk_count if main.word_count else None,
        text=main.text,
        charset=charset,
        blocked=is_blocked(titles, text, main.word_count, page.is_home),
        sources=sources,
    )
