"""The rules of the W3C feed validator for what our feeds use. Import `complaints_about`.

Read from RFC 4287, the RSS 2.0 specification with the board's profile, JSON Feed 1.1 and the
validator's own list of messages (https://validator.w3.org/feed/docs/).
"""

import json
import re
from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
PATH = r"([\w.~!$&'()*+,;=:@/?#-]|%[0-9A-Fa-f]{2})*"
URI = re.compile(rf"https?://([0-9A-Za-z.-]+|\[[0-9a-f:]+\])(:\d+)?(/{PATH})?", re.A)
TAG_URI = re.compile(rf"tag:[a-z0-9.-]+,\d{{4}}:{PATH}", re.A)
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
HTML_ALLOWED = re.compile(r"</?(?:p|blockquote)>|<br>")
MARKUP = re.compile(r"<[^>]*>?")


def complaints_about(form: str, content: bytes, url: str) -> list[str]:
    """Return what is wrong with a feed of that form that was read from that address."""
    return list({"atom": _atom, "rss": _rss, "json": _json}[form](content, url))


def _atom(content: bytes, url: str) -> Iterator[str]:
    root = ElementTree.fromstring(content)
    if root.tag != f"{ATOM}feed":
        yield f"the root is {root.tag}"
    yield from _once(root, ATOM, ("id", "title", "updated", "author", "subtitle", "generator"))
    yield from _atom_links(root, {"self": url, "alternate": None})
    entries = root.findall(f"{ATOM}entry")
    yield from _unique([_text(entry, f"{ATOM}id") for entry in entries])
    for entry in entries:
        yield from _once(entry, ATOM, ("id", "title", "updated", "published", "author", "content"))
        yield from _atom_links(entry, {"alternate": None, "related": None})
        for category in entry.findall(f"{ATOM}category"):
            yield from _matches(URI, category.get("scheme"))
            if not category.get("term"):
                yield "a category without term"
        yield from _html(_text(entry, f"{ATOM}content"))
        if _text(entry, f"{ATOM}updated") > _text(root, f"{ATOM}updated"):
            yield "an entry is newer than the feed"
    for element in root.iter():
        if element.tag in (f"{ATOM}updated", f"{ATOM}published"):
            yield from _matches(RFC_3339, element.text)
        if element.tag == f"{ATOM}id":
            yield from _matches(TAG_URI, element.text)
        if element.tag == f"{ATOM}author":
            yield from _once(element, ATOM, ("name", "uri"))


def _atom_links(parent: ElementTree.Element, needed: dict[str, str | None]) -> Iterator[str]:
    links = {link.get("rel"): link.get("href") for link in parent.findall(f"{ATOM}link")}
    if len(links) != len(parent.findall(f"{ATOM}link")):
        yield "two links of one relation"
    for href in links.values():
        yield from _matches(URI, href)
    for rel, href in needed.items():
        if rel not in links or (href and links[rel] != href):
            yield f"link {rel} is {links.get(rel)}, not {href}"


def _rss(content: bytes, url: str) -> Iterator[str]:
    root = ElementTree.fromstring(content)
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        yield "this is not RSS 2.0"
        return
    yield from _once(channel, "", ("title", "link", "description", "lastBuildDate", "generator"))
    yield from _atom_links(channel, {"self": url})
    yield from _matches(RFC_822, _text(channel, "lastBuildDate"))
    yield from _matches(URI, _text(channel, "link"))
    items = channel.findall("item")
    yield from _unique([_text(item, "guid") for item in items])
    for item in items:
        yield from _rss_item(item)


def _rss_item(item: ElementTree.Element) -> Iterator[str]:
    yield from _once(item, "", ("title", "link", "guid", "pubDate", "description"))
    yield from _once(item, DUBLIN_CORE, ("creator",))
    yield from _matches(RFC_822, _text(item, "pubDate"))
    parsedate_to_datetime(_text(item, "pubDate"))
    yield from _matches(URI, _text(item, "link"))
    yield from _matches(URI, _text(item, "guid"))
    yield from _html(_text(item, "description"))
    for category in item.findall("category"):
        yield from _matches(URI, category.get("domain"))
        if not category.text:
            yield "an empty category"
    if item.find("author") is not None:
        yield "author and dc:creator say the same"


def _json(content: bytes, url: str) -> Iterator[str]:
    feed: dict[str, Any] = json.loads(content)
    if feed["version"] != "https://jsonfeed.org/version/1.1":
        yield f"the version is {feed['version']}"
    if not feed["title"]:
        yield "no title"
    if feed["feed_url"] != url:
        yield f"feed_url is {feed['feed_url']}, not {url}"
    for address in (feed["home_page_url"], feed.get("next_url", url)):
        yield from _matches(URI, address)
    yield from _unique([item["id"] for item in feed["items"]])
    for item in feed["items"]:
        for address in (item["id"], item["url"], item["external_url"]):
            yield from _matches(URI, address)
        for time in (item["date_published"], item["date_modified"]):
            yield from _matches(RFC_3339, time)
        if not item["content_text"] or not item["title"]:
            yield "an item without words"
        if not all(isinstance(tag, str) and tag for tag in item["tags"]):
            yield f"tags are {item['tags']}"
        if not all(author["name"] and author["url"] for author in item["authors"]):
            yield "an author without name"
        yield from _html(item["content_html"])


def _once(parent: ElementTree.Element, namespace: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        found = parent.findall(f"{namespace}{name}")
        if len(found) != 1:
            yield f"{len(found)} of {name} in {parent.tag}"
        elif not len(found[0]) and not (found[0].text or "").strip():
            yield f"an empty {name}"


def _html(text: str) -> Iterator[str]:
    for markup in MARKUP.findall(text):
        if not HTML_ALLOWED.fullmatch(markup):
            yield f"content holds {markup}"


def _unique(ids: list[str]) -> Iterator[str]:
    if len(set(ids)) != len(ids):
        yield "an id comes twice"


def _matches(form: re.Pattern[str], value: str | None) -> Iterator[str]:
    if not form.fullmatch(value or ""):
        yield f"{value!r} is not of the form {form.pattern}"


def _text(parent: ElementTree.Element, name: str) -> str:
    return parent.findtext(name) or ""
