"""All feeds of a person as an outline, OPML 2.0 (http://opml.org/spec2.opml), for feed readers.

Import `write_feeds`. Others get the feeds that everyone may read; only the person gets, with keys
in them, those of what is private.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from accounts.models import User
from bookmarks.feeds.entries import fit
from bookmarks.listing import Shelf
from bookmarks.paths import feed_path
from bookmarks.paths import list_path as bookmarks_path
from bookmarks.tags import top_tags
from readinglists.groups.paths import feed_path as group_feed_path
from readinglists.groups.paths import group_path
from readinglists.models import GroupMember, ReadingList
from readinglists.paths import list_path, network_path

MOST_TAGS = 60
MOST_LISTS = 500
MOST_GROUPS = 200
OWN_SHELVES = (Shelf.UNREAD, Shelf.STARRED, Shelf.PRIVATE, Shelf.UNTAGGED, Shelf.GONE)


@dataclass(frozen=True)
class _Line:
    """A feed: its name, its path, and that of its page."""

    title: str
    feed: str
    page: str


def write_feeds(owner: User, *, own: bool) -> str:
    """Return the outline: bookmarks, shelves, tags, lists; one's own also network and groups."""
    name = owner.username
    parts = {
        "Bookmarks": list(_bookmarks(owner, own)),
        "Tags": list(_tags(owner, own)),
        "Lists": list(_lists(owner, own)),
        "Study groups": list(_groups(owner)) if own else [],
    }
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">',
        f"<head><title>Softmarks: feeds of {name}</title></head>\n<body>",
    ]
    for title, feeds in parts.items():
        if feeds:
            lines.append(f'<outline text="{title}">')
            lines += map(_outline, feeds)
            lines.append("</outline>")
    return "\n".join([*lines, "</body>\n</opml>\n"])


def _outline(line: _Line) -> str:
    title = _quoted(line.title)
    feed, page = (_quoted(f"{settings.BASE_URL}{path}") for path in (line.feed, line.page))
    return f'<outline type="rss" text={title} title={title} xmlUrl={feed} htmlUrl={page}/>'


def _quoted(text: str) -> str:
    return f'"{html.escape(" ".join(fit(text).split()))}"'


def _bookmarks(owner: User, own: bool) -> Iterator[_Line]:
    name, key = owner.username, owner.feed_key if own else ""
    whole = bookmarks_path(name)
    yield _Line(f"Bookmarks of {name}", feed_path("atom", whole, key), whole)
    if not own:
        return
    for shelf in OWN_SHELVES:
        path = bookmarks_path(name, shelf=shelf.value)
        yield _Line(f"{shelf.value.capitalize()}: {name}", feed_path("atom", path, key), path)
    yield _Line("Network", feed_path("atom", network_path(name), key), network_path())


def _tags(owner: User, own: bool) -> Iterator[_Line]:
    key = owner.feed_key if own else ""
    for tag in top_tags(owner, own, MOST_TAGS):
        path = bookmarks_path(owner.username, [tag.label])
        yield _Line(f"{owner.username}: {tag.label}", feed_path("atom", path, key), path)


def _lists(owner: User, own: bool) -> Iterator[_Line]:
    lists = ReadingList.objects.filter(owner=owner) if own else ReadingList.objects.listed()
    rows = lists.filter(owner=owner).order_by("-updated_at", "-pk")
    for slug, title, visibility in rows.values_list("slug", "title", "visibility")[:MOST_LISTS]:
        path = list_path(owner.username, slug)
        key = "" if visibility == ReadingList.Visibility.PUBLIC else owner.feed_key
        yield _Line(title, feed_path("atom", path, key), path)


def _groups(owner: User) -> Iterator[_Line]:
    """Yield the feeds of the person's groups, each under their key as a member of it."""
    rows = GroupMember.objects.filter(user=owner).order_by("-joined_at", "-pk")
    columns = ("group__key", "group__title", "feed_key")
    for key, title, feed_key in rows.values_list(*columns)[:MOST_GROUPS]:
        yield _Line(title, group_feed_path(key, feed_key), group_path(key))
