"""Who of a group has read what. Import `Readers`, `readers_of`."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from readinglists.lines import DONE
from readinglists.models import GroupMember, Item, Progress


@dataclass
class Readers:
    """How many members have read something, and the names of those who let them be told."""

    count: int = 0
    names: list[str] = field(default_factory=list)


def readers_of(members: Iterable[GroupMember], items: Iterable[Item]) -> dict[int, Readers]:
    """Return the readers of items by item id, in one query however many there are."""
    people = {member.user_id: member for member in members}
    items = list(items)
    pages = {item.page_id for item in items if item.page_id}
    words = {item.pk for item in items if not item.page_id}
    found = Progress.objects.filter(reader__in=people, state__in=DONE).filter(
        Q(page__in=pages) | Q(item__in=words)
    )
    of_pages: defaultdict[int | None, list[int]] = defaultdict(list)
    of_items: defaultdict[int | None, list[int]] = defaultdict(list)
    for reader_id, page_id, item_id in found.values_list("reader_id", "page_id", "item_id"):
        (of_pages[page_id] if page_id else of_items[item_id]).append(reader_id)
    readers = {}
    for item in items:
        ids = of_pages[item.page_id] if item.page_id else of_items[item.pk]
        shown = [people[one].user.username for one in ids if people[one].shows_progress]
        readers[item.pk] = Readers(len(ids), sorted(shown))
    return readers
