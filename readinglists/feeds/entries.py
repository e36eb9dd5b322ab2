"""Items of lists as entries of a feed. Import `list_feed`, `network_feed`, `version_of`.

An entry is `tag:HOST,2026:i:ID` in Atom, however its list is called or moved about.
"""

import hashlib
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils.html import linebreaks

from accounts.models import User
from bookmarks.cursors import Cursor
from bookmarks.feeds.entries import (
    NEVER,
    Author,
    Entry,
    Feed,
    author_of,
    fit,
    tag_uri,
    text_of,
    uri_of,
)
from bookmarks.listing import Version
from bookmarks.markup import markdown, plain_title
from bookmarks.paths import feed_path
from readinglists.entries import title_of
from readinglists.models import Item, ReadingList
from readinglists.newest import NewestPage
from readinglists.paths import item_path, network_path, path_of


def list_feed(
    form: str,
    reading_list: ReadingList,
    newest: NewestPage,
    feed_key: str = "",
    hub_url: str = "",
) -> Feed:
    """Return the feed of one list from a page of its newest items; `hub_url` tells of changes."""
    path = path_of(reading_list)
    feed = _feed(
        form,
        (path, path),
        newest,
        feed_key,
        title=f"Softmarks: {reading_list.title}",
        author=author_of(reading_list.owner.username),
    )
    return replace(feed, hub_url=hub_url)


def network_feed(form: str, reader: User, newest: NewestPage) -> Feed:
    """Return the feed of what is new in the lists that a reader follows."""
    return _feed(
        form,
        (network_path(reader.username), network_path()),
        newest,
        reader.feed_key,
        title=f"Softmarks: Network of {reader.username}",
        author=author_of(reader.username),
    )


def version_of(newest: NewestPage, address: str) -> Version:
    """Return what a page of items looks like now, at the address where it is asked for."""
    digest = hashlib.sha256(f"{address} {settings.VERSION} {newest.earlier}".encode())
    changes = [_changed_at(item) for item in newest.items]
    for item, changed in zip(newest.items, changes, strict=True):
        digest.update(f"{item.pk} {changed} {item.reading_list.title}\n".encode())
    return Version(digest.hexdigest()[:32], max(changes, default=None))


def _feed(  # noqa: PLR0913 - what a feed says of itself
    form: str,
    paths: tuple[str, str],
    newest: NewestPage,
    feed_key: str,
    *,
    title: str,
    author: Author,
) -> Feed:
    """Return a feed; `paths` are that below which it stands, and that of its page."""
    path, page_path = paths
    version = version_of(newest, path)
    return Feed(
        id=tag_uri(f"{'private' if feed_key else ''}{path}"),
        url=_url(form, path, feed_key),
        page_url=f"{settings.BASE_URL}{page_path}",
        title=fit(title),
        subtitle="What is added, newest first.",
        author=author,
        updated=version.changed_at or NEVER,
        entries=tuple(_entry(item) for item in newest.items),
        next_url=_url(form, path, feed_key, newest.earlier) if newest.earlier else "",
    )


def _url(form: str, path: str, feed_key: str, cursor: Cursor | None = None) -> str:
    place = f"{cursor}/" if cursor else ""
    return f"{settings.BASE_URL}{feed_path(form, path + place, feed_key)}"


def _entry(item: Item) -> Entry:
    reading_list = item.reading_list
    owner = reading_list.owner.username
    permalink = f"{settings.BASE_URL}{item_path(owner, reading_list.slug, item.pk)}"
    url = uri_of(item.url) if item.url else permalink
    note = fit(item.note).strip()
    return Entry(
        id=tag_uri(f"i:{item.pk}"),
        url=url,
        permalink=permalink,
        title=plain_title(fit(title_of(item)).strip()) or url,
        html=fit(markdown(note, math=False)) or linebreaks(url, autoescape=True),
        text=text_of(note, "") or url,
        published=item.added_at,
        updated=_changed_at(item),
        author=author_of(owner),
        labels=tuple(filter(None, map(fit, item.labels))),
        words=note,
    )


def _changed_at(item: Item) -> datetime:
    facts = item.facts
    return max(item.added_at, item.changed_at, *([facts.changed_at] if facts else []))
