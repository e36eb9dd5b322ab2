"""What a reader read lately. Import `read_lately`, `Read`."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from readinglists.models import Item, ListReading, Progress, ReadingList

# In so many of the lists read last a page is looked for.
LISTS = 100


@dataclass(frozen=True)
class Read:
    """An item that was read, in one of the reader's lists, and when its page was first read."""

    item: Item
    at: datetime


def read_lately(reader: User, most: int) -> list[Read]:
    """Return what a reader read last, the last first, as the lists call it in which they read.

    A page is called as a list calls it that the reader may see; what is in none is left out.
    """
    readings = ListReading.objects.filter(reader=reader).order_by("-last_at", "-pk")
    ids = list(readings.values_list("reading_list_id", flat=True)[:LISTS])
    readable = ReadingList.objects.readable_by(reader).filter(pk__in=ids)
    lists = list(readable.values_list("pk", flat=True))
    places = Item.objects.filter(page=OuterRef("page"), reading_list__in=lists).order_by("pk")
    read = Progress.objects.filter(reader=reader, read_at__isnull=False)
    rows = (
        read.annotate(place=Coalesce("item_id", Subquery(places.values("pk")[:1])))
        .order_by("-read_at", "-pk")
        .values_list("place", "read_at")[:most]
    )
    found = [(place, at) for place, at in rows if place and at]
    items = (
        Item.objects.filter(reading_list__in=lists)
        .select_related("page", "reading_list__owner")
        .in_bulk([place for place, _ in found])
    )
    return [Read(items[place], at) for place, at in found if place in items]
