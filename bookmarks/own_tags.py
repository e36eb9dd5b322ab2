"""The tags of one person as things of their own. Import `OwnTag`, `list_own_tags`, `find_own_tag`,
`make_own_tag`, `delete_own_tag`, `retag_all`, `TooWidelyUsed`.

A tag is there while a bookmark has it, or since a program made it without one.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from bookmarks.bulk_storing import retag
from bookmarks.models import OwnerTagCount, TaggedBookmark
from bookmarks.storing import lock_owner
from bookmarks.tags import intern_tags

# As many as are surely rewritten before a program gives up waiting.
RETAGGED_AT_MOST = 5000
IS_THERE = Q(total__gt=0) | Q(made_at__isnull=False)


class TooWidelyUsed(Exception):
    """More bookmarks have the tag than are changed at once; `str()` is a sentence."""


@dataclass(frozen=True)
class OwnTag:
    """A tag of one person; `pk` is that of its counter, and names it for this person only."""

    pk: int
    label: str
    added_at: datetime


def list_own_tags(owner: User, offset: int, limit: int) -> list[OwnTag]:
    """Return a part of a person's tags, in the order of their ids."""
    rows = _rows(owner).order_by("tag_id")[offset : offset + limit]
    return [_own_tag(row) for row in rows]


def count_own_tags(owner: User, most: int) -> int:
    """Return how many tags a person has, counted up to `most`."""
    return len(OwnerTagCount.objects.filter(IS_THERE, owner=owner).values_list("pk")[:most])


def find_own_tag(owner: User, pk: int) -> OwnTag | None:
    """Return one tag of a person, None where there is none of that id."""
    row = _rows(owner).filter(pk=pk).first()
    return _own_tag(row) if row else None


@transaction.atomic
def make_own_tag(owner: User, label: str) -> OwnTag:
    """Return the tag of a label, in any case, made now where the person does not have it."""
    lock_owner(owner)
    [tag] = intern_tags([label]).values()
    row, _ = OwnerTagCount.objects.get_or_create(owner=owner, tag=tag, defaults={"label": label})
    if row.total <= 0 and row.made_at is None:
        row.label, row.made_at = label, timezone.now()
        row.save(update_fields=["label", "made_at"])
    return _own_tag(_rows(owner).get(pk=row.pk))


def delete_own_tag(owner: User, pk: int) -> None:
    """Take a tag off all bookmarks; the bookmarks stay. Raises `TooWidelyUsed`."""
    row = OwnerTagCount.objects.select_related("tag").get(owner=owner, pk=pk)
    retag_all(owner, row.tag.name)
    OwnerTagCount.objects.filter(pk=row.pk).update(made_at=None)


def retag_all(owner: User, name: str, label: str = "") -> None:
    """Put a label in the place of one tag on all bookmarks, a batch at a time; see `retag`.

    Raises `TooWidelyUsed` before anything is changed.
    """
    counts = OwnerTagCount.objects.filter(owner=owner, tag__name=name)
    number = counts.values_list("total", flat=True).first() or 0
    if number > RETAGGED_AT_MOST:
        raise TooWidelyUsed(
            f"{number:,} bookmarks have this tag;"
            f" {RETAGGED_AT_MOST:,} are the most that can be changed at once."
        )
    while number > 0 and (done := retag(owner, name, label)):
        number -= done


def _rows(owner: User) -> QuerySet[OwnerTagCount]:
    """Return the counters of the tags that are there, each with the time of its first bookmark."""
    tagged = TaggedBookmark.objects.filter(owner=owner, tag=OuterRef("tag"))
    first = Subquery(tagged.order_by("saved_at", "content_object").values("saved_at")[:1])
    return OwnerTagCount.objects.filter(IS_THERE, owner=owner).annotate(first_saved_at=first)


def _own_tag(row: OwnerTagCount) -> OwnTag:
    times = [at for at in (row.made_at, getattr(row, "first_saved_at", None)) if at]
    return OwnTag(row.pk, row.label, min(times, default=timezone.now()))
