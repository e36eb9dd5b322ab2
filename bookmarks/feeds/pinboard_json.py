"""Pinboard's JSON feed: a bare array, compact, in ASCII. Import `write_pinboard_json`."""

import json
from typing import Any

from bookmarks.feeds.entries import Entry, Feed
from bookmarks.wording import machine_time

PINBOARD_JSON_TYPE = "application/json; charset=utf-8"


def write_pinboard_json(feed: Feed) -> bytes:
    """Return the feed as Pinboard writes it."""
    items = [_item(entry) for entry in feed.entries]
    return json.dumps(items, separators=(",", ":")).replace("/", "\\/").encode()


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "u": entry.url,
        "d": entry.title_tex or entry.title,
        "n": entry.words,
        "dt": machine_time(entry.published),
        "a": entry.author.name,
        "t": list(entry.labels),
    }
