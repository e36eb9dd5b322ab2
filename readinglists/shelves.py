"""Which lists a page of lists shows, newest or most followed first. Import `newest`, `followed`,
`lists_of`, `lists_with`.

Each is one range of one index, read from a place on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from bookmarks.cursors import Cursor, Direction
from bookmarks.keyset import read_places
from readinglists.models import Item, ReadingList, ReadingListQuerySet

SIZE = 30
# As many lists of a page are named beside it.
NAMED = 20
# They are chosen among the lists of so many items.
LOOKED_AT = 500


@dataclass(frozen=True)
class Shelf:
    """Lists in order, with their owners; `earlier` is what the next page begins behind, or ""."""

    lists: Sequence[ReadingList]
    earlier: str = ""


def newest(cursor: Cursor | None) -> Shelf:
    """Return public lists, those changed last first."""
    return _by_time(ReadingList.objects.listed(), cursor)


def lists_of(owner: User, cursor: Cursor | None, *, own: bool) -> Shelf:
    """Return a person's lists, those changed last first: all to themselves, else public ones."""
    lists = ReadingList.objects.filter(owner=owner)
    return _by_time(lists if own else lists.listed(), cursor)


def followed(place: tuple[int, int] | None) -> Shelf:
    """Return public lists, the most followed first; `place` is followers and id of the last."""
    lists = ReadingList.objects.listed().select_related("owner")
    if place:
        count, pk = place
        lists = lists.filter(
            Q(follower_count__lte=count) & (Q(follower_count__lt=count) | Q(pk__lt=pk))
        )
    found = list(lists.order_by("-follower_count", "-pk")[: SIZE + 1])
    last = found[SIZE - 1] if len(found) > SIZE else None
    return Shelf(found[:SIZE], f"{last.follower_count}-{last.pk}" if last else "")


def lists_with(page_id: int, viewer: User | None) -> list[ReadingList]:
    """Return lists that a page is in, the most followed first: public ones, and the viewer's own.

    At most one more than NAMED, of those that took it in last. Unlisted lists of others are told
    to nobody.
    """
    told = Q(reading_list__visibility=ReadingList.Visibility.PUBLIC)
    if viewer:
        told |= Q(reading_list__owner=viewer)
    items = Item.objects.filter(told, page=page_id, reading_list__owner__is_active=True)
    newest_first = items.order_by("-pk").values_list("reading_list_id", flat=True)
    ids = set(newest_first[:LOOKED_AT])
    if not ids:
        return []
    # Asked again: what was made private this moment is told no more.
    lists = ReadingList.objects.filter(pk__in=ids)
    shown = lists.listed() | lists.filter(owner=viewer) if viewer else lists.listed()
    return list(shown.select_related("owner").order_by("-follower_count", "-pk")[: NAMED + 1])


def _by_time(lists: ReadingListQuerySet, cursor: Cursor | None) -> Shelf:
    # Ids stand in cursors as bookmarks' slugs do: twelve hex digits.
    places = read_places(
        lists, cursor, SIZE + 1, find=lambda slug: int(slug, 16), time="updated_at"
    )
    found = ReadingList.objects.select_related("owner").in_bulk([pk for _, pk in places[:SIZE]])
    earlier = ""
    if len(places) > SIZE:
        at, pk = places[SIZE - 1]
        earlier = str(Cursor(Direction.BEFORE, at, f"{pk:012x}"))
    return Shelf([found[pk] for _, pk in places[:SIZE] if pk in found], earlier)
