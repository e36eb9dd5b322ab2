"""Which feed is asked for, and who asks. Import `Asked`, `find_feed`, `NoSuchFeed`, `size_of`.

Nobody is known by a cookie here: whoever has no key is a visitor, and a key opens the feeds of its
owner's own pages and nothing else. Whatever is not there, or not for the one who asks, is the same
`NoSuchFeed`, so that no answer tells which it was.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.tokens import find_feed_reader
from bookmarks.cursors import Cursor, parse_cursor
from bookmarks.hub_pings import announces
from bookmarks.listing import ENTRIES_A_PAGE, ListedPage, Listing, Shelf, list_bookmarks
from bookmarks.models import Page
from bookmarks.paths import PINBOARDS_FEEDS, feed_path, list_path, page_path, tags_in
from bookmarks.popular import list_popular
from bookmarks.tag_names import BadTags, fold_tag, split_tags

if TYPE_CHECKING:
    from bookmarks.models.bookmark import Viewer

ENTRIES_AT_MOST = 400
PINBOARDS_ENTRIES = 70
TAGS_AT_MOST = 3  # as on the pages


class NoSuchFeed(Exception):
    """There is nothing at this address for the one who asks."""


@dataclass(frozen=True)
class Asked:
    """A feed as asked for: its form, its list, who reads it.

    `slash` tells whether the address was written with a slash at its end.
    """

    form: str
    listing: Listing
    viewer: "Viewer"
    popular: bool = False
    feed_key: str = ""
    slash: bool = True

    @property
    def path(self) -> str:
        """The path of the page with the same list, from its start."""
        return self._path_at(None)

    @property
    def url(self) -> str:
        """The address of this feed, as it was asked for; where a hub knows it, as the hub does."""
        if self.hub_url:
            folded = tuple(map(fold_tag, self.listing.labels))
            return replace(self, listing=replace(self.listing, labels=folded)).url_at(None)
        url = self.url_at(self.listing.cursor)
        if self.slash:
            return url
        path, mark, query = url.partition("?")
        return path.removesuffix("/") + mark + query

    @property
    def hub_url(self) -> str:
        """The hub that tells when this feed changes, "" for none: a public feed's, by its name."""
        named = self.slash and not self.feed_key and not self.popular
        return settings.WEBSUB_HUB if named and announces(self.form, self.listing) else ""

    def url_at(self, cursor: Cursor | None) -> str:
        """Return the address of the same feed from another place on."""
        path = feed_path(self.form, self._path_at(cursor), self.feed_key)
        size = self.listing.size
        count = f"?count={size}" if size != ENTRIES_A_PAGE else ""
        return f"{settings.BASE_URL}{path}{count}"

    def read(self) -> ListedPage:
        """Return the entries, by the same door as the page takes."""
        if self.popular:
            return list_popular(self.listing.cursor, self.listing.size)
        return list_bookmarks(self.listing, self.viewer)

    def _path_at(self, cursor: Cursor | None) -> str:
        listing = self.listing
        if self.popular:
            return "/popular/" + (f"{cursor}/" if cursor else "")
        if listing.page:
            return page_path(listing.page.key, cursor)
        name = listing.owner.username if listing.owner else ""
        return list_path(name, listing.labels, listing.shelf.value, cursor)


def find_feed(form: str, parts: Mapping[str, str], count: str, *, slash: bool) -> Asked:
    """Return what is asked for by the named parts of a path (see `feeds.urls`) and `?count=`.

    Raises `NoSuchFeed` for a name, page or place that is not there, for a key that is not this
    person's, and without the key for a shelf that only its owner sees.
    """
    reader = _reader(parts)
    listing = Listing(
        owner=reader or _owner(parts),
        labels=_labels(parts),
        shelf=_shelf(parts),
        page=_page(parts),
        cursor=_cursor(parts),
        size=size_of(count, form),
    )
    viewer = reader or AnonymousUser()
    if listing.is_hidden_from(viewer):
        raise NoSuchFeed
    asked = Asked(form, listing, viewer, slash=slash, popular="popular" in parts)
    return replace(asked, feed_key=reader.feed_key) if reader else asked


def _reader(parts: Mapping[str, str]) -> User | None:
    """Return whose key was given. A key on the page of everyone opens nothing."""
    if "feed_key" not in parts:
        return None
    reader = find_feed_reader(parts.get("username", ""), parts["feed_key"])
    if reader is None:
        raise NoSuchFeed
    return reader


def _owner(parts: Mapping[str, str]) -> User | None:
    if "username" not in parts:
        return None
    owner = User.objects.filter(username=parts["username"].lower(), is_active=True).first()
    if owner is None:
        raise NoSuchFeed
    return owner


def _labels(parts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the tags, each once. They need not be in use yet, but could be: no blanks, no NUL."""
    if "tags" not in parts:
        return ()
    given = tags_in(parts["tags"])
    try:
        labels = split_tags(given)
        possible = all(len(split_tags(label)) == 1 for label in given)
    except BadTags:
        raise NoSuchFeed from None
    if not possible or len(labels) > TAGS_AT_MOST:
        raise NoSuchFeed
    return labels


def _page(parts: Mapping[str, str]) -> Page | None:
    """Return the page; one that is saved only in private is as unknown as any other."""
    if "key" not in parts:
        return None
    page = Page.objects.filter(public_saves__gt=0).at(parts["key"])
    if page is None:
        raise NoSuchFeed
    return page


def _cursor(parts: Mapping[str, str]) -> Cursor | None:
    if "place" not in parts:
        return None
    cursor = parse_cursor(parts["direction"], parts["place"])
    if cursor is None:
        raise NoSuchFeed
    return cursor


def _shelf(parts: Mapping[str, str]) -> Shelf:
    """Return the shelf; Pinboard knows two names for one."""
    name = parts.get("shelf", "")
    return Shelf.UNREAD if name == "toread" else Shelf(name)


def size_of(count: str, form: str) -> int:
    """Return how many entries are wanted: 1 to 400; whatever is no such number means the usual."""
    usual = PINBOARDS_ENTRIES if form in PINBOARDS_FEEDS else ENTRIES_A_PAGE
    wanted = int(count) if re.fullmatch(r"[0-9]{1,9}", count) else 0
    return min(wanted, ENTRIES_AT_MOST) or usual
