"""Takes an item out of its list so that it can come back as the same one. Import `remove_item`,
`bring_back`, `drop_old`, `KEPT`.

It comes back under its id, and with it whatever hung on it: what readers noted, suggestions, its
place in sessions of groups, and what forks know of it.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import User
from readinglists.drafts import AlternateDraft, Invalid, ItemDraft, make_item_draft
from readinglists.items import FULL, MAX_ITEMS, PLAIN, delete_item, insert_item, set_prerequisites
from readinglists.models import (
    ForkedItem,
    Item,
    Prerequisite,
    Progress,
    RemovedItem,
    Section,
    SessionEntry,
    Suggestion,
)
from readinglists.ordering import lock_list

# Under this name a session keeps which item its person took out last.
KEPT = "removed_item"
KEPT_FOR = timedelta(days=1)
TIMES = ("added_at", "changed_at", "asked_at", "facts_at")
# What names an item without being part of it, and gets its name back.
LINKS: Sequence[tuple[type[models.Model], str]] = (
    (SessionEntry, "item"),
    (Suggestion, "item"),
    (Suggestion, "after"),
    (ForkedItem, "item"),
    (ForkedItem, "upstream"),
)


@transaction.atomic
def remove_item(item: Item, by: User) -> RemovedItem:
    """Take an item out of its list, and return what brings it back for a day.

    Raises Item.DoesNotExist when it is gone already, and ReadingList.DoesNotExist.
    """
    lock_list(item.reading_list_id)
    current = Item.objects.select_related("page").get(pk=item.pk)
    drop_old()
    removed = RemovedItem.objects.create(
        reading_list_id=current.reading_list_id,
        item_id=current.pk,
        by=by,
        title=(current.title or current.url or current.note)[:80],
        kept=_all_of(current),
    )
    delete_item(current)
    return removed


def drop_old() -> None:
    """Drop what was taken out so long ago that it is not brought back any more."""
    RemovedItem.objects.filter(removed_at__lt=timezone.now() - KEPT_FOR).delete()


@transaction.atomic
def bring_back(removed: RemovedItem) -> Item:
    """Put an item back where it was, or as near to it as what is left of its place.

    Raises Invalid when the list is full meanwhile, RemovedItem.DoesNotExist when it is back
    already, and ReadingList.DoesNotExist.
    """
    reading_list = lock_list(removed.reading_list_id)
    if reading_list.item_count >= MAX_ITEMS:
        raise Invalid({"": FULL})
    kept = RemovedItem.objects.select_for_update().get(pk=removed.pk).kept
    section = Section.objects.filter(reading_list=reading_list, pk=kept["section"]).first()
    siblings = Item.objects.filter(reading_list=reading_list, section=section)
    after = siblings.filter(pk=kept["after"]).values_list("pk", flat=True).first()
    item = Item(pk=removed.item_id)
    for name in TIMES:
        at = kept["times"][name]
        setattr(item, name, parse_datetime(at) if at else None)
    people = {"added_by": kept["added_by"], "credit": kept["credit"]}
    known = User.objects.in_bulk([pk for pk in people.values() if pk])
    item.added_by, item.credit = (known.get(pk or 0) for pk in people.values())
    at_end = kept["after"] is not None and after is None
    insert_item(reading_list, item, _draft_of(kept), section, after=after, at_end=at_end)
    _tie(item, kept)
    removed.delete()
    return item


def _all_of(item: Item) -> dict[str, Any]:
    """Return all of an item that is needed to bring it back, as plain values."""
    siblings = Item.objects.filter(reading_list=item.reading_list_id, section=item.section_id)
    before = siblings.filter(rank__lt=item.rank).order_by("-rank").values_list("pk", flat=True)
    times = {name: getattr(item, name) for name in TIMES}
    noted = item.progress.values_list("reader_id", "state", "changed_at", "read_at")
    return {
        "fields": {name: getattr(item, name) for name in PLAIN}
        | {"url": item.url, "tags": item.labels_text},
        "alternates": [
            {"url": one.url, "role": one.role, "label": one.label} for one in item.alternates.all()
        ],
        "times": {name: at.isoformat() if at else None for name, at in times.items()},
        "section": item.section_id,
        "after": before.first(),
        "added_by": item.added_by_id,
        "credit": item.credit_id,
        "earlier": [one.earlier_id for one in item.prerequisites.all()],
        "later": list(item.dependents.values_list("item_id", flat=True)),
        "progress": [
            [reader, state, changed.isoformat(), read.isoformat() if read else None]
            for reader, state, changed, read in noted
        ],
        "links": [
            list(model._default_manager.filter(**{name: item}).values_list("pk", flat=True))
            for model, name in LINKS
        ],
    }


def _draft_of(kept: dict[str, Any]) -> ItemDraft:
    return make_item_draft(
        **kept["fields"], alternates=[AlternateDraft(**one) for one in kept["alternates"]]
    )


def _tie(item: Item, kept: dict[str, Any]) -> None:
    """Give an item that is back what hung on it, as far as that has not changed meanwhile."""
    others = Item.objects.filter(reading_list=item.reading_list_id)
    earlier = others.filter(pk__in=kept["earlier"]).values_list("pk", flat=True)
    set_prerequisites(item, earlier)
    for later in others.filter(pk__in=kept["later"]).exclude(pk__in=earlier):
        known = Prerequisite.objects.filter(item=later).values_list("earlier_id", flat=True)
        set_prerequisites(later, [*known, item.pk])
    readers = User.objects.in_bulk([row[0] for row in kept["progress"]])
    Progress.objects.bulk_create(
        Progress(reader_id=reader, item=item, state=state, changed_at=changed, read_at=read)
        for reader, state, changed, read in kept["progress"]
        if reader in readers
    )
    for (model, name), ids in zip(LINKS, kept["links"], strict=True):
        model._default_manager.filter(**{"pk__in": ids, name: None}).update(**{name: item})
