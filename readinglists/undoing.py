"""Brings a deleted item back. Import `kept_of`, `bring_back`, `KEPT`."""

from typing import Any

from django.db import transaction

from accounts.models import User
from readinglists.drafts import AlternateDraft, ItemDraft, make_item_draft
from readinglists.items import PLAIN, add_item, set_prerequisites
from readinglists.models import Item, Prerequisite, ReadingList, Section, SessionEntry

# Under this name a session keeps the item that its person deleted last.
KEPT = "deleted_item"


def kept_of(item: Item) -> dict[str, Any]:
    """Return all of an item that is needed to bring it back, as plain values for a session."""
    siblings = Item.objects.filter(reading_list=item.reading_list_id, section=item.section_id)
    before = siblings.filter(rank__lt=item.rank).order_by("-rank").values_list("pk", flat=True)
    return {
        "list": item.reading_list_id,
        "title": item.title or item.url or item.note[:80],
        "fields": {name: getattr(item, name) for name in PLAIN}
        | {"url": item.url, "tags": item.labels_text},
        "alternates": [
            {"url": one.url, "role": one.role, "label": one.label} for one in item.alternates.all()
        ],
        "section": item.section_id,
        "after": before.first(),
        "credit": item.credit_id,
        "earlier": [one.earlier_id for one in item.prerequisites.all()],
        "later": list(item.dependents.values_list("item_id", flat=True)),
        "read_for": list(item.session_entries.values_list("pk", flat=True)),
    }


@transaction.atomic
def bring_back(reading_list: ReadingList, kept: dict[str, Any], by: User) -> Item:
    """Put a deleted item back where it was, or as near to it as what is left of its place.

    Raises Invalid when the list is full meanwhile, and ReadingList.DoesNotExist.
    """
    section = Section.objects.filter(reading_list=reading_list, pk=kept["section"]).first()
    siblings = Item.objects.filter(reading_list=reading_list, section=section)
    after = siblings.filter(pk=kept["after"]).values_list("pk", flat=True).first()
    item = add_item(
        reading_list,
        _draft_of(kept),
        by,
        section=section,
        after=after,
        at_end=kept["after"] is not None and after is None,
        credit=User.objects.filter(pk=kept["credit"]).first(),
    )
    others = Item.objects.filter(reading_list=reading_list)
    earlier = others.filter(pk__in=kept["earlier"]).values_list("pk", flat=True)
    set_prerequisites(item, earlier)
    for later in others.filter(pk__in=kept["later"]).exclude(pk__in=earlier):
        known = Prerequisite.objects.filter(item=later).values_list("earlier_id", flat=True)
        set_prerequisites(later, [*known, item.pk])
    entries = SessionEntry.objects.filter(session__group__reading_list=reading_list, item=None)
    entries.filter(pk__in=kept["read_for"]).update(item=item)
    return item


def _draft_of(kept: dict[str, Any]) -> ItemDraft:
    return make_item_draft(
        **kept["fields"], alternates=[AlternateDraft(**one) for one in kept["alternates"]]
    )
