"""Under which licence code, a model, data or a text stands; import `find_licence`."""

import re
from collections.abc import Iterator
from typing import Any

from bookmarks.fetching.extract.page import Found, Page, split
from bookmarks.fetching.extract.text import clean

MAX_LICENCE = 100
# Addresses of licences and the names they are known by; SPDX where it has one.
CREATIVE_COMMONS = re.compile(r"/licenses/([a-z-]+)(?:/(\d\.\d))?(?:/(?!deed)([a-z]{2,3}))?")
ARXIV = "arXiv non-exclusive licence"
NAMES = (
    (re.compile(r"creativecommons\.org/publicdomain/zero"), "CC0 1.0"),
    (re.compile(r"creativecommons\.org/publicdomain/mark"), "Public Domain"),
    (re.compile(r"apache\.org/licenses/license-2"), "Apache-2.0"),
    (re.compile(r"gnu\.org/licenses/(?:old-licenses/)?agpl"), "AGPL-3.0"),
    (re.compile(r"gnu\.org/licenses/(?:old-licenses/)?lgpl"), "LGPL"),
    (re.compile(r"gnu\.org/licenses/(?:old-licenses/)?gpl-2"), "GPL-2.0"),
    (re.compile(r"gnu\.org/licenses/(?:old-licenses/)?gpl"), "GPL-3.0"),
    (re.compile(r"mozilla\.org/(?:[a-z-]+/)?mpl/2"), "MPL-2.0"),
    (re.compile(r"arxiv\.org/licenses/"), ARXIV),
)
OPEN_SOURCE = re.compile(
    r"(?:opensource\.org/licenses?|spdx\.org/licenses|choosealicense\.com/licenses)/([\w.-]+)"
)
LICENCE_TAGS = ("dcterms.license", "dc.rights.license", "citation_license")


def find_licence(page: Page) -> Found:
    """The licence that the page's data, links or tags name."""
    for source, value in _named(page):
        if name := licence_name(value):
            return Found(name, source)
    return Found()


def _named(page: Page) -> Iterator[tuple[str, str]]:
    for thing in page.data.works + page.data.articles + page.data.products + page.data.pages:
        for value in _texts(thing.get("license")):
            yield "json-ld license", value
    for tag in page.tags("link"):
        if "license" in tag.get("rel").lower().split():
            yield "link license", tag.get("href")
    for element in page.body.named("a"):
        if "rel" in element.attributes and "license" in element.get("rel").lower().split():
            yield "rel license", element.get("href") or page.body.text(element)
            yield "rel license", page.body.text(element)
    yield page.meta.source(*LICENCE_TAGS), page.meta.first(*LICENCE_TAGS)


def _texts(value: Any) -> Iterator[str]:
    for one in value[:5] if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield from (one[key] for key in ("url", "name", "@id") if isinstance(one.get(key), str))
        elif isinstance(one, str):
            yield one


def licence_name(value: str) -> str:
    """The short name of a licence given by its name or address; "" when it is neither."""
    value = clean(value[:1_000])
    lower = value.lower()
    if not lower.startswith(("http:", "https:", "//")):
        return value if 1 < len(value) <= MAX_LICENCE and "/" not in value else ""
    host = split("https:" + lower[lower.find("//") :]).hostname
    if host.endswith("creativecommons.org") and (found := CREATIVE_COMMONS.search(lower)):
        return " ".join(filter(None, ("CC", found[1].upper(), found[2], (found[3] or "").upper())))
    if found := OPEN_SOURCE.search(value):
        return found[1].removesuffix(".html")
    return next((name for pattern, name in NAMES if pattern.search(lower)), "")
