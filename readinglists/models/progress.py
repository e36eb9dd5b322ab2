"""How far a reader is with a page, wherever it is listed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bookmarks.models import Page
from readinglists.models.item import Item
from readinglists.models.reading_list import ReadingList


class Progress(models.Model):
    """One row a reader and page, or a reader and item where the item is words alone.

    It is the reader's own: nobody else sees it, but for the members of a group that the reader
    lets see it.
    """

    class State(models.TextChoices):
        """How far one is. Without a row one has not begun."""

        TO_READ = "to_read", "to read"
        SKIMMED = "skimmed", "skimmed"
        READING = "reading", "reading"
        READ = "read", "read"
        DROPPED = "dropped", "dropped"

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="progress", db_index=False
    )
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.PROTECT, related_name="progress"
    )
    item = models.ForeignKey(
        Item, null=True, blank=True, on_delete=models.CASCADE, related_name="progress"
    )
    state = models.CharField(max_length=7, choices=State.choices)
    changed_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True, help_text="when it was first read")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "page"],
                name="progress_once_a_page",
                condition=Q(page__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["reader", "item"],
                name="progress_once_an_item",
                condition=Q(item__isnull=False),
            ),
            models.CheckConstraint(
                name="progress_of_page_or_item",
                condition=Q(page=None, item__isnull=False) | Q(page__isnull=False, item=None),
            ),
        ]
        indexes = [
            models.Index(fields=["reader", "-changed_at", "-id"], name="progress_newest"),
            models.Index(
                fields=["reader", "-read_at", "-id"],
                name="progress_by_read",
                condition=Q(read_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.state}"


class ListReading(models.Model):
    """A list in which a reader noted progress, and when last: what they are reading."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    reading_list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="readings")
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "reading_list"], name="list_reading_once"),
        ]
        indexes = [models.Index(fields=["reader", "-last_at", "-id"], name="list_reading_newest")]

    def __str__(self) -> str:
        return f"{self.reader_id} reads {self.reading_list_id}"
