"""Forks: lists of one's own that began as a copy of another. Import `fork_list`, `upstream_of`,
`copy_items`, `digests_of`.

Of each item it is kept how it stood upstream, so that later changes there can be told
(readinglists.upstream).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from readinglists.disclosure import disclosed
from readinglists.drafts import Invalid, ListDraft
from readinglists.headings import digests_of_words
from readinglists.lists import create_list
from readinglists.models import (
    ForkedItem,
    Item,
    ItemAlternate,
    Prerequisite,
    Progress,
    ReadingList,
    Section,
)
from readinglists.ordering import lock_list, touch

if TYPE_CHECKING:
    from readinglists.models.reading_list import Viewer

BATCH = 500
MOST_AN_HOUR = 30
TOO_MANY = f"That is {MOST_AN_HOUR} forks within an hour. Wait a little."
# What an item of a list says, and a fork takes over.
FIELDS = (
    *("url", "title", "authors_text", "venue", "year", "note", "labels_text", "stars", "number"),
    *("need", "level", "reading_pass", "minutes"),
)
ALTERNATES = "alternates"
# What belongs to the page an item is of: goes with its address.
OF_PAGE = ("page_id", "asked_at", "facts_at")


@transaction.atomic
def fork_list(upstream: ReadingList, owner: User, draft: ListDraft) -> ReadingList:
    """Copy a list with all that is in it into a new one of the owner's, and return that.

    The owner's progress with items that are words alone comes along. Raises
    ReadingList.DoesNotExist where they may not read it, and Invalid.
    """
    source = lock_list(upstream.pk)
    if not ReadingList.objects.readable_by(owner).filter(pk=source.pk).exists():
        raise ReadingList.DoesNotExist
    lately = timezone.now() - timedelta(hours=1)
    if ReadingList.objects.filter(owner=owner, forked_at__gt=lately).count() >= MOST_AN_HOUR:
        raise Invalid({"": TOO_MANY})
    fork = create_list(owner, draft)
    fork.upstream, fork.upstream_slug = source, source.slug
    fork.forked_at = fork.upstream_seen_at = timezone.now()
    fork.front_matter = source.front_matter
    sections = _copy_sections(source, fork)
    standing = Item.objects.filter(reading_list=source).values_list("pk", "section", "rank")
    places = {pk: (sections.get(section_id), rank) for pk, section_id, rank in standing}
    made = copy_items(fork, None, places)
    _copy_progress(source, owner, made)
    fork.item_count = len(made)
    fork.save()
    touch(fork)
    return fork


def upstream_of(fork: ReadingList, viewer: "Viewer") -> ReadingList | None:
    """Return the list that a fork is of, with its owner, if the viewer may be told of it.

    None says nothing of why: it may be deleted, or hidden.
    """
    if fork.upstream_id is None:
        return None
    upstream = ReadingList.objects.select_related("owner").get(pk=fork.upstream_id)
    slug = fork.upstream_slug if viewer.pk == fork.owner_id else ""
    return upstream if disclosed(viewer, [(upstream, slug)]) else None


def copy_items(
    fork: ReadingList,
    by: User | None,
    places: Mapping[int, tuple[Section | None, int]],
    seen_ranks: Mapping[int, int] | None = None,
) -> dict[int, Item]:
    """Copy items of the upstream, by their ids, to these sections and ranks of the fork.

    They are added by whoever chose them, by nobody where a list is copied whole.

    Returns the copies by the ids of what they are of. `seen_ranks` are where each stands among what
    was seen of its section upstream, where that is not its rank. The fork's item count is the
    caller's.
    """
    made: dict[int, Item] = {}
    seen = seen_ranks or {}
    for ids in batches(places):
        found = Item.objects.filter(pk__in=ids).prefetch_related("alternates")
        originals = list(found.order_by("pk"))
        copies = [_copy(one, fork, by, *places[one.pk]) for one in originals]
        Item.objects.bulk_create(copies)
        pairs = list(zip(originals, copies, strict=True))
        ItemAlternate.objects.bulk_create(
            alternate_of(copy, one) for original, copy in pairs for one in original.alternates.all()
        )
        ForkedItem.objects.bulk_create(
            seen_of(original, fork, copy, seen.get(original.pk)) for original, copy in pairs
        )
        made |= {original.pk: copy for original, copy in pairs}
    _copy_prerequisites(fork, made)
    return made


def digests_of(item: Item) -> dict[str, str]:
    """Return a short digest of each field that says something, by which a change is told."""
    said = {name: getattr(item, name) for name in FIELDS}
    said[ALTERNATES] = [[one.url, one.role, one.label] for one in item.alternates.all()]
    return {
        name: blake2b(repr(value).encode(), digest_size=6).hexdigest()
        for name, value in said.items()
        if value
    }


def batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """Yield the ids in lists that one statement can bear."""
    rest = list(ids)
    for start in range(0, len(rest), BATCH):
        yield rest[start : start + BATCH]


def _copy(
    original: Item, fork: ReadingList, by: User | None, section: Section | None, rank: int
) -> Item:
    said: dict[str, Any] = {name: getattr(original, name) for name in (*FIELDS, *OF_PAGE)}
    return Item(reading_list=fork, section=section, rank=rank, added_by=by, **said)


def alternate_of(item: Item, original: ItemAlternate) -> ItemAlternate:
    """Return another link of an item, the same as one of another item; it is not stored."""
    return ItemAlternate(
        item=item,
        position=original.position,
        url=original.url,
        role=original.role,
        label=original.label,
    )


def seen_of(
    original: Item, fork: ReadingList, copy: Item | None, rank: int | None = None
) -> ForkedItem:
    """Return the row that says how an item of the upstream stands now; it is not stored."""
    return ForkedItem(
        reading_list=fork,
        item=copy,
        upstream=original,
        section_id=original.section_id,
        rank=original.rank if rank is None else rank,
        changed_at=original.changed_at,
        digests=digests_of(original),
    )


def _copy_sections(source: ReadingList, fork: ReadingList) -> dict[int | None, Section]:
    """Copy the sections, level by level; return the copies by the ids of the originals."""
    copies: dict[int | None, Section] = {}
    originals = Section.objects.filter(reading_list=source).order_by("depth", "pk")
    levels: dict[int, list[Section]] = {}
    for one in originals:
        levels.setdefault(one.depth, []).append(one)
    for level in levels.values():
        made = [
            Section(
                reading_list=fork,
                parent=copies.get(one.parent_id),
                depth=one.depth,
                rank=one.rank,
                title=one.title,
                note=one.note,
                upstream=one,
                seen=digests_of_words(one),
            )
            for one in level
        ]
        Section.objects.bulk_create(made, batch_size=BATCH)
        copies |= {one.pk: copy for one, copy in zip(level, made, strict=True)}
    return copies


def _copy_prerequisites(fork: ReadingList, made: Mapping[int, Item]) -> None:
    """Let the copies come after what the originals come after, as far as the fork has it.

    What the fork had before comes after the copies likewise, where that makes no cycle with links
    of its own.
    """
    rows = ForkedItem.objects.filter(reading_list=fork, item__isnull=False)
    ours = dict(rows.values_list("upstream_id", "item_id"))
    later: list[tuple[int, int]] = []
    for ids in batches(made):
        here, fresh = set(ids), []
        of_these = Prerequisite.objects.filter(Q(item__in=ids) | Q(earlier__in=ids))
        for item_id, earlier_id in of_these.order_by("pk").values_list("item_id", "earlier_id"):
            if item_id in here and earlier_id in ours:
                fresh.append(Prerequisite(item=made[item_id], earlier_id=ours[earlier_id]))
            elif item_id not in made and item_id in ours:
                later.append((ours[item_id], ours[earlier_id]))
        Prerequisite.objects.bulk_create(fresh)
    if later:
        _link_later(fork, later)


def _link_later(fork: ReadingList, wanted: Iterable[tuple[int, int]]) -> None:
    """Let items come after others, but for those that come before these already."""
    links = Prerequisite.objects.filter(item__reading_list=fork)
    before: dict[int, set[int]] = {}
    for item_id, earlier_id in links.values_list("item_id", "earlier_id"):
        before.setdefault(item_id, set()).add(earlier_id)
    fresh = []
    for item_id, earlier_id in wanted:
        if earlier_id in before.get(item_id, ()) or _comes_after(earlier_id, item_id, before):
            continue
        before.setdefault(item_id, set()).add(earlier_id)
        fresh.append(Prerequisite(item_id=item_id, earlier_id=earlier_id))
    Prerequisite.objects.bulk_create(fresh)


def _comes_after(item_id: int, other_id: int, before: Mapping[int, set[int]]) -> bool:
    """Return whether an item comes after another, by whatever way round."""
    seen, waiting = {item_id}, [item_id]
    while waiting and other_id not in seen:
        fresh = before.get(waiting.pop(), set()) - seen
        seen |= fresh
        waiting += fresh
    return other_id in seen


def _copy_progress(source: ReadingList, owner: User, made: Mapping[int, Item]) -> None:
    """Copy what the owner read of words alone; the rest is noted with its page anyway."""
    rows = list(Progress.objects.filter(reader=owner, item__reading_list=source))
    for row in rows:
        row.pk, row.item = None, made[row.item_id or 0]
        row._state.adding = True
    Progress.objects.bulk_create(rows, batch_size=BATCH)
