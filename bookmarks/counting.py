"""Keeps the counters in step with the rows they count. Import `Standing`, `move_counts`.

Called by bookmarks.storing inside its transaction. Rows are always locked in one order (owner,
owner's tags, tags, site, pages; each by id), so that writers on PostgreSQL cannot deadlock.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, models
from django.db.models import F

from bookmarks.heat import hot_at
from bookmarks.models import OwnerCount, OwnerTagCount, Page, SiteCount, TagCount, shard_of
from bookmarks.tag_names import is_private_tag

Key = tuple[int, ...]
Deltas = dict[Key, dict[str, int]]


@dataclass(frozen=True)
class Standing:
    """What one bookmark adds to the counters. `labels` maps tag ids to tags as typed."""

    owner_id: int
    page_id: int
    saved_at: datetime
    private: bool
    unread: bool
    starred: bool
    labels: Mapping[int, str] = field(default_factory=dict)

    def shows(self, label: str) -> bool:
        """Return whether this tag of the bookmark is public."""
        return not self.private and not is_private_tag(label)

    def owner_counts(self) -> Counter[str]:
        """Return the columns of OwnerCount in which the bookmark counts."""
        return Counter(
            total=1,
            public=not self.private,
            unread=self.unread,
            starred=self.starred,
            untagged=not self.labels,
        )


def move_counts(
    owner_id: int,
    before: Standing | None,
    after: Standing | None,
    gone: Sequence[Standing] = (),
) -> None:
    """Change every counter by the difference between two standings of one bookmark.

    None stands for a bookmark that is not there; `gone` are others of the same owner that go with
    this change. Needs a transaction, with the owner locked.
    """
    moves = (*((standing, -1) for standing in gone), (before, -1), (after, 1))
    signed = [(standing, sign) for standing, sign in moves if standing]
    owner: Counter[str] = Counter()
    owner_tags: Deltas = {}
    tags: Deltas = {}
    saves: Counter[tuple[int, datetime]] = Counter()
    labels: dict[Key, str] = {}
    for standing, sign in signed:
        owner.update({name: sign * number for name, number in standing.owner_counts().items()})
        saves[standing.page_id, standing.saved_at] += sign * (not standing.private)
        for tag_id, label in standing.labels.items():
            public = sign * standing.shows(label)
            labels[owner_id, tag_id] = label
            _accumulate(owner_tags, (owner_id, tag_id), total=sign, public=public)
            _accumulate(tags, (tag_id, shard_of(owner_id)), public=public)
    add_to(OwnerCount, ["owner_id"], {(owner_id,): dict(owner)})
    if before and after:  # a tag may have been typed anew in another case
        kept = after.labels.items() & before.labels.items()
        owner_tags = {
            key: row
            for key, row in owner_tags.items()
            if any(row.values()) or (key[1], labels[key]) not in kept
        }
    shown = bool(after and not after.private)
    add_to(OwnerTagCount, ["owner_id", "tag_id"], owner_tags, labels, shown)
    add_to(TagCount, ["tag_id", "shard"], tags)
    add_to(SiteCount, ["shard"], {(shard_of(owner_id),): {"public": owner["public"]}})
    pages: Counter[int] = Counter()
    for (page_id, _), number in saves.items():
        if number:
            pages[page_id] += number
    move_pages(pages)


def move_pages(deltas: Mapping[int, int]) -> None:
    """Change how often pages are publicly saved, and their heat, which also moves with times.

    Heat is reckoned once the row is locked, so that it takes in the saves waited for.
    """
    for page_id, delta in sorted(deltas.items()):
        Page.objects.filter(pk=page_id).update(public_saves=F("public_saves") + delta)
        Page.objects.filter(pk=page_id).update(hot_at=hot_at(page_id))


def _accumulate(deltas: Deltas, key: Key, **changes: int) -> None:
    row = deltas.setdefault(key, dict.fromkeys(changes, 0))
    for name, change in changes.items():
        row[name] += change


def add_to(
    model: type[models.Model],
    key: list[str],
    deltas: Deltas,
    labels: Mapping[Key, str] | None = None,
    shown: bool = True,
) -> None:
    """Add to counters, making rows that are missing, in one statement on both databases.

    `deltas` maps the values of the `key` columns to what to add to other columns. With `labels`,
    the label column is set too, unless the total shrinks, or others see the counter and the label
    is not `shown` to them. Rows are locked in the order of their keys.
    """
    rows = sorted((values, row) for values, row in deltas.items() if labels or any(row.values()))
    if not rows:
        return
    table = model._meta.db_table
    counted = list(rows[0][1])
    updates = [f"{name} = {table}.{name} + excluded.{name}" for name in counted]
    if labels:
        key_and_label = [*key, "label"]
        relabel = "excluded.total >= 0" if shown else f"excluded.total >= 0 AND {table}.public = 0"
        updates.append(f"label = CASE WHEN {relabel} THEN excluded.label ELSE {table}.label END")
    else:
        key_and_label = key
    parameters: list[int | str] = []
    for values, row in rows:
        parameters += [*values, *([labels[values]] if labels else []), *row.values()]
    columns = [*key_and_label, *counted]
    marks = f"({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)})"  # noqa: S608 - names of our own
            f" VALUES {', '.join([marks] * len(rows))}"
            f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {', '.join(updates)}",
            parameters,
        )
