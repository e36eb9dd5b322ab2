"""All that is known of a page, put into words for its bookmark's own page. Import `facts_in_words`,
`alternates_in_words`.

Every fact says where it came from; what no rule of SOURCES knows is named as it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf.locale import LANG_INFO

from bookmarks.entries import safe_href
from bookmarks.models import Bookmark
from bookmarks.own_facts import IN_TAB, ShownFacts
from bookmarks.wording import HOUR, MINUTE, counted, reading_time

# Beginnings of the names of sources, and what they are called; the first that fits is taken.
SOURCES = (
    ("you", "typed by you"),
    ("import", "from your import"),
    ("citation_", "from its citation tags"),
    ("bepress_citation_", "from its citation tags"),
    ("json-ld", "from its structured data (JSON-LD)"),
    ("schema.org", "from its structured data (schema.org)"),
    ("dcterms.", "from its Dublin Core tags"),
    ("dc.", "from its Dublin Core tags"),
    ("og:article:", "from its article tags"),
    ("og:", "from {source}"),
    ("article:", "from its article tags"),
    ("twitter:", "from {source}"),
    ("title", "from its title"),
    ("h1", "from its heading"),
    ("headings", "from its headings"),
    ("h2", "from its headings"),
    ("html", "from its markup"),
    ("markup", "from its markup"),
    ("link", "from its links"),
    ("time", "from a date marked up in it"),
    ("text near the title", "from the text near its title"),
    ("text", "from its text"),
    ("main text", "from its text"),
    ("first paragraph", "from its first paragraph"),
    ("description", "from its description tag"),
    ("abstract", "from its abstract"),
    ("script", "from the letters it is written in"),
    ("generator", "from the program that made it"),
    ("host", "from its address"),
    ("address", "from its address"),
    ("identity", "from its address"),
    ("site", "from what we know of its site"),
    ("pdf info", "from the PDF's own details"),
    ("xmp", "from the PDF's own details"),
    ("pdf", "from the PDF's first page"),
)
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
    lines = [*_told(bookmark, shown), *_measured(shown), *_linked(bookmark)]
    text = shown.abstract if shown.abstract != shown.excerpt else ""
    source = source_in_words((shown.sources or {}).get("abstract", ""))
    return FactsInWords(lines, Fact("Abstract", text, source) if text else None)


def alternates_in_words(bookmark: Bookmark) -> list[Fact]:
    """Return the other addresses of a bookmark's page, by one query; those a fact names aside."""
    if bookmark.facts is None:
        return []
    details = bookmark.facts.details
    named = {bookmark.url, bookmark.page.url, details.get("pdf_url"), details.get("code_url")}
    rows = bookmark.page.alternates.order_by("pk")[:ALTERNATES_NAMED]
    labels = {"same": "Also at", "version": "Version", "html": "Web page"}
    return [
        _link(labels.get(row.role, row.get_role_display().capitalize()), row.url, row.source)
        for row in rows
        if row.url not in named
    ]


def source_in_words(source: str) -> str:
    """Return where a fact came from: "from its citation tags, in your tab"; "" for ""."""
    if source.startswith(IN_TAB):
        return f"{source_in_words(source.removeprefix(IN_TAB))}, in your tab"
    known = (words for start, words in SOURCES if source.startswith(start))
    return next(known, "from {source}" if source else "").format(source=source)


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
        yield Fact("Length", f"{words}, {reading_time(shown.word_count)}")
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
