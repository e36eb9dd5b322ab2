"""Counts everything anew in plain Python, row by row. Import `assert_counters_are_exact`.

Slow and simple on purpose: it shares nothing with the code that keeps the counters.
"""

from collections import Counter
from typing import Any

from bookmarks.heat import hot_at
from bookmarks.models import (
    Bookmark,
    OwnerCount,
    OwnerTagCount,
    Page,
    SiteCount,
    TagCount,
    TaggedBookmark,
)
from bookmarks.tag_names import fold_tag

Counts = dict[Any, Any]


def assert_counters_are_exact() -> None:
    """Compare every stored counter and feed row with the bookmarks."""
    bookmarks = list(Bookmark.objects.all())
    assert feed_rows() == expected_feed_rows(bookmarks)
    assert owner_counts() == expected_owner_counts(bookmarks)
    assert owner_tag_counts() == expected_owner_tag_counts(bookmarks)
    assert tag_counts() == expected_tag_counts(bookmarks)
    assert site_count() == sum(not bookmark.private for bookmark in bookmarks)
    assert page_counts() == expected_page_counts(bookmarks)


def feed_rows() -> set[Any]:
    """Return what the index of tags says of each bookmark."""
    rows = TaggedBookmark.objects.values_list(
        "content_object_id", "tag__name", "owner_id", "saved_at", "is_public"
    )
    assert rows.count() == len(set(rows))
    return set(rows)


def expected_feed_rows(bookmarks: list[Bookmark]) -> set[Any]:
    """Return what it should say."""
    return {
        (
            bookmark.pk,
            fold_tag(label),
            bookmark.owner_id,
            bookmark.saved_at,
            not bookmark.private and not label.startswith("."),
        )
        for bookmark in bookmarks
        for label in bookmark.labels
    }


def owner_counts() -> Counts:
    """Return the stored counters of people with bookmarks."""
    return {
        row.owner_id: (row.total, row.public, row.unread, row.starred, row.untagged)
        for row in OwnerCount.objects.all()
        if (row.total, row.public, row.unread, row.starred, row.untagged) != (0, 0, 0, 0, 0)
    }


def expected_owner_counts(bookmarks: list[Bookmark]) -> Counts:
    """Count the bookmarks of each person."""
    counts: Counts = {}
    for bookmark in bookmarks:
        flags = (True, not bookmark.private, bookmark.unread, bookmark.starred, not bookmark.labels)
        before = counts.get(bookmark.owner_id, (0, 0, 0, 0, 0))
        counts[bookmark.owner_id] = tuple(map(int.__add__, before, map(int, flags)))
    return counts


def owner_tag_counts() -> Counts:
    """Return the stored counters of each person's tags."""
    return {
        (row.owner_id, row.tag.name): (row.total, row.public)
        for row in OwnerTagCount.objects.select_related("tag")
        if (row.total, row.public) != (0, 0)
    }


def expected_owner_tag_counts(bookmarks: list[Bookmark]) -> Counts:
    """Count the bookmarks of each person with each tag."""
    total: Counter[Any] = Counter()
    public: Counter[Any] = Counter()
    for bookmark in bookmarks:
        for label in bookmark.labels:
            total[bookmark.owner_id, fold_tag(label)] += 1
            shown = not bookmark.private and not label.startswith(".")
            public[bookmark.owner_id, fold_tag(label)] += shown
    return {key: (number, public[key]) for key, number in total.items()}


def tag_counts() -> Counts:
    """Return the stored counters of each tag, their shards added up."""
    counts: Counter[str] = Counter()
    for row in TagCount.objects.select_related("tag"):
        counts[row.tag.name] += row.public
    return {name: number for name, number in counts.items() if number}


def expected_tag_counts(bookmarks: list[Bookmark]) -> Counts:
    """Count the public bookmarks with each public tag."""
    return dict(
        Counter(
            fold_tag(label)
            for bookmark in bookmarks
            if not bookmark.private
            for label in bookmark.labels
            if not label.startswith(".")
        )
    )


def site_count() -> int:
    """Return the stored number of public bookmarks."""
    return sum(SiteCount.objects.values_list("public", flat=True))


def page_counts() -> Counts:
    """Return the stored saves and heat of each page."""
    return {page.pk: (page.public_saves, page.hot_at) for page in Page.objects.all()}


def expected_page_counts(bookmarks: list[Bookmark]) -> Counts:
    """Count the public saves of each page."""
    saves = Counter(bookmark.page_id for bookmark in bookmarks if not bookmark.private)
    return {pk: (saves[pk], hot_at(pk)) for pk in Page.objects.values_list("pk", flat=True)}
