"""Puts items into lists and changes them. Import `add_item`, `add_items`,
`insert_item`, `edit_item`, `delete_item`, `set_prerequisites`, `MAX_ITEMS`.

An item takes the facts of its page: they are asked for when it is added. What the list itself says
of it goes before them.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from bookmarks.models import Page
from readinglists.drafts import Invalid, ItemDraft
from readinglists.item_pages import give_pages
from readinglists.models import Item, ItemAlternate, Prerequisite, ReadingList, Section
from readinglists.ordering import GAP, as_it_is, lock_list, rank_after, touch
from readinglists.versions import ensure_unchanged

MAX_ITEMS = 5000
FULL = f"A list has {MAX_ITEMS:,} items at most."
MAX_PREREQUISITES = 20
# Rows in a statement.
AT_ONCE = 500
PLAIN = (
    *("title", "authors_text", "venue", "year", "note", "stars", "number", "need", "level"),
    *("reading_pass", "minutes"),
)


@transaction.atomic
def add_item(  # noqa: PLR0913 - what, by whom, where
    reading_list: ReadingList,
    draft: ItemDraft,
    by: User,
    *,
    section: Section | None = None,
    after: int | None = None,
    at_end: bool = True,
    credit: User | None = None,
) -> Item:
    """Put an item into a list: at the end of a section, or after the item with id `after`.

    `section` None is before all sections. Its page is asked for. Raises Invalid when the list is
    full, Misplaced, and ReadingList.DoesNotExist.
    """
    current = lock_list(reading_list.pk)
    if current.item_count >= MAX_ITEMS:
        raise Invalid({"": FULL})
    section = as_it_is(current, section)
    item = Item(added_by=by, credit=credit)
    insert_item(current, item, draft, section, after=after, at_end=at_end, by=by)
    return item


def insert_item(  # noqa: PLR0913 - what, where
    reading_list: ReadingList,
    item: Item,
    draft: ItemDraft,
    section: Section | None,
    *,
    after: int | None,
    at_end: bool,
    by: User | None = None,
) -> None:
    """Store an item that says what the draft does into a locked list; see `add_item`.

    The facts of its page are asked for in the name of `by`, if somebody is named.
    """
    siblings = Item.objects.filter(reading_list=reading_list, section=section)
    item.reading_list, item.section = reading_list, section
    item.rank = rank_after(siblings, after, at_end=at_end and after is None)
    _fill(item, draft)
    give_pages([item], by)
    item.save(force_insert=True)
    _write_alternates([(item, draft)])
    reading_list.item_count += 1
    reading_list.save(update_fields=["item_count"])
    touch(reading_list)


@transaction.atomic
def add_items(
    reading_list: ReadingList,
    drafts: Sequence[ItemDraft],
    by: User,
    *,
    section: Section | None = None,
    ask: bool = True,
) -> list[Item]:
    """Put many items at the end of a section in one go; see `add_item`.

    With `ask` false their pages are not asked for: the list stands as it was written.
    """
    current = lock_list(reading_list.pk)
    if current.item_count + len(drafts) > MAX_ITEMS:
        raise Invalid({"": FULL})
    section = as_it_is(current, section)
    siblings = Item.objects.filter(reading_list=current, section=section)
    rank = rank_after(siblings, None, at_end=True)
    items = [
        _new_item(current, draft, by, section, rank + place * GAP)
        for place, draft in enumerate(drafts)
    ]
    for start in range(0, len(items), AT_ONCE):
        give_pages(items[start : start + AT_ONCE], by if ask else None)
    Item.objects.bulk_create(items, batch_size=AT_ONCE)
    _write_alternates(zip(items, drafts, strict=True))
    current.item_count += len(items)
    current.save(update_fields=["item_count"])
    touch(current)
    return items


@transaction.atomic
def edit_item(
    item: Item,
    draft: ItemDraft,
    by: User,
    *,
    after: Iterable[int] | None = None,
    as_of: str = "",
) -> Item:
    """Change an item to what the draft says, if it is still as it was at the version `as_of`.

    Its place stays. With `after`, what it is best read after becomes these items. Raises Overtaken,
    Invalid for `after`, and Item.DoesNotExist; then nothing is changed.
    """
    reading_list = lock_list(item.reading_list_id)
    current = Item.objects.select_related("page").get(pk=item.pk)
    ensure_unchanged(current, as_of)
    old_page_id, old_url = current.page_id, current.url
    _fill(current, draft)
    if current.url != old_url:
        give_pages([current], by)
    current.changed_at = timezone.now()
    current.save()
    ItemAlternate.objects.filter(item=current).delete()
    _write_alternates([(current, draft)])
    touch(reading_list)
    if after is not None:
        set_prerequisites(current, after)
    _drop_page(old_page_id, current)
    return current


@transaction.atomic
def delete_item(item: Item) -> None:
    """Take an item out of its list. Raises Item.DoesNotExist when it is gone already."""
    reading_list = lock_list(item.reading_list_id)
    current = Item.objects.get(pk=item.pk)
    page_id = current.page_id
    current.delete()
    reading_list.item_count -= 1
    reading_list.save(update_fields=["item_count"])
    touch(reading_list)
    _drop_page(page_id)


@transaction.atomic
def set_prerequisites(item: Item, earlier_ids: Iterable[int]) -> None:
    """Say after which items of its list an item is best read.

    Raises Invalid for items of other lists, too many, or a cycle: what an item comes after cannot
    come after it.
    """
    reading_list = lock_list(item.reading_list_id)
    wanted = set(earlier_ids)
    if len(wanted) > MAX_PREREQUISITES:
        raise Invalid({"after": f"At most {MAX_PREREQUISITES} items."})
    known = Item.objects.filter(reading_list=reading_list, pk__in=wanted).exclude(pk=item.pk)
    if known.count() != len(wanted):
        raise Invalid({"after": "Choose other items of this list."})
    if item.pk in _all_before(reading_list, wanted):
        raise Invalid({"after": "One of these is itself to be read after this item."})
    links = Prerequisite.objects.filter(item=item)
    links.exclude(earlier__in=wanted).delete()
    have = set(links.values_list("earlier_id", flat=True))
    Prerequisite.objects.bulk_create(
        Prerequisite(item=item, earlier_id=one) for one in sorted(wanted - have)
    )
    touch(reading_list)


def _all_before(reading_list: ReadingList, item_ids: set[int]) -> set[int]:
    """Return what is to be read before any of these items, they themselves included."""
    links = Prerequisite.objects.filter(item__reading_list=reading_list)
    before: dict[int, list[int]] = {}
    for item_id, earlier_id in links.values_list("item_id", "earlier_id"):
        before.setdefault(item_id, []).append(earlier_id)
    seen, waiting = set(item_ids), list(item_ids)
    while waiting:
        fresh = set(before.get(waiting.pop(), [])) - seen
        seen |= fresh
        waiting += fresh
    return seen


def _new_item(
    reading_list: ReadingList, draft: ItemDraft, by: User, section: Section | None, rank: int
) -> Item:
    item = Item(reading_list=reading_list, section=section, rank=rank, added_by=by)
    _fill(item, draft)
    return item


def _fill(item: Item, draft: ItemDraft) -> None:
    for name in PLAIN:
        setattr(item, name, getattr(draft, name))
    item.labels_text = " ".join(draft.labels)
    item.url = draft.url


def _write_alternates(written: Iterable[tuple[Item, ItemDraft]]) -> None:
    ItemAlternate.objects.bulk_create(
        (
            ItemAlternate(item=item, position=place, url=one.url, role=one.role, label=one.label)
            for item, draft in written
            for place, one in enumerate(draft.alternates)
        ),
        batch_size=AT_ONCE,
    )


def _drop_page(page_id: int | None, item: Item | None = None) -> None:
    """Drop a page that an item had, unless something keeps it."""
    if page_id and not (item and item.page_id == page_id):
        Page.objects.filter(pk=page_id).unused().delete()
