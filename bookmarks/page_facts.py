"""Facts on their way between a page's row and its reader. Import `columns_of`, `facts_of`.

What lists show has a column; the rarer facts share one, `details`, under their names in PageFacts.
"""

from typing import Any

from django.db.models import CharField

from bookmarks.fetching.extract.facts import PageFacts
from bookmarks.models import Page

COLUMNS = (
    *("title", "excerpt", "authors", "site_name", "published", "modified", "language"),
    *("canonical_url", "image", "kind", "word_count", "cjk_count", "sources"),
)
DETAILS = (
    *("abstract", "venue", "doi", "identifiers", "pdf_url", "code_url", "licence", "feeds"),
    *("icon", "duration", "page_count", "related"),
)
LISTS = frozenset({"authors", "identifiers", "feeds", "related"})
# The most of one detail: characters of a text, members of a list.
LONGEST_DETAIL = 10_000
MOST_MEMBERS = 50


def columns_of(facts: PageFacts) -> dict[str, Any]:
    """Return what to write into a page's columns, each value cut to what its column holds."""
    columns = {name: _fitting(name, getattr(facts, name)) for name in COLUMNS}
    details = {name: _bounded(getattr(facts, name)) for name in DETAILS}
    return columns | {"details": {name: value for name, value in details.items() if value}}


def facts_of(page: Page) -> PageFacts:
    """Return the facts that are kept of a page, its text aside."""
    kept: dict[str, Any] = {name: getattr(page, name) for name in COLUMNS}
    kept |= {name: page.details[name] for name in DETAILS if page.details.get(name)}
    kept |= {name: tuple(kept[name]) for name in LISTS & kept.keys()}
    return PageFacts(**kept)


def cut_to_column(name: str, text: str) -> str:
    """Cut a text to its column; an entity tag that was cut would never match, so it is dropped."""
    column = Page._meta.get_field(name)
    most = column.max_length if isinstance(column, CharField) else None
    if most is None or len(text) <= most:
        return text
    return "" if name in ("etag", "last_modified") else text[:most]


def _fitting(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return cut_to_column(name, value)
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, dict) else value


def _bounded(value: Any) -> Any:
    if isinstance(value, str):
        return value[:LONGEST_DETAIL]
    return list(value)[:MOST_MEMBERS] if isinstance(value, tuple | list) else value
