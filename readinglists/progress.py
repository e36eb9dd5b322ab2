"""How far a reader is. Import `set_progress`, `mark_read`, `progress_of`,
`read_times`.

Progress belongs to reader and page: what is read once is read in every list.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from readinglists.lines import Line
from readinglists.models import Item, ListReading, Progress

State = Progress.State
# More than anybody reads in half a year.
MOST_TIMES = 5000


@transaction.atomic
def set_progress(reader: User, item: Item, state: str) -> Progress | None:
    """Note how far a reader is with an item's page; "" takes it back.

    The item's list is remembered as one that they read. Raises ValueError for a state there is not.
    """
    thing = {"page_id": item.page_id} if item.page_id else {"item_id": item.pk}
    if not state:
        Progress.objects.filter(reader=reader, **thing).delete()
        return None
    now = timezone.now()
    ListReading.objects.update_or_create(
        reader=reader, reading_list_id=item.reading_list_id, defaults={"last_at": now}
    )
    values = {"state": State(state), "changed_at": now}
    progress, created = Progress.objects.get_or_create(reader=reader, **thing, defaults=values)
    if not created and progress.state != state:
        progress.state, progress.changed_at = State(state), now
    if progress.state == State.READ and progress.read_at is None:
        progress.read_at = now
    progress.save(update_fields=["state", "changed_at", "read_at"])
    return progress


@transaction.atomic
def mark_read(reader: User, items: Sequence[Item]) -> None:
    """Note items of one list as read of which a reader noted nothing yet; five queries."""
    known = progress_of(reader, items)
    fresh = [item for item in items if item.pk not in known]
    if not fresh:
        return
    now = timezone.now()
    values: dict[str, Any] = {"state": State.READ, "changed_at": now, "read_at": now}
    Progress.objects.bulk_create(
        (
            Progress(
                reader=reader,
                page_id=item.page_id,
                item_id=None if item.page_id else item.pk,
                **values,
            )
            for item in fresh
        ),
        ignore_conflicts=True,
    )
    ListReading.objects.update_or_create(
        reader=reader, reading_list_id=fresh[0].reading_list_id, defaults={"last_at": now}
    )


def progress_of(reader: User | None, items: Iterable[Item]) -> dict[int, str]:
    """Return the states by item id, those without one left out; two queries however many items."""
    if reader is None:
        return {}
    items = list(items)
    theirs = Progress.objects.filter(reader=reader)
    pages = {item.page_id for item in items if item.page_id}
    words = [item.pk for item in items if not item.page_id]
    of_pages = dict(theirs.filter(page__in=pages).values_list("page_id", "state"))
    of_items = dict(theirs.filter(item__in=words).values_list("item_id", "state")) if words else {}
    found = {
        item.pk: of_pages.get(item.page_id) if item.page_id else of_items.get(item.pk)
        for item in items
    }
    return {item_id: state for item_id, state in found.items() if state}


def read_times(reader: User, lines: Iterable[Line], since: datetime) -> list[datetime]:
    """Return when a reader first read the items of a list, from a moment on; in no order."""
    pages, words = set(), set()
    for line in lines:
        pages.add(line.page_id)
        words.add(line.item_id)
    read = Progress.objects.filter(reader=reader, read_at__gte=since).order_by("-read_at")
    rows = read.values_list("page_id", "item_id", "read_at")[:MOST_TIMES]
    return [at for page, item, at in rows if at and (page in pages if page else item in words)]
