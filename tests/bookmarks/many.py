"""Many bookmarks made fast, past the code that stores one. Import `fill`, `empty`."""

import random
from collections import Counter
from datetime import timedelta

from django.db import connection

from accounts.models import User
from bookmarks.models import (
    Bookmark,
    OwnerCount,
    OwnerTagCount,
    Page,
    SiteCount,
    Tag,
    TagCount,
    TaggedBookmark,
    shard_of,
)
from tests.bookmarks.keeping import SOME_DAY

PEOPLE, TAGS = 20, 200
COUNTERS = (OwnerCount, OwnerTagCount, TagCount, SiteCount)


def fill(number: int) -> list[User]:
    """Make people, pages, tags and bookmarks of all sorts, with their counters."""
    pick = random.Random(1)
    people = User.objects.bulk_create(
        User(username=f"many{index}", feed_key=f"{index:020x}") for index in range(PEOPLE)
    )
    # Some tags are everywhere, most are rare, as on a real site.
    weights = [1 / (index + 1) for index in range(TAGS)]
    rows = [_bookmark(index, people[index % PEOPLE], pick, weights) for index in range(number)]
    pages = [
        Page(key=f"{index:040x}", url=f"https://{index % 997}.example/{index}")
        for index in range(number // 2)
    ]
    chosen = [pick.choice(pages) for _ in rows]
    for row, page in zip(rows, chosen, strict=True):
        page.public_saves += not row.private
        page.hot_at = max(row.saved_at, page.hot_at or row.saved_at)
    Page.objects.bulk_create(pages)
    for row, page in zip(rows, chosen, strict=True):
        row.page = page
    Bookmark.objects.bulk_create(rows)
    _tag_and_count(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return people


def _bookmark(index: int, owner: User, pick: random.Random, weights: list[float]) -> Bookmark:
    labels = dict.fromkeys(f"tag{tag}" for tag in pick.choices(range(TAGS), weights, k=3))
    return Bookmark(
        owner=owner,
        slug=f"{index:012x}",
        url=f"https://example.org/{index}",
        url_key=f"{index:040x}",
        labels_text="" if index % 13 == 0 else " ".join(labels),
        private=index % 3 == 0,
        unread=index % 7 == 0,
        starred=index % 11 == 0,
        archived=index % 13 == 0,
        gone_at=SOME_DAY if index % 9 == 0 else None,
        saved_at=SOME_DAY - timedelta(minutes=pick.randrange(500_000)),
    )


def _tag_and_count(rows: list[Bookmark]) -> None:
    tags = {
        tag.name: tag for tag in Tag.objects.bulk_create(Tag(name=f"tag{n}") for n in range(TAGS))
    }
    TaggedBookmark.objects.bulk_create(
        TaggedBookmark(
            content_object=row,
            tag=tags[label],
            owner_id=row.owner_id,
            saved_at=row.saved_at,
            is_public=not row.private,
        )
        for row in rows
        for label in row.labels
    )
    owned = Counter((row.owner_id, label) for row in rows for label in row.labels)
    public = Counter(
        (row.owner_id, label) for row in rows if not row.private for label in row.labels
    )
    OwnerTagCount.objects.bulk_create(
        OwnerTagCount(
            owner_id=owner, tag=tags[label], label=label, total=n, public=public[owner, label]
        )
        for (owner, label), n in owned.items()
    )
    TagCount.objects.bulk_create(
        [
            TagCount(tag=tags[label], shard=shard_of(owner), public=n)
            for (owner, label), n in public.items()
        ],
        ignore_conflicts=True,
    )
    SiteCount.objects.bulk_create(SiteCount(shard=shard, public=1000) for shard in range(16))


def empty() -> None:
    """Take away all that `fill` made, or was made since."""
    with connection.cursor() as cursor:
        for model in (TaggedBookmark, *COUNTERS, Bookmark, Tag, Page, User):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
