"""What goes when a person goes. Import `forget_owner`, `forget_old_deletions`.

Pages that nobody else saved go too, since their addresses may tell of the person.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from bookmarks.counting import Deltas, add_to, move_pages
from bookmarks.import_jobs import forget_files
from bookmarks.links import page_key
from bookmarks.models import (
    Alternate,
    Bookmark,
    DeletedBookmark,
    FeedPing,
    FetchHost,
    FetchJob,
    OwnerCount,
    OwnerTagCount,
    Page,
    SavedMail,
    SiteCount,
    Tag,
    TagCount,
    TaggedBookmark,
    shard_of,
)
from bookmarks.storing import lock_owner

BATCH = 500
DELETED_STAY = timedelta(days=7)
FINISHED_JOBS_STAY = timedelta(days=7)
HOSTS_STAY = timedelta(days=1)
PINGS_STAY = timedelta(days=1)
MAILS_STAY = timedelta(days=60)


@transaction.atomic
def forget_owner(owner: User) -> None:
    """Delete every bookmark of a person who leaves, and take their share out of all counters."""
    forget_files(owner)
    lock_owner(owner)
    _hand_over_jobs(owner)
    tag_ids = _give_up_counts(owner)
    keys = {page_key(row["url"]) for row in _deleted_fields(owner)}
    DeletedBookmark.objects.filter(owner=owner).delete()
    while rows := list(Bookmark.objects.filter(owner=owner)[:BATCH]):
        ids = [row.pk for row in rows]
        TaggedBookmark.objects.filter(content_object_id__in=ids).delete()
        Bookmark.objects.filter(pk__in=ids).delete()
        page_ids = {row.page_id for row in rows}
        saves = Counter(row.page_id for row in rows if not row.private)
        move_pages({page: -number for page, number in saves.items()})
        _drop_addresses({page_key(row.url) for row in rows})
        _drop_unsaved_pages(page_ids)
    _drop_addresses(keys)
    _drop_unsaved_pages(set(Page.objects.filter(key__in=keys).values_list("pk", flat=True)))
    _drop_unused_tags(tag_ids)
    OwnerCount.objects.filter(owner=owner).delete()


def forget_old_deletions() -> int:
    """Drop what was deleted more than a week ago and finished jobs as old; return how many rows.

    Hosts go a day after their last page, when their robots.txt would have to be read anew anyway.
    Pages that no bookmark has any more go at once: bookmarks are deleted, or moved to another URL.
    """
    now = timezone.now()
    return sum(
        _delete_some(rows)
        for rows in (
            DeletedBookmark.objects.filter(deleted_at__lt=now - DELETED_STAY),
            Page.objects.unused(),
            FetchJob.objects.filter(finished_at__lt=now - FINISHED_JOBS_STAY),
            _idle_hosts(now),
            FeedPing.objects.filter(due_at__lt=now - PINGS_STAY),
            SavedMail.objects.filter(saved_at__lt=now - MAILS_STAY),
        )
    )


def _idle_hosts(now: datetime) -> QuerySet[FetchHost]:
    old = FetchHost.objects.filter(turn=None, free_at__lt=now - HOSTS_STAY)
    open_jobs = FetchJob.objects.filter(host=OuterRef("pk"), state__in=FetchJob.OPEN)
    return old.filter(~Exists(open_jobs))


def _delete_some(rows: "QuerySet[Any]") -> int:
    """Delete up to 10,000 rows, as many as one transaction should, and return their number."""
    ids = list(rows.values_list("pk", flat=True)[:10_000])
    rows.filter(pk__in=ids).delete()
    return len(ids)


def _deleted_fields(owner: User) -> list[dict[str, str]]:
    return list(DeletedBookmark.objects.filter(owner=owner).values_list("fields", flat=True))


def _give_up_counts(owner: User) -> set[int]:
    """Take the person's share out of the counters; return the ids of the tags they used."""
    shard = shard_of(owner.pk)
    tags = dict(OwnerTagCount.objects.filter(owner=owner).values_list("tag_id", "public"))
    shares: Deltas = {(tag, shard): {"public": -public} for tag, public in tags.items()}
    add_to(TagCount, ["tag_id", "shard"], shares)
    OwnerTagCount.objects.filter(owner=owner).delete()
    public = OwnerCount.objects.get(owner=owner).public
    add_to(SiteCount, ["shard"], {(shard,): {"public": -public}})
    return set(tags)


def _hand_over_jobs(owner: User) -> None:
    """Let jobs that others wait for go on in their name; nobody waits for the rest.

    They are locked before bookmarks and counters, as all writers do.
    """
    jobs = FetchJob.objects.filter(owner=owner, state__in=FetchJob.OPEN).order_by("pk")
    for job in jobs.select_for_update():
        others = Bookmark.objects.filter(page_id=job.page_id, unfetched_at=None)
        heir = others.exclude(owner=owner).first()
        if heir:
            FetchJob.objects.filter(pk=job.pk).update(owner_id=heir.owner_id)
        else:
            FetchJob.objects.filter(pk=job.pk).delete()


def _drop_addresses(keys: set[str]) -> None:
    """Forget that these addresses lead to other pages: who saves one again lets that be found."""
    Alternate.objects.filter(key__in=keys, same=True).delete()


def _drop_unsaved_pages(page_ids: set[int]) -> None:
    Page.objects.filter(pk__in=page_ids).unused().delete()


def _drop_unused_tags(tag_ids: set[int]) -> None:
    """Drop tags that nobody else ever used; their names may tell of the person."""
    used = OwnerTagCount.objects.filter(tag_id__in=tag_ids).values_list("tag_id", flat=True)
    unused = tag_ids - set(used.distinct())
    TagCount.objects.filter(tag_id__in=unused).delete()
    Tag.objects.filter(pk__in=unused).delete()
