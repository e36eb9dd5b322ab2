"""Items that were taken out of a list a little while ago, so that they can come back."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from readinglists.models.reading_list import ReadingList


class RemovedItem(models.Model):
    """All that went with an item: what it said, and the rows that hung on it.

    Kept for a day (readinglists.undoing). What readers had noted of it stays as private as it was.
    """

    reading_list = models.ForeignKey(
        ReadingList, on_delete=models.CASCADE, related_name="removed_items"
    )
    item_id = models.BigIntegerField(help_text="it comes back under this id")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=500)
    kept = models.JSONField(help_text="see readinglists.undoing")
    removed_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.title
