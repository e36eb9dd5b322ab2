"""Linked data in script elements (JSON-LD, schema.org); import `LinkedData`."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from bookmarks.fetching.extract.body import Tag
from bookmarks.fetching.extract.text import clean

Thing = dict[str, Any]

MAX_THINGS = 2_000
MAX_SCRIPT = 1_000_000

# Wrappers from the days of XHTML that JSON does not know.
WRAPPER = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)"
    r"|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*$"
)
TRAILING_COMMA = re.compile(r",(\s*[}\]])")

ARTICLES = re.compile(r"(?:Article|Posting|Report)$|^(?:Review|Recipe|Course|Event|Question)$")
WORKS = re.compile(
    r"^(?:Book|VideoObject|SoftwareSourceCode|Podcast\w*|Dataset|CreativeWork|TechArticle|Movie)$"
)
PRODUCTS = re.compile(r"^Product(?:Group)?$|^SoftwareApplication$")
PAGES = re.compile(r"^(?:\w*Page|WebSite)$")
SITES = re.compile(r"^WebSite$")


class LinkedData:
    """Every schema.org thing the page describes, in document order, nested ones included."""

    def __init__(self, scripts: Iterable[Tag]) -> None:
        self.things: list[Thing] = []
        for script in scripts:
            if "ld+json" in script.get("type").lower():
                self.things += _things(_load(script.text[:MAX_SCRIPT]))
        del self.things[MAX_THINGS:]
        self._by_id = {
            thing["@id"]: thing
            for thing in self.things
            if isinstance(thing.get("@id"), str) and thing.get("name")
        }
        self.articles = self._of(ARTICLES)
        self.works = self._of(WORKS)
        self.products = self._of(PRODUCTS)
        self.pages = self._of(PAGES)
        self.sites = self._of(SITES)
        self.types = {name for thing in self.things for name in types_of(thing)}

    def _of(self, pattern: re.Pattern[str]) -> list[Thing]:
        return [one for one in self.things if any(map(pattern.search, types_of(one)))]

    def names(self, value: Any, depth: int = 0) -> list[str]:
        """The names behind a value: a string, a thing, a list of them, a reference by @id."""
        if depth > 5:
            return []
        if isinstance(value, str):
            return [clean(value)] if value.strip() else []
        if isinstance(value, list):
            return [name for one in value[:200] for name in self.names(one, depth + 1)]
        if isinstance(value, dict):
            known = value if value.get("name") else self._by_id.get(str(value.get("@id")), value)
            return self.names(known.get("name"), depth + 1)
        return []


def types_of(thing: Thing) -> list[str]:
    """The schema.org types of a thing, without their namespace."""
    value = thing.get("@type")
    types = value if isinstance(value, list) else [value]
    return [re.split(r"[/#:]", one)[-1] for one in types if isinstance(one, str)]


def first_text(things: Iterable[Thing], *keys: str) -> str:
    """The first non-empty string under the first of these keys that has one."""
    pool = list(things)
    for key in keys:
        for thing in pool:
            value = thing.get(key)
            if isinstance(value, list):
                value = next((one for one in value if isinstance(one, str)), "")
            if isinstance(value, str) and (text := clean(value)):
                return text
    return ""


def _load(script: str) -> Any:
    """The value of a script, repaired if need be; None when it stays unreadable."""
    script = WRAPPER.sub("", script.strip()).strip().rstrip(";")
    for repair in (str, _without_trailing_commas, html.unescape):
        try:
            return json.loads(repair(script), strict=False)
        except (ValueError, RecursionError):  # a thousand brackets are the latter
            continue
    values = list(_several(script))
    return values or None


def _without_trailing_commas(script: str) -> str:
    return TRAILING_COMMA.sub(r"\1", script)


def _several(script: str) -> Iterator[Any]:
    """Values written one after the other, as some plug-ins do."""
    decoder = json.JSONDecoder(strict=False)
    position = 0
    while (position := script.find("{", position)) >= 0:
        try:
            value, position = decoder.raw_decode(script, position)
        except (ValueError, RecursionError):
            return
        yield value


def _things(value: Any) -> list[Thing]:
    """The dictionaries in a value, outermost first, in order of appearance."""
    things: list[Thing] = []
    waiting = [(value, 0)]
    while waiting and len(things) < MAX_THINGS:
        one, depth = waiting.pop()
        if isinstance(one, dict):
            things.append(one)
        children = list(one.values()) if isinstance(one, dict) else one
        if isinstance(children, list) and depth < 12:
            waiting += [
                (child, depth + 1)
                for child in reversed(children[:500])
                if isinstance(child, dict | list)
            ]
    return things
