"""What is new in lists, newest first. Import `read_newest`, `NewestPage`.

One list or five hundred: each is asked for its newest item and for the last one that a page could
hold, which are short ranges of one index; from these follows which few items have to be read.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from bookmarks.cursors import Cursor, Direction
from readinglists.models import Item, ReadingList

ITEMS_A_PAGE = 50


@dataclass(frozen=True)
class NewestPage:
    """One page of new items, each with its page, its list and the list's owner.

    `earlier` is where the next page begins, None at the end.
    """

    items: Sequence[Item]
    earlier: Cursor | None = None


def read_newest(
    list_ids: Collection[int], cursor: Cursor | None = None, size: int = ITEMS_A_PAGE
) -> NewestPage:
    """Return a page of the items of these lists, those added last first."""
    source = _before(cursor)
    rows = _most_recent_lists(source, list_ids, size)
    if not rows:
        return NewestPage([])
    found = source.filter(reading_list__in=[pk for pk, _ in rows])
    if full := [edge for _, edge in rows if edge is not None]:
        # One list alone fills a page from there on.
        found = found.filter(added_at__gte=max(full))
    found = found.select_related("page", "reading_list__owner", "added_by")
    items = list(found.order_by("-added_at", "-pk")[: size + 1])
    more, items = len(items) > size, items[:size]
    return NewestPage(items, place_of(items[-1]) if more else None)


def place_of(item: Item) -> Cursor:
    """Return the place behind an item; its number stands where bookmarks have their name."""
    return Cursor(Direction.BEFORE, item.added_at, f"{item.pk:012x}")


def _before(cursor: Cursor | None) -> QuerySet[Item]:
    if cursor is None:
        return Item.objects.all()
    if not cursor.slug:
        return Item.objects.filter(added_at__lt=cursor.at)
    within = Q(added_at__lte=cursor.at)
    return Item.objects.filter(within, Q(added_at__lt=cursor.at) | Q(pk__lt=int(cursor.slug, 16)))


def _most_recent_lists(
    source: QuerySet[Item], list_ids: Collection[int], size: int
) -> list[tuple[int, datetime | None]]:
    """Return the lists that can have items on the page, and when their first one beyond it came."""
    ordered = source.filter(reading_list=OuterRef("pk")).order_by("-added_at", "-pk")
    times = ordered.values("added_at")
    lists = ReadingList.objects.filter(pk__in=list_ids).annotate(
        newest=Subquery(times[:1]), edge=Subquery(times[size : size + 1])
    )
    recent = lists.filter(newest__isnull=False).order_by("-newest", "-pk")
    return list(recent.values_list("pk", "edge")[: size + 1])
