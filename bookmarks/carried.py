"""What a bookmarklet brings of the page in a person's tab. Pure.

Import `check_carried`, `read_carried`, `Carried`, `BadPayload`.

The tab sends what its page says of itself to machines: meta elements, linked data, heading. It
comes from whatever site the person looks at, so nothing in it is trusted: it is bounded, read as
data alone, put into a document of ours with everything escaped, and understood as a fetched page
is. What comes out is the person's own facts (`bookmarks.own_facts`), never the page's.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from bookmarks.drafts import clean_line
from bookmarks.fetching.extract import PageFacts, extract
from bookmarks.links import BadUrl, clean_url, page_address
from bookmarks.own_facts import IN_TAB, OwnFacts, clean_own_facts

MAX_BYTES = 60_000
MAX_PAIRS, MAX_NAME, MAX_CONTENT = 150, 100, 5_000
MAX_SCRIPTS, MAX_SCRIPTS_LENGTH = 20, 30_000
MAX_LINE = 1_000
CARRIED = (
    *("title", "authors", "published", "site_name", "language", "kind"),
    *("venue", "doi", "licence", "abstract"),
)
# Kinds that the page states; a guess needs the body, which stays in the tab.
STATED = frozenset({"schema.org", "json-ld", "markup", "og:type"})
# A document without a body looks like one that needs scripts; the person saw what they showed.
NO_OBSTACLE = frozenset({"script_only"})


class BadPayload(ValueError):
    """What was carried cannot be read; `str()` is a sentence for the person."""

    too_large = False


class TooLarge(BadPayload):
    """It is more than the bookmarklet sends."""

    too_large = True


@dataclass(frozen=True)
class Carried:
    """A page as seen in a tab. `url` is clean, `title` the best that it gives itself."""

    url: str
    title: str
    own_facts: OwnFacts | None


def check_carried(text: str) -> dict[str, Any]:
    """Return the payload as data, without a look at what it says. Raises `BadPayload`."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise TooLarge("The page says more about itself than can be taken along.")
    try:
        payload = json.loads(text)
    except (ValueError, RecursionError):
        payload = None
    if not isinstance(payload, dict):
        raise BadPayload("What the page says about itself could not be read.")
    return payload


def read_carried(text: str) -> Carried:
    """Return what a payload tells of its page. Raises `BadPayload`.

    Unknown names are ignored, values of a wrong type dropped. What stands in the way of a page (a
    log-in, a challenge) tells nothing about it.
    """
    payload = check_carried(text)
    try:
        url = clean_url(_line(payload.get("url"), MAX_BYTES))
    except BadUrl as error:
        raise BadPayload("The page has no address that can be kept.") from error
    facts = extract(_document_of(payload).encode(), url, "text/html; charset=utf-8")
    if facts.blocked and facts.obstacle not in NO_OBSTACLE:
        return Carried(url, "", None)
    return Carried(url, facts.title, _own_facts(facts, page_address(url).kind))


def _own_facts(facts: PageFacts, kind: str) -> OwnFacts | None:
    values = {name: getattr(facts, name) for name in CARRIED}
    sources = {name: facts.sources.get(name, "") for name in CARRIED}
    if kind:
        values["kind"], sources["kind"] = kind, "address"
    elif sources["kind"] not in STATED:
        sources["kind"] = ""
    values["excerpt"] = facts.description
    sources["excerpt"] = facts.sources.get("description", "")
    if facts.description == facts.abstract:
        sources["abstract"] = ""
    if sources["site_name"] == "host":  # the address says that already
        sources["site_name"] = ""
    told = {name: f"{IN_TAB}{source}" for name, source in sources.items() if source}
    return clean_own_facts(values, told)


def _document_of(payload: dict[str, Any]) -> str:
    """Return a small document that says what the payload says."""
    lang, title, canonical, heading = (
        escape(_line(payload.get(name), MAX_LINE)) for name in ("lang", "title", "canonical", "h1")
    )
    meta = "".join(
        f'<meta name="{escape(name)}" content="{escape(content)}">\n'
        for name, content in _pairs(payload.get("meta"))
    )
    # In JSON "<" stands in texts alone, where it may be written so.
    scripts = "".join(
        '<script type="application/ld+json">' + script.replace("<", "\\u003c") + "</script>\n"
        for script in _scripts(payload.get("ld"))
    )
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><title>{title}</title>\n'
        f'<link rel="canonical" href="{canonical}">\n{meta}{scripts}</head>\n'
        f"<body><h1>{heading}</h1></body></html>\n"
    )


def _pairs(value: Any) -> Iterator[tuple[str, str]]:
    for pair in value[:MAX_PAIRS] if isinstance(value, list) else ():
        if isinstance(pair, list) and len(pair) == 2:
            name, content = _line(pair[0], MAX_NAME), _line(pair[1], MAX_CONTENT)
            if name and content:
                yield name, content


def _scripts(value: Any) -> Iterator[str]:
    left = MAX_SCRIPTS_LENGTH
    for script in value[:MAX_SCRIPTS] if isinstance(value, list) else ():
        if isinstance(script, str) and len(script) <= left:
            left -= len(script)
            yield script.encode("utf-8", "replace").decode()


def _line(value: Any, length: int) -> str:
    return clean_line(value[:length]) if isinstance(value, str) else ""
