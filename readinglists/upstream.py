"""What a fork's upstream did since. Import `compare`, `Comparison`, `count_changes`.

Items are told apart by what each was copied from, and one that was deleted there and added again by
its page. Of all items only a few numbers are read, whole ones only where they were changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.core.cache import cache

from readinglists.forking import batches, digests_of
from readinglists.headings import Reworded, find_reworded
from readinglists.models import ForkedItem, Item, ReadingList, Section
from readinglists.outline import arrange
from readinglists.sequences import moved

CACHED_SECONDS = 600
KINDS = ("added", "changed", "moved", "removed", "sections")


class Standing(NamedTuple):
    """Where an item of the upstream is now, what it is of, and when it was last edited."""

    item_id: int
    section_id: int | None
    rank: int
    page_id: int | None
    changed_at: datetime


class Change(NamedTuple):
    """One thing the upstream did: the kind, and the item there; for what was removed, the fork's.

    Of the kind "sections" it is a section of the upstream whose words were changed.

    `key` names it in a form.
    """

    kind: str
    item_id: int

    @property
    def key(self) -> str:
        """Its name in a form."""
        return f"{self.kind}-{self.item_id}"


@dataclass
class Comparison:
    """The upstream against what the fork last saw of it.

    `standing` is in the upstream's order. `rows` are by the ids of the upstream's items, `fields`
    say what was changed of one. What `had` names is new there, but of pages the fork has already;
    what `again` names was deleted there and added again.
    """

    standing: dict[int, Standing]
    rows: dict[int, ForkedItem]
    added: list[int] = field(default_factory=list)
    had: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    removed: dict[int, ForkedItem] = field(default_factory=dict)
    fields: dict[int, list[str]] = field(default_factory=dict)
    digests: dict[int, dict[str, str]] = field(default_factory=dict)
    pairs: dict[int, tuple[Item, Item]] = field(default_factory=dict)
    sections: dict[int, Reworded] = field(default_factory=dict)

    @property
    def changes(self) -> list[Change]:
        """All that can be taken or left, kind by kind, in the upstream's order."""
        found: list[tuple[str, Iterable[int]]] = [
            ("added", self.added),
            ("changed", self.changed),
            ("moved", self.moved),
            ("removed", self.removed),
            ("sections", self.sections),
        ]
        return [Change(kind, item_id) for kind, ids in found for item_id in ids]

    @property
    def orders(self) -> dict[int | None, list[int]]:
        """The upstream's items in order, by the ids of their sections there."""
        orders: dict[int | None, list[int]] = {}
        for one in self.standing.values():
            orders.setdefault(one.section_id, []).append(one.item_id)
        return orders


def compare(fork: ReadingList, upstream: ReadingList) -> Comparison:
    """Return what the upstream did since the fork last looked; nothing is written."""
    rows = list(ForkedItem.objects.filter(reading_list=fork).order_by("rank", "pk"))
    found = Comparison(
        standing={one.item_id: one for one in _standing(upstream)},
        rows={row.upstream_id: row for row in rows if row.upstream_id},
    )
    pages = dict(Item.objects.filter(reading_list=fork).values_list("pk", "page_id"))
    gone = {row.item_id: row for row in rows if row.item_id and not row.upstream_id}
    found.again = _find_new(found, gone, pages)
    found.removed = gone
    _find_moved(found)
    _find_changed(found)
    found.sections = find_reworded(fork, upstream)
    return found


def count_changes(fork: ReadingList, upstream: ReadingList) -> int:
    """Return how many changes there are to look at; reckoned once for a state of the two lists."""
    seen = fork.upstream_seen_at.timestamp() if fork.upstream_seen_at else 0
    key = f"upstream:{fork.pk}:{fork.version}:{seen}:{upstream.pk}:{upstream.version}"
    count: int | None = cache.get(key)
    if count is None:
        count = len(compare(fork, upstream).changes)
        cache.set(key, count, CACHED_SECONDS)
    return count


def _standing(upstream: ReadingList) -> list[Standing]:
    sections = Section.objects.filter(reading_list=upstream).order_by("rank", "pk")
    walk = arrange(sections).walk()
    order = {part.section.pk if part.section else None: at for at, part in enumerate(walk)}
    items = Item.objects.filter(reading_list=upstream).order_by("rank", "pk")
    columns = items.values_list("pk", "section_id", "rank", "page_id", "changed_at")
    return sorted((Standing(*row) for row in columns), key=lambda one: order.get(one.section_id, 0))


def _find_new(
    found: Comparison, gone: dict[int, ForkedItem], pages: Mapping[int, int | None]
) -> list[int]:
    """Sort what the fork has not seen: had already, or new; return what was added there again."""
    readded = []
    again = {pages[item_id]: item_id for item_id in reversed(gone) if pages.get(item_id)}
    linked = {row.item_id for row in found.rows.values()} | set(gone)
    own = {page_id for item_id, page_id in pages.items() if page_id and item_id not in linked}
    for item_id, one in found.standing.items():
        if item_id in found.rows:
            continue
        if one.page_id in again:
            row = gone.pop(again.pop(one.page_id))
            row.upstream_id = item_id
            found.rows[item_id] = row
            readded.append(item_id)
        elif one.page_id in own:
            found.had.append(item_id)
        else:
            found.added.append(item_id)
    return readded


def _find_moved(found: Comparison) -> None:
    in_fork = {item_id: row for item_id, row in found.rows.items() if row.item_id}
    stayed: dict[int | None, list[int]] = {}
    gone_over: set[int] = set()
    for item_id, one in found.standing.items():
        if row := in_fork.get(item_id):
            if row.section_id == one.section_id:
                stayed.setdefault(one.section_id, []).append(item_id)
            else:
                gone_over.add(item_id)
    ranks = {item_id: row.rank for item_id, row in in_fork.items()}
    for item_ids in stayed.values():
        gone_over |= moved(ranks, item_ids)
    found.moved = [item_id for item_id in found.standing if item_id in gone_over]


def _find_changed(found: Comparison) -> None:
    """Find the fields that differ from what was seen, but for those in which the fork agrees."""
    touched = [
        item_id
        for item_id, one in found.standing.items()
        if (row := found.rows.get(item_id)) and row.item_id and row.changed_at != one.changed_at
    ]
    for ids in batches(touched):
        now = _said(ids)
        ours = _said(found.rows[item_id].item_id or 0 for item_id in ids)
        for item_id in ids:
            row = found.rows[item_id]
            digests, own = digests_of(now[item_id]), digests_of(ours[row.item_id or 0])
            found.digests[item_id] = digests
            names = sorted({*digests, *row.digests})
            fields = [
                name
                for name in names
                if digests.get(name) not in (row.digests.get(name), own.get(name))
            ]
            if fields:
                found.fields[item_id] = fields
                found.pairs[item_id] = now[item_id], ours[row.item_id or 0]
                found.changed.append(item_id)


def _said(item_ids: Iterable[int]) -> dict[int, Item]:
    return Item.objects.prefetch_related("alternates").in_bulk(list(item_ids))


def whole(item_ids: Iterable[int]) -> dict[int, Item]:
    """Return items with their pages and other links, by id."""
    items = Item.objects.select_related("page", "section").prefetch_related("alternates")
    return items.in_bulk(list(item_ids))
