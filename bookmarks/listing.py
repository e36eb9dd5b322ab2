"""The only reader of lists. Import `Listing`, `list_bookmarks`, `walk_bookmarks`, `walk_ids`,
`count_days`, `count_bookmarks`, `last_changed`; bookmarks.finding looks for words in them.

Every page, feed and export of bookmarks is one `Listing`: whose, with which tags, on which shelf.
A list is read in two steps, each of bounded cost whatever the size of the site: first the places
of one page's entries from a narrow index, newest first, by keyset; then their rows by id.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from django.db.models import Count as CountOf
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from accounts.models import User
from bookmarks.cursors import Cursor, Direction
from bookmarks.keyset import DayOf, Place, read_page, read_places
from bookmarks.models import (
    Bookmark,
    OwnerCount,
    OwnerTagCount,
    Page,
    SiteCount,
    Tag,
    TagCount,
    TaggedBookmark,
)
from bookmarks.tags import find_tags

if TYPE_CHECKING:
    from bookmarks.models.bookmark import Viewer

ENTRIES_A_PAGE = 50
# How much of a long list is held at once while all of it is read.
WALKED_AT_ONCE = 500
# Several tags have no counter of their own, nor has what is gone; they are counted up to this.
COUNTED_AT_MOST = 1000


class Shelf(Enum):
    """A filter on one person's own bookmarks; PUBLIC is what everyone sees of them."""

    ALL = ""
    PUBLIC = "public"
    PRIVATE = "private"
    UNREAD = "unread"
    STARRED = "starred"
    UNTAGGED = "untagged"
    GONE = "gone"
    ARCHIVED = "archived"


SHELF_RULES = {
    Shelf.ALL: Q(),
    Shelf.PUBLIC: Q(private=False),
    Shelf.PRIVATE: Q(private=True),
    Shelf.UNREAD: Q(unread=True),
    Shelf.STARRED: Q(starred=True),
    Shelf.UNTAGGED: Q(labels_text=""),
    Shelf.GONE: Q(gone_at__isnull=False),
    Shelf.ARCHIVED: Q(archived=True),
}
# What only a worker moves has no counter, so that a dead link is written without locking any.
UNCOUNTED = Shelf.GONE


@dataclass(frozen=True)
class Listing:
    """Which bookmarks: of `owner` or everyone, with all of `labels`, of one `page`, on a shelf.

    Shelves other than ALL and PUBLIC are the owner's alone; a listing of one is empty for others.
    """

    owner: User | None = None
    labels: tuple[str, ...] = ()
    shelf: Shelf = Shelf.ALL
    page: Page | None = None
    cursor: Cursor | None = None
    size: int = ENTRIES_A_PAGE

    def is_own(self, viewer: "Viewer") -> bool:
        """Return whether the viewer reads their own bookmarks, private ones included."""
        return self.owner is not None and self.owner.pk == viewer.pk

    def is_hidden_from(self, viewer: "Viewer") -> bool:
        """Return whether this is a shelf only its owner may look at."""
        return self.shelf not in (Shelf.ALL, Shelf.PUBLIC) and not self.is_own(viewer)


@dataclass(frozen=True)
class ListedPage:
    """One page of a listing, newest first, with the cursors of its neighbours, where there are."""

    bookmarks: Sequence[Bookmark]
    earlier: Cursor | None = None
    later: Cursor | None = None


@dataclass(frozen=True)
class Count:
    """How many; with `or_more`, at least as many."""

    number: int
    or_more: bool = False

    def __str__(self) -> str:
        return f"{self.number:,}{'+' if self.or_more else ''}"


def list_bookmarks(listing: Listing, viewer: "Viewer") -> ListedPage:
    """Return one page of what the viewer may see of a listing."""
    source = source_of(listing, viewer)
    if source is None:
        return ListedPage([])
    key, size = key_of(source), listing.size
    page = read_page(source, listing.cursor, size, find=_bookmark_named, key=key)
    bookmarks = rows_of([pk for _, pk in page.places])
    return ListedPage(bookmarks, *page.neighbours(bookmarks, _at))


def walk_bookmarks(listing: Listing, viewer: "Viewer", start: int = 0) -> Iterator[Bookmark]:
    """Yield all the viewer may see of a listing, newest first, from the `start`-th on.

    A cursor of the listing is a time to read what is before. Memory stays flat: the list is read
    by keyset, a batch at a time, the first one small, as many want no more; what is passed over is
    only counted off in the index.
    """
    cursor, most = listing.cursor, min(listing.size, WALKED_AT_ONCE)
    while True:
        places = _walked(listing, viewer, cursor, most, start)
        yield from rows_of([pk for _, pk in places])
        if len(places) < most:
            return
        start, most = 0, WALKED_AT_ONCE
        at, pk = places[-1]
        cursor = Cursor(Direction.BEFORE, at, str(pk))


def walk_ids(listing: Listing, viewer: "Viewer", most: int) -> Iterator[list[int]]:
    """Yield the ids of all the viewer may see of a listing, newest first, up to `most` at a time.

    For those who read other columns than `walk_bookmarks` does.
    """
    cursor = listing.cursor
    while places := _walked(listing, viewer, cursor, most):
        yield [pk for _, pk in places]
        if len(places) < most:
            return
        cursor = Cursor(Direction.BEFORE, places[-1][0], str(places[-1][1]))


def count_days(listing: Listing, viewer: "Viewer") -> dict[str, int]:
    """Return how many bookmarks of a listing the viewer may see of each day, newest day first.

    The database counts, from the index alone: what comes back is one row a day.
    """
    source = source_of(listing, viewer)
    if source is None:
        return {}
    days = source.order_by().values_list(DayOf("saved_at")).annotate(CountOf("pk"))
    return dict(sorted(days, reverse=True))


def _walked(
    listing: Listing, viewer: "Viewer", cursor: Cursor | None, most: int, start: int = 0
) -> list[Place]:
    """Return the next places of a walk, whose cursors name the id of a bookmark."""
    source = source_of(listing, viewer)
    if source is None:
        return []
    key = key_of(source)
    return read_places(source, cursor, most, find=int, key=key, start=start)


def count_bookmarks(listing: Listing, viewer: "Viewer") -> Count:
    """Return how many bookmarks of a listing the viewer may see, from counters.

    Only several tags at once and what is gone are counted row by row, up to 1,000.
    """
    own = listing.is_own(viewer)
    if listing.is_hidden_from(viewer):
        return Count(0)
    if listing.page is not None:
        return Count(listing.page.public_saves)
    if not listing.labels and listing.shelf is not UNCOUNTED:
        return Count(_count_untagged_listing(listing, own))
    if len(listing.labels) == 1 and listing.shelf in (Shelf.ALL, Shelf.PUBLIC):
        tags = find_tags(listing.labels)
        public_only = not own or listing.shelf is Shelf.PUBLIC
        return Count(_tag_counts(tags, listing.owner, public_only)[tags[0].pk] if tags else 0)
    source = source_of(listing, viewer)
    if source is None:
        return Count(0)
    found = len(source.order_by().values_list("pk")[: COUNTED_AT_MOST + 1])
    return Count(min(found, COUNTED_AT_MOST), or_more=found > COUNTED_AT_MOST)


@dataclass(frozen=True)
class Version:
    """What a listing looks like now: an entity tag for its content and its newest change."""

    etag: str
    changed_at: datetime | None


def last_changed(page: ListedPage) -> Version:
    """Return the version of one page of a listing, from the bookmarks and pages it shows."""
    digest = hashlib.sha256()
    changes: list[datetime] = []
    for bookmark in page.bookmarks:
        times = [bookmark.updated_at]
        if bookmark.facts:
            times += [bookmark.page.changed_at]
        digest.update(f"{bookmark.slug} {times} {bookmark.page.public_saves}\n".encode())
        changes += times
    return Version(digest.hexdigest()[:32], max(changes, default=None))


def source_of(
    listing: Listing, viewer: "Viewer"
) -> "QuerySet[Bookmark] | QuerySet[TaggedBookmark] | None":
    """Return the index that holds the listing, or None when nothing can be in it."""
    if listing.is_hidden_from(viewer):
        return None
    if listing.labels:
        return _tagged(listing, viewer)
    visible = Bookmark.objects.visible_to(viewer, listing.owner)
    if listing.page is not None:
        visible = visible.filter(page=listing.page)
    return visible.filter(SHELF_RULES[listing.shelf])


def _tagged(listing: Listing, viewer: "Viewer") -> "QuerySet[TaggedBookmark] | None":
    """Return the feed rows of the rarest tag whose bookmarks also have the other tags."""
    tags = find_tags(listing.labels)
    if tags is None:
        return None
    rows: QuerySet[TaggedBookmark] = TaggedBookmark.objects.all()
    public_only = not listing.is_own(viewer) or listing.shelf is Shelf.PUBLIC
    if listing.owner:
        rows = rows.filter(owner=listing.owner)
    if public_only:
        rows = rows.filter(is_public=True)
    counts = _tag_counts(tags, listing.owner, public_only) if len(tags) > 1 else {}
    rarest, *others = sorted(tags, key=lambda tag: counts.get(tag.pk, 0))
    selected = rows.filter(tag=rarest)
    for tag in others:
        selected = selected.filter(
            Exists(rows.filter(content_object=OuterRef("content_object"), tag=tag))
        )
    if listing.shelf not in (Shelf.ALL, Shelf.PUBLIC):
        rule = Bookmark.objects.filter(SHELF_RULES[listing.shelf], pk=OuterRef("content_object"))
        selected = selected.filter(Exists(rule))
    return selected


def key_of(source: "QuerySet[Bookmark] | QuerySet[TaggedBookmark]") -> str:
    """Return the column of a listing's index that holds the id of the bookmark."""
    return "id" if source.model is Bookmark else "content_object_id"


def _bookmark_named(slug: str) -> int | None:
    return Bookmark.objects.filter(slug=slug).values_list("pk", flat=True).first()


def rows_of(ids: Sequence[int]) -> list[Bookmark]:
    """Return the bookmarks of the ids in their order, with page and owner."""
    rows = Bookmark.objects.select_related("page", "owner").in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def _at(bookmark: Bookmark, direction: Direction) -> Cursor:
    return Cursor(direction, bookmark.saved_at, bookmark.slug)


def _count_untagged_listing(listing: Listing, own: bool) -> int:
    if listing.owner is None:
        return SiteCount.objects.aggregate(number=Sum("public"))["number"] or 0
    counts = OwnerCount.objects.filter(owner=listing.owner).first() or OwnerCount()
    name = listing.shelf.value or ("total" if own else "public")
    return int(getattr(counts, name))


def _tag_counts(tags: list[Tag], owner: User | None, public_only: bool) -> dict[int, int]:
    """Return how many bookmarks have each tag, by tag id."""
    counts = dict.fromkeys((tag.pk for tag in tags), 0)
    if owner:
        column = "public" if public_only else "total"
        rows = OwnerTagCount.objects.filter(owner=owner, tag__in=tags)
        return counts | dict(rows.values_list("tag_id", column))
    sums = TagCount.objects.filter(tag__in=tags).values("tag_id").annotate(number=Sum("public"))
    return counts | dict(sums.values_list("tag_id", "number"))
