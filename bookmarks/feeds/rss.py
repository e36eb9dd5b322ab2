"""RSS 2.0. Import `write_rss`, `RSS_TYPE`.

https://www.rssboard.org/rss-specification, with what the board's profile adds: `atom:link` for
the feed itself, `dc:creator` for people whose e-mail address nobody is told.
"""

from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from django.conf import settings

from bookmarks.feeds.entries import Entry, Feed
from bookmarks.feeds.xml import ATOM, DUBLIN_CORE, document, element

RSS_TYPE = "application/rss+xml; charset=utf-8"


def write_rss(feed: Feed) -> bytes:
    """Return the feed as an RSS document."""
    namespaces = {"xmlns:atom": ATOM, "xmlns:dc": DUBLIN_CORE}
    root = ElementTree.Element("rss", {"version": "2.0", **namespaces})
    channel = element(root, "channel")
    element(channel, "title", feed.title)
    element(channel, "link", feed.page_url)
    element(channel, "description", feed.subtitle)
    element(channel, "lastBuildDate", rfc822(feed.updated))
    element(channel, "generator", f"Softmarks {settings.VERSION}")
    if feed.hub_url:
        element(channel, "atom:link", rel="hub", href=feed.hub_url)
    for rel, url in (("self", feed.url), ("next", feed.next_url), ("previous", feed.previous_url)):
        if url:
            element(channel, "atom:link", rel=rel, type="application/rss+xml", href=url)
    for entry in feed.entries:
        _item(channel, entry)
    return document(root)


def rfc822(time: datetime) -> str:
    """Return a time as RFC 822 with a year of four digits, which RSS prefers."""
    return format_datetime(time.astimezone(UTC), usegmt=True)


def _item(channel: ElementTree.Element, entry: Entry) -> None:
    item = element(channel, "item")
    element(item, "title", entry.title)
    element(item, "link", entry.url)
    element(item, "guid", entry.permalink, isPermaLink="true")
    element(item, "pubDate", rfc822(entry.published))
    element(item, "dc:creator", entry.author.name)
    for label in entry.labels:
        element(item, "category", label, domain=entry.author.url)
    element(item, "description", entry.html)
