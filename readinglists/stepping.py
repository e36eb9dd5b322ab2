"""Moves items and sections by steps, as buttons do. Import `step_item`, `step_section`,
`ITEM_STEPS`, `SECTION_STEPS`.

Where a thing stands is read under the list's lock, so that people who step at once each move from
where the other left it.
"""

from collections.abc import Iterable

from django.db import models, transaction

from readinglists.models import Item, Section
from readinglists.ordering import Misplaced, lock_list, move_item, move_section

ITEM_STEPS = ("up", "down", "top", "end")
SECTION_STEPS = ("up", "down", "in", "out")


@transaction.atomic
def step_item(item: Item, step: str) -> Item:
    """Move an item one place up or down, or to the top or end of its section.

    From the top of a section it goes up to the end of the one before, and down likewise; the
    first stays the first. Raises ValueError for another step, Item.DoesNotExist when it is gone.
    """
    lock_list(item.reading_list_id)
    current = Item.objects.select_related("section").get(pk=item.pk)
    section = current.section
    if step in ("top", "end"):
        return move_item(current, section, at_end=step == "end")
    if step not in ITEM_STEPS:
        raise ValueError(step)
    siblings = Item.objects.filter(reading_list=current.reading_list_id, section=section)
    before, following = _neighbours(siblings, current)
    if step == "up" and before:
        return move_item(current, section, after=before[1] if len(before) > 1 else None)
    if step == "down" and following:
        return move_item(current, section, after=following[0])
    found, beyond = _section_beside(current, forward=step == "down")
    return move_item(current, beyond, at_end=step == "up") if found else current


@transaction.atomic
def step_section(section: Section, step: str) -> Section:
    """Move a section before or behind its neighbour, into the one before it, or out of its own.

    Raises Misplaced where that cannot be, ValueError for another step, Section.DoesNotExist.
    """
    lock_list(section.reading_list_id)
    current = Section.objects.select_related("parent").get(pk=section.pk)
    parent = current.parent
    if step not in SECTION_STEPS:
        raise ValueError(step)
    if step == "out":
        if parent is None:
            raise Misplaced("This section is in no other.")
        return move_section(current, parent.parent, after=parent.pk)
    siblings = Section.objects.filter(reading_list=current.reading_list_id, parent=parent)
    before, following = _neighbours(siblings, current)
    if step == "in":
        if not before:
            raise Misplaced("There is no section before this one that it could go into.")
        return move_section(current, Section.objects.get(pk=before[0]), at_end=True)
    if step == "up" and before:
        return move_section(current, parent, after=before[1] if len(before) > 1 else None)
    if step == "down" and following:
        return move_section(current, parent, after=following[0])
    return current


def _neighbours(
    siblings: "models.QuerySet[Item] | models.QuerySet[Section]", current: Item | Section
) -> tuple[list[int], list[int]]:
    """Return the ids of the two before and of the one behind, nearest first."""
    rank, pk = current.rank, current.pk
    earlier = models.Q(rank__lt=rank) | models.Q(rank=rank, pk__lt=pk)
    later = models.Q(rank__gt=rank) | models.Q(rank=rank, pk__gt=pk)
    before = siblings.filter(earlier).order_by("-rank", "-pk").values_list("pk", flat=True)[:2]
    following = siblings.filter(later).order_by("rank", "pk").values_list("pk", flat=True)[:1]
    return list(before), list(following)


def _section_beside(item: Item, *, forward: bool) -> tuple[bool, Section | None]:
    """Return whether there is a section beside an item's own in the order of reading, and it.

    None is what stands before all sections.
    """
    order: list[Section | None] = [None, *sections_in_order(item.reading_list_id)]
    places = [one.pk if one else None for one in order]
    place = places.index(item.section_id) + (1 if forward else -1)
    return (True, order[place]) if 0 <= place < len(order) else (False, None)


def sections_in_order(list_id: int) -> list[Section]:
    """Return the sections of a list in the order of reading."""
    return in_order(Section.objects.filter(reading_list=list_id).order_by("rank", "pk"))


def in_order(sections: Iterable[Section]) -> list[Section]:
    """Return sections of one list, given by their ranks, in the order of reading."""
    below: dict[int | None, list[Section]] = {}
    for one in sections:
        below.setdefault(one.parent_id, []).append(one)
    ordered: list[Section] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        one = waiting.pop()
        ordered.append(one)
        waiting += reversed(below.get(one.pk, []))
    return ordered
