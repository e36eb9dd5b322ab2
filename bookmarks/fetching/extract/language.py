"""The language of a page; import `find_language`."""

import re

from bookmarks.fetching.extract.body import Tag
from bookmarks.fetching.extract.jsonld import first_text
from bookmarks.fetching.extract.page import Found, Page

# BCP 47: language, script, region; further subtags are of no use to a reader of links.
TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?(?![a-z\d])", re.IGNORECASE)
# Placeholders that stand for "none" (ISO 639-2 and habits of templates).
NONE = frozenset(("xx", "und", "zxx", "mul", "mis", "root"))
OLD_CODES = {"iw": "he", "in": "id", "ji": "yi", "jp": "ja"}

# Scripts that one language alone, or nearly alone, is written in.
SCRIPTS = (
    (re.compile(r"[\u3040-\u30ff]"), "ja"),
    (re.compile(r"[\uac00-\ud7af]"), "ko"),
    (re.compile(r"[\u4e00-\u9fff]"), "zh"),
    (re.compile(r"[\u0e00-\u0e7f]"), "th"),
    (re.compile(r"[\u0590-\u05ff]"), "he"),
    (re.compile(r"[\u0370-\u03ff]"), "el"),
)


def find_language(page: Page) -> Found:
    """The declared language as a BCP 47 tag ("en", "pt-BR"), else what the script gives away."""
    root = next(page.tags("html"), Tag("html", {}))
    declared = (
        ("html lang", root.get("lang")),
        ("html xml:lang", root.get("xml:lang")),
        ("content-language", page.meta.first("content-language", "dc.language", "language")),
        ("og:locale", page.meta.first("og:locale")),
        ("json-ld inLanguage", first_text(page.data.things, "inLanguage")),
    )
    for source, value in declared:
        if tag := language_tag(value):
            return Found(tag, source)
    return _by_script(page)


def language_tag(value: str) -> str:
    """A BCP 47 tag in its usual spelling from "en_US", "EN-us,en" and the like, or ""."""
    found = TAG.match(value.strip().replace("_", "-"))
    if not found or found[1].lower() in NONE:
        return ""
    language = OLD_CODES.get(found[1].lower(), found[1].lower())
    parts = (language, (found[2] or "").title(), (found[3] or "").upper())
    return "-".join(part for part in parts if part)


def _by_script(page: Page) -> Found:
    text = " ".join(line.text for line in page.body.lines[:200])[:5000]
    letters = sum(map(str.isalpha, text))
    for script, language in SCRIPTS:
        if letters and len(script.findall(text)) > letters * 0.2:
            return Found(language, "script")
    return Found()
