"""Feeds of whose change the hub is to be told."""

from django.db import models


class FeedPing(models.Model):
    """One public feed that changed. It waits a little, so that many changes are told once."""

    topic = models.CharField(max_length=500, unique=True, help_text="the address of the feed")
    due_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.topic
