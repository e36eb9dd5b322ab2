"""Facts of a page that its saver brought, and which fact is shown. Pure.

Import `clean_own_facts`, `merge_own_facts`, `type_own_facts`, `shown_facts`, `shown_title`.

`Bookmark.own_facts` holds values by their names in `PageFacts`, and under "sources" where each
came from: "you" when it was typed, "import", or "tab: citation_author" when a bookmarklet saw it
in the person's own tab. They never enter the page that all its savers share, since anybody may
claim anything; they show on this one bookmark. Addresses are no such facts: nobody else should be
led where one person says.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Protocol

from bookmarks.drafts import clean_line, clean_text

OwnFacts = dict[str, Any]

TYPED, IMPORTED, IN_TAB = "you", "import", "tab: "
MAX_SOURCE = 60
MAX_AUTHORS, MAX_AUTHOR = 200, 200
MAX_NUMBER = 2_000_000_000
# Facts of one line and their greatest lengths; those of several lines; numbers.
LINES = {
    **{"title": 500, "site_name": 200, "published": 40, "language": 35, "kind": 20},
    **{"venue": 300, "doi": 300, "licence": 100},
}
TEXTS = {"excerpt": 5_000, "abstract": 10_000}
NUMBERS = ("word_count", "cjk_count", "page_count", "duration")
NAMES = ("authors", *LINES, *TEXTS, *NUMBERS)
# Read from `Page.details`, where a page keeps its rarer facts.
RARER = ("venue", "doi", "licence", "abstract", "page_count", "duration")
KINDS = (
    *("article", "paper", "documentation", "course", "book", "video", "code", "dataset"),
    *("model", "forum", "listing", "collection", "product", "service", "home"),
)
# A date as exact as known: ISO 8601 without its rarer forms.
DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?\Z",
    re.ASCII,
)
# From the most trusted to the least: what a page says for machines before what it shows.
RANKS = (
    re.compile(r"you\Z"),
    re.compile(r"import\b"),
    re.compile(r"citation_|bepress_citation_"),
    re.compile(r"json-ld|schema\.org|dc\.|dcterms\."),
    re.compile(r"og:|article:|book:"),
    re.compile(r"(?!title\Z|h1\Z)"),
)


class Found(Protocol):
    """A page as this module sees it: the facts that a worker found there."""

    @property
    def sources(self) -> Any:
        """Which source gave which fact."""

    @property
    def details(self) -> Any:
        """The rarer facts by name."""


@dataclass(slots=True)
class ShownFacts:
    """What is shown of a page on one bookmark, and where each fact came from; empty if unknown."""

    title: str = ""
    authors: tuple[str, ...] | list[str] = ()
    site_name: str = ""
    published: str = ""
    language: str = ""
    kind: str = ""
    venue: str = ""
    doi: str = ""
    licence: str = ""
    excerpt: str = ""
    abstract: str = ""
    word_count: int | None = None
    cjk_count: int | None = None
    page_count: int | None = None
    duration: int | None = None
    sources: Mapping[str, str] | None = None


SHOWN = tuple(one.name for one in fields(ShownFacts) if one.name != "sources")
PLAIN = tuple(name for name in SHOWN if name not in RARER)


def shown_facts(own: OwnFacts | None, found: Found | None) -> ShownFacts:
    """Return the facts to show: a person's own over those found, by the rank of their sources.

    Of two of one rank the person's own is shown. `found` is None where no facts may be shown yet.
    """
    shown, sources = ShownFacts(), {}
    if found is not None:
        sources = found.sources
        for name in PLAIN:
            setattr(shown, name, getattr(found, name))
        if found.details:
            for name in RARER:
                if name in found.details:
                    setattr(shown, name, found.details[name])
    if own:
        sources = {**sources}
        for name, source in own["sources"].items():
            if not getattr(shown, name) or _rank(name, source) <= _rank(name, sources.get(name)):
                setattr(shown, name, own[name])
                sources[name] = source
    shown.sources = sources
    return shown


def shown_title(own: OwnFacts | None, found: str, sources: Mapping[str, str]) -> str:
    """Return the title of `shown_facts` alone; `found` on the page is "" where it may not show."""
    source = own["sources"].get("title") if own else None
    if own is None or source is None:
        return found
    better = not found or _rank("title", source) <= _rank("title", sources.get("title"))
    return str(own["title"]) if better else found


def clean_own_facts(values: Mapping[str, Any], sources: Mapping[str, Any]) -> OwnFacts | None:
    """Return what may be kept of facts from outside; None when nothing is left.

    Unknown names, values of another type than that of their fact, and facts without a source are
    dropped; texts lose what cannot be printed and are cut to their lengths.
    """
    kept: OwnFacts = {}
    told: dict[str, str] = {}
    for name in NAMES:
        source = sources.get(name)
        value = _clean(name, values.get(name))
        if value and isinstance(source, str) and (source := clean_line(source)[:MAX_SOURCE]):
            kept[name], told[name] = value, source
    return {**kept, "sources": told} if kept else None


def merge_own_facts(old: OwnFacts | None, new: OwnFacts | None) -> OwnFacts | None:
    """Return both together; of two values of one fact that of the better source, else the new."""
    if not (old and new):
        return new or old
    merged = {**old, "sources": {**old["sources"]}}
    for name, source in new["sources"].items():
        if name not in old or _rank(name, source) <= _rank(name, old["sources"][name]):
            merged[name], merged["sources"][name] = new[name], source
    return merged


def type_own_facts(own: OwnFacts | None, typed: Mapping[str, Any]) -> OwnFacts | None:
    """Return own facts with what a person typed; an empty value takes one's own back."""
    values = {name: value for name, value in (own or {}).items() if name not in typed}
    sources = {**values.pop("sources", {}), **dict.fromkeys(typed, TYPED)}
    return clean_own_facts({**values, **typed}, sources)


def without_tab(own: OwnFacts | None) -> OwnFacts | None:
    """Return own facts without those seen in a tab: they are of that address alone."""
    if not own:
        return None
    sources = own["sources"]
    return clean_own_facts(
        own, {name: source for name, source in sources.items() if not source.startswith(IN_TAB)}
    )


def is_date(text: str) -> bool:
    """Tell whether a text is a date that exists: "2023", "2023-07", "2023-07-09" or with a time."""
    parts = DATE.match(text)
    if not parts:
        return False
    try:
        date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        return False
    return True


def _rank(name: str, source: str | None) -> int:
    source = (source or "").removeprefix(IN_TAB)
    if name == "kind" and source == "address":
        return 2  # what an address names is as sure as what a page says of itself for citing
    found = (number for number, pattern in enumerate(RANKS) if pattern.match(source))
    return next(found, len(RANKS))


def _clean(name: str, value: Any) -> Any:
    """Return a value fit to be kept as the fact of that name, or None."""
    if name == "authors":
        if not isinstance(value, list | tuple):
            return None
        lines = [clean_line(one)[:MAX_AUTHOR] for one in value if isinstance(one, str)]
        return list(dict.fromkeys(filter(None, lines)))[:MAX_AUTHORS]
    if name in NUMBERS:
        right = isinstance(value, int) and not isinstance(value, bool)
        return value if right and 0 < value <= MAX_NUMBER else None
    if not isinstance(value, str):
        return None
    text = clean_text(value)[: TEXTS[name]] if name in TEXTS else clean_line(value)[: LINES[name]]
    if (name == "published" and not is_date(text)) or (name == "kind" and text not in KINDS):
        return None
    return text
