"""Counters kept beside the rows they count, so that no page ever counts rows.

bookmarks.counting writes them, in the transaction that changes the rows, with one upsert that
adds a difference. (PostgreSQL would test a CHECK of "not negative" on the difference itself, so
there is none; `manage.py recount --check` tells whether a counter is off.)
"""

from django.conf import settings
from django.db import models

from bookmarks.models.tag import Tag

SHARDS = 16


def shard_of(owner_id: int) -> int:
    """Return the shard in which an owner's share of a site-wide counter is kept.

    Site-wide counters are split over 16 rows, so that savers of one popular tag do not wait for
    each other; their sum is the count.
    """
    return owner_id % SHARDS


class OwnerCount(models.Model):
    """How many bookmarks one person has. The row is also the lock of that person's writes."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    total = models.IntegerField(default=0)
    public = models.IntegerField(default=0)
    unread = models.IntegerField(default=0)
    starred = models.IntegerField(default=0)
    untagged = models.IntegerField(default=0)
    archived = models.IntegerField(default=0, db_default=0)
    changed_at = models.DateTimeField(
        null=True, blank=True, help_text="when this person's bookmarks last changed"
    )

    @property
    def private(self) -> int:
        """How many are private."""
        return self.total - self.public


class OwnerTagCount(models.Model):
    """How many bookmarks one person has with one tag, and how the person writes it."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=255)
    total = models.IntegerField(default=0)
    public = models.IntegerField(default=0)
    made_at = models.DateTimeField(
        null=True, blank=True, help_text="when a program made the tag without a bookmark"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "tag"], name="owner_tag_count_once")
        ]
        indexes = [
            models.Index(fields=["owner", "-total", "tag"], name="owner_tags_by_total"),
            models.Index(
                fields=["owner", "-public", "tag"],
                name="owner_tags_by_public",
                condition=models.Q(public__gt=0),
            ),
        ]


class TagCount(models.Model):
    """One shard of how many public bookmarks have a tag."""

    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="counts", db_index=False)
    shard = models.PositiveSmallIntegerField()
    public = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "shard"], name="tag_count_once")]


class SiteCount(models.Model):
    """One shard of how many public bookmarks there are."""

    shard = models.PositiveSmallIntegerField(primary_key=True)
    public = models.IntegerField(default=0)
