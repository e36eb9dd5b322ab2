"""Which lists a page of lists shows, newest or most followed first. Import `newest`, `followed`,
`lists_of`, `lists_with`.

Each is one range of one index, read from a place on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from bookmarks.cursors import Cursor, Direction
from bookmarks.keyset import Place, read_page
from readinglists.models import Item, ReadingList, ReadingListQuerySet

SIZE = 30
# As many lists of a page are named beside it.
NAMED = 20
# They are chosen among the lists of so many items.
LOOKED_AT = 500


@dataclass(frozen=True)
class Shelf:
    """Lists in order, with their owners; `earlier` and `later` name the pages beside."""

    lists: Sequence[ReadingList]
    earlier: str = ""
    later: str = ""


def newest(cursor: Cursor | None) -> Shelf:
    """Return public lists, those changed last first."""
    return _by_time(ReadingList.objects.listed(), cursor)


def lists_of(owner: User, cursor: Cursor | None, *, own: bool) -> Shelf:
    """Return a person's lists, those changed last first: all to themselves, else public ones."""
    lists = ReadingList.objects.filter(owner=owner)
    return _by_time(lists if own else lists.listed(), cursor)


def followed(place: tuple[int, int] | None, *, later: bool = False) -> Shelf:
    """Return public lists, the most followed first, from a place on.

    A place is the followers and the id of a list; with `later`, what stands before it is read.
    """
    lists = ReadingList.objects.listed().select_related("owner")
    sign, beyond = ("", "gt") if later else ("-", "lt")
    if place:
        count, pk = place
        lists = lists.filter(
            Q(**{f"follower_count__{beyond}e": count})
            & (Q(**{f"follower_count__{beyond}": count}) | Q(**{f"pk__{beyond}": pk}))
        )
    found = list(lists.order_by(f"{sign}follower_count", f"{sign}pk")[: SIZE + 1])
    more = len(found) > SIZE
    if later and not more:
        return followed(None)  # fewer than a page stand before it: that is the first page
    found = found[:SIZE][::-1] if later else found[:SIZE]
    if not found:
        return Shelf([], later=f"upto:{place[0]}-{place[1]}" if place else "")
    first, last = found[0], found[-1]
    return Shelf(
        found,
        f"from:{last.follower_count}-{last.pk}" if more or later else "",
        f"upto:{first.follower_count}-{first.pk}" if place else "",
    )


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
    page = read_page(lists, cursor, SIZE, find=lambda slug: int(slug, 16), time="updated_at")
    found = ReadingList.objects.select_related("owner").in_bulk([pk for _, pk in page.places])
    shown = [found[pk] for _, pk in page.places if pk in found]
    earlier, later = page.neighbours(page.places, _cursor)
    return Shelf(shown, str(earlier or ""), str(later or ""))


def _cursor(place: Place, direction: Direction) -> Cursor:
    at, pk = place
    return Cursor(direction, at, f"{pk:012x}")
