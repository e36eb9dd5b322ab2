"""RSS 1.0, the form of Pinboard's feeds. Import `write_rdf`, `RDF_TYPE`.

https://web.resource.org/rss/1.0/spec with its modules for content, Dublin Core and taxonomy, and
what readers of Pinboard rely on: all tags in one `dc:subject`, each as a topic too, and the
permalink as `dc:identifier`.
"""

from datetime import UTC
from xml.etree import ElementTree

from django.conf import settings

from bookmarks.feeds.entries import Entry, Feed
from bookmarks.feeds.xml import DUBLIN_CORE, document, element
from bookmarks.paths import tag_segment

RDF_TYPE = "application/rdf+xml; charset=utf-8"
NAMESPACES = {
    "xmlns": "http://purl.org/rss/1.0/",
    "xmlns:rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:taxo": "http://purl.org/rss/1.0/modules/taxonomy/",
    "xmlns:dc": DUBLIN_CORE,
}


def write_rdf(feed: Feed) -> bytes:
    """Return the feed as an RSS 1.0 document."""
    root = ElementTree.Element("rdf:RDF", NAMESPACES)
    channel = element(root, "channel", **{"rdf:about": feed.page_url})
    element(channel, "title", feed.title)
    element(channel, "link", feed.page_url)
    element(channel, "description", feed.subtitle)
    sequence = element(element(channel, "items"), "rdf:Seq")
    for name, entry in _named(feed):
        element(sequence, "rdf:li", **{"rdf:resource": name})
        _item(root, name, entry)
    return document(root)


def _named(feed: Feed) -> list[tuple[str, Entry]]:
    """Return the entries with names in the document, which are to be unique (RSS 1.0, 5.5).

    That is the address, as at Pinboard; where several people keep it, further ones have their
    permalink.
    """
    taken = {feed.page_url}
    named = []
    for entry in feed.entries:
        name = entry.permalink if entry.url in taken else entry.url
        taken.add(name)
        named.append((name, entry))
    return named


def _item(root: ElementTree.Element, name: str, entry: Entry) -> None:
    item = element(root, "item", **{"rdf:about": name})
    element(item, "title", entry.title)
    published = entry.published.astimezone(UTC).isoformat(timespec="seconds")
    element(item, "dc:date", published)
    element(item, "link", entry.url)
    element(item, "dc:creator", entry.author.name)
    if entry.words:
        element(item, "description", entry.words)
    element(item, "content:encoded", entry.html)
    if entry.labels:
        element(item, "dc:subject", " ".join(entry.labels))
    element(item, "dc:source", f"{settings.BASE_URL}/")
    element(item, "dc:identifier", entry.permalink)
    if entry.labels:
        bag = element(element(item, "taxo:topics"), "rdf:Bag")
        for label in entry.labels:
            topic = f"{entry.author.url}{tag_segment(label)}".removesuffix("/")
            element(bag, "rdf:li", **{"rdf:resource": topic})
