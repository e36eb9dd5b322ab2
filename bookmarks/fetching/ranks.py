"""Which of two values of a fact to keep when a page is read again. Import `better`, `has_shrunk`.

A refetch never makes a thing worse:
- what was found replaces what is kept when it comes from a source of equal or better rank;
- nothing found, or something from a lesser source, leaves value and source as they were;
- text, its counts and the excerpt are of one piece: a page that shrank to less than a fifth of its
  words (a wall, or nothing without scripts) leaves all of them, and whatever it does not say from
  a better source than before.
"""

from dataclasses import replace

from bookmarks.fetching.extract.facts import PageFacts

RANKED = (
    *("title", "authors", "site_name", "published", "modified", "language", "canonical_url"),
    *("image", "kind", "abstract", "venue", "doi", "identifiers", "pdf_url", "code_url"),
    *("licence", "feeds", "icon", "duration", "page_count"),
)
TEXT = ("excerpt", "word_count", "cjk_count", "text")
# Beginnings of the names of sources, from what a site says for machines to what is guessed.
ORDER = (
    ("citation_", "bepress_", "eprints.", "prism.", "site:", "identity", "doi"),
    ("dc.", "dcterms."),
    ("json-ld", "schema.org"),
    ("og:", "article:"),
    ("twitter:", "author", "description", "date", "link", "html lang", "generator"),
    ("canonical", "rel license", "title", "h1", "heading", "time", "markup"),
    (
        "text",
        "arxiv stamp",
        "abstract",
        "identifier",
        "pdf",
        "first paragraph",
        "first line",
        "main text",
        "script",
        "headings",
    ),
    ("file name", "address", "host"),
)
SHRUNK = 5


def better(old: PageFacts, new: PageFacts) -> PageFacts:
    """Return what to keep of what was known of a page and what was just found there."""
    shrunk = has_shrunk(old, new)
    kept = [name for name in RANKED if not _replaces(name, old, new, by=int(shrunk))]
    if shrunk:
        kept += TEXT
    elif not new.excerpt:
        kept.append("excerpt")
    sources = dict(new.sources)
    for name in kept:
        sources.pop(name, None)
        if name in old.sources:
            sources[name] = old.sources[name]
    return replace(new, **{name: getattr(old, name) for name in kept}, sources=sources)


def has_shrunk(old: PageFacts, new: PageFacts) -> bool:
    """Tell whether less than a fifth is left of a page's words."""
    return (new.word_count or 0) * SHRUNK < (old.word_count or 0)


def rank(source: str) -> int:
    """Return how far a source is to be trusted; 0 for one that is not known."""
    name = source.lower()
    for place, beginnings in enumerate(ORDER):
        if name.startswith(beginnings):
            return len(ORDER) - place
    return 0


def _replaces(name: str, old: PageFacts, new: PageFacts, by: int) -> bool:
    """Tell whether a new value is from a source that is better by so much at least."""
    if not getattr(new, name):
        return not getattr(old, name)
    if not getattr(old, name):
        return True
    return rank(new.sources.get(name, "")) >= rank(old.sources.get(name, "")) + by
