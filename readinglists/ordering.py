"""The order of a list. Import `lock_list`, `rank_after`, `move_item`, `move_section`, `Misplaced`.

Places are told as "after this one", which stays true whatever others do meanwhile. All that
changes the order of a list locks its row, so that two people who move at once do so one after the
other and lose nothing. A move writes one row, but where a gap is used up: then the ranks of that
one section are spread anew.
"""

from functools import partial
from typing import TypeVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone

from bookmarks.hub_pings import note_paths
from readinglists.models import Item, ReadingList, Section
from readinglists.models.item import MAX_DEPTH
from readinglists.paths import path_of

GAP = 1 << 32

Ranked = TypeVar("Ranked", Item, Section)


class Misplaced(ValueError):
    """The place is none: of another list, inside itself, or too deep. The text says which."""


def lock_list(list_id: int) -> ReadingList:
    """Return the list, locked to the end of the transaction; raises ReadingList.DoesNotExist."""
    return ReadingList.objects.select_for_update().get(pk=list_id)


def touch(reading_list: ReadingList) -> None:
    """Note that what the list shows has changed, for its readers and for readers of its feed."""
    reading_list.version += 1
    reading_list.updated_at = timezone.now()
    reading_list.save(update_fields=["version", "updated_at"])
    if settings.WEBSUB_HUB and reading_list.visibility == ReadingList.Visibility.PUBLIC:
        path = path_of(reading_list)
        transaction.on_commit(partial(note_paths, [path]), robust=True)


def as_it_is(reading_list: ReadingList, section: Section | None) -> Section | None:
    """Return a section of a locked list as it is now; raises Misplaced when it is gone."""
    if section is None:
        return None
    current = Section.objects.filter(reading_list=reading_list, pk=section.pk).first()
    if current is None:
        raise Misplaced("That section is of another list, or gone.")
    return current


def rank_after(
    siblings: "models.QuerySet[Ranked]", after: int | None, *, at_end: bool = False
) -> int:
    """Return the rank of a place among siblings: at the end, or after the one with id `after`.

    `after` None is the beginning. Raises Misplaced when there is no such sibling.
    """
    if at_end:
        return (siblings.aggregate(last=Max("rank"))["last"] or 0) + GAP
    rank = _between(siblings, after)
    if rank is None:
        _spread(siblings)
        rank = _between(siblings, after)
    if rank is None:
        raise AssertionError("there is room after spreading")
    return rank


def _between(siblings: "models.QuerySet[Ranked]", after: int | None) -> int | None:
    """Return a rank between a sibling and the next, or None where there is no room."""
    low: int | None = None
    if after is not None:
        low = siblings.filter(pk=after).values_list("rank", flat=True).first()
        if low is None:
            raise Misplaced("What it should come after is not there any more.")
    following = siblings if low is None else siblings.filter(rank__gt=low)
    high = following.order_by("rank").values_list("rank", flat=True).first()
    if high is None:
        return (low or 0) + GAP
    if low is None:
        return high - GAP
    return None if high - low < 2 else (low + high) // 2


def _spread(siblings: "models.QuerySet[Ranked]") -> None:
    rows = list(siblings.order_by("rank", "pk").only("pk", "rank"))
    for place, row in enumerate(rows, 1):
        row.rank = place * GAP
    siblings.model._default_manager.bulk_update(rows, ["rank"], batch_size=500)


@transaction.atomic
def move_item(
    item: Item, section: Section | None, *, after: int | None = None, at_end: bool = False
) -> Item:
    """Put an item into a section (None: before all sections), after another item or at the end.

    Raises Misplaced, and Item.DoesNotExist when it is gone meanwhile.
    """
    reading_list = lock_list(item.reading_list_id)
    current = Item.objects.get(pk=item.pk)
    section = as_it_is(reading_list, section)
    siblings = Item.objects.filter(reading_list=reading_list, section=section)
    if after == current.pk:
        return current
    current.rank = rank_after(siblings.exclude(pk=current.pk), after, at_end=at_end)
    current.section = section
    current.save(update_fields=["rank", "section"])
    touch(reading_list)
    return current


@transaction.atomic
def move_section(
    section: Section, parent: Section | None, *, after: int | None = None, at_end: bool = False
) -> Section:
    """Put a section with all that is in it under another (None: at the top).

    Raises Misplaced where it would come into itself or get too deep, and Section.DoesNotExist.
    """
    reading_list = lock_list(section.reading_list_id)
    sections = {one.pk: one for one in Section.objects.filter(reading_list=reading_list)}
    current = sections.get(section.pk)
    if current is None:
        raise Section.DoesNotExist
    if parent and parent.pk not in sections:
        raise Misplaced("That section is of another list, or gone.")
    inside = _inside(current, sections)
    if parent and parent.pk in {one.pk for one in inside}:
        raise Misplaced("A section cannot be put into itself.")
    deeper = (sections[parent.pk].depth + 1 if parent else 1) - current.depth
    if max(one.depth for one in inside) + deeper > MAX_DEPTH:
        raise Misplaced(f"Sections are {MAX_DEPTH} levels deep at most.")
    siblings = Section.objects.filter(reading_list=reading_list, parent=parent)
    if after != current.pk:
        current.rank = rank_after(siblings.exclude(pk=current.pk), after, at_end=at_end)
    current.parent = parent
    for one in inside:
        one.depth += deeper
    Section.objects.bulk_update(inside, ["depth", "rank", "parent"])
    touch(reading_list)
    return current


def _inside(top: Section, sections: dict[int, Section]) -> list[Section]:
    """Return a section and all below it."""
    inside = [top]
    for one in inside:
        inside += [other for other in sections.values() if other.parent_id == one.pk]
    return inside
