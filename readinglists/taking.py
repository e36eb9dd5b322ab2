"""Takes into a fork what its upstream did, or leaves it. Import `take`, `leave`, `STEP`,
`Outdated`.

Both write down what was seen, so that it is not told of again. Whatever is asked for that is done
already is passed over: asking twice does no harm.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from bookmarks.models import Page
from readinglists.drafts import Invalid
from readinglists.forking import (
    ALTERNATES,
    FIELDS,
    OF_PAGE,
    alternate_of,
    batches,
    copy_items,
    seen_of,
)
from readinglists.headings import leave_words, take_words
from readinglists.items import FULL, MAX_ITEMS
from readinglists.models import ForkedItem, Item, ItemAlternate, ReadingList
from readinglists.ordering import lock_list, touch
from readinglists.placing import Places, place_in_fork, seen_ranks
from readinglists.upstream import KINDS, Comparison, compare, whole

SEEN = ("upstream", "section_id", "rank", "changed_at", "digests")
# As many changes as a web request should ask for at once.
STEP = 1000
# What makes room comes before what needs it.
ORDER = ("removed", "changed", "sections", "moved", "added")


Row = TypeVar("Row", Item, ForkedItem)


class Outdated(Exception):
    """The upstream was changed since what was asked for was shown."""

    def __init__(self) -> None:
        super().__init__("The list changed again meanwhile. Look once more, then take or leave.")


@transaction.atomic
def take(  # noqa: PLR0913 - from where, by whom, how much
    fork: ReadingList,
    upstream: ReadingList,
    by: User,
    keys: Collection[str] | None = None,
    *,
    version: int | None = None,
    most: int | None = None,
) -> int:
    """Do in the fork what the upstream did: the changes of these keys, or all that `version` had.

    With `most`, no more than so many of them: the others are there to be taken still. Returns how
    many were done. Raises Invalid when the fork gets too full, Outdated, and
    ReadingList.DoesNotExist.
    """
    current, found = _look(fork, upstream, version)
    chosen = _choose(found, keys)
    count = current.item_count - len(chosen["removed"]) + len(chosen["added"])
    if chosen["added"] and count > MAX_ITEMS:
        raise Invalid({"": FULL})
    chosen = _first(chosen, most)
    count = current.item_count - len(chosen["removed"]) + len(chosen["added"])
    _remove(found, chosen["removed"])
    _rewrite(found, chosen["changed"])
    take_words(found.sections[section_id] for section_id in chosen["sections"])
    ranks = seen_ranks(found, [*chosen["moved"], *chosen["added"]])
    places = place_in_fork(current, upstream, found, chosen["moved"], chosen["added"])
    _move(found, places)
    copy_items(current, by, {pk: places[pk] for pk in chosen["added"]}, ranks)
    _note_seen(found, chosen, ranks)
    current.item_count, current.upstream_seen_at = count, timezone.now()
    current.save(update_fields=["item_count", "upstream_seen_at"])
    done = sum(map(len, chosen.values()))
    if done:
        touch(current)
    return done


@transaction.atomic
def leave(
    fork: ReadingList,
    upstream: ReadingList,
    keys: Collection[str] | None = None,
    *,
    version: int | None = None,
    most: int | None = None,
) -> int:
    """Let the changes of these keys be, or all that `version` had; return how many that were.

    With `most`, no more than so many. They are not told of again. Raises Outdated, and
    ReadingList.DoesNotExist.
    """
    current, found = _look(fork, upstream, version)
    chosen = _first(_choose(found, keys), most)
    for ids in batches(chosen["added"]):
        ForkedItem.objects.bulk_create(
            seen_of(original, current, None) for original in whole(ids).values()
        )
    rows = [found.removed[item_id].pk for item_id in chosen["removed"]]
    for ids in batches(rows):
        ForkedItem.objects.filter(pk__in=ids).delete()
    leave_words(found.sections[section_id] for section_id in chosen["sections"])
    _note_seen(found, chosen, seen_ranks(found, chosen["moved"]))
    current.upstream_seen_at = timezone.now()
    current.save(update_fields=["upstream_seen_at"])
    return sum(map(len, chosen.values()))


def _look(
    fork: ReadingList, upstream: ReadingList, version: int | None
) -> tuple[ReadingList, Comparison]:
    """Lock both lists, the older one first, and compare them."""
    source = lock_list(upstream.pk)
    current = lock_list(fork.pk)
    if version is not None and source.version != version:
        raise Outdated
    return current, compare(current, source)


def _choose(found: Comparison, keys: Collection[str] | None) -> dict[str, list[int]]:
    chosen: dict[str, list[int]] = {kind: [] for kind in KINDS}
    for change in found.changes:
        if keys is None or change.key in keys:
            chosen[change.kind].append(change.item_id)
    return chosen


def _first(chosen: Mapping[str, list[int]], most: int | None) -> dict[str, list[int]]:
    """Return the first of what is chosen, as many as `most`."""
    left, first = most, dict(chosen)
    for kind in ORDER if left is not None else ():
        first[kind] = chosen[kind][:left]
        left = (left or 0) - len(first[kind])
    return first


def _remove(found: Comparison, item_ids: Sequence[int]) -> None:
    page_ids: set[int | None] = set()
    for ids in batches(item_ids):
        items = Item.objects.filter(pk__in=ids)
        page_ids |= set(items.values_list("page_id", flat=True))
        ForkedItem.objects.filter(pk__in=[found.removed[item_id].pk for item_id in ids]).delete()
        items.delete()
    _drop_pages(page_ids)


def _drop_pages(page_ids: Collection[int | None]) -> None:
    for ids in batches(pk for pk in page_ids if pk):
        Page.objects.filter(pk__in=ids).unused().delete()


def _rewrite(found: Comparison, item_ids: Sequence[int]) -> None:
    """Write into the fork's items the fields that the upstream changed, and only those."""
    page_ids: set[int | None] = set()
    for ids in batches(item_ids):
        pairs = [found.pairs[item_id] for item_id in ids]
        page_ids |= {item.page_id for _, item in pairs}
        for original, item in pairs:
            _take_fields(original, item, found.fields[original.pk])
        items = [item for _, item in pairs]
        _write(items, [*FIELDS, *COLUMNS_OF_PAGE, "changed_at"])
        _take_alternates([pair for pair in pairs if ALTERNATES in found.fields[pair[0].pk]])
    _drop_pages(page_ids)


COLUMNS_OF_PAGE = [name.removesuffix("_id") for name in OF_PAGE]


def _take_fields(original: Item, item: Item, names: Sequence[str]) -> None:
    before = item.title, item.note
    for name in (*names, *(OF_PAGE if "url" in names else ())):
        if name != ALTERNATES:
            setattr(item, name, getattr(original, name))
    if not (item.url or item.title or item.note):
        item.title, item.note = before  # what the upstream emptied was all the fork still said
    item.changed_at = timezone.now()


def _take_alternates(pairs: Sequence[tuple[Item, Item]]) -> None:
    ItemAlternate.objects.filter(item__in=[item.pk for _, item in pairs]).delete()
    ItemAlternate.objects.bulk_create(
        alternate_of(item, one) for original, item in pairs for one in original.alternates.all()
    )


def _move(found: Comparison, places: Places) -> None:
    """Write the places of the fork's items that moved, and of those that made room for others."""
    own = {row.upstream_id: row.item_id for row in found.rows.values() if row.item_id}
    named = {(-key if key < 0 else own.get(key) or 0): place for key, place in places.items()}
    named.pop(0, None)  # what is added is written by its copy
    for ids in batches(named):
        items = list(Item.objects.filter(pk__in=ids))
        for item in items:
            item.section, item.rank = named[item.pk]
        _write(items, ["section", "rank"])


def _write(rows: Sequence[Row], columns: Sequence[str]) -> None:
    """Write these columns of rows that are there, in the fewest statements.

    As an upsert, since Django's bulk_update takes ten times as long for thousands of rows.
    """
    if rows:
        type(rows[0])._default_manager.bulk_create(
            rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=columns,
        )


def _note_seen(
    found: Comparison, chosen: Mapping[str, Sequence[int]], ranks: Mapping[int, int]
) -> None:
    """Write down what was taken or left, and what the fork and its upstream agree on anyway."""
    agreed = set(found.digests) - set(found.fields)
    noted = {*chosen["changed"], *agreed}
    for item_id in noted:
        row = found.rows[item_id]
        row.changed_at, row.digests = found.standing[item_id].changed_at, found.digests[item_id]
    for item_id in chosen["moved"]:
        found.rows[item_id].section_id = found.standing[item_id].section_id
    for item_id in ranks.keys() & found.rows.keys():
        found.rows[item_id].rank = ranks[item_id]
    written = {*noted, *found.again, *chosen["moved"], *(ranks.keys() & found.rows.keys())}
    rows = [found.rows[item_id] for item_id in sorted(written)]
    _write(rows, SEEN)
