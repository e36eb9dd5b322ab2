"""What readers suggest for a list."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from readinglists.models.item import Item, Section
from readinglists.models.reading_list import MAX_SLUG, ReadingList


class Suggestion(models.Model):
    """A new item, or a change of one (then `about` names it), suggested to a list's editors."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", "open"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"

    reading_list = models.ForeignKey(
        ReadingList, on_delete=models.CASCADE, related_name="suggestions", db_index=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="suggestions",
        db_index=False,
    )
    list_slug = models.CharField(
        max_length=MAX_SLUG, default="", help_text="the list's name in URLs when it was made"
    )
    about = models.CharField(
        max_length=500, blank=True, help_text="what the item to change was called; empty: a new one"
    )
    item = models.ForeignKey(
        Item,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="suggestions",
        help_text="the one to change, or the one that was made of it",
    )
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    after = models.ForeignKey(
        Item, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    fields = models.JSONField(default=dict, help_text="url, title, note … as suggested")
    note = models.TextField(blank=True, help_text="why")
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    reason = models.TextField(blank=True, help_text="why it was declined")
    made_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["reading_list", "made_at", "id"],
                name="suggestion_open",
                condition=Q(state="open"),
            ),
            models.Index(fields=["reading_list", "-made_at", "-id"], name="suggestion_newest"),
            models.Index(fields=["by", "-made_at", "-id"], name="suggestion_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.state} for {self.reading_list_id}"
