"""Tags in the database. Import `intern_tags`, `find_tags`, `top_tags`, `all_tags`,
`page_tags`, `suggest_tags`."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef, Sum

from accounts.models import User
from bookmarks.models import Bookmark, OwnerTagCount, Page, Tag, TagCount
from bookmarks.tag_names import fold_tag, is_private_tag, is_tag_name

# How much is read to answer a suggestion, whatever the size of the site.
TAGS_READ = 200
BOOKMARKS_READ = 50


@dataclass(frozen=True)
class CountedTag:
    """A tag as it is shown, with how many bookmarks have it."""

    label: str
    count: int


def intern_tags(labels: Iterable[str]) -> dict[str, Tag]:
    """Return the tag of each label, by label, making those that are missing.

    Safe with many writers: names are inserted in order, and whoever comes second takes the row
    of the first.
    """
    names = {label: fold_tag(label) for label in labels}
    tags = {tag.name: tag for tag in Tag.objects.filter(name__in=names.values())}
    missing = sorted(set(names.values()) - set(tags))
    if missing:
        Tag.objects.bulk_create([Tag(name=name) for name in missing], ignore_conflicts=True)
        tags |= {tag.name: tag for tag in Tag.objects.filter(name__in=missing)}
    return {label: tags[name] for label, name in names.items()}


def find_tags(labels: Sequence[str]) -> list[Tag] | None:
    """Return the tags of the labels in order, or None when one of them was never used."""
    names = [fold_tag(label) for label in labels]
    if not all(map(is_tag_name, names)):
        return None
    found = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    return [found[name] for name in names] if len(found) == len(set(names)) else None


def has_used(owner: User, label: str) -> bool:
    """Return whether a person has or had a bookmark with this tag."""
    tags = find_tags([label])
    return bool(tags) and OwnerTagCount.objects.filter(owner=owner, tag__in=tags or []).exists()


def top_tags(owner: User, viewer_is_owner: bool, limit: int = 60) -> list[CountedTag]:
    """Return an owner's most used tags, the public ones with public counts for others."""
    counts = OwnerTagCount.objects.filter(owner=owner)
    column = "total" if viewer_is_owner else "public"
    rows = (
        counts.filter(**{f"{column}__gt": 0})
        .order_by(f"-{column}", "tag_id")
        .values_list("label", column)[:limit]
    )
    return [CountedTag(label, count) for label, count in rows]


def tags_of(
    bookmarks: Iterable[Bookmark], without: Iterable[str] = (), limit: int = 40
) -> list[CountedTag]:
    """Return the public tags of the given bookmarks, most frequent first."""
    hidden = {fold_tag(label) for label in without}
    labels: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for bookmark in bookmarks:
        for label in bookmark.labels:
            name = fold_tag(label)
            if not is_private_tag(label) and name not in hidden:
                labels.setdefault(name, label)
                counts[name] += 1
    return [CountedTag(labels[name], count) for name, count in counts.most_common(limit)]


def all_tags(owner: User) -> list[CountedTag]:
    """Return all tags a person uses, private ones included, by name."""
    rows = OwnerTagCount.objects.filter(owner=owner, total__gt=0).values_list("label", "total")
    return sorted((CountedTag(*row) for row in rows), key=lambda tag: fold_tag(tag.label))


def page_tags(page: Page, prefix: str = "") -> list[str]:
    """Return the public tags of a page that start so, most frequent first."""
    newest = Bookmark.objects.public().filter(page=page).order_by("-saved_at", "-id")
    tags = tags_of(newest.only("labels_text")[:BOOKMARKS_READ])
    return [tag.label for tag in tags if fold_tag(tag.label).startswith(prefix)]


def suggest_tags(owner: User, prefix: str, page: Page | None = None, limit: int = 12) -> list[str]:
    """Return labels that start with `prefix`: one's own first, then others' public ones.

    With `page`, the tags others gave that page come before the rest of the site's. Other
    people's private bookmarks and private tags are never read.
    """
    name = fold_tag(prefix.strip())
    if name.strip(".") and not is_tag_name(name):
        return []
    found = {fold_tag(label): label for label in _own_tags(owner, name, limit)}
    for label in (page_tags(page, name) if page else []) + _site_tags(name):
        found.setdefault(fold_tag(label), label)
    return list(found.values())[:limit]


def _own_tags(owner: User, prefix: str, limit: int) -> list[str]:
    counts = OwnerTagCount.objects.filter(
        owner=owner, total__gt=0, tag__name__startswith=prefix
    ).order_by("-total", "tag_id")
    return list(counts.values_list("label", flat=True)[:limit])


def _site_tags(prefix: str) -> list[str]:
    """Return the most used of the first 200 public names that start so; none without a prefix."""
    if not prefix or is_private_tag(prefix):
        return []
    names = Tag.objects.filter(name__startswith=prefix)
    if connection.vendor == "sqlite":  # whose LIKE reads no index; it orders text by code point
        names = names.filter(name__gte=prefix, name__lt=prefix + chr(sys.maxunicode))
    used = Exists(TagCount.objects.filter(tag=OuterRef("pk"), public__gt=0))
    first = names.filter(used).order_by("name").values_list("pk", flat=True)[:TAGS_READ]
    sums = TagCount.objects.filter(tag__in=list(first)).values("tag__name")
    counted = sums.annotate(number=Sum("public")).order_by("-number", "tag__name")
    return list(counted.values_list("tag__name", flat=True))
