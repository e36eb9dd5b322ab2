"""Keeps the counters in step with the rows they count. Import `Standing`, `move_counts`,
`move_many_counts`.

Called by bookmarks.storing and bookmarks.bulk_storing inside their transactions. Rows are always
locked in one order (owner, owner's tags, tags, site, pages; each by id), so that writers on
PostgreSQL cannot deadlock.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, models

from bookmarks.heat import SAVES_THAT_COUNT, hot_at, hot_pages
from bookmarks.inserting import rewrite
from bookmarks.models import OwnerCount, OwnerTagCount, Page, SiteCount, TagCount, shard_of
from bookmarks.tag_names import is_private_tag

Key = tuple[int, ...]
Deltas = dict[Key, dict[str, int]]
ROWS_AT_ONCE = 2000  # databases limit the parameters of a statement


@dataclass(frozen=True)
class Standing:
    """What one bookmark adds to the counters. `labels` maps tag ids to tags as typed."""

    owner_id: int
    page_id: int
    saved_at: datetime
    private: bool
    unread: bool
    starred: bool
    archived: bool = False
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
            archived=self.archived,
            untagged=not self.labels,
        )


# What one bookmark was and is; None where it is not there.
Move = tuple[Standing | None, Standing | None]


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
    move_many_counts(owner_id, [*((standing, None) for standing in gone), (before, after)])


def move_many_counts(owner_id: int, moves: Sequence[Move]) -> None:
    """Change every counter once by what several bookmarks of one owner were and are now.

    Of tags that were typed in several ways the last one that others see stays, else the last.
    Needs a transaction, with the owner locked.
    """
    owner: Counter[str] = Counter()
    owner_tags: Deltas = {}
    tags: Deltas = {}
    saves: Counter[tuple[int, datetime]] = Counter()
    labels: dict[Key, tuple[int, str]] = {}
    typed: set[Key] = set()  # in another case than before, perhaps
    for before, after in moves:
        for standing, sign in ((before, -1), (after, 1)):
            if standing is None:
                continue
            owner.update({name: sign * n for name, n in standing.owner_counts().items()})
            saves[standing.page_id, standing.saved_at] += sign * (not standing.private)
            rank = 0 if sign < 0 else 1 if standing.private else 2
            for tag_id, label in standing.labels.items():
                key, public = (owner_id, tag_id), sign * standing.shows(label)
                if rank >= labels.get(key, (0, ""))[0]:
                    labels[key] = rank, label
                _accumulate(owner_tags, key, total=sign, public=public)
                _accumulate(tags, (tag_id, shard_of(owner_id)), public=public)
        was = before.labels.items() if before else set()
        typed |= {(owner_id, one) for one, _ in (after.labels.items() if after else set()) - was}
    add_to(OwnerCount, ["owner_id"], {(owner_id,): dict(owner)})
    changed = {key: row for key, row in owner_tags.items() if any(row.values()) or key in typed}
    for shown in (False, True):
        rows = {key: row for key, row in changed.items() if (labels[key][0] == 2) == shown}
        add_to(OwnerTagCount, ["owner_id", "tag_id"], rows, _texts(labels), shown)
    add_to(TagCount, ["tag_id", "shard"], tags)
    add_to(SiteCount, ["shard"], {(shard_of(owner_id),): {"public": owner["public"]}})
    pages: Counter[int] = Counter()
    for (page_id, _), number in saves.items():
        if number:
            pages[page_id] += number
    move_pages(pages)


def _texts(labels: Mapping[Key, tuple[int, str]]) -> dict[Key, str]:
    return {key: label for key, (_, label) in labels.items()}


def move_pages(deltas: Mapping[int, int]) -> None:
    """Change how often pages are publicly saved, and their heat, which also moves with times.

    Heat is reckoned once the row is locked, so that it takes in the saves waited for.
    """
    pages = Page.objects.filter(pk__in=deltas).order_by("pk").select_for_update()
    saves = {pk: saves + deltas[pk] for pk, saves in pages.values_list("pk", "public_saves")}
    heats = hot_pages([pk for pk, number in saves.items() if number <= SAVES_THAT_COUNT])
    rows = [(number, heats[pk] if pk in heats else hot_at(pk), pk) for pk, number in saves.items()]
    rewrite(Page, ("public_saves", "hot_at"), rows)


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
    columns = [*key_and_label, *counted]
    marks = f"({', '.join(['%s'] * len(columns))})"
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[start : start + ROWS_AT_ONCE]
        parameters: list[int | str] = []
        for values, row in some:
            parameters += [*values, *([labels[values]] if labels else []), *row.values()]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)})"  # noqa: S608 - names of our own
                f" VALUES {', '.join([marks] * len(some))}"
                f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {', '.join(updates)}",
                parameters,
            )
