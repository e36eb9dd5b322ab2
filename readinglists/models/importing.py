"""Imports of lists from Markdown, from the first look to the report."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from readinglists.models.reading_list import MAX_TITLE, ReadingList


class ListImport(models.Model):
    """One file on its way to become a list: looked at first, imported when its owner says so."""

    class State(models.TextChoices):
        """Where it stands."""

        FETCHING = "fetching", "being fetched"
        PREVIEW = "preview", "waiting for your word"
        RUNNING = "running", "being imported"
        DONE = "done", "imported"
        FAILED = "failed", "could not be imported"

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="list_imports"
    )
    reading_list = models.ForeignKey(
        ReadingList, null=True, blank=True, on_delete=models.SET_NULL, related_name="imports"
    )
    source_url = models.TextField(blank=True)
    file_name = models.CharField(max_length=MAX_TITLE, blank=True)
    text = models.TextField(blank=True, help_text="the Markdown; emptied when it is done")
    kept = models.TextField(
        blank=True, help_text="what was read of the text (markdown.kept); emptied when it is done"
    )
    choices = models.JSONField(
        default=dict, blank=True, help_text="corrections made in the preview"
    )
    report = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREVIEW)
    reason = models.CharField(max_length=300, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-created_at", "-id"], name="list_import_by_owner"),
            models.Index(
                fields=["created_at"],
                name="list_import_waiting",
                condition=Q(state__in=["running", "fetching"]),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or self.source_url or "pasted"
