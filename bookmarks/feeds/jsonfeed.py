"""JSON Feed 1.1. Import `write_json`, `JSON_TYPE`.

https://www.jsonfeed.org/version/1.1/. `url` is the bookmark's own page and `external_url` what is
bookmarked, as that document advises for sites about other pages.
"""

import json
from typing import Any

from bookmarks.feeds.entries import Author, Entry, Feed
from bookmarks.wording import machine_time

JSON_TYPE = "application/feed+json; charset=utf-8"


def write_json(feed: Feed) -> bytes:
    """Return the feed as a JSON Feed document."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.page_url,
        "feed_url": feed.url,
        "authors": [_author(feed.author)],
        "items": [_item(entry) for entry in feed.entries],
    }
    if feed.hub_url:
        document["hubs"] = [{"type": "WebSub", "url": feed.hub_url}]
    if feed.next_url:
        document["next_url"] = feed.next_url
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.permalink,
        "url": entry.permalink,
        "external_url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "content_text": entry.text,
        "date_published": machine_time(entry.published),
        "date_modified": machine_time(entry.updated),
        "authors": [_author(entry.author)],
        "tags": list(entry.labels),
    }
    if entry.title_tex not in ("", entry.title):
        item["_ml"] = {"title_tex": entry.title_tex}  # extensions start with an underscore
    return item


def _author(author: Author) -> dict[str, str]:
    return {"name": author.name, "url": author.url}
