"""Where a fact came from, in words. Import `source_in_words`. Pure.

What no rule of SOURCES knows is named as it is.
"""

from bookmarks.own_facts import IN_TAB

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
    ("rel=", "from its links"),
    ("canonical", "from its links"),
    ("author", "from its author tag"),
    ("redirect", "from where it led"),
    ("identifier", "from its identifiers"),
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


def source_in_words(source: str) -> str:
    """Return where a fact came from: "from its citation tags, in your tab"; "" for ""."""
    if source.startswith(IN_TAB):
        return f"{source_in_words(source.removeprefix(IN_TAB))}, in your tab"
    known = (words for start, words in SOURCES if source.startswith(start))
    return next(known, "from {source}" if source else "").format(source=source)
