"""Recomputes every counter from the rows it counts. Import `recount`, `Difference`.

May run while the site is in use: each batch locks its counters before it counts. Whoever changes
rows changes their counters in the same transaction, so that no change stands half in the count.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Mod

from accounts.models import User
from bookmarks.heat import hot_at
from bookmarks.models import (
    Bookmark,
    OwnerCount,
    OwnerTagCount,
    Page,
    SiteCount,
    Tag,
    TagCount,
    TaggedBookmark,
)
from bookmarks.models.counters import SHARDS
from bookmarks.tag_names import fold_tag

BATCH = 500
PUBLIC = Count("pk", filter=Q(private=False))

Value = int | datetime | None
Key = tuple[int, ...]
Rows = dict[Key, dict[str, Value]]
Batch = Callable[[], "list[Difference]"]


@dataclass(frozen=True)
class Difference:
    """A counter that says something else than the rows."""

    counter: str
    stored: Value
    counted: Value

    def __str__(self) -> str:
        return f"{self.counter} is {self.stored}, should be {self.counted}"


@dataclass(frozen=True)
class Kind:
    """One kind of counter: where it is kept, and how the rows of some ids are counted.

    `key` are the columns that name a counter, the first of them the id that batches go by.
    """

    model: type[models.Model]
    key: tuple[str, ...]
    columns: tuple[str, ...]
    ids: Callable[[], Iterable[int]]
    counted: Callable[[Sequence[int]], Rows]


def recount(
    *,
    change: bool,
    progress: Callable[[list[Batch]], Iterable[Batch]] = iter,
) -> Iterator[Difference]:
    """Yield every difference between counters and rows; with `change`, set the counters right.

    `progress` is wrapped around the batches, to show how far the work is.
    """
    batches = [
        partial(_recount_batch, kind, ids, change) for kind in KINDS for ids in _in_batches(kind)
    ]
    for batch in progress(list(batches)):
        yield from batch()


def _in_batches(kind: Kind) -> Iterator[list[int]]:
    ids = list(kind.ids())
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


@transaction.atomic
def _recount_batch(kind: Kind, ids: Sequence[int], change: bool) -> list[Difference]:
    _lock(kind, ids)
    stored = _stored(kind, ids)
    counted = kind.counted(ids)
    nothing: dict[str, Value] = dict.fromkeys(kind.columns, 0)
    differences = []
    for key in sorted(stored.keys() | counted.keys()):
        right = counted.get(key, nothing)
        wrong = _wrong_columns(kind, key, stored.get(key, nothing), right)
        differences += wrong
        if change and wrong:
            _set(kind, key, right)
    return differences


def _lock(kind: Kind, ids: Sequence[int]) -> None:
    """Lock the batch's counters; a person's are locked by the row that all writes lock first."""
    model, column = (OwnerCount, "owner_id") if kind.ids is _owners else (kind.model, kind.key[0])
    rows = model._default_manager.filter(**{f"{column}__in": ids}).order_by("pk")
    list(rows.select_for_update().values_list("pk"))


def _stored(kind: Kind, ids: Sequence[int]) -> Rows:
    rows = kind.model._default_manager.filter(**{f"{kind.key[0]}__in": ids})
    return _by_key(kind.key, rows.values(*kind.key, *kind.columns))


def _by_key(key: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> Rows:
    return {
        tuple(row[name] for name in key): {
            name: value for name, value in row.items() if name not in key
        }
        for row in rows
    }


def _wrong_columns(
    kind: Kind, key: Key, stored: Mapping[str, Value], counted: Mapping[str, Value]
) -> list[Difference]:
    name = ", ".join(f"{column}={value}" for column, value in zip(kind.key, key, strict=True))
    return [
        Difference(f"{kind.model.__name__}({name}).{column}", stored[column], counted[column])
        for column in kind.columns
        if stored[column] != counted[column]
    ]


def _set(kind: Kind, key: Key, columns: Mapping[str, Value]) -> None:
    named = dict(zip(kind.key, key, strict=True))
    if kind.model._default_manager.filter(**named).update(**columns):
        return
    label = {"label": _newest_label(*key)} if kind.model is OwnerTagCount else {}
    kind.model._default_manager.create(**named, **columns, **label)


def _newest_label(owner_id: int, tag_id: int) -> str:
    """Return a tag as its owner wrote it last."""
    name = Tag.objects.get(pk=tag_id).name
    tagged = Bookmark.objects.filter(owner=owner_id, tagged__tag=tag_id)
    labels = tagged.latest("saved_at", "pk").labels
    return next(label for label in labels if fold_tag(label) == name)


def _owners() -> Iterable[int]:
    return User.objects.order_by("pk").values_list("pk", flat=True)


def _owner_counts(ids: Sequence[int]) -> Rows:
    rows = Bookmark.objects.filter(owner__in=ids).order_by().values("owner_id")
    counts = rows.annotate(
        total=Count("pk"),
        public=PUBLIC,
        unread=Count("pk", filter=Q(unread=True)),
        starred=Count("pk", filter=Q(starred=True)),
        archived=Count("pk", filter=Q(archived=True)),
        untagged=Count("pk", filter=Q(labels_text="")),
    )
    return _by_key(("owner_id",), counts)


def _owner_tag_counts(ids: Sequence[int]) -> Rows:
    rows = TaggedBookmark.objects.filter(owner__in=ids).order_by().values("owner_id", "tag_id")
    counts = rows.annotate(total=Count("pk"), public=Count("pk", filter=Q(is_public=True)))
    return _by_key(("owner_id", "tag_id"), counts)


def _tags() -> Iterable[int]:
    return Tag.objects.order_by("pk").values_list("pk", flat=True)


def _tag_counts(ids: Sequence[int]) -> Rows:
    rows = TaggedBookmark.objects.filter(is_public=True, tag__in=ids).order_by()
    sharded = rows.annotate(shard=Mod(F("owner_id"), SHARDS)).values("tag_id", "shard")
    return _by_key(("tag_id", "shard"), sharded.annotate(public=Count("pk")))


def _shards() -> Iterable[int]:
    return range(SHARDS)


def _site_counts(ids: Sequence[int]) -> Rows:
    rows = Bookmark.objects.public().annotate(shard=Mod(F("owner_id"), SHARDS))
    counts = rows.filter(shard__in=ids).order_by().values("shard").annotate(public=Count("pk"))
    return _by_key(("shard",), counts)


def _pages() -> Iterable[int]:
    return Page.objects.order_by("pk").values_list("pk", flat=True)


def _page_counts(ids: Sequence[int]) -> Rows:
    public = Bookmark.objects.public().filter(page__in=ids).order_by().values("page_id")
    saves = dict(public.annotate(number=Count("pk")).values_list("page_id", "number"))
    return {
        (pk,): {
            "public_saves": saves.get(pk, 0),
            "hot_at": hot_at(pk) if pk in saves else None,
        }
        for pk in ids
    }


KINDS = (
    Kind(
        OwnerCount,
        ("owner_id",),
        ("total", "public", "unread", "starred", "untagged", "archived"),
        _owners,
        _owner_counts,
    ),
    Kind(OwnerTagCount, ("owner_id", "tag_id"), ("total", "public"), _owners, _owner_tag_counts),
    Kind(TagCount, ("tag_id", "shard"), ("public",), _tags, _tag_counts),
    Kind(SiteCount, ("shard",), ("public",), _shards, _site_counts),
    Kind(Page, ("pk",), ("public_saves", "hot_at"), _pages, _page_counts),
)
