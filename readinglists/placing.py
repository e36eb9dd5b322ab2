"""Where in a fork comes what its upstream added or moved. Import `place_in_fork`, `seen_ranks`,
`Places`.

Each comes after the nearest item before it upstream that the fork has in that section, so that the
fork's own order stays otherwise. Items are named by the ids they have upstream; the fork's own by
their ids below zero.
"""

from collections.abc import Collection, Sequence

from readinglists.headings import digests_of_words
from readinglists.models import ForkedItem, Item, ReadingList, Section
from readinglists.models.item import MAX_DEPTH
from readinglists.ordering import rank_after
from readinglists.sequences import ranks_for, weave
from readinglists.upstream import Comparison

Places = dict[int, tuple[Section | None, int]]


def seen_ranks(found: Comparison, placed: Sequence[int]) -> dict[int, int]:
    """Return ranks, among what was seen of the upstream's sections, for what is placed now."""
    rows = [row for row in found.rows.values() if row.item_id]
    seen: dict[int | None, list[ForkedItem]] = {}
    for row in sorted(rows, key=lambda row: row.rank):
        seen.setdefault(row.section_id, []).append(row)
    chosen = set(placed)
    ranks: dict[int, int] = {}
    for section_id, model in _models(found, chosen).items():
        present = {row.upstream_id or 0: row.rank for row in seen.get(section_id, [])}
        order = weave(present, model, chosen)
        known = {item_id: rank for item_id, rank in present.items() if item_id not in chosen}
        ranks |= ranks_for(order, known)
    return ranks


def place_in_fork(
    fork: ReadingList,
    upstream: ReadingList,
    found: Comparison,
    moved: Sequence[int],
    added: Sequence[int],
) -> Places:
    """Return section and rank in the fork for what is placed, and for what makes room for it.

    Sections that the fork does not have are made.
    """
    chosen = {*moved, *added}
    if not chosen:
        return {}
    sections = _Sections(fork, upstream)
    orders, ranks = _orders_of(fork, found, chosen)
    places: Places = {}
    for section_id, model in _models(found, chosen).items():
        section = sections.counterpart(section_id)
        key = section.pk if section else None
        orders[key] = weave(orders.get(key, []), model, chosen.intersection(model))
        fresh = ranks_for(orders[key], {one: ranks[one] for one in orders[key] if one in ranks})
        ranks |= fresh
        places |= {one: (section, rank) for one, rank in fresh.items()}
    return places


def _models(found: Comparison, chosen: set[int]) -> dict[int | None, list[int]]:
    """Return the upstream's orders of the sections into which something comes.

    What moved there but is not chosen is no sign of a place: the fork still has it elsewhere.
    """
    elsewhere = set(found.moved) - chosen
    return {
        section_id: [item_id for item_id in item_ids if item_id not in elsewhere]
        for section_id, item_ids in found.orders.items()
        if not chosen.isdisjoint(item_ids)
    }


def _orders_of(
    fork: ReadingList, found: Comparison, chosen: Collection[int]
) -> tuple[dict[int | None, list[int]], dict[int, int]]:
    """Return the fork's sections with what is in them, without what is chosen, and their ranks."""
    names = {row.item_id: item_id for item_id, row in found.rows.items()}
    orders: dict[int | None, list[int]] = {}
    ranks: dict[int, int] = {}
    items = Item.objects.filter(reading_list=fork).order_by("rank", "pk")
    for pk, section_id, rank in items.values_list("pk", "section_id", "rank"):
        name = names.get(pk, -pk)
        if name not in chosen:
            orders.setdefault(section_id, []).append(name)
            ranks[name] = rank
    return orders, ranks


class _Sections:
    """The fork's sections by those of the upstream that they are of."""

    def __init__(self, fork: ReadingList, upstream: ReadingList) -> None:
        self.fork = fork
        theirs = Section.objects.filter(reading_list=upstream).order_by("rank", "pk")
        self.theirs = {one.pk: one for one in theirs}
        ours = Section.objects.filter(reading_list=fork, upstream__isnull=False)
        self.ours = {one.upstream_id: one for one in ours}

    def counterpart(self, section_id: int | None) -> Section | None:
        """Return the fork's section for one of the upstream, made now unless there is one.

        Where it would be too deep, because the fork's are arranged otherwise, it is the one above.
        """
        if section_id is None:
            return None
        if section_id in self.ours:
            return self.ours[section_id]
        original = self.theirs[section_id]
        parent = self.counterpart(original.parent_id)
        depth = parent.depth + 1 if parent else 1
        if depth > MAX_DEPTH:
            return parent
        self.ours[section_id] = Section.objects.create(
            reading_list=self.fork,
            parent=parent,
            depth=depth,
            rank=self._rank(original, parent),
            title=original.title,
            note=original.note,
            upstream=original,
            seen=digests_of_words(original),
        )
        return self.ours[section_id]

    def _rank(self, original: Section, parent: Section | None) -> int:
        """Return the place after the nearest section before it that the fork has, or the end."""
        siblings = Section.objects.filter(reading_list=self.fork, parent=parent)
        after = None
        for one in self.theirs.values():
            if one.pk == original.pk:
                break
            ours = self.ours.get(one.pk)
            if ours and one.parent_id == original.parent_id and ours.parent == parent:
                after = ours.pk
        return rank_after(siblings, after, at_end=after is None)
