"""All that is known of a page, put into words for its bookmark's own page. Import `facts_in_words`,
`alternates_in_words`.

Every fact says where it came from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf.locale import LANG_INFO

from bookmarks.entries import safe_href
from bookmarks.links import repaired
from bookmarks.models import Bookmark
from bookmarks.own_facts import ShownFacts
from bookmarks.source_words import source_in_words
from bookmarks.wording import HOUR, MINUTE, counted, reading_time

LANGUAGES: Mapping[str, Mapping[str, Any]] = LANG_INFO
FEEDS_NAMED, ALTERNATES_NAMED = 5, 20


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: what it is called, its value, where it leads and where it came from."""

    name: str
    value: str
    source: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class FactsInWords:
    """The facts of one line each, and an abstract, which is longer."""

    lines: list[Fact] = field(default_factory=list)
    abstract: Fact | None = None


def facts_in_words(bookmark: Bookmark) -> FactsInWords:
    """Return the facts that are this bookmark's to show."""
    shown = bookmark.shown
    lines = [*_moved(bookmark), *_told(bookmark, shown), *_measured(shown), *_linked(bookmark)]
    text = shown.abstract if shown.abstract != shown.excerpt else ""
    source = source_in_words((shown.sources or {}).get("abstract", ""))
    return FactsInWords(lines, Fact("Abstract", text, source) if text else None)


def alternates_in_words(bookmark: Bookmark) -> list[Fact]:
    """Return the other addresses of a bookmark's page, by one query; those a fact names aside."""
    if bookmark.facts is None:
        return []
    details = bookmark.facts.details
    named = {bookmark.url, bookmark.page.url, bookmark.facts.canonical_url}
    named |= {details.get("pdf_url"), details.get("code_url")}
    rows = bookmark.page.alternates.order_by("pk")[:ALTERNATES_NAMED]
    labels = {"same": "Also at", "version": "Version", "html": "Web page"}
    return [
        _link(labels.get(row.role, row.get_role_display().capitalize()), row.url, row.source)
        for row in rows
        if row.url not in named
    ]


def _moved(bookmark: Bookmark) -> Iterator[Fact]:
    """Yield where an address is now whose host is known to have moved."""
    if url := repaired(bookmark.url):
        yield _link("Now at", url, "address")


def _told(bookmark: Bookmark, shown: ShownFacts) -> Iterator[Fact]:
    """Yield what the page says of itself in words."""
    values = {
        "Title found": ("title", shown.title if shown.title != bookmark.shown_title else ""),
        "Site": ("site_name", shown.site_name),
        "By": ("authors", ", ".join(map(str, shown.authors))),
        "Published": ("published", shown.published[:10]),
        "Changed": ("modified", bookmark.facts.modified[:10] if bookmark.facts else ""),
        "In": ("venue", shown.venue),
        "DOI": ("doi", shown.doi),
        "Kind": ("kind", shown.kind),
        "Language": ("language", _language(shown.language)),
        "Licence": ("licence", shown.licence),
    }
    sources = shown.sources or {}
    for label, (name, value) in values.items():
        if value:
            href = f"https://doi.org/{value}" if name == "doi" else ""
            yield Fact(label, value, source_in_words(sources.get(name, "")), href)


def _measured(shown: ShownFacts) -> Iterator[Fact]:
    if shown.word_count:
        characters = f", {shown.cjk_count:,} of them single characters" if shown.cjk_count else ""
        words = f"{counted(shown.word_count, 'word')}{characters}"
        yield Fact("Length", f"{words}, {reading_time(shown.word_count, shown.cjk_count or 0)}")
    if shown.page_count:
        yield Fact("Pages", f"{shown.page_count:,}")
    if shown.duration:
        yield Fact("Plays for", _clock_time(shown.duration))


def _linked(bookmark: Bookmark) -> Iterator[Fact]:
    """Yield where the page says that more of it is."""
    if bookmark.facts is None:
        return
    details, sources = bookmark.facts.details, bookmark.facts.sources
    for label, name in (("PDF", "pdf_url"), ("Code", "code_url")):
        if url := str(details.get(name) or ""):
            yield _link(label, url, sources.get(name, ""))
    for url in details.get("feeds", ())[:FEEDS_NAMED]:
        yield _link("Feed", str(url), sources.get("feeds", ""))
    if bookmark.facts.canonical_url not in ("", bookmark.url):
        yield _link("Canonical", bookmark.facts.canonical_url, sources.get("canonical_url", ""))


def _link(label: str, url: str, source: str) -> Fact:
    return Fact(label, url.partition("://")[2] or url, source_in_words(source), safe_href(url))


def _language(code: str) -> str:
    """Return a language by its English name where we know it: "pt-BR" is "Portuguese (pt-BR)"."""
    base = code.partition("-")[0].lower()
    name = LANGUAGES.get(base, {}).get("name", "")
    return f"{name} ({code})" if name and base != code else str(name or code)


def _clock_time(seconds: int) -> str:
    """Return how long something plays: "9:05", "1:02:03"."""
    hours, rest = divmod(seconds, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
