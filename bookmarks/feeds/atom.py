"""Atom. Import `write_atom`, `ATOM_TYPE`.

RFC 4287; paging by RFC 5005, section 3.
"""

from xml.etree import ElementTree

from django.conf import settings

from bookmarks.feeds.entries import Author, Entry, Feed
from bookmarks.feeds.xml import ATOM, document, element
from bookmarks.wording import machine_time

ATOM_TYPE = "application/atom+xml; charset=utf-8"


def write_atom(feed: Feed) -> bytes:
    """Return the feed as an Atom document."""
    root = ElementTree.Element("feed", {"xmlns": ATOM})
    element(root, "id", feed.id)
    element(root, "title", feed.title)
    element(root, "subtitle", feed.subtitle)
    element(root, "updated", machine_time(feed.updated))
    _author(root, feed.author)
    element(root, "link", rel="self", type="application/atom+xml", href=feed.url)
    element(root, "link", rel="alternate", type="text/html", href=feed.page_url)
    if feed.hub_url:
        element(root, "link", rel="hub", href=feed.hub_url)
    for rel, url in (("next", feed.next_url), ("previous", feed.previous_url)):
        if url:
            element(root, "link", rel=rel, type="application/atom+xml", href=url)
    home = f"{settings.BASE_URL}/"
    element(root, "generator", "Softmarks", uri=home, version=settings.VERSION)
    for entry in feed.entries:
        _entry(root, entry)
    return document(root)


def _entry(root: ElementTree.Element, entry: Entry) -> None:
    item = element(root, "entry")
    element(item, "id", entry.id)
    element(item, "title", entry.title, type="text")
    element(item, "link", rel="alternate", href=entry.url)
    element(item, "link", rel="related", type="text/html", href=entry.permalink)
    element(item, "published", machine_time(entry.published))
    element(item, "updated", machine_time(entry.updated))
    _author(item, entry.author)
    for label in entry.labels:
        element(item, "category", term=label, scheme=entry.author.url)
    element(item, "content", entry.html, type="html")


def _author(parent: ElementTree.Element, author: Author) -> None:
    person = element(parent, "author")
    element(person, "name", author.name)
    element(person, "uri", author.url)
